"""An effect against the smallest difference that matters to people."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from remedies.choices import Better
from remedies.schema import EvidenceRow, SmallestDifferenceRow


class Reach(StrEnum):
    """How far an effect reaches, compared with the smallest difference that matters."""

    BELOW = "below"
    AT_LEAST = "at_least"
    WORSE = "worse"


@dataclass(frozen=True)
class SizeComparison:
    """The distance of an effect from no effect, beside the smallest that matters; both above nought.

    `distance` is in the unit of the measure, and for a ratio its distance from one.
    """

    distance: Decimal
    smallest: Decimal
    scale: str
    reach: Reach


def compare_with_smallest(
    row: EvidenceRow, smallest: SmallestDifferenceRow | None
) -> SizeComparison | None:
    """The row's effect against the smallest difference; None where there is nothing to compare."""
    if row.measure is None or row.effect_value is None or smallest is None:
        return None
    gain = row.effect_value - row.measure.no_effect
    if row.better is Better.LOWER:
        gain = -gain
    return SizeComparison(
        abs(gain), smallest.value, smallest.scale or row.scale, _reach(gain, smallest.value)
    )


def _reach(gain: Decimal, smallest: Decimal) -> Reach:
    if gain < 0:
        return Reach.WORSE
    return Reach.AT_LEAST if gain >= smallest else Reach.BELOW
