"""What the rules find in a text. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from remedies.choices import Unit
from remedies.schema import LimitRow


class FindingKind(StrEnum):
    """What wants care, the most urgent first."""

    SELF_HARM = "self_harm"
    EMERGENCY = "emergency"
    DOSE = "dose"
    STOP = "stop"
    SELLING = "selling"


@dataclass(frozen=True)
class ExceededLimit:
    """An amount of one day, in `unit`, and the upper limit for adults that it exceeds."""

    remedy: str
    """The remedy's name, as it is published."""
    url: str
    row: LimitRow
    amount: Decimal
    unit: Unit


@dataclass(frozen=True)
class Finding:
    """One place in a text: characters `start` to `end`.

    `is_advice` is False where the writer tells of an own dose, which the rules of discussion allow.
    `limit` belongs to a dose.
    """

    kind: FindingKind
    start: int
    end: int
    is_advice: bool = True
    limit: ExceededLimit | None = None

    def excerpt(self, text: str) -> str:
        """The words that were found in the text that was checked."""
        return text[self.start : self.end]
