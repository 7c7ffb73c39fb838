"""The dose chart: one axis, a bar for each dose that studies used, lines at the upper limits."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remedies.charts.axis_scale import Scale, scale_from_nought
from remedies.charts.drawing import (
    Axis,
    Bar,
    BarKind,
    Label,
    Line,
    LineKind,
    kept_apart,
    tick_labels,
)
from remedies.choices import Basis, LimitKind, Route, Unit
from remedies.doses.limits import (
    UNKNOWN_BASES,
    DailyDose,
    amount_of_day,
    in_unit,
    round_amount,
)
from remedies.doses.wording import authority_label
from remedies.schema import LimitRow, RegimenRow
from remedies_site.numbers import format_number, format_range


@dataclass(frozen=True)
class DoseRow:
    """One dose: its bars, none where it has no place on the axis, and its amount in the axis's unit.

    `is_hollow`: it was measured in another way than the axis counts, so no limit line speaks of it.
    `low` and `high` are amounts of a day; equal where the study used one amount.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    amount: str = ""
    is_hollow: bool = False
    bars: list[Bar] = field(default_factory=list)


@dataclass(frozen=True)
class DoseChart:
    """The chart: what the axis counts, the finding in a sentence, and a row for each regimen in order.

    `beyond` and `hollow` say which of the two are in the drawing, for its key.
    """

    title: str
    sentence: str
    axis: Axis
    rows: list[DoseRow]

    @property
    def has_range(self) -> bool:
        """Whether a row has a thin bar."""
        return self._has(BarKind.RANGE)

    @property
    def has_beyond(self) -> bool:
        """Whether a row has a hatched part."""
        return self._has(BarKind.BEYOND)

    @property
    def has_hollow(self) -> bool:
        """Whether a row has a hollow bar."""
        return self._has(BarKind.HOLLOW)

    def _has(self, kind: BarKind) -> bool:
        return any(bar.kind is kind for row in self.rows for bar in row.bars)


@dataclass(frozen=True)
class _Measure:
    """What the axis counts."""

    unit: Unit
    basis: Basis


@dataclass(frozen=True)
class _Limit:
    amount: Decimal
    authority: str


def dose_chart(
    regimens: Sequence[RegimenRow], limits: Iterable[LimitRow], substance: str
) -> DoseChart | None:
    """The chart of an entry's doses; None where no amount of a day by mouth is known.

    `substance` is the remedy's name inside a sentence. Limits are those for adults that measure
    what the axis counts.
    """
    doses = [_drawn_dose(row) for row in regimens]
    upper = [row for row in limits if row.kind is LimitKind.UPPER and row.adults]
    measure = _measure([dose for dose in doses if dose is not None], upper)
    if measure is None:
        return None
    lines = _limits(upper, measure)
    placed = [_placed(row, dose, measure) for row, dose in zip(regimens, doses, strict=True)]
    highest = [dose.high for dose, _hollow in placed if dose is not None]
    scale = scale_from_nought([*highest, *(line.amount for line in lines)])
    rows = [_row(dose, measure, scale, lines, hollow=hollow) for dose, hollow in placed]
    axis = Axis(
        ticks=tick_labels(scale),
        lines=kept_apart(
            Line(
                LineKind.LIMIT,
                Label(scale.place(line.amount), line.authority, format_number(line.amount)),
            )
            for line in lines
        ),
    )
    return DoseChart(_title(measure, substance), _sentence(rows, lines, measure), axis, rows)


def _drawn_dose(regimen: RegimenRow) -> DailyDose | None:
    """The amount of a day, where it was taken by mouth."""
    return amount_of_day(regimen) if regimen.route in {Route.ORAL, Route.DIET} else None


def _measure(doses: Sequence[DailyDose], upper: Sequence[LimitRow]) -> _Measure | None:
    """What most doses are measured in; the unit is that of a limit where one counts the same."""
    known = [dose for dose in doses if dose.basis not in UNKNOWN_BASES] or list(doses)
    if not known:
        return None
    basis = Counter(dose.basis for dose in known).most_common(1)[0][0]
    unit = Counter(dose.unit for dose in known if dose.basis is basis).most_common(1)[0][0]
    for row in upper:
        if row.basis is basis and in_unit(Decimal(1), unit, row.unit) is not None:
            return _Measure(row.unit, basis)
    return _Measure(unit, basis)


def _limits(upper: Iterable[LimitRow], measure: _Measure) -> list[_Limit]:
    """The limits on the axis, lowest first; authorities with one figure share a line."""
    by_amount: dict[Decimal, list[str]] = {}
    for row in upper:
        amount = in_unit(row.amount, row.unit, measure.unit)
        if amount is not None and row.basis is measure.basis:
            by_amount.setdefault(amount, []).append(authority_label(row))
    return [
        _Limit(amount, ", ".join(dict.fromkeys(names)))
        for amount, names in sorted(by_amount.items())
    ]


def _placed(
    regimen: RegimenRow, dose: DailyDose | None, measure: _Measure
) -> tuple[DailyDose | None, bool]:
    """The dose in the unit of the axis, and whether its bar is hollow; None where it has no place."""
    if dose is None:
        return None, False
    low = in_unit(dose.low, dose.unit, measure.unit)
    high = in_unit(dose.high, dose.unit, measure.unit)
    if low is None or high is None:
        return None, False
    other = dose.basis is not measure.basis or dose.basis in UNKNOWN_BASES
    hollow = other or not regimen.adults or regimen.route is Route.DIET
    return DailyDose(low, high, measure.unit, dose.basis), hollow


def _row(
    dose: DailyDose | None,
    measure: _Measure,
    scale: Scale,
    limits: Sequence[_Limit],
    *,
    hollow: bool,
) -> DoseRow:
    if dose is None:
        return DoseRow()
    low, high = round_amount(dose.low), round_amount(dose.high)
    amount = f"{format_range(low, high if high > low else None)} {measure.unit.label}"
    first = scale.place(min((limit.amount for limit in limits), default=scale.high))
    ends = scale.place(dose.low), scale.place(dose.high)
    bars = [Bar(Decimal(), ends[1], BarKind.HOLLOW)] if hollow else _bars(*ends, first)
    return DoseRow(dose.low, dose.high, amount, is_hollow=hollow, bars=bars)


def _bars(low: Decimal, high: Decimal, limit: Decimal) -> list[Bar]:
    """Solid up to the lower dose, thin up to the upper one, and hatched wherever beyond the limit."""
    stretches = (
        Bar(Decimal(), min(low, limit), BarKind.SOLID),
        Bar(low, min(high, limit), BarKind.RANGE),
        Bar(limit, high, BarKind.BEYOND),
    )
    return [bar for bar in stretches if bar.end > bar.start]


def _title(measure: _Measure, substance: str) -> str:
    unit = measure.unit.label
    if measure.basis is Basis.ELEMENTAL:
        return _("%(substance)s itself (elemental), in %(unit)s a day") % {
            "substance": capfirst(substance),
            "unit": unit,
        }
    return _("Amount a day, in %(unit)s") % {"unit": unit}


def _sentence(rows: Sequence[DoseRow], limits: Sequence[_Limit], measure: _Measure) -> str:
    """The finding: the span of the doses, and how many went above the lowest limit."""
    solid = [row for row in rows if row.high is not None and not row.is_hollow]
    hollow = sum(row.is_hollow for row in rows)
    sentences = []
    if spans := [(row.low, row.high) for row in solid if row.low is not None and row.high]:
        low = round_amount(min(low for low, _high in spans))
        high = round_amount(max(high for _low, high in spans))
        sentences.append(
            _("Studies used %(amount)s %(unit)s a day.")
            % {
                "amount": format_range(low, high if high > low else None),
                "unit": measure.unit.label,
            }
        )
    if solid and limits:
        above = sum(row.high > limits[0].amount for row in solid if row.high is not None)
        sentences.append(
            ngettext(
                "%(above)s of %(count)s dose is above the lowest upper limit for adults, %(limit)s.",
                "%(above)s of %(count)s doses are above the lowest upper limit for adults, %(limit)s.",
                len(solid),
            )
            % {"above": above, "count": len(solid), "limit": _limit_words(limits[0], measure)}
        )
    if hollow:
        sentences.append(
            ngettext(
                "%(count)s dose was measured in another way, so no limit can be compared with it.",
                "%(count)s doses were measured in another way, so no limit can be compared with them.",
                hollow,
            )
            % {"count": hollow}
        )
    return " ".join(sentences)


def _limit_words(limit: _Limit, measure: _Measure) -> str:
    return _("%(amount)s (%(authority)s)") % {
        "amount": f"{format_number(limit.amount)} {measure.unit.label}",
        "authority": limit.authority,
    }
