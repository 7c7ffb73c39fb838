"""Adopt before computing: the rating of a review or a guideline, where it fits the first question."""

from collections.abc import Sequence

from citations.choices import StudyType
from remedies.choices import Directness, EvidenceStatus, Role
from remedies.grading.inputs import EvidenceInput
from remedies.grading.scale import (
    COUNTED_ROUTES,
    FEW,
    NEWER_SHARE,
    OPPOSED,
    REVIEWS,
    TIER_OF,
    EvidenceTier,
)

_RATES = REVIEWS | {StudyType.GUIDELINE}


def adopted_rating(inputs: Sequence[EvidenceInput]) -> EvidenceInput | None:
    """The work whose own rating is the word; None where none is on file.

    Of two, the newer where it includes the older, else the lower; of two alike the newer.
    """
    rated = [item for item in inputs if item.rating and item.rating.level and _can_be_adopted(item)]
    keys = {item.key for item in rated}
    outermost = [item for item in rated if not keys & set(item.reviews)] or rated
    return min(outermost, key=_lowest_first, default=None)


def _lowest_first(item: EvidenceInput) -> tuple[int, int, str]:
    return (item.rating.level if item.rating else 0, -(item.year or 0), item.key)


def newer_against(adopted: EvidenceInput, inputs: Sequence[EvidenceInput]) -> list[EvidenceInput]:
    """Newer direct trials that point another way, each with a quarter of the people or more.

    Where the work behind the rating gives no number of people, a trial needs a hundred.
    """
    least = NEWER_SHARE * adopted.people if adopted.people is not None else FEW
    trials = [
        item
        for item in inputs
        if _is_direct(item)
        and TIER_OF.get(item.study_type) is EvidenceTier.RANDOMISED
        and (item.year or 0) > (adopted.year or 9999)
        and (item.people or 0) >= least
        and frozenset({item.direction, adopted.direction}) in OPPOSED
    ]
    return sorted(trials, key=lambda item: item.key)


def _can_be_adopted(item: EvidenceInput) -> bool:
    return item.study_type in _RATES and _is_direct(item)


def _is_direct(item: EvidenceInput) -> bool:
    """Whether it answers the first question: this remedy alone, by mouth, in the entry's people."""
    return (
        item.is_same
        and item.directness is not Directness.INDIRECT
        and item.role is Role.COUNTS
        and item.status is EvidenceStatus.COMPLETED
        and not item.retracted
        and item.route in COUNTED_ROUTES
    )
