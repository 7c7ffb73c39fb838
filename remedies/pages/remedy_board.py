"""The board of a remedy's overview: what its uses add up to by their grades, and the upper limit."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remedies.charts.direction_marks import DirectionMark, mark_of
from remedies.choices import Certainty, LimitKind
from remedies.doses.wording import authority_label
from remedies.grading.list_order import group_of
from remedies.models import RemedyConditionEntry
from remedies.pages.groups import by_certainty, list_group, name_with_certainty
from remedies.pages.statistics import UseCount
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
    entries: Iterable[RemedyConditionEntry],
    uses: Iterable[UseCount],
    limits: Iterable[LimitRow],
) -> RemedyBoard:
    """The board of a remedy: all published uses counted, the listed entries among them named."""
    listed: dict[str, list[RemedyConditionEntry]] = {}
    for entry in by_certainty(entries):
        listed.setdefault(list_group(entry), []).append(entry)
    counts: Counter[str] = Counter()
    unclear: list[UseCount] = []
    for use in uses:
        group = group_of(use.effect, use.certainty)
        counts[group] += use.number
        if group == "unclear":
            unclear.append(use)

    def line(mark: DirectionMark, group: str, answer: str = "%(uses)s") -> BoardLine:
        names = _names(listed.get(group, []), counts[group])
        return BoardLine(mark, answer % {"uses": _uses(counts[group])}, names)

    helps = [line(DirectionMark.HELPS, "help")]
    against = [line(DirectionMark.NONE, "no_difference")]
    if counts["corrects"]:
        answer = _("Corrects a deficiency: %(uses)s")
        helps.append(line(DirectionMark.CORRECTS, "corrects", answer))
    if counts["harm"]:
        against.append(line(DirectionMark.HARMS, "harm", _("May harm: %(uses)s")))
    if counts["causes"]:
        answer = _("May itself cause %(count)s") % {"count": counts["causes"]}
        names = _names(listed.get("causes", []), counts["causes"])
        against.append(BoardLine(DirectionMark.HARMS, answer, names))
    return RemedyBoard(
        cells=[
            BoardCell(_("May help"), helps),
            BoardCell(_("Little or no difference, or harm"), against),
            BoardCell(_("Mixed or not known"), _open_lines(listed.get("unclear", []), unclear)),
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


def _uses(number: int) -> str:
    text = ngettext("%(count)s use", "%(count)s uses", number)
    return text % {"count": number}


def _names(entries: Sequence[RemedyConditionEntry], number: int) -> str:
    """“Asthma (moderate certainty)” and so on, the surest first, and how many more there are."""
    names = [name_with_certainty(entry) for entry in entries[:_MOST_NAMES]]
    if (more := number - len(names)) > 0 and names:
        names.append(_("and %(count)s more") % {"count": more})
    return ", ".join(names)


def _open_lines(
    listed: Sequence[RemedyConditionEntry], uses: Sequence[UseCount]
) -> list[BoardLine]:
    """Mixed results where there are any, then what is not known, with why."""
    counts: Counter[bool] = Counter()
    certainties: Counter[Certainty] = Counter()
    for use in uses:
        is_mixed = mark_of(use.effect, use.certainty) is DirectionMark.MIXED
        counts[is_mixed] += use.number
        if not is_mixed:
            certainties[Certainty(use.certainty)] += use.number
    lines = []
    if counts[True]:
        mixed = [entry for entry in listed if _mark(entry) is DirectionMark.MIXED]
        answer = _("Mixed: %(uses)s") % {"uses": _uses(counts[True])}
        lines.append(BoardLine(DirectionMark.MIXED, answer, _names(mixed, counts[True])))
    if counts[False] or not counts[True]:
        note = ", ".join(
            f"{str(certainty.label).lower()}: {certainties[certainty]}"
            for certainty in Certainty
            if certainty in certainties
        )
        answer = _("Not known: %(uses)s") % {"uses": _uses(counts[False])}
        lines.append(BoardLine(DirectionMark.UNKNOWN, answer, note))
    return lines


def _mark(entry: RemedyConditionEntry) -> DirectionMark:
    return mark_of(entry.shown_effect, entry.shown_certainty)
