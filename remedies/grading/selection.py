"""Which works count towards a grade, and why the others do not."""

from collections.abc import Sequence

from remedies.choices import Role
from remedies.grading.inputs import EvidenceInput
from remedies.grading.scale import COUNTED_ROUTES, NO_STUDY_IN_PEOPLE, OVERVIEWS, ExclusionReason


def select_studies(
    inputs: Sequence[EvidenceInput],
) -> tuple[list[EvidenceInput], dict[EvidenceInput, ExclusionReason]]:
    """Studies and reviews that count, and the other inputs with the reason why they do not.

    No person counts twice: a review whose studies are all on file gives way to them, any other
    review stands for the trials that it includes.
    """
    exclusions = {item: reason for item in inputs if (reason := _reason_to_exclude(item))}
    eligible = [item for item in inputs if item not in exclusions]
    reviews = [item for item in eligible if item.is_review]
    trials = [item for item in eligible if not item.is_review]
    counted_reviews: set[str] = set()
    for review in reviews:
        held = [trial for trial in trials if review.key in trial.reviews]
        if review.people is None and review.rating is None:
            exclusions[review] = ExclusionReason.BARE_REVIEW
        elif held and sum(trial.people or 0 for trial in held) >= (review.people or 0):
            exclusions[review] = ExclusionReason.EXPANDED
        else:
            counted_reviews.add(review.key)
    for trial in trials:
        if not counted_reviews.isdisjoint(trial.reviews):
            exclusions[trial] = ExclusionReason.IN_REVIEW
    return [item for item in eligible if item not in exclusions], exclusions


def _reason_to_exclude(item: EvidenceInput) -> ExclusionReason | None:
    """Why an input does not count whatever else is on file; None where it may."""
    if item.retracted:
        return ExclusionReason.RETRACTED
    if item.study_type in NO_STUDY_IN_PEOPLE:
        return ExclusionReason.NO_STUDY
    if item.role is Role.CONTEXT:
        return ExclusionReason.CONTEXT
    if item.role is Role.OTHER_OUTCOME:
        return ExclusionReason.OTHER_OUTCOME
    if item.route not in COUNTED_ROUTES:
        return ExclusionReason.ROUTE
    return ExclusionReason.BARE_REVIEW if item.study_type in OVERVIEWS else None
