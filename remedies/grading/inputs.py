"""What goes into a grade: evidence with what the library says of its works, and what editors decided."""

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import NamedTuple

from citations.choices import StudyType
from remedies.choices import (
    Certainty,
    Direction,
    Directness,
    Effect,
    JudgementKind,
    RiskOfBias,
    Role,
    Route,
    Size,
)
from remedies.grading.scale import BIAS_WEIGHT, MOST_PEOPLE_WEIGHED, REVIEWS, TIER_OF, EvidenceTier
from remedies.schema import EvidenceRow
from remedies_site.documents import Row

_ROW_FIELDS = {"key": "citation", "people": "n_analysed", "bias": "risk_of_bias"}
"""Fields of an input that an evidence row calls by another name."""


class WorkFacts(NamedTuple):
    """What the library knows of a work, as far as a grade looks at it."""

    study_type: StudyType
    retracted: bool


class EvidenceInput(Row):
    """What one work found, as far as a grade looks at it.

    An input that counts is about the entry's first question; what measured something else says so
    by its role. `people` is None where the facts give no number. `reviews` holds the keys of the
    reviews on file that include this study. `rating` is a review's own rating, where it gives one.
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
    reviews: tuple[str, ...] = ()
    rating: Certainty | None = None

    @property
    def is_review(self) -> bool:
        """Whether it reports on the studies of others."""
        return self.study_type in REVIEWS

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


def evidence_input(row: EvidenceRow, work: WorkFacts) -> EvidenceInput:
    """Join an evidence row of an entry with what the library knows of its work."""
    values = work._asdict()
    for name in EvidenceInput.model_fields.keys() - values.keys():
        values[name] = getattr(row, _ROW_FIELDS.get(name, name))
    return EvidenceInput(**values)
