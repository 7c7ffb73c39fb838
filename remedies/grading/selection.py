"""Which works count towards a grade, and why the others do not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from remedies.choices import EvidenceStatus, Role
from remedies.grading.inputs import EvidenceInput
from remedies.grading.scale import COUNTED_ROUTES, NO_STUDY_IN_PEOPLE, OVERVIEWS, ExclusionReason

Exclusions = dict[EvidenceInput, ExclusionReason]
_NOT_FINISHED = (EvidenceStatus.ONGOING, EvidenceStatus.WITHDRAWN)


@dataclass
class Selection:
    """The studies that count, the other inputs with the reason, and whether these are second best.

    `apart` says that nothing studied the remedy alone in the entry's own people, so that what is
    close to it counts instead, one step down.
    """

    studies: list[EvidenceInput]
    exclusions: Exclusions = field(default_factory=dict)
    apart: bool = False


def select_studies(inputs: Sequence[EvidenceInput]) -> Selection:
    """Choose what counts: what is direct, or else what is close to it."""
    barred: Exclusions = {item: reason for item in inputs if (reason := _reason_to_exclude(item))}
    eligible = [item for item in inputs if item not in barred]
    same = [item for item in eligible if item.is_same]
    others = [item for item in eligible if not item.is_same]
    direct = _without_repetition(same)
    if direct.studies or not others:
        kept_apart = {item: _reason_apart(item) for item in others}
        return Selection(direct.studies, barred | direct.exclusions | kept_apart)
    close = _without_repetition(others)
    exclusions = barred | direct.exclusions | close.exclusions
    return Selection(close.studies, exclusions, apart=bool(close.studies))


def _without_repetition(eligible: Sequence[EvidenceInput]) -> Selection:
    """No person counts twice.

    A review whose studies are all on file gives way to them, any other review stands for the trials
    that it includes.
    """
    exclusions: Exclusions = {}
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
    return Selection([item for item in eligible if item not in exclusions], exclusions)


def _reason_apart(item: EvidenceInput) -> ExclusionReason:
    return ExclusionReason.COMBINATION if item.combination else ExclusionReason.OTHER_PEOPLE


def _reason_to_exclude(item: EvidenceInput) -> ExclusionReason | None:
    """Why an input does not count whatever else is on file; None where it may."""
    if item.retracted:
        return ExclusionReason.RETRACTED
    if item.status is EvidenceStatus.SUPERSEDED:
        return ExclusionReason.SUPERSEDED
    if item.status in _NOT_FINISHED:
        return ExclusionReason.NOT_FINISHED
    if item.study_type in NO_STUDY_IN_PEOPLE:
        return ExclusionReason.NO_STUDY
    if item.role is Role.CONTEXT:
        return ExclusionReason.CONTEXT
    if item.role is Role.SECOND:
        return ExclusionReason.SECOND_QUESTION
    if item.role is Role.OTHER_OUTCOME:
        return ExclusionReason.OTHER_OUTCOME
    if item.route not in COUNTED_ROUTES:
        return ExclusionReason.ROUTE
    return ExclusionReason.BARE_REVIEW if item.study_type in OVERVIEWS else None
