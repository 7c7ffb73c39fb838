"""The warnings of an entry where it is one row of many: what forbids it whole, the rest begun."""

from dataclasses import dataclass

from remedies.choices import WarningLevel
from remedies.models import RemedyConditionEntry

_BEGUN = (WarningLevel.ASK, WarningLevel.MAJOR)
"""Levels of which a row begins the list and counts the rest; every other level stands whole."""


@dataclass(frozen=True)
class BriefWarnings:
    """Warnings of entry and remedy together.

    `whole` are levels with all their warnings; `level` and `first` the first of the others, empty
    where there is none; `more` counts those that stand on the entry's page alone.
    """

    whole: list[tuple[WarningLevel, list[str]]]
    level: WarningLevel | None
    first: str
    more: int


def brief_warnings(entry: RemedyConditionEntry) -> BriefWarnings:
    """The warnings of a row; `whole`, `first` and `more` are together every warning of the entry."""
    listed = {level: words for level, words in entry.listed_warnings().items() if words}
    begun = [(level, words) for level in _BEGUN for words in listed.get(level, [])]
    level, first = begun[0] if begun else (None, "")
    return BriefWarnings(
        whole=[(level, words) for level, words in listed.items() if level not in _BEGUN],
        level=level,
        first=first,
        more=max(len(begun) - 1, 0),
    )
