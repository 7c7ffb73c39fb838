"""What the home page shows, as values."""

from dataclasses import dataclass

from conditions.choices import Category
from conditions.models import Condition
from remedies.charts.answer_map import AnswerMap
from remedies.charts.direction_marks import DirectionMark, mark_of
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.lists import Correction, ReviewedEntry
from remedies.pages.map_data import MapEntry

OPEN = (DirectionMark.MIXED, DirectionMark.UNKNOWN)
"""The marks of what has no clear answer."""


@dataclass(frozen=True)
class Numbers:
    """What the site has; `sells_nothing` is true where no product is shown."""

    entries: int
    sources: int
    trials: int
    sells_nothing: bool


@dataclass(frozen=True)
class SurestAnswer:
    """A use at moderate certainty or above; `people` is 0 where what counts gives no number."""

    entry: RemedyConditionEntry
    sentence: str
    people: int

    @property
    def mark(self) -> DirectionMark:
        """The direction of the answer."""
        return mark_of(self.entry.shown_effect, self.entry.shown_certainty)


@dataclass(frozen=True)
class Share:
    """One part of the bar of all answers; `start` and `width` are percentages of the bar."""

    mark: DirectionMark
    count: int
    start: float
    width: float

    @property
    def middle(self) -> float:
        """Where the number stands, as a percentage of the bar."""
        return round(self.start + self.width / 2, 2)


@dataclass(frozen=True)
class ReviewedCondition:
    """A condition with the answers for it, what harms first; `more` are left out."""

    condition: Condition
    answers: list[MapEntry]
    more: int = 0


@dataclass(frozen=True)
class PartOfMedicine:
    """One part of medicine with its first conditions from A to Z; `total` counts all of them."""

    category: Category
    conditions: list[ReviewedCondition]
    total: int

    @property
    def is_whole(self) -> bool:
        """Whether all of its conditions are here."""
        return self.total == len(self.conditions)


@dataclass(frozen=True)
class CountedMark:
    """How many answers have a mark."""

    mark: DirectionMark
    count: int


@dataclass(frozen=True)
class ReviewedRemedy:
    """A remedy and what its answers add up to."""

    remedy: Remedy
    counts: list[CountedMark]


@dataclass(frozen=True)
class HomePage:
    """Everything that the home page shows."""

    numbers: Numbers
    examples: list[MapEntry]
    map: AnswerMap
    surest: list[SurestAnswer]
    sure_total: int
    shares: list[Share]
    parts: list[PartOfMedicine]
    remedies: list[ReviewedRemedy]
    remedies_total: int
    last_reviewed: ReviewedEntry | None
    last_corrected: Correction | None

    @property
    def without_answer(self) -> int:
        """How many answers are mixed or not known."""
        return sum(share.count for share in self.shares if share.mark in OPEN)
