"""What differs between two documents, as values by path. Pure functions."""

import json
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

Values = Mapping[str, Any]
"""A document as `Document.canonical` returns it, or a part of one."""


class ValueChange(NamedTuple):
    """A value that differs; an empty text is none. Rows are numbered from 1, as in messages of errors."""

    path: str
    before: str
    after: str


def value_changes(before: Values, after: Values, path: str = "") -> Iterator[ValueChange]:
    """Each value that differs, in the order of `after`, those that it leaves out last.

    Rows of a list are compared as wholes first, so that one new row changes no other.
    """
    for name in dict.fromkeys([*after, *before]):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield from _changes(f"{path}{name}", old, new)


def _changes(path: str, old: Any, new: Any) -> Iterator[ValueChange]:
    if isinstance(old or new, Mapping):
        yield from value_changes(old or {}, new or {}, f"{path}.")
    elif _holds_rows(old) or _holds_rows(new):
        yield from _row_changes(path, old or [], new or [])
    else:
        yield ValueChange(path, as_text(old), as_text(new))


def _holds_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _row_changes(path: str, old: list[Values], new: list[Values]) -> Iterator[ValueChange]:
    texts = [[json.dumps(row, sort_keys=True) for row in rows] for rows in (old, new)]
    matcher = SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        pairs = min(last - first, end - start)
        for shift in range(pairs):
            where = f"{path}[{start + shift + 1}]."
            yield from value_changes(old[first + shift], new[start + shift], where)
        for place in range(first + pairs, last):
            yield ValueChange(f"{path}[{place + 1}]", as_text(old[place]), "")
        for place in range(start + pairs, end):
            yield ValueChange(f"{path}[{place + 1}]", "", as_text(new[place]))


def as_text(value: Any) -> str:
    """A value for people: lists one on each line, rows as `field: value; field: value`."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(as_text(item) for item in value)
    if isinstance(value, Mapping):
        return "; ".join(
            f"{name}: {', '.join(as_text(inner).splitlines())}" for name, inner in value.items()
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
