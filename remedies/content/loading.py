"""The content pack and the database: load a checked pack, or make one from what is published."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import models
from pydantic import ValidationError as PydanticError

from citations.document import from_document as write_citation
from citations.document import to_document as citation_document
from citations.models import Citation
from citations.schema import CitationDocument
from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.document import write_draft
from publishing.models import CONTENT_PACK, Revision, Subject
from publishing.redirects import NamedSubjectT, find_by_slug
from publishing.review.works import CITATIONS as WORKS
from publishing.services import subject_type
from remedies.content.pack import CITATIONS, IDENTIFIERS, Pack, RemedyFile
from remedies.document import circumstance_document, fill_circumstance
from remedies.models import Circumstance, Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies.services import CIRCUMSTANCES
from remedies_site.documents import Document
from remedies_site.exceptions import NotPublishable
from remedies_site.pack_reader import InvalidPack, PackError
from remedies_site.transactions import short_transaction

ReportProgress = Callable[[str], None]
M = TypeVar("M", bound=models.Model)
_CITATIONS = 50
"""New works that are stored in one transaction."""


@dataclass
class LoadCounts:
    """How many rows a load wrote, and what became of how many pages.

    `drafts` says of each entry that was not published why: its words do not fit its grade.
    """

    written: int = 0
    published: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    drafts: list[str] = field(default_factory=list)


def database_is_empty() -> bool:
    """Whether there is no remedy, no condition and no citation."""
    return not (Remedy.objects.exists() or Condition.objects.exists() or Citation.objects.exists())


def load_pack(pack: Pack, report_progress: ReportProgress) -> LoadCounts:
    """Overwrite rows by a checked pack and publish them; one short transaction for each page.

    Rows that match their document already are not written, so that a load that was killed is finished
    by the next. A remedy that is new to readers is published after all its entries: they see its page
    whole. A withdrawn page stays withdrawn: its rows are updated, and a person decides. A renamed page
    is found by its redirect and keeps its slug. `report_progress` gets a line for each step.
    Raises: InvalidPack, where the library has one of the works under another key.
    """
    counts = LoadCounts()
    works = _load_citations(pack, counts)
    report_progress(f"citations: {len(pack.citations)}")
    with short_transaction():
        _load_circumstances(pack, counts)
    report_progress(f"circumstances: {len(pack.circumstances)}")
    conditions = {}
    slugs = {condition.slug for condition in pack.conditions}
    for position, document in enumerate(pack.conditions, start=1):
        with short_transaction():
            condition = _write_named(Condition, document, slugs, works, counts)
            _publish(condition, counts)
        conditions[document.slug] = condition
        report_progress(f"conditions: {position} of {len(pack.conditions)}: {document.slug}")
    slugs = {part.remedy.slug for part in pack.remedies}
    for part in pack.remedies:
        with short_transaction():
            remedy = _write_named(Remedy, part.remedy, slugs, works, counts)
            if was_published := remedy.was_published:
                _publish(remedy, counts)
        for position, entry in enumerate(part.entries, start=1):
            with short_transaction():
                _load_entry(entry, remedy, conditions[entry.condition], works, counts)
            report_progress(f"{remedy.slug}: {position} of {len(part.entries)}: {entry.condition}")
        if not was_published:
            with short_transaction():
                _publish(remedy, counts)
    return counts


def _load_citations(pack: Pack, counts: LoadCounts) -> dict[str, Citation]:
    works = {work.key: work for work in Citation.objects.all()}
    if errors := _identifier_errors(pack, works):
        raise InvalidPack(errors)
    changed = [
        document
        for document in pack.citations
        if document.key in works and not _matches(works[document.key], document, citation_document)
    ]
    before = {document.key: WORKS.stored_document(works[document.key]) for document in changed}
    with short_transaction():
        # Works may swap identifiers, which are unique: clear all of them before any is set.
        Citation.objects.filter(key__in=[document.key for document in changed]).update(
            doi="", pmid="", pmcid="", nct="NCT00000000"
        )
        _write_citations(changed, works, counts)
        rows = [(works[key], base) for key, base in before.items()]
        WORKS.record_written(rows, author_name=CONTENT_PACK)
    new = [document for document in pack.citations if document.key not in works]
    for first in range(0, len(new), _CITATIONS):
        with short_transaction():
            _write_citations(new[first : first + _CITATIONS], works, counts)
    return works


def _write_citations(
    documents: Iterable[CitationDocument], works: dict[str, Citation], counts: LoadCounts
) -> None:
    for document in documents:
        work = works.setdefault(document.key, Citation())
        write_citation(work, document)
        counts.written += 1


def _load_circumstances(pack: Pack, counts: LoadCounts) -> None:
    """Write the terms in the order of the file; those that only the database has follow them."""
    slugs = {document.slug for document in pack.circumstances}
    stored = {term.slug: term for term in Circumstance.objects.all()}
    before = [(term, CIRCUMSTANCES.stored_document(term)) for term in stored.values()]
    for position, document in enumerate(pack.circumstances, start=1):
        term = stored.get(document.slug, Circumstance())
        if term.position == position and _matches(term, document, circumstance_document):
            continue
        fill_circumstance(term, document).position = position
        term.save()
        counts.written += 1
    later = [term for term in stored.values() if term.slug not in slugs]
    for position, term in enumerate(later, start=len(pack.circumstances) + 1):
        if term.position != position:
            term.position = position
            term.save(update_fields=["position"])
    CIRCUMSTANCES.record_written(before, author_name=CONTENT_PACK)


def _identifier_errors(pack: Pack, works: Mapping[str, Citation]) -> list[PackError]:
    """Identifiers of the pack that works outside it have."""
    own = {document.key for document in pack.citations}
    keys_by_identifier = {
        (name, getattr(work, name)): key
        for key, work in works.items()
        for name in IDENTIFIERS
        if key not in own and getattr(work, name)
    }
    return [
        PackError(CITATIONS, document.key, name, f"the library has this work as {holder!r}")
        for document in pack.citations
        for name in IDENTIFIERS
        if (holder := keys_by_identifier.get((name, getattr(document, name))))
    ]


def _matches(row: M, document: Document, to_document: Callable[[M], Document]) -> bool:
    """Whether the row is stored and makes this document; unfinished rows make none."""
    if row.pk is None:
        return False
    try:
        return to_document(row) == document
    except (NotPublishable, PydanticError):
        return False


def _write_named(
    model: type[NamedSubjectT],
    document: ConditionDocument | RemedyDocument,
    pack_slugs: Collection[str],
    works: Mapping[str, Citation],
    counts: LoadCounts,
) -> NamedSubjectT:
    """Write the draft of a condition or a remedy, also where editors have renamed its page since.

    The page keeps its new slug. `pack_slugs` are those of all pages of the model in the pack: a page
    that the pack has under the new slug too is another one.
    """
    subject = find_by_slug(model, document.slug)
    if subject is not None and subject.slug != document.slug:
        subject = None if subject.slug in pack_slugs else subject
    if subject is not None:
        document = document.model_copy(update={"slug": subject.slug})
    else:
        subject = model()
    _write(subject, document, works, counts)
    return subject


def _load_entry(
    document: EntryDocument,
    remedy: Remedy,
    condition: Condition,
    works: Mapping[str, Citation],
    counts: LoadCounts,
) -> None:
    pair = {"remedy": remedy, "condition": condition}
    # The slugs of the pages, which editors may have renamed since the pack was written.
    document = document.model_copy(update={name: page.slug for name, page in pair.items()})
    entry = RemedyConditionEntry.objects.filter(**pair).first() or RemedyConditionEntry()
    _write(entry, document, works, counts, **pair)
    try:
        _publish(entry, counts)
    except NotPublishable as error:
        subject_type(RemedyConditionEntry).refresh_state(entry)
        counts.drafts.append(f"{remedy.slug}/{condition.slug}: {error}")


def _write(
    subject: Subject[Revision],
    document: Document,
    works: Mapping[str, Citation],
    counts: LoadCounts,
    **related: models.Model,
) -> None:
    """Write the subject's rows where they differ from the document.

    `related` are the rows that the document's keys name, by field.
    """
    if not _matches(subject, document, subject_type(type(subject)).to_document):
        subject.edited_by = None
        write_draft(subject, document, works, **related)
        counts.written += 1


def _publish(subject: Subject[Revision], counts: LoadCounts) -> None:
    """Publish what was written, unless the page was withdrawn."""
    if subject.withdrawn_at is not None:
        subject_type(type(subject)).refresh_state(subject)
        counts.withdrawn += 1
        return
    before = subject.current_revision_id
    revision = subject_type(type(subject)).publish(subject, by=None, author_name=CONTENT_PACK)
    if revision.pk == before:
        counts.unchanged += 1
    else:
        counts.published += 1


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
