"""What goes stale: reviews of pages that are due, registered trials that should be over, old reviews;
and warnings that the private check cannot find.

One list for editors; readers see the same of their page in a line at its top.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.urls import reverse

from citations.choices import RegistryStatus, StudyType
from citations.models import Citation
from publishing.services import subject_types
from remedies.choices import PrecautionSeverity
from remedies.models import Remedy, RemedyConditionEntry

OLD_REVIEW_YEARS = 5
SILENT_REGISTER_YEARS = 2
SOON = timedelta(days=60)
_REVIEWS = (StudyType.META_ANALYSIS, StudyType.SYSTEMATIC_REVIEW)


class Why(StrEnum):
    """Why something is on the list, most pressing first."""

    RETRACTED = "retracted"
    REVIEW_DUE = "review_due"
    REGISTER = "register"
    OLD_REVIEW = "old_review"
    UNFOUND = "unfound"
    REVIEW_SOON = "review_soon"


@dataclass(frozen=True)
class Stale:
    """One line of the list: what, why, since when, and where to mend it (an admin view's name)."""

    why: Why
    name: str
    said: str
    model: str
    pk: int

    @property
    def desk(self) -> str:
        """Where to mend it, at the editors' desk."""
        return reverse(f"admin:{self.model}_change", args=[self.pk])


def stale(today: date) -> list[Stale]:
    """Everything that wants an editor, most pressing first, then by name."""
    cited = _cited_keys()
    works = Citation.objects.filter(key__in=cited)
    lines = [*_works(works, today), *_subjects(today), *_unfound()]
    order = list(Why)
    return sorted(lines, key=lambda line: (order.index(line.why), line.name.lower(), line.pk))


def _cited_keys() -> set[str]:
    keys: set[str] = set()
    for subject_type in subject_types():
        published = subject_type.model.objects.published()
        for shown in published.values_list("shown_citations", flat=True):
            keys |= set(shown)
    return keys


def _works(works: object, today: date) -> Iterator[Stale]:
    registers = Q(study_type=StudyType.REGISTRY_ENTRY)
    reviews = Q(study_type__in=_REVIEWS, year__lt=today.year - OLD_REVIEW_YEARS)
    retracted = Q(retracted_on__isnull=False)
    for work in works.filter(registers | reviews | retracted):  # type: ignore[attr-defined]
        if work.retracted_on:
            yield _work(work, Why.RETRACTED, f"retracted on {work.retracted_on}, and still cited")
        elif work.study_type == StudyType.REGISTRY_ENTRY:
            if said := _register(work, today):
                yield _work(work, Why.REGISTER, said)
        else:
            yield _work(work, Why.OLD_REVIEW, f"a review of {work.year}: is there a newer one?")


def _register(work: Citation, today: date) -> str:
    """Why a registered trial wants a look; empty where it does not."""
    if work.registry_status in {RegistryStatus.COMPLETED, RegistryStatus.STOPPED}:
        return ""
    if work.completion_due is not None:
        if work.completion_due >= today:
            return ""
        return f"should have been completed by {work.completion_due}: look for results"
    if work.year is None or work.year + SILENT_REGISTER_YEARS < today.year:
        called = work.get_registry_status_display() or "without a status"
        return f"registered in {work.year or 'an unknown year'} and {called}: look for results"
    return ""


def _work(work: Citation, why: Why, said: str) -> Stale:
    return Stale(why, work.key, said, "citations_citation", work.pk)


def _subjects(today: date) -> Iterator[Stale]:
    for subject_type in subject_types():
        model = subject_type.model
        rows = model.objects.published().filter(review_due__lt=today + SOON).with_parts()
        for subject in rows:
            assert subject.review_due is not None  # noqa: S101  (the filter leaves those out)
            due = subject.review_due < today
            said = f"review due {'since' if due else 'by'} {subject.review_due}"
            name = f"{model._meta.app_label}_{model._meta.model_name}"
            yield Stale(
                Why.REVIEW_DUE if due else Why.REVIEW_SOON, str(subject), said, name, subject.pk
            )


def _unfound() -> Iterator[Stale]:
    """Published interactions and stops that name no circumstance: the private check is blind to them."""
    for model in (Remedy, RemedyConditionEntry):
        rows = model.objects.published().with_parts().with_current_revision()
        for subject in rows:
            revision = subject.current_revision
            blind = list(_blind(revision.document)) if revision else []
            if blind:
                said = f"name the circumstances of these warnings: {'; '.join(blind)}"
                name = f"{model._meta.app_label}_{model._meta.model_name}"
                yield Stale(Why.UNFOUND, str(subject), said, name, subject.pk)


def _blind(document: dict[str, Any]) -> Iterator[str]:
    for row in document.get("interactions", []):
        if not row.get("applies_to"):
            yield row["substance"]
    for row in document.get("precautions", []):
        if row["severity"] == PrecautionSeverity.STOP and not row.get("applies_to"):
            yield row["who"]
