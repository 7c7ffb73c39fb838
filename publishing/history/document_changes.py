"""What differs between two stored documents, field by field and row by row. Pure functions.

Documents are compared as they were stored, as JSON: those of older schemas too, whose fields nobody
knows any more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from publishing.history.row_matching import RowPair, Values, match_rows


class RowState(TextChoices):
    """What became of a row."""

    ADDED = "added", _("added")
    REMOVED = "removed", _("taken out")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("moved")
    MOVED_AND_CHANGED = "moved_and_changed", _("moved and changed")
    SAME = "same", _("the same")


@dataclass(frozen=True)
class StoredChange:
    """A field whose stored values differ; None where a document does not have it.

    `name` is a path: `verdict`, or `search.searched_on` for a field of a nested document.
    """

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class RowChange:
    """A row in both lists or in one, with the fields that differ, and its places from 0."""

    place_before: int | None
    place_after: int | None
    before: Values
    after: Values
    state: RowState
    fields: list[StoredChange]


@dataclass(frozen=True)
class TableChange:
    """Rows of one list, all of them, in the order of the new list."""

    name: str
    rows: list[RowChange]


@dataclass(frozen=True)
class DocumentChange:
    """What differs, in the order of the fields, and the fields that are filled and the same."""

    parts: list[StoredChange | TableChange]
    unchanged: list[str]


def compare_documents(
    before: Values,
    after: Values,
    *,
    order: Sequence[str] = (),
    identities: Mapping[str, Sequence[str]] | None = None,
) -> DocumentChange:
    """What leads from one stored document to the other.

    `order` names the fields that come first. `identities` are the fields by which a row is known, by
    the list that it stands in.
    """
    change = DocumentChange([], [])
    for name in dict.fromkeys([*order, *after, *before]):
        old, new = before.get(name), after.get(name)
        if _are_rows(old, new):
            _compare_rows(change, name, old or [], new or [], (identities or {}).get(name, ()))
        elif isinstance(old or {}, Mapping) and isinstance(new or {}, Mapping) and (old or new):
            _compare_fields(change, f"{name}.", old or {}, new or {})
        else:
            _compare_fields(change, "", _only(before, name), _only(after, name))
    return change


def _only(values: Values, name: str) -> Values:
    return {name: values[name]} if name in values else {}


def _are_rows(*values: Any) -> bool:
    """Whether the values, where there are any, are lists of rows."""
    filled = [value for value in values if value]
    return bool(filled) and all(
        isinstance(value, list) and all(isinstance(row, Mapping) for row in value)
        for value in filled
    )


def _compare_fields(change: DocumentChange, prefix: str, before: Values, after: Values) -> None:
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            change.parts.append(StoredChange(prefix + name, before.get(name), after.get(name)))
        elif after.get(name) is not None:
            change.unchanged.append(prefix + name)


def _compare_rows(
    change: DocumentChange,
    name: str,
    before: Sequence[Values],
    after: Sequence[Values],
    identity: Sequence[str],
) -> None:
    if before == after:
        change.unchanged.append(name)
        return
    pairs = match_rows(before, after, identity)
    change.parts.append(TableChange(name, [_row_change(pair, before, after) for pair in pairs]))


def _row_change(pair: RowPair, before: Sequence[Values], after: Sequence[Values]) -> RowChange:
    old = before[pair.before] if pair.before is not None else {}
    new = after[pair.after] if pair.after is not None else {}
    fields = list(_changed_fields(old, new))
    return RowChange(pair.before, pair.after, old, new, _state(pair, fields), fields)


def _changed_fields(old: Values, new: Values) -> Iterator[StoredChange]:
    names: Iterable[str] = dict.fromkeys([*new, *old])
    for name in names:
        if old.get(name) != new.get(name):
            yield StoredChange(name, old.get(name), new.get(name))


def _state(pair: RowPair, fields: list[StoredChange]) -> RowState:
    if pair.before is None:
        return RowState.ADDED
    if pair.after is None:
        return RowState.REMOVED
    if pair.is_moved:
        return RowState.MOVED_AND_CHANGED if fields else RowState.MOVED
    return RowState.CHANGED if fields else RowState.SAME
