"""A study's daily dose compared with the upper limits for adults. Pure functions over document rows.

Only like is compared with like: amounts of one basis, in one unit, by mouth, in adults. Where that
cannot be done, the reason is returned, and pages say it in words instead of drawing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from remedies.choices import Basis, LimitKind, Per, Route, Unit
from remedies.doses.elements import counted_basis, mineral_share
from remedies.schema import LimitRow, RegimenRow

_MILLIGRAMS = {Unit.G: Decimal(1000), Unit.MG: Decimal(1), Unit.MCG: Decimal("0.001")}
_SIGNIFICANT_FIGURES = 3
UNKNOWN_BASES = frozenset({Basis.NOT_STATED, Basis.SALT})
"""Amounts of which nobody knows how much is the substance that a limit counts."""


class NotComparable(StrEnum):
    """Why a dose is not compared with a limit."""

    NO_AMOUNT = "no_amount"
    NOT_BY_MOUTH = "not_by_mouth"
    IN_FOOD = "in_food"
    NOT_ADULTS = "not_adults"
    UNKNOWN_BASIS = "unknown_basis"
    UNKNOWN_TIMES = "unknown_times"
    NO_LIMIT = "no_limit"
    OTHER_MEASURE = "other_measure"


@dataclass(frozen=True)
class DailyDose:
    """An amount of one day; `high` equals `low` where the study used one amount."""

    low: Decimal
    high: Decimal
    unit: Unit
    basis: Basis


@dataclass(frozen=True)
class LimitShare:
    """One limit, its amount in the dose's unit, and what percent of it the dose's upper end is."""

    limit: LimitRow
    amount: Decimal
    percent: int


@dataclass(frozen=True)
class LimitComparison:
    """A dose with the limits it can be compared with, lowest limit first."""

    dose: DailyDose
    limits: tuple[LimitShare, ...]

    @property
    def above(self) -> tuple[LimitShare, ...]:
        """The limits that the dose's upper end exceeds."""
        return tuple(share for share in self.limits if self.dose.high > share.amount)

    @property
    def above_all(self) -> bool:
        """Whether it exceeds every one of them."""
        return len(self.above) == len(self.limits)


def elemental_amount(regimen: RegimenRow) -> tuple[Decimal, Decimal] | None:
    """The amount of the mineral or vitamin itself in mg, lower and upper end, of the regimen's dose or day.

    From the compound where it is named, else the editors' figure; None where the amount is of the
    mineral already or nothing is known.
    """
    if regimen.compound is not None and regimen.unit in _MILLIGRAMS and regimen.amount is not None:
        factor = mineral_share(regimen.compound) * _MILLIGRAMS[regimen.unit]
        return regimen.amount * factor, (regimen.amount_max or regimen.amount) * factor
    if regimen.elemental_mg is not None:
        return regimen.elemental_mg, regimen.elemental_mg_max or regimen.elemental_mg
    return None


def round_amount(amount: Decimal) -> Decimal:
    """Round to three significant figures, as “about” allows: 150.76 to 151, 904.6 to 905, 15.07 to 15.1."""
    exponent = amount.adjusted() - _SIGNIFICANT_FIGURES + 1
    return amount.quantize(Decimal(1).scaleb(exponent), rounding=ROUND_HALF_UP)


def compare_with_limits(
    regimen: RegimenRow, limits: Iterable[LimitRow]
) -> LimitComparison | NotComparable:
    """Compare the daily dose with each upper limit for adults that measures the same thing."""
    dose = daily_dose(regimen)
    if isinstance(dose, NotComparable):
        return dose
    upper = [row for row in limits if row.kind is LimitKind.UPPER and row.adults]
    if not upper:
        return NotComparable.NO_LIMIT
    shares = [
        LimitShare(row, amount, _percent(dose.high, amount))
        for row in upper
        if (amount := in_unit(row.amount, row.unit, dose.unit)) is not None
        and row.basis is dose.basis
    ]
    if not shares:
        return NotComparable.OTHER_MEASURE
    return LimitComparison(dose, tuple(sorted(shares, key=lambda share: share.amount)))


def daily_dose(regimen: RegimenRow) -> DailyDose | NotComparable:
    """What a study gave in one day, by mouth, to adults; or why that cannot be computed."""
    if regimen.amount is None or regimen.unit is None or regimen.basis is None:
        return NotComparable.NO_AMOUNT
    if regimen.route is Route.DIET:
        return NotComparable.IN_FOOD
    if regimen.route is not Route.ORAL:
        return NotComparable.NOT_BY_MOUTH
    if not regimen.adults:
        return NotComparable.NOT_ADULTS
    dose = amount_of_day(regimen)
    if dose is None:
        return NotComparable.UNKNOWN_TIMES
    return NotComparable.UNKNOWN_BASIS if dose.basis in UNKNOWN_BASES else dose


def amount_of_day(regimen: RegimenRow) -> DailyDose | None:
    """The amount of one day, of the mineral itself where that is known, whatever it may be compared with.

    None where the amount, or how often a day it was given, is not known.
    """
    if regimen.amount is None or regimen.unit is None or regimen.basis is None:
        return None
    times = regimen.doses_per_day if regimen.per is Per.DOSE else 1
    if times is None:
        return None
    if ends := elemental_amount(regimen):
        low, high = ends
        basis = counted_basis(regimen.compound) if regimen.compound else Basis.ELEMENTAL
        return DailyDose(low * times, high * times, Unit.MG, basis)
    low, high = regimen.amount, regimen.amount_max or regimen.amount
    return DailyDose(low * times, high * times, regimen.unit, regimen.basis)


def in_unit(amount: Decimal, unit: Unit, target: Unit) -> Decimal | None:
    """The amount in another unit of mass; None where the two units measure different things."""
    if unit is target:
        return amount
    if unit in _MILLIGRAMS and target in _MILLIGRAMS:
        return amount * _MILLIGRAMS[unit] / _MILLIGRAMS[target]
    return None


def _percent(dose: Decimal, limit: Decimal) -> int:
    """Whole percent; a dose above the limit never reads as 100."""
    percent = int((dose * 100 / limit).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if dose > limit:
        return max(percent, 101)
    return min(percent, 100)
