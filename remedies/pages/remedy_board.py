"""The board of a remedy's overview: what its uses add up to by their grades, and the upper limit."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remedies.charts.direction_marks import DirectionMark, mark_of
from remedies.choices import Certainty, LimitKind
from remedies.doses.wording import authority_label
from remedies.models import RemedyConditionEntry
from remedies.pages.groups import by_certainty, list_group, name_with_certainty
from remedies.schema import LimitRow
from remedies_site.numbers import format_number, format_range

_MOST_NAMES = 4
"""With more uses in a line, the line names these and counts the rest."""


@dataclass(frozen=True)
class BoardLine:
    """A number of uses with their mark; `note` names them, or says how many were never studied."""

    mark: DirectionMark
    answer: str
    note: str


@dataclass(frozen=True)
class BoardCell:
    """A question with its lines, at least one."""

    question: str
    lines: list[BoardLine]


@dataclass(frozen=True)
class BoardLimit:
    """The upper limits for adults in a few words; `harms` were found at less than a limit."""

    answer: str
    note: str
    harms: list[str]


@dataclass(frozen=True)
class RemedyBoard:
    """Three answers about the uses, and the upper limit."""

    cells: list[BoardCell]
    limit: BoardLimit


def remedy_board(
    entries: Iterable[RemedyConditionEntry], limits: Iterable[LimitRow]
) -> RemedyBoard:
    """The board from the published entries and the official figures of the remedy."""
    listed = by_certainty(entries)
    groups: dict[str, list[RemedyConditionEntry]] = {}
    for entry in listed:
        groups.setdefault(list_group(entry), []).append(entry)
    helps = [BoardLine(DirectionMark.HELPS, _uses(groups.get("help", [])), _names(groups, "help"))]
    against = [
        BoardLine(
            DirectionMark.NONE,
            _uses(groups.get("no_difference", [])),
            _names(groups, "no_difference"),
        )
    ]
    if "corrects" in groups:
        answer = _("Corrects a deficiency: %(uses)s") % {"uses": _uses(groups["corrects"])}
        helps.append(BoardLine(DirectionMark.CORRECTS, answer, _names(groups, "corrects")))
    if "harm" in groups:
        answer = _("May harm: %(uses)s") % {"uses": _uses(groups["harm"])}
        against.append(BoardLine(DirectionMark.HARMS, answer, _names(groups, "harm")))
    if "causes" in groups:
        answer = _("May itself cause %(count)s") % {"count": len(groups["causes"])}
        against.append(BoardLine(DirectionMark.HARMS, answer, _names(groups, "causes")))
    return RemedyBoard(
        cells=[
            BoardCell(_("May help"), helps),
            BoardCell(_("Little or no difference, or harm"), against),
            BoardCell(_("Mixed or not known"), _open_lines(groups.get("unclear", []))),
        ],
        limit=board_limit([row for row in limits if row.kind is LimitKind.UPPER]),
    )


def board_limit(upper: Sequence[LimitRow]) -> BoardLimit:
    """The upper limits for adults: one range where all measure the same, else each by itself."""
    adults = sorted((row for row in upper if row.adults), key=lambda row: row.amount)
    harms = list(dict.fromkeys(row.harm_below for row in upper if row.harm_below))
    if not adults:
        answer = _("Only for some") if upper else _("None on file")
        note = (
            _("The limits on file are for certain ages.")
            if upper
            else _("That does not mean any amount is safe.")
        )
        return BoardLimit(answer, note, harms)
    if len({(row.unit, row.basis) for row in adults}) > 1:
        each = [f"{format_number(row.amount)} {row.unit.label}" for row in adults]
        answer = "; ".join(dict.fromkeys(each))
    else:
        low, high = adults[0].amount, adults[-1].amount
        answer = f"{format_range(low, high if high > low else None)} {adults[0].unit.label}"
    listed = ", ".join(
        f"{authority_label(row)} {format_number(row.amount)} {row.unit.label}" for row in adults
    )
    return BoardLimit(answer, _("A day: %(limits)s.") % {"limits": listed}, harms)


def _uses(entries: Sequence[RemedyConditionEntry]) -> str:
    text = ngettext("%(count)s use", "%(count)s uses", len(entries))
    return text % {"count": len(entries)}


def _names(groups: dict[str, list[RemedyConditionEntry]], key: str) -> str:
    """“Asthma (moderate certainty)” and so on, the surest first."""
    entries = groups.get(key, [])
    names = [name_with_certainty(entry) for entry in entries[:_MOST_NAMES]]
    if (more := len(entries) - _MOST_NAMES) > 0:
        names.append(_("and %(count)s more") % {"count": more})
    return ", ".join(names)


def _open_lines(entries: Sequence[RemedyConditionEntry]) -> list[BoardLine]:
    """Mixed results where there are any, then what is not known, with why."""
    mixed = [entry for entry in entries if _mark(entry) is DirectionMark.MIXED]
    unknown = [entry for entry in entries if _mark(entry) is not DirectionMark.MIXED]
    lines = []
    if mixed:
        answer = _("Mixed: %(uses)s") % {"uses": _uses(mixed)}
        lines.append(BoardLine(DirectionMark.MIXED, answer, _names({"": mixed}, "")))
    if unknown or not mixed:
        certainties = Counter(Certainty(entry.shown_certainty) for entry in unknown)
        note = ", ".join(
            f"{str(certainty.label).lower()}: {certainties[certainty]}"
            for certainty in Certainty
            if certainty in certainties
        )
        answer = _("Not known: %(uses)s") % {"uses": _uses(unknown)}
        lines.append(BoardLine(DirectionMark.UNKNOWN, answer, note))
    return lines


def _mark(entry: RemedyConditionEntry) -> DirectionMark:
    return mark_of(entry.shown_effect, entry.shown_certainty)
