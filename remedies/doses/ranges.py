"""The daily doses of several studies as ranges, for lists. Pure functions over document rows."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from remedies.choices import Basis, Unit
from remedies.doses.limits import DailyDose, daily_dose, in_unit, round_amount
from remedies.schema import RegimenRow
from remedies_site.numbers import format_range

ShownDose = tuple[str, str, str, str]
"""A range as a `shown_` column holds it: lower and upper end, unit, basis."""


def daily_ranges(regimens: Iterable[RegimenRow]) -> list[DailyDose]:
    """From the least to the most that adults took by mouth in a day, one range for each measure.

    A measure is a basis and a unit (g, mg and micrograms are one); in order of first use. Doses whose
    daily amount cannot be computed are left out, so the list may be empty.
    """
    ranges: list[DailyDose] = []
    for regimen in regimens:
        dose = daily_dose(regimen)
        if isinstance(dose, DailyDose):
            ranges = _with(ranges, dose)
    return ranges


def _with(ranges: Sequence[DailyDose], dose: DailyDose) -> list[DailyDose]:
    """The ranges with one more dose in them."""
    for place, known in enumerate(ranges):
        low, high = (in_unit(end, dose.unit, known.unit) for end in (dose.low, dose.high))
        if known.basis is dose.basis and low is not None and high is not None:
            wider = DailyDose(min(known.low, low), max(known.high, high), known.unit, known.basis)
            return [*ranges[:place], wider, *ranges[place + 1 :]]
    return [*ranges, dose]


def shown_doses(regimens: Iterable[RegimenRow]) -> list[ShownDose]:
    """The ranges as plain values."""
    return [
        (_plain(dose.low), _plain(dose.high), dose.unit.value, dose.basis.value)
        for dose in daily_ranges(regimens)
    ]


def _plain(amount: Decimal) -> str:
    """A whole number as it is, since a study says so; else three significant figures."""
    is_whole = amount == amount.to_integral_value()
    return f"{(amount if is_whole else round_amount(amount)).normalize():f}"


def format_shown_dose(dose: Sequence[str]) -> str:
    """“200 to 301 mg”, “225 to 1,215 mg of extract”, of a value of `shown_doses`."""
    low, high = Decimal(dose[0]), Decimal(dose[1])
    amount = f"{format_range(low, high if high > low else None)} {Unit(dose[2]).label}"
    if dose[3] == Basis.EXTRACT:
        return _("%(amount)s of extract") % {"amount": amount}
    return amount
