"""The mark of an answer: direction as shape and hue. Certainty is a quantity and stands beside it."""

from enum import StrEnum

from remedies.choices import Certainty, Effect


class DirectionMark(StrEnum):
    """The six marks. The values name the CSS modifier and the shape in `_mark.html`."""

    HELPS = "helps"
    CORRECTS = "corrects"
    NONE = "none"
    HARMS = "harms"
    MIXED = "mixed"
    UNKNOWN = "unknown"


_OF_EFFECT = {
    Effect.BENEFIT: DirectionMark.HELPS,
    Effect.CORRECTS: DirectionMark.CORRECTS,
    Effect.NONE: DirectionMark.NONE,
    Effect.HARM: DirectionMark.HARMS,
    Effect.CAUSES: DirectionMark.HARMS,
    Effect.MIXED: DirectionMark.MIXED,
    Effect.UNKNOWN: DirectionMark.UNKNOWN,
}


def mark_of(effect: str, certainty: str) -> DirectionMark:
    """The mark of an answer, as its words are: below low certainty no direction is known.

    Mixed results are no direction, so they are shown as such at every certainty.
    """
    known = Certainty(certainty).level >= Certainty.LOW.level
    return _OF_EFFECT[Effect(effect)] if known or effect == Effect.MIXED else DirectionMark.UNKNOWN
