"""Scales: where a value lies on an axis, in percent of its length, and the round values to label."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MOST_TICKS = 5
"""Labels that have room on the axis of a phone of 320 px."""
ROOM = Decimal("0.04")
"""Share of the length that stays free behind the largest value."""
_STEPS = (Decimal(1), Decimal(2), Decimal(5))
_TENTHS = Decimal("0.01")
_WHOLE = Decimal(100)


@dataclass(frozen=True)
class Scale:
    """The ends of an axis; on a log scale both are above nought."""

    low: Decimal
    high: Decimal
    is_log: bool = False

    def place(self, value: Decimal) -> Decimal:
        """Percent of the length from the low end, 0 to 100; a value beyond an end lies at it."""
        low, high = self._linear(self.low), self._linear(self.high)
        value = min(max(value, self.low), self.high)
        return ((self._linear(value) - low) / (high - low) * _WHOLE).quantize(_TENTHS)

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies on the axis."""
        return self.low <= value <= self.high

    def ticks(self, most: int = MOST_TICKS) -> list[Decimal]:
        """Round values on the axis, lowest first, `most` at the most."""
        return (
            log_ticks(self.low, self.high, most)
            if self.is_log
            else round_ticks(self.low, self.high, most)
        )

    def _linear(self, value: Decimal) -> Decimal:
        return value.ln() if self.is_log else value


def scale_from_nought(values: Iterable[Decimal]) -> Scale:
    """A linear scale from 0 to a little beyond the largest value, which is above nought."""
    return Scale(Decimal(), max(values) * (1 + ROOM))


def scale_around(
    anchors: Iterable[Decimal], ends: Iterable[Decimal], *, is_log: bool = False
) -> Scale:
    """A scale that holds every anchor, and the ends of intervals as far as these leave it readable.

    An end widens the axis by the distance between the outer anchors at the most, so that one wide
    interval does not squeeze all others; what lies beyond is for an arrow to say.
    """
    anchors, ends = list(anchors), list(ends)
    low, high = min(anchors), max(anchors)
    if low == high:
        low, high = min([low, *ends]), max([high, *ends])
    if low == high:
        low, high = (low / 2, high * 2) if is_log else (low - 1, high + 1)
    if is_log:
        reach = high / low
        low, high = max(min([low, *ends]), low / reach), min(max([high, *ends]), high * reach)
        room = (high / low) ** ROOM
        return Scale(low / room, high * room, is_log=True)
    reach = high - low
    low, high = max(min([low, *ends]), low - reach), min(max([high, *ends]), high + reach)
    room = (high - low) * ROOM
    return Scale(low - room, high + room)


def round_ticks(low: Decimal, high: Decimal, most: int = MOST_TICKS) -> list[Decimal]:
    """The multiples of 1, 2 or 5 times a power of ten from `low` to `high`; the finest step that fits."""
    step = _finest_step(high - low, most)
    while len(ticks := _multiples(low, high, step)) > most:
        step = _next_step(step)
    return ticks


def log_ticks(low: Decimal, high: Decimal, most: int = MOST_TICKS) -> list[Decimal]:
    """1, 2 and 5 times powers of ten; powers alone over a long axis, a linear series over a short one."""
    exponents = range(low.adjusted(), high.adjusted() + 1)
    series = [step.scaleb(exponent) for exponent in exponents for step in _STEPS]
    ticks = [value for value in series if low <= value <= high]
    if len(ticks) < 3:
        return round_ticks(low, high, most)
    if len(ticks) <= most:
        return ticks
    powers = [Decimal(1).scaleb(exponent) for exponent in exponents]
    powers = [value for value in powers if low <= value <= high]
    return powers if 1 < len(powers) <= most else ticks[:: -(-len(ticks) // most)]


def _finest_step(length: Decimal, most: int) -> Decimal:
    step = Decimal(1).scaleb((length / most).adjusted())
    while length / step > most:
        step = _next_step(step)
    return step


def _next_step(step: Decimal) -> Decimal:
    """1, 2, 5, 10, 20, …"""
    digit, exponent = step.scaleb(-step.adjusted()), step.adjusted()
    later = [each for each in _STEPS if each > digit]
    return later[0].scaleb(exponent) if later else Decimal(1).scaleb(exponent + 1)


def _multiples(low: Decimal, high: Decimal, step: Decimal) -> list[Decimal]:
    first = int((low / step).to_integral_value(rounding="ROUND_CEILING"))
    last = int((high / step).to_integral_value(rounding="ROUND_FLOOR"))
    return [number * step for number in range(first, last + 1)]
