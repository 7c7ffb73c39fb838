"""Rows of what is published as the records of the API and of the dump."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from django.conf import settings
from django.urls import reverse

from api.public_documents import public_condition, public_entry, public_remedy, published_conditions
from api.schema import (
    CitationRecord,
    ConditionRecord,
    EntryRecord,
    ListedCondition,
    ListedEntry,
    ListedRemedy,
    NoticeRecord,
    RemedyRecord,
    RemedySafety,
)
from citations.schema import CitationDocument
from conditions.choices import Category
from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.banners.selectors import banners_about
from publishing.models import Revision, SafetyBanner, Subject
from remedies.choices import Certainty, Effect, RemedyKind
from remedies.grading.record import GradeRecord
from remedies.models import Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument


class _Publication(TypedDict):
    url: str
    api_url: str
    version: int
    first_published_at: datetime | None
    published_at: datetime


def api_url(path: str) -> str:
    """The absolute URL of an address within the API."""
    return f"{settings.SITE_URL}{settings.API_PATH}{path}"


def remedy_summary(remedy: Remedy, active: Iterable[SafetyBanner]) -> ListedRemedy:
    """A published remedy as a list has it; `active` are all safety notices that stand now, here and below."""
    return ListedRemedy(
        notices=_notices(remedy, active),
        slug=remedy.slug,
        name=remedy.shown_name,
        kind=RemedyKind(remedy.shown_kind),
        one_line=remedy.shown_one_line,
        **_publication(remedy, f"remedies/{remedy.slug}"),
    )


def condition_summary(condition: Condition, active: Iterable[SafetyBanner]) -> ListedCondition:
    """A published condition as a list has it."""
    return ListedCondition(
        notices=_notices(condition, active),
        slug=condition.slug,
        name=condition.shown_name,
        category=Category(condition.shown_category),
        one_line=condition.shown_one_line,
        **_publication(condition, f"conditions/{condition.slug}"),
    )


def entry_summary(entry: RemedyConditionEntry, active: Iterable[SafetyBanner]) -> ListedEntry:
    """A published entry as a list has it."""
    return ListedEntry(
        notices=_notices(entry, active),
        remedy=entry.remedy.slug,
        condition=entry.condition.slug,
        remedy_name=entry.remedy.shown_name,
        condition_name=entry.condition.shown_name,
        effect=Effect(entry.shown_effect),
        certainty=Certainty(entry.shown_certainty),
        **_publication(entry, f"entries/{entry.remedy.slug}/{entry.condition.slug}"),
    )


def remedy_record(
    remedy: Remedy, active: Iterable[SafetyBanner], document: RemedyDocument | None = None
) -> RemedyRecord:
    """A published remedy whole; from its current revision where no public document is given."""
    if document is None:
        document = stored_remedy(remedy)
        document = public_remedy(document, published_conditions(document))
    return RemedyRecord(**dict(remedy_summary(remedy, active)), document=document)


def condition_record(
    condition: Condition, active: Iterable[SafetyBanner], document: ConditionDocument | None = None
) -> ConditionRecord:
    """A published condition whole; from its current revision where no public document is given."""
    if document is None:
        stored = {**_revision(condition).document, "slug": condition.slug}
        document = public_condition(ConditionDocument.model_validate(stored))
    return ConditionRecord(**dict(condition_summary(condition, active)), document=document)


def entry_record(
    entry: RemedyConditionEntry,
    active: Iterable[SafetyBanner],
    document: EntryDocument | None = None,
    remedy: RemedyDocument | None = None,
) -> EntryRecord:
    """A published entry whole; from current revisions where no public documents are given."""
    if document is None or remedy is None:
        slugs = {"remedy": entry.remedy.slug, "condition": entry.condition.slug}
        document = EntryDocument.model_validate({**_revision(entry).document, **slugs})
        remedy = stored_remedy(entry.remedy)
        conditions = published_conditions(document, remedy)
        document, remedy = public_entry(document, conditions), public_remedy(remedy, conditions)
    grade = _revision(entry).grade
    return EntryRecord(
        **dict(entry_summary(entry, active)),
        document=document,
        grade=None if grade is None else GradeRecord.model_validate(grade),
        remedy_safety=RemedySafety(
            limits=remedy.limits,
            interactions=remedy.interactions,
            gaps=remedy.gaps,
            precautions=remedy.precautions,
        ),
    )


def citation_record(document: CitationDocument) -> CitationRecord:
    """A work that a published page cites."""
    return CitationRecord(
        key=document.key,
        url=f"{settings.SITE_URL}{reverse('reference', args=[document.key])}",
        api_url=api_url(f"citations/{document.key}"),
        document=document,
    )


def stored_remedy(remedy: Remedy) -> RemedyDocument:
    """The document of a remedy's current revision, under its slug of today."""
    return RemedyDocument.model_validate({**_revision(remedy).document, "slug": remedy.slug})


def _notices(subject: Subject[Revision], active: Iterable[SafetyBanner]) -> list[NoticeRecord]:
    return [
        NoticeRecord(text=banner.text, set_at=banner.set_at)
        for banner in banners_about(active, [subject])
    ]


def _revision(subject: Subject[Revision]) -> Revision:
    revision = subject.current_revision
    assert revision is not None  # noqa: S101  (what is published has one)
    return revision


def _publication(subject: Subject[Revision], path: str) -> _Publication:
    assert subject.published_at is not None  # noqa: S101  (as above)
    return {
        "url": f"{settings.SITE_URL}{subject.get_absolute_url()}",
        "api_url": api_url(path),
        "version": _revision(subject).number,
        "first_published_at": subject.first_published_at,
        "published_at": subject.published_at,
    }
