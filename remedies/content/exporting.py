"""Make a content pack from what is published."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db import models

from citations.document import to_document as citation_document
from citations.models import Citation
from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.models import Revision, Subject
from publishing.services import subject_type
from remedies.content.pack import Pack, RemedyFile
from remedies.document import circumstance_document
from remedies.models import Circumstance, Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies_site.documents import Document

M = TypeVar("M", bound=models.Model)
_AT_ONCE = 300
_MODELS: dict[str, tuple[type[Any], ...]] = {
    **dict.fromkeys(("conditions", "red_flags", "first_care"), (Condition,)),
    **dict.fromkeys(("remedies", "limits", "interactions", "gaps", "products"), (Remedy,)),
    "warnings": (Remedy, RemedyConditionEntry),
}
"""What the sheets are made of that do not belong to entries."""


def published_pack() -> Pack:
    """What is published now, as a pack; without drafts, and with the current slugs."""
    pack = Pack(
        citations=[citation_document(work) for work in Citation.objects.all()],
        circumstances=[circumstance_document(term) for term in Circumstance.objects.all()],
        conditions=[
            ConditionDocument.model_validate(_document(condition, slug=condition.slug))
            for condition in Condition.objects.published()
            .select_related("current_revision")
            .order_by("slug")
        ],
    )
    pack.citations.sort(key=lambda work: (work.key.lower(), work.key))
    for remedy in Remedy.objects.published().select_related("current_revision").order_by("slug"):
        pack.remedies.append(_remedy_file(remedy))
    return pack


def published_documents(sheet: str) -> Iterator[Document]:
    """The published documents that a sheet of the tables is made of, some hundreds at a time."""
    if sheet == "references":
        yield from map(citation_document, _in_parts(Citation.objects.all()))
    elif sheet == "circumstances":
        yield from map(circumstance_document, Circumstance.objects.all())
    else:
        for model in _MODELS.get(sheet, (RemedyConditionEntry,)):
            yield from _published(model)


def _published(model: type[Any]) -> Iterator[Document]:
    parts = [name for name in ("remedy", "condition") if model is RemedyConditionEntry]
    subjects = model.objects.published().select_related("current_revision", *parts)
    for subject in _in_parts(subjects):
        slugs = {name: getattr(subject, name).slug for name in parts} or {"slug": subject.slug}
        yield subject_type(model).schema.model_validate(_document(subject, **slugs))


def _in_parts(rows: models.QuerySet[M]) -> Iterator[M]:
    """All rows in the order of their keys, in queries for some hundreds each."""
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        yield from some
        last = some[-1].pk


def _remedy_file(remedy: Remedy) -> RemedyFile:
    entries = (
        RemedyConditionEntry.objects.published()
        .filter(remedy=remedy)
        .select_related("current_revision", "condition")
        .order_by("condition__slug")
    )
    return RemedyFile(
        RemedyDocument.model_validate(_document(remedy, slug=remedy.slug)),
        [
            EntryDocument.model_validate(
                _document(entry, remedy=remedy.slug, condition=entry.condition.slug)
            )
            for entry in entries
        ],
    )


def _document(subject: Subject[Revision], **slugs: str) -> dict[str, object]:
    revision = subject.current_revision
    assert revision is not None  # noqa: S101  (published() reads only those that have one)
    return {**revision.document, **slugs}
