"""The mark of an answer: direction as shape and hue. Certainty is a quantity and stands beside it."""

from enum import StrEnum

from remedies.choices import Certainty, Effect


class Mark(StrEnum):
    """The six marks. The values name the CSS modifier and the shape in `_mark.html`."""

    HELPS = "helps"
    CORRECTS = "corrects"
    NONE = "none"
    HARMS = "harms"
    MIXED = "mixed"
    UNKNOWN = "unknown"


_OF_EFFECT = {
    Effect.BENEFIT: Mark.HELPS,
    Effect.CORRECTS: Mark.CORRECTS,
    Effect.NONE: Mark.NONE,
    Effect.HARM: Mark.HARMS,
    Effect.CAUSES: Mark.HARMS,
    Effect.MIXED: Mark.MIXED,
    Effect.UNKNOWN: Mark.UNKNOWN,
}


def mark_of(effect: str, certainty: str) -> Mark:
    """The mark of an answer. Below low certainty no direction is known, as the words say too."""
    if Certainty(certainty).level < Certainty.LOW.level:
        return Mark.UNKNOWN
    return _OF_EFFECT.get(Effect(effect), Mark.UNKNOWN)
