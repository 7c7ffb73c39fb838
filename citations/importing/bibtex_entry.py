"""The fields of one BibTeX entry, as they stand between their braces or quotes."""

import re
from dataclasses import dataclass, field

from citations.importing.tagged import LONGEST_VALUE
from remedies_site.patterns import lazy_pattern

_HEAD = lazy_pattern(r"\s*@\s*([A-Za-z]+)\s*[{(]\s*")
_KEY = lazy_pattern(r"([^,={}\"]*?)\s*(?:,|(?=[})]\s*\Z)|\Z)")
_NAME = lazy_pattern(r"[\s,]*([A-Za-z][\w:.+/-]*)\s*=\s*")
_NEXT_NAME = lazy_pattern(r"[,\n]\s*(?=[A-Za-z][\w:.+/-]*\s*=\s*[{\"\w])")
_BRACES = lazy_pattern(r"\\.|[{}]", re.S)
_QUOTE = lazy_pattern(r"\\.|[{}\"]", re.S)
_WORD = lazy_pattern(r"[^\s,#{}\"()]+")
_HASH = lazy_pattern(r"\s*#\s*")


_LONGEST_NAMES = 200_000
"""Letters of all authors together: there are works of thousands."""


@dataclass
class Entry:
    """One entry: its type in lower case, its key, and the first value of each field."""

    kind: str
    key: str
    fields: dict[str, str] = field(default_factory=dict)
    whole: bool = True
    """Whether all of its text could be read."""


def parse_entry(text: str, macros: dict[str, str]) -> Entry | None:
    """The entry that the text holds; None where it does not begin like one.

    Field names are in lower case. `macros` holds what `@string` has defined; an entry of that
    kind has its names and values as fields.
    """
    head = _HEAD.match(text)
    if not head:
        return None
    kind, position = head[1].lower(), head.end()
    entry = Entry(kind, "")
    if kind not in {"string", "comment", "preamble"} and (key := _KEY.match(text, position)):
        entry.key, position = key[1].strip(), key.end()
    while True:
        name = _NAME.match(text, position)
        if not name:
            following = _NEXT_NAME.search(text, position)
            if not following:
                break
            entry.whole, position = False, following.end()
            continue
        value, position, whole = _value(text, name.end(), macros)
        entry.whole = entry.whole and whole
        field_name = name[1].lower()
        longest = _LONGEST_NAMES if field_name in {"author", "editor"} else LONGEST_VALUE
        entry.fields.setdefault(field_name, value[:longest])
    return entry


def _value(text: str, position: int, macros: dict[str, str]) -> tuple[str, int, bool]:
    """A value, where it ends, and whether its own end was found; parts may be joined by `#`."""
    parts, whole = [], True
    while True:
        sign = text[position : position + 1]
        if sign == "{":
            part, position, found = _delimited(text, position + 1, _BRACES)
        elif sign == '"':
            part, position, found = _delimited(text, position + 1, _QUOTE)
        elif word := _WORD.match(text, position):
            part, position, found = _macro(word[0], macros), word.end(), True
        else:
            part, found = "", False
        parts.append(part)
        whole = whole and found
        joined = _HASH.match(text, position)
        if not joined or not found:
            return "".join(parts), position, whole
        position = joined.end()


def _delimited(text: str, start: int, marks: re.Pattern[str]) -> tuple[str, int, bool]:
    """What stands up to the closing brace or quote; without one, up to the next field."""
    depth = 0
    for mark in marks.finditer(text, start):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}" and depth:
            depth -= 1
        elif mark[0] == '"' and depth:
            continue
        elif mark[0] in '}"':
            return (
                text[start : mark.start()],
                mark.end(),
                mark[0] == ('"' if marks is _QUOTE else "}"),
            )
    following = _NEXT_NAME.search(text, start)
    end = following.start() if following else len(text)
    return text[start:end].strip().rstrip("},"), end, False


def _macro(word: str, macros: dict[str, str]) -> str:
    known = macros.get(word.lower())
    return word if known is None else known
