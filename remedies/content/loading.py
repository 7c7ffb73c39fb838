"""The content pack and the database: load a checked pack, or gather one from what is published."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from pydantic import ValidationError as PydanticError

from citations.document import from_document as write_citation
from citations.document import to_document as citation_document
from citations.models import Citation
from conditions.document import condition_document, write_condition
from conditions.models import Condition
from conditions.schema import ConditionDocument
from conditions.services import publish_condition
from publishing.models import CONTENT_PACK, Revision, Subject
from remedies.content.pack import CITATIONS, IDENTIFIERS, Pack, PackRefused, Problem, RemedyFile
from remedies.document import (
    circumstance_document,
    entry_document,
    remedy_document,
    write_entry,
    write_remedy,
)
from remedies.models import Circumstance, Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies.services import publish_entry, publish_remedy
from remedies_site.documents import Document
from remedies_site.exceptions import NotPublishable
from remedies_site.rows import column_values

Tell = Callable[[str], None]


@dataclass
class Loaded:
    """What a load did."""

    written: int = 0
    published: int = 0
    unchanged: int = 0
    withdrawn: int = 0


def database_is_empty() -> bool:
    """Whether there is no remedy, no condition and no citation."""
    return not (Remedy.objects.exists() or Condition.objects.exists() or Citation.objects.exists())


@transaction.atomic
def load_pack(pack: Pack, tell: Tell) -> Loaded:
    """Overwrite rows by a checked pack and publish them; all of it or nothing.

    What is there already is left as it is, to the last column. A withdrawn page stays withdrawn:
    its rows are brought up to date, and a person decides. `tell` gets a line for each step.
    Raises PackRefused where the library has one of its works under another key.
    """
    done = Loaded()
    works = _load_citations(pack, done)
    tell(f"citations: {len(pack.citations)}")
    _load_circumstances(pack, done)
    tell(f"circumstances: {len(pack.circumstances)}")
    conditions = {}
    for position, condition in enumerate(pack.conditions, start=1):
        conditions[condition.slug] = _load_condition(condition, works, done)
        tell(f"conditions: {position} of {len(pack.conditions)}: {condition.slug}")
    for part in pack.remedies:
        remedy = _load_remedy(part.remedy, works, done)
        for position, entry in enumerate(part.entries, start=1):
            _load_entry(entry, remedy, conditions[entry.condition], works, done)
            tell(f"{remedy.slug}: {position} of {len(part.entries)}: {entry.condition}")
    return done


def _load_citations(pack: Pack, done: Loaded) -> dict[str, Citation]:
    works = {work.key: work for work in Citation.objects.all()}
    if taken := _taken(pack, works):
        raise PackRefused(taken)
    changed = [
        document
        for document in pack.citations
        if document.key not in works or not _says(works[document.key], document, citation_document)
    ]
    # Identifiers may change places between works: all let go of theirs before any takes a new one.
    Citation.objects.filter(key__in=[document.key for document in changed]).update(
        doi="", pmid="", pmcid="", nct="NCT00000000"
    )
    for document in changed:
        work = works.setdefault(document.key, Citation())
        write_citation(work, document)
        done.written += 1
    return works


def _load_circumstances(pack: Pack, done: Loaded) -> None:
    """Terms in the order of the file; those of the database alone come after them."""
    known = {term.slug: term for term in Circumstance.objects.all()}
    for position, document in enumerate(pack.circumstances, start=1):
        term = known.get(document.slug, Circumstance())
        if term.position == position and _says(term, document, circumstance_document):
            continue
        columns = column_values(document, Circumstance, leave_out={"members"})
        for name, value in columns.items():
            setattr(term, name, value)
        term.members, term.position = "\n".join(document.members), position
        term.save()
        done.written += 1
    later = [term for term in known.values() if term.slug not in pack_slugs(pack)]
    for position, term in enumerate(later, start=len(pack.circumstances) + 1):
        if term.position != position:
            term.position = position
            term.save(update_fields=["position"])


def pack_slugs(pack: Pack) -> set[str]:
    """The keys of the pack's circumstances."""
    return {document.slug for document in pack.circumstances}


def _taken(pack: Pack, works: Mapping[str, Citation]) -> list[Problem]:
    """Identifiers of the pack that works outside it hold."""
    own = {document.key for document in pack.citations}
    held = {
        (name, getattr(work, name)): key
        for key, work in works.items()
        for name in IDENTIFIERS
        if key not in own and getattr(work, name)
    }
    return [
        Problem(CITATIONS, document.key, name, f"the library has this work as {holder!r}")
        for document in pack.citations
        for name in IDENTIFIERS
        if (holder := held.get((name, getattr(document, name))))
    ]


def _says(row: Any, document: Document, read: Callable[[Any], Document]) -> bool:
    """Whether the rows say this already; unfinished rows that make no document do not."""
    try:
        return read(row) == document
    except (NotPublishable, PydanticError):
        return False


def _load_condition(
    document: ConditionDocument, works: Mapping[str, Citation], done: Loaded
) -> Condition:
    condition = Condition.objects.filter(slug=document.slug).first() or Condition()
    if condition.pk is None or not _says(condition, document, condition_document):
        condition.edited_by = None
        write_condition(condition, document, works)
        done.written += 1
    _publish(
        condition, lambda: publish_condition(condition, by=None, author_name=CONTENT_PACK), done
    )
    return condition


def _load_remedy(document: RemedyDocument, works: Mapping[str, Citation], done: Loaded) -> Remedy:
    remedy = Remedy.objects.filter(slug=document.slug).first() or Remedy()
    if remedy.pk is None or not _says(remedy, document, remedy_document):
        remedy.edited_by = None
        write_remedy(remedy, document, works)
        done.written += 1
    _publish(remedy, lambda: publish_remedy(remedy, by=None, author_name=CONTENT_PACK), done)
    return remedy


def _load_entry(
    document: EntryDocument,
    remedy: Remedy,
    condition: Condition,
    works: Mapping[str, Citation],
    done: Loaded,
) -> None:
    entry = (
        RemedyConditionEntry.objects.filter(remedy=remedy, condition=condition).first()
        or RemedyConditionEntry()
    )
    if entry.pk is None or not _says(entry, document, entry_document):
        entry.edited_by = None
        write_entry(entry, document, works, remedy=remedy, condition=condition)
        done.written += 1
    _publish(entry, lambda: publish_entry(entry, by=None, author_name=CONTENT_PACK), done)


def _publish(subject: Subject[Revision], publish: Callable[[], Revision], done: Loaded) -> None:
    if subject.withdrawn_at is not None:
        done.withdrawn += 1
        return
    before = subject.current_revision_id
    revision = publish()
    if revision.pk == before:
        done.unchanged += 1
    else:
        done.published += 1


def current_pack() -> Pack:
    """What is published now, as a pack; drafts stay out, addresses are today's."""
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


def _document(subject: Subject[Revision], **addresses: str) -> dict[str, object]:
    revision = subject.current_revision
    assert revision is not None  # noqa: S101  (published() reads only those that have one)
    return {**revision.document, **addresses}
