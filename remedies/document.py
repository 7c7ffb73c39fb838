"""Rows of a remedy or an entry as a document, its HTML and its grade."""

from typing import Annotated

from pydantic import Field

from citations.choices import StudyType
from citations.models import Citation
from publishing.document import prose_html
from remedies.grading.inputs import WorkFacts
from remedies.grading.record import GradeRecord, grade_entry
from remedies.models import Circumstance, Remedy, RemedyConditionEntry
from remedies.schema import (
    CircumstanceDocument,
    EntryDocument,
    RemedyDocument,
)
from remedies_site.rows import column_values, read_document, read_row


class OrderedCircumstance(CircumstanceDocument):
    """A circumstance with its place in the list, as its revisions keep it."""

    position: Annotated[int, Field(ge=0, le=32_767)] = 0


def circumstance_document(circumstance: Circumstance) -> CircumstanceDocument:
    """A circumstance as it stands in its row. Raises pydantic's ValidationError."""
    return read_row(circumstance, CircumstanceDocument)


def ordered_circumstance(circumstance: Circumstance) -> OrderedCircumstance:
    """A circumstance with its place. Raises pydantic's ValidationError."""
    return read_row(circumstance, OrderedCircumstance)


def fill_circumstance(circumstance: Circumstance, document: CircumstanceDocument) -> Circumstance:
    """Set every column of `circumstance` that the document has, without saving it."""
    for name, value in column_values(document, Circumstance).items():
        setattr(circumstance, name, value)
    return circumstance


def remedy_document(remedy: Remedy) -> RemedyDocument:
    """The draft as it stands in the rows. Raises NotPublishable where they make no valid document."""
    return read_document(remedy, RemedyDocument)


def entry_document(entry: RemedyConditionEntry) -> EntryDocument:
    """The draft as it stands in the rows. Raises NotPublishable where they make no valid document."""
    return read_document(entry, EntryDocument)


def entry_grade(document: EntryDocument) -> GradeRecord:
    """The grade of a document by what the library says today of the works in its evidence."""
    keys = {row.citation for row in document.evidence_items}
    works = Citation.objects.filter(key__in=keys).only("key", "study_type", "retracted_on", "year")
    return grade_entry(document, {work.key: work_facts(work) for work in works})


def work_facts(work: Citation) -> WorkFacts:
    """What grading needs to know of a work."""
    return WorkFacts(StudyType(work.study_type), work.retracted_on is not None, work.year)


def remedy_html(document: RemedyDocument) -> dict[str, str]:
    """The document's Markdown as safe HTML, by field."""
    return prose_html(document)


def entry_html(document: EntryDocument) -> dict[str, str]:
    """The document's Markdown as safe HTML, by field; the verdict is one run of text."""
    return prose_html(document, inline={"verdict"})
