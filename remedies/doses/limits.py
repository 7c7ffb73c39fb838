"""A study's dose of a day beside the upper limits for adults. Pure functions over document rows.

Only like is compared with like: amounts of one basis, in one unit, by mouth, in adults. Where that
cannot be done, the reason is the answer, and pages say it in words instead of drawing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from remedies.choices import Basis, LimitKind, Per, Route, Unit
from remedies.doses.elements import share
from remedies.schema import LimitRow, RegimenRow

_MILLIGRAMS = {Unit.G: Decimal(1000), Unit.MG: Decimal(1), Unit.MCG: Decimal("0.001")}
_FIGURES = 3


class NotDrawn(StrEnum):
    """Why a dose is not drawn against a limit."""

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
class Against:
    """One limit, and what part of it the dose (its upper end) is, in whole percent."""

    limit: LimitRow
    amount: Decimal
    percent: int


@dataclass(frozen=True)
class Meter:
    """A dose with the limits it can be compared with, lowest limit first."""

    dose: DailyDose
    limits: tuple[Against, ...]

    @property
    def above(self) -> tuple[Against, ...]:
        """The limits that the dose is above."""
        return tuple(one for one in self.limits if self.dose.high > one.amount)

    @property
    def above_all(self) -> bool:
        """Whether it is above every one of them."""
        return len(self.above) == len(self.limits)


def elemental(regimen: RegimenRow) -> tuple[Decimal, Decimal] | None:
    """The amount of the mineral itself in mg, lower and upper end, of the regimen's dose or day.

    From the compound where it is named, else the editors' figure; None where the amount is of the
    mineral already or nothing is known.
    """
    if regimen.compound is not None and regimen.unit in _MILLIGRAMS and regimen.amount is not None:
        factor = share(regimen.compound) * _MILLIGRAMS[regimen.unit]
        return regimen.amount * factor, (regimen.amount_max or regimen.amount) * factor
    if regimen.elemental_mg is not None:
        return regimen.elemental_mg, regimen.elemental_mg_max or regimen.elemental_mg
    return None


def rounded(amount: Decimal) -> Decimal:
    """To three figures, as “about” allows: 150.76 to 151, 904.6 to 905, 15.07 to 15.1."""
    exponent = amount.adjusted() - _FIGURES + 1
    return amount.quantize(Decimal(1).scaleb(exponent), rounding=ROUND_HALF_UP)


def meter(regimen: RegimenRow, limits: Iterable[LimitRow]) -> Meter | NotDrawn:
    """The dose of a day beside each upper limit for adults that measures the same thing."""
    dose = daily_dose(regimen)
    if isinstance(dose, NotDrawn):
        return dose
    upper = [row for row in limits if row.kind is LimitKind.UPPER and row.adults]
    if not upper:
        return NotDrawn.NO_LIMIT
    found = [
        Against(row, amount, _percent(dose.high, amount))
        for row in upper
        if (amount := _in_unit(row.amount, row.unit, dose.unit)) is not None
        and row.basis is dose.basis
    ]
    if not found:
        return NotDrawn.OTHER_MEASURE
    return Meter(dose, tuple(sorted(found, key=lambda one: one.amount)))


def daily_dose(regimen: RegimenRow) -> DailyDose | NotDrawn:
    """What a study gave in one day, by mouth, to adults; or why that cannot be said."""
    if regimen.amount is None or regimen.unit is None or regimen.basis is None:
        return NotDrawn.NO_AMOUNT
    if regimen.route is Route.DIET:
        return NotDrawn.IN_FOOD
    if regimen.route is not Route.ORAL:
        return NotDrawn.NOT_BY_MOUTH
    if not regimen.adults:
        return NotDrawn.NOT_ADULTS
    times = regimen.doses_per_day if regimen.per is Per.DOSE else 1
    if times is None:
        return NotDrawn.UNKNOWN_TIMES
    if ends := elemental(regimen):
        low, high = ends
        return DailyDose(low * times, high * times, Unit.MG, Basis.ELEMENTAL)
    if regimen.basis in {Basis.NOT_STATED, Basis.SALT}:
        return NotDrawn.UNKNOWN_BASIS
    low, high = regimen.amount, regimen.amount_max or regimen.amount
    return DailyDose(low * times, high * times, regimen.unit, regimen.basis)


def _in_unit(amount: Decimal, unit: Unit, wanted: Unit) -> Decimal | None:
    if unit is wanted:
        return amount
    if unit in _MILLIGRAMS and wanted in _MILLIGRAMS:
        return amount * _MILLIGRAMS[unit] / _MILLIGRAMS[wanted]
    return None


def _percent(dose: Decimal, limit: Decimal) -> int:
    """Whole percent; a dose above the limit never reads as 100."""
    percent = int((dose * 100 / limit).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if dose > limit:
        return max(percent, 101)
    return min(percent, 100)
