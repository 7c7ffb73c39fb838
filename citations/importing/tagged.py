"""Lines that begin with a tag, as RIS and NBIB have them: "TI  - A title" and lines that go on."""

import re

RIS_LINE = re.compile(
    r"[ \t\ufeff]*(?:\d+\.[ \t]+(?=TY))?([A-Z][A-Z0-9])(?: {1,2}-(?: |$)| {2}-|-(?= *$))[ \t]*(.*)"
)
"""Two blanks before the hyphen and one behind; some programs write one, or none at the end."""
NBIB_LINE = re.compile(r"\ufeff?([A-Z][A-Z0-9]{1,3}) *-(?: |$)[ \t]*(.*)")
"""Tags fill four letters; lines that go on are indented."""

LONGEST_VALUE = 20_000
"""Letters of one value that are read: no part of a reference is longer, and abstracts are not kept."""
MOST_VALUES = 10_000
"""Values of one tag in one record that are read."""

Tags = dict[str, list[str]]
"""The values of each tag in the order of the record, blanks at their ends taken off."""


def parse_tags(record: str, pattern: re.Pattern[str]) -> Tags:
    """The tags of one record. A line without a tag goes on with the value before it, up to a blank."""
    parts: dict[str, list[list[str]]] = {}
    current: list[str] | None = None
    for line in record.split("\n"):
        if match := pattern.fullmatch(line):
            current = [match[2].strip()]
            parts.setdefault(match[1], []).append(current)
        elif current is not None:
            current.append(line.strip())
            current = current if line.strip() else None
    return {
        tag: [" ".join(value).strip()[:LONGEST_VALUE] for value in values[:MOST_VALUES]]
        for tag, values in parts.items()
    }


def first(tags: Tags, *names: str) -> str:
    """The first value that is there under any of the tags, in the order given."""
    return next((value for name in names for value in tags.get(name, []) if value), "")


def every(tags: Tags, *names: str) -> list[str]:
    """Every value that is there under these tags."""
    return [value for name in names for value in tags.get(name, []) if value]
