"""The ladder of a condition's page: its entries as rows, and what they add up to in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remedies.charts.ladder_columns import LadderColumn, boxes, ladder_column
from remedies.models import RemedyConditionEntry
from remedies.pages.groups import remedy_groups

_MOST_NAMES = 4
"""With more remedies in a column the sentence gives their number alone."""


@dataclass(frozen=True)
class LadderRow:
    """An entry in its column, with the four boxes of its certainty."""

    entry: RemedyConditionEntry
    column: LadderColumn
    boxes: list[bool]


@dataclass(frozen=True)
class Ladder:
    """The columns as (key, heading), the rows in the order of the comparison, and the finding."""

    columns: list[tuple[str, str]]
    rows: list[LadderRow]
    finding: str


def ladder_of(entries: Sequence[RemedyConditionEntry]) -> Ladder:
    """The ladder of a condition's published entries; the votes have no part in it."""
    rows = [
        LadderRow(
            entry,
            ladder_column(entry.shown_effect, entry.shown_certainty),
            boxes(entry.shown_certainty),
        )
        for group in remedy_groups(entries, "evidence")
        for entry in group.entries
    ]
    headings = {
        LadderColumn.HARMS: _("Harms"),
        LadderColumn.NONE: _("Little or no difference"),
        LadderColumn.OPEN: _("Not known or mixed"),
        LadderColumn.HELPS: _("Helps"),
    }
    columns = [(column.value, headings[column]) for column in LadderColumn]
    is_whole = getattr(entries, "is_whole", True)
    return Ladder(columns, rows, _finding(rows, is_whole=is_whole))


def _finding(rows: Sequence[LadderRow], *, is_whole: bool) -> str:
    """In words; what none of them does is said only where all are here."""
    words = {
        LadderColumn.HELPS: _("Towards help: %(remedies)s."),
        LadderColumn.NONE: _("Towards little or no difference: %(remedies)s."),
        LadderColumn.HARMS: _("Towards harm: %(remedies)s."),
        LadderColumn.OPEN: _("Not known or mixed: %(remedies)s."),
    }
    sentences = [
        sentence % {"remedies": _names([row.entry for row in rows if row.column is column])}
        for column, sentence in words.items()
        if any(row.column is column for row in rows)
    ]
    if rows and is_whole and not any(row.column is LadderColumn.HELPS for row in rows):
        sentences.insert(0, _("None of them has been shown to help."))
    return " ".join(sentences)


def _names(entries: Sequence[RemedyConditionEntry]) -> str:
    if len(entries) > _MOST_NAMES:
        text = ngettext("%(count)s remedy", "%(count)s remedies", len(entries))
        return text % {"count": len(entries)}
    return ", ".join(entry.remedy.shown_name for entry in entries)
