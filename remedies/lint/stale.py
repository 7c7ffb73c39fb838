"""What goes stale: reviews of pages that are due, registered trials that should be over, old reviews;
and warnings that the private check cannot match.

One list for editors; readers see the same of their page in a line at its top.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Model, Q, QuerySet

from citations.choices import RegistryStatus, StudyType
from citations.models import Citation
from publishing.services import subject_types
from remedies.choices import PrecautionSeverity
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.editing.read_only import admin_url

OLD_REVIEW_YEARS = 5
SILENT_REGISTER_YEARS = 2
SOON = timedelta(days=60)
_REVIEWS = (StudyType.META_ANALYSIS, StudyType.SYSTEMATIC_REVIEW)


class StaleReason(StrEnum):
    """Why something is on the list, most pressing first."""

    RETRACTED = "retracted"
    REVIEW_DUE = "review_due"
    REGISTER = "register"
    OLD_REVIEW = "old_review"
    UNFOUND = "unfound"
    REVIEW_SOON = "review_soon"


@dataclass(frozen=True)
class StaleItem:
    """One line of the list: a work or a page, and what about it to look into."""

    reason: StaleReason
    name: str
    message: str
    row: Model

    @property
    def admin_url(self) -> str:
        """Where to correct it."""
        return admin_url(self.row, "change", self.row.pk)


def stale_items(today: date) -> list[StaleItem]:
    """Everything that an editor should look at, most pressing first, then by name."""
    works = Citation.objects.filter(key__in=_cited_keys())
    items = [*_stale_works(works, today), *_due_reviews(today), *_unmatchable_warnings()]
    order = list(StaleReason)
    return sorted(
        items, key=lambda item: (order.index(item.reason), item.name.lower(), item.row.pk)
    )


def _cited_keys() -> set[str]:
    keys: set[str] = set()
    for subject_type in subject_types():
        published = subject_type.model.objects.published()
        for shown in published.values_list("shown_citations", flat=True):
            keys |= set(shown)
    return keys


def _stale_works(works: QuerySet[Citation], today: date) -> Iterator[StaleItem]:
    registers = Q(study_type=StudyType.REGISTRY_ENTRY)
    reviews = Q(study_type__in=_REVIEWS, year__lt=today.year - OLD_REVIEW_YEARS)
    retracted = Q(retracted_on__isnull=False)
    for work in works.filter(registers | reviews | retracted):
        if work.retracted_on:
            message = f"retracted on {work.retracted_on}, and still cited"
            yield StaleItem(StaleReason.RETRACTED, work.key, message, work)
        elif work.study_type == StudyType.REGISTRY_ENTRY:
            if message := _register_message(work, today):
                yield StaleItem(StaleReason.REGISTER, work.key, message, work)
        else:
            message = f"a review of {work.year}: is there a newer one?"
            yield StaleItem(StaleReason.OLD_REVIEW, work.key, message, work)


def _register_message(work: Citation, today: date) -> str:
    """Why to look at a registered trial; empty where there is no reason to."""
    if work.registry_status in {RegistryStatus.COMPLETED, RegistryStatus.STOPPED}:
        return ""
    if work.completion_due is not None:
        if work.completion_due >= today:
            return ""
        return f"should have been completed by {work.completion_due}: look for results"
    if work.year is None or work.year + SILENT_REGISTER_YEARS < today.year:
        status = work.get_registry_status_display() or "without a status"
        return f"registered in {work.year or 'an unknown year'} and {status}: look for results"
    return ""


def _due_reviews(today: date) -> Iterator[StaleItem]:
    for subject_type in subject_types():
        due = subject_type.model.objects.published().filter(review_due__lt=today + SOON)
        for subject in due.with_parts():
            assert subject.review_due is not None  # noqa: S101  (the filter leaves those out)
            is_due = subject.review_due < today
            reason = StaleReason.REVIEW_DUE if is_due else StaleReason.REVIEW_SOON
            message = f"review due {'since' if is_due else 'by'} {subject.review_due}"
            yield StaleItem(reason, str(subject), message, subject)


def _unmatchable_warnings() -> Iterator[StaleItem]:
    """Published interactions and stops that name no circumstance, so the private check skips them."""
    for model in (Remedy, RemedyConditionEntry):
        rows = model.objects.published().with_parts().with_current_revision()
        for subject in rows:
            revision = subject.current_revision
            names = list(_names_without_circumstance(revision.document)) if revision else []
            if names:
                message = f"name the circumstances of these warnings: {'; '.join(names)}"
                yield StaleItem(StaleReason.UNFOUND, str(subject), message, subject)


def _names_without_circumstance(document: dict[str, Any]) -> Iterator[str]:
    for row in document.get("interactions", []):
        if not row.get("applies_to"):
            yield row["substance"]
    for row in document.get("precautions", []):
        if row["severity"] == PrecautionSeverity.STOP and not row.get("applies_to"):
            yield row["who"]
