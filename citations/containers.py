"""Journal, volume, issue and pages in the one line of the library: “BMJ 339(2):b3154”."""

import re
from typing import NamedTuple

_PLACE = re.compile(
    r"(?P<name>\S.*?) (?P<volume>\d[^\s():]*(?: Suppl(?: \w+)?)?)?"
    r"(?:\((?P<issue>[^()]+)\))?(?::(?P<pages>(?!.*--)[^\s:\u2010-\u2015]*\d[^\s:\u2010-\u2015]*))?"
)


class Container(NamedTuple):
    """A journal, book or site, and the place in it; what is not known is empty."""

    name: str
    volume: str = ""
    issue: str = ""
    pages: str = ""


def compose(name: str, volume: str = "", issue: str = "", pages: str = "") -> str:
    """The line of the library for a place in a journal."""
    place = volume
    if issue:
        place += f"({issue})"
    if pages:
        place += f":{pages}"
    return " ".join(part for part in (name, place) if part)


def split(line: str) -> Container:
    """The parts of a line; a line that does not have the form is a name alone.

    `compose(*split(line))` is the line again.
    """
    match = _PLACE.fullmatch(line)
    # “Proceedings (London)” names a journal, not an issue.
    issue = match and match["issue"] and (match["volume"] or match["pages"])
    if match and (issue or match["pages"]):
        parts = Container(*(match[name] or "" for name in Container._fields))
        if compose(*parts) == line:
            return parts
    return Container(line)
