"""The four answers at the top of an entry's page, as far as they are not in its grade's own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from remedies.choices import Basis, InteractionSeverity, LimitKind
from remedies.doses.limits import DailyDose, in_unit
from remedies.doses.ranges import daily_ranges, format_shown_dose, shown_doses
from remedies.doses.wording import authority_label
from remedies.grading.record import GradeRecord
from remedies.pages.parts import StopBox, Warnings, format_counted
from remedies.schema import LimitRow, RegimenRow
from remedies_site.numbers import format_number


@dataclass(frozen=True)
class Board:
    """What was counted, the doses of a day with the limits, and how many warnings there are.

    `doses` holds one range for each measure (may be empty, where the `regimens` on file are not of
    adults or have no amount a day); `limits` is a sentence about the first.
    """

    counted: str
    regimens: int
    doses: list[str]
    limits: str
    must_not: int
    ask_first: int
    major: int
    other: int


def board_of(
    grade: GradeRecord,
    regimens: Iterable[RegimenRow],
    limits: Iterable[LimitRow],
    stop_box: StopBox,
    warnings: Warnings,
    names: Mapping[str, str],
) -> Board:
    """The board of an entry from its grade, its doses, and the warnings that its page shows.

    `names` are the short names of works by key.
    """
    regimens = list(regimens)
    ranges = daily_ranges(regimens)
    major = sum(item.row.severity == InteractionSeverity.MAJOR for item in warnings.interactions)
    return Board(
        counted=capfirst(format_counted(grade, names)),
        regimens=len(regimens),
        doses=[format_shown_dose(dose) for dose in shown_doses(regimens)],
        limits=format_board_limits(ranges[0], limits) if ranges else "",
        must_not=len(stop_box.stops),
        ask_first=len(warnings.cautions),
        major=major,
        other=len(warnings.interactions) - major,
    )


def format_board_limits(dose: DailyDose, limits: Iterable[LimitRow]) -> str:
    """“Upper limits: 250 (EU), 350 (US).”: those for adults that measure the same, lowest first."""
    upper = [row for row in limits if row.kind is LimitKind.UPPER and row.adults]
    amounts = sorted(
        (amount, authority_label(row))
        for row in upper
        if row.basis is dose.basis and (amount := in_unit(row.amount, row.unit, dose.unit))
    )
    if not upper:
        return _("No upper limit on file.")
    if not amounts:
        return _("The upper limits measure something else.")
    listed = ", ".join(f"{format_number(amount)} ({authority})" for amount, authority in amounts)
    if dose.basis is Basis.ELEMENTAL:
        return _("Of the mineral itself. Upper limits: %(limits)s.") % {"limits": listed}
    return _("Upper limits: %(limits)s.") % {"limits": listed}
