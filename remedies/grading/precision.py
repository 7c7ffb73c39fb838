"""How many steps an interval costs, and against which smallest difference. Pure."""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from remedies.choices import Better, Direction, Measure
from remedies.grading.inputs import EvidenceInput
from remedies.grading.scale import RATIO_THAT_MATTERS
from remedies.schema import EvidenceRow, SmallestDifferenceRow


class Held(StrEnum):
    """What an interval should not hold."""

    NO_EFFECT = "no_effect"
    SMALLEST = "smallest"
    A_BENEFIT = "a_benefit"
    A_HARM = "a_harm"


def smallest_for(
    row: EvidenceRow | EvidenceInput, smallest: Iterable[SmallestDifferenceRow]
) -> SmallestDifferenceRow | None:
    """The smallest difference on the measure and scale of a row; None where no source gives one.

    One without a scale holds for every scale of its measure.
    """
    fitting = [item for item in smallest if item.measure is row.measure]
    exact = [item for item in fitting if item.scale == row.scale]
    general = [item for item in fitting if not item.scale]
    return next(iter([*exact, *general]), None)


def held_by_interval(item: EvidenceInput, smallest: Fraction | None) -> tuple[Held, ...] | None:
    """What the interval of a result holds and should not; None where it decides nothing.

    Each costs one step (Guyatt et al., J Clin Epidemiol 2011;64:1283).

    `smallest` is the distance from no effect that matters on this measure, None where no source says.
    A benefit or a harm is imprecise where its interval holds no effect, or the smallest difference on
    its own side. No difference is imprecise where the interval holds a difference that matters, on
    either side; without a smallest difference only a ratio can be judged, by GRADE's default.
    """
    if item.measure is None or item.effect_low is None or item.effect_high is None:
        return None
    no_effect = item.measure.no_effect
    low, high = Fraction(item.effect_low) - no_effect, Fraction(item.effect_high) - no_effect
    if item.better is Better.LOWER:  # from here on, above nought is better
        low, high = -high, -low
    if item.direction is Direction.NONE:
        smallest = smallest or _default_smallest(item.measure)
        if smallest is None:
            return None
        checks = {Held.A_HARM: low <= -smallest, Held.A_BENEFIT: high >= smallest}
        return tuple(held for held, holds in checks.items() if holds)
    if item.direction not in {Direction.BENEFIT, Direction.HARM}:
        return None
    point = smallest if item.direction is Direction.BENEFIT or smallest is None else -smallest
    checks = {
        Held.NO_EFFECT: low <= 0 <= high,
        Held.SMALLEST: point is not None and low < point < high,
    }
    return tuple(held for held, holds in checks.items() if holds)


def _default_smallest(measure: Measure) -> Fraction | None:
    return RATIO_THAT_MATTERS if measure.is_ratio else None
