"""What goes into a grade: evidence with what the library says of its works, and what editors decided."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt
from typing import Any, NamedTuple

from citations.choices import StudyType
from remedies.choices import (
    Better,
    Certainty,
    Direction,
    Directness,
    Effect,
    EntryUse,
    EvidenceStatus,
    JudgementKind,
    Measure,
    RiskOfBias,
    Role,
    Route,
    Size,
)
from remedies.grading.scale import BIAS_WEIGHT, MOST_PEOPLE_WEIGHED, REVIEWS, TIER_OF, EvidenceTier
from remedies.schema import EntryDocument, EvidenceRow, SmallestDifferenceRow
from remedies_site.documents import Row

_DIGITS = Decimal("0.001")
_ROW_FIELDS = {"key": "citation", "bias": "risk_of_bias"}
"""Fields of an input that an evidence row calls by another name."""


class WorkFacts(NamedTuple):
    """What the library knows of a work, as far as a grade looks at it."""

    study_type: StudyType
    retracted: bool
    year: int | None = None


class EvidenceInput(Row):
    """What one work found, as far as a grade looks at it.

    An input that counts is about the entry's first question; what measured something else says so
    by its role. `people` is None where the facts give no number. `reviews` holds the keys of the
    reviews on file that include this study. `rating` is the work's own rating, where it gives one.
    A combination, or a study of other people than the entry's, is not the same thing: it counts only
    where nothing else does. `effect_low` and `effect_high` are the ends of the 95 % interval.
    """

    key: str
    study_type: StudyType
    direction: Direction
    people: int | None = None
    size: Size = Size.NOT_REPORTED
    bias: RiskOfBias = RiskOfBias.NOT_ASSESSED
    directness: Directness = Directness.NOT_ASSESSED
    route: Route = Route.ORAL
    role: Role = Role.COUNTS
    retracted: bool = False
    year: int | None = None
    status: EvidenceStatus = EvidenceStatus.COMPLETED
    combination: bool = False
    other_people: bool = False
    measure: Measure | None = None
    scale: str = ""
    effect_value: Decimal | None = None
    effect_low: Decimal | None = None
    effect_high: Decimal | None = None
    better: Better | None = None
    trials: int | None = None
    reviews: tuple[str, ...] = ()
    rating: Certainty | None = None

    @property
    def is_review(self) -> bool:
        """Whether it reports on the studies of others."""
        return self.study_type in REVIEWS

    @property
    def is_same(self) -> bool:
        """Whether it studied this remedy alone in the people that the entry is about."""
        return not (self.combination or self.other_people)

    @property
    def tier(self) -> EvidenceTier:
        """The tier of a study that can count; a review is taken as one of randomised trials."""
        return EvidenceTier.RANDOMISED if self.is_review else TIER_OF[self.study_type]

    @property
    def exact_weight(self) -> Fraction:
        """The square root of its people (three decimals), times the share that its bias leaves."""
        root = Fraction(isqrt(10**6 * min(self.people or 1, MOST_PEOPLE_WEIGHED)), 1000)
        return root * BIAS_WEIGHT[self.bias]


class EditorOverride(Row):
    """A step of the grade that editors take by hand, with their reason and what supports it."""

    kind: JudgementKind
    reason: str
    citations: list[str] = []


@dataclass(frozen=True)
class EditorVerdict:
    """Effect and certainty as editors wrote them; used only where no study on file counts."""

    effect: Effect
    certainty: Certainty


@dataclass(frozen=True)
class EntryFacts:
    """What the rule looks at of the entry itself.

    `unread` counts the works that are known and were not read. `looked_for_none` says that a search
    is on record which looked for null results too. `smallest` holds the smallest differences that
    matter.
    """

    use: EntryUse = EntryUse.TREATS
    unread: int = 0
    looked_for_none: bool = False
    smallest: tuple[SmallestDifferenceRow, ...] = ()


def entry_facts(document: EntryDocument) -> EntryFacts:
    """What the rule looks at of an entry's document beside its evidence."""
    return EntryFacts(
        use=document.use,
        unread=len(document.search.unread_works),
        looked_for_none=document.search.looked_for_none,
        smallest=tuple(
            row.model_copy(update={"value": _as_stored(row.value)})
            for row in document.smallest_differences
        ),
    )


def evidence_input(row: EvidenceRow, work: WorkFacts) -> EvidenceInput:
    """Join an evidence row of an entry with what the library knows of its work."""
    values = work._asdict()
    values["combination"] = row.is_combination
    for name in EvidenceInput.model_fields.keys() - values.keys():
        values[name] = _as_stored(getattr(row, _ROW_FIELDS.get(name, name)))
    return EvidenceInput(**values)


def _as_stored(value: Any) -> Any:
    """A figure with the digits that columns keep: equal figures give equal grades, wherever they stood."""
    return value.quantize(_DIGITS) if isinstance(value, Decimal) else value
