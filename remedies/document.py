"""Rows of a remedy or an entry as a document, and a document back into rows."""

from collections.abc import Mapping

from citations.choices import StudyType
from citations.models import Citation
from conditions.models import Condition
from publishing.revisions import rows_as_document
from remedies.grading.inputs import WorkFacts
from remedies.grading.record import GradeRecord, grade_entry
from remedies.models import Circumstance, Remedy, RemedyConditionEntry
from remedies.schema import (
    ENTRY_TEXTS,
    RATIONALE_TEXTS,
    REMEDY_TEXTS,
    CircumstanceDocument,
    EntryDocument,
    EvidenceRow,
    InteractionRow,
    JudgementRow,
    LimitRow,
    PrecautionRow,
    ProductRow,
    Rationale,
    RegimenRow,
    RemedyDocument,
)
from remedies_site.markup import render, render_inline
from remedies_site.rows import column_values, read_row, read_rows, save_columns, write_rows

_REMEDY_ROWS = ("limits", "interactions", "precautions", "products")
_ENTRY_ROWS = ("evidence_items", "judgements", "regimens", "precautions")


def circumstance_document(row: Circumstance) -> CircumstanceDocument:
    """A term of the vocabulary of circumstances as it stands in its row."""
    return read_row(row, CircumstanceDocument, members=row.member_list)


@rows_as_document()
def remedy_document(remedy: Remedy) -> RemedyDocument:
    """The remedy's draft as it stands in the rows. Raises NotPublishable where they make no document."""
    limits = remedy.limits.prefetch_related("citations")
    interactions = remedy.interactions.prefetch_related("citations", "applies_to")
    precautions = remedy.precautions.prefetch_related("citations", "applies_to")
    return read_row(
        remedy,
        RemedyDocument,
        aliases=remedy.aliases.splitlines(),
        limits=read_rows("limits", limits, LimitRow),
        interactions=read_rows("interactions", interactions, InteractionRow),
        precautions=read_rows("precautions", precautions, PrecautionRow),
        products=read_rows("products", remedy.products.all(), ProductRow),
    )


@rows_as_document()
def entry_document(entry: RemedyConditionEntry) -> EntryDocument:
    """The entry's draft as it stands in the rows. Raises NotPublishable where they make no document."""
    evidence = entry.evidence_items.select_related("citation").prefetch_related("reviews")
    judgements = entry.judgements.prefetch_related("citations")
    regimens = entry.regimens.select_related("citation")
    precautions = entry.precautions.prefetch_related("citations", "applies_to")
    return read_row(
        entry,
        EntryDocument,
        remedy=entry.remedy.slug,
        condition=entry.condition.slug,
        rationale=Rationale(**{name: getattr(entry, name) for name in RATIONALE_TEXTS}),
        evidence_items=read_rows("evidence_items", evidence, EvidenceRow),
        judgements=read_rows("judgements", judgements, JudgementRow),
        regimens=read_rows("regimens", regimens, RegimenRow),
        precautions=read_rows("precautions", precautions, PrecautionRow),
    )


def entry_grade(document: EntryDocument) -> GradeRecord:
    """The grade of a document by what the library says today of the works in its evidence."""
    keys = {row.citation for row in document.evidence_items}
    works = Citation.objects.filter(key__in=keys).only("key", "study_type", "retracted_on")
    return grade_entry(document, {work.key: work_facts(work) for work in works})


def work_facts(work: Citation) -> WorkFacts:
    """What a grade looks at in a work."""
    return WorkFacts(StudyType(work.study_type), work.retracted_on is not None)


def write_remedy(remedy: Remedy, document: RemedyDocument, works: Mapping[str, Citation]) -> None:
    """Overwrite the rows of `remedy` (new or stored) by a document. `works` by their keys."""
    columns = column_values(document, Remedy, leave_out={"aliases", *_REMEDY_ROWS})
    for name, value in columns.items():
        setattr(remedy, name, value)
    remedy.aliases = "\n".join(document.aliases)
    save_columns(remedy, [*columns, "aliases", "edited_by"])
    for relation in _REMEDY_ROWS:
        write_rows(remedy, relation, getattr(document, relation), works)


def write_entry(
    entry: RemedyConditionEntry,
    document: EntryDocument,
    works: Mapping[str, Citation],
    *,
    remedy: Remedy,
    condition: Condition,
) -> None:
    """Overwrite the rows of `entry` (new or stored) by a document. `works` by their keys."""
    own = column_values(
        document, RemedyConditionEntry, leave_out={"remedy", "condition", "rationale", *_ENTRY_ROWS}
    )
    columns = own | column_values(document.rationale, RemedyConditionEntry)
    for name, value in columns.items():
        setattr(entry, name, value)
    entry.remedy, entry.condition = remedy, condition
    save_columns(entry, [*columns, "remedy", "condition", "edited_by"])
    for relation in _ENTRY_ROWS:
        write_rows(entry, relation, getattr(document, relation), works)


def remedy_html(document: RemedyDocument) -> dict[str, str]:
    """The remedy's Markdown as safe HTML, by field."""
    return {name: render(text) for name in REMEDY_TEXTS if (text := getattr(document, name))}


def entry_html(document: EntryDocument) -> dict[str, str]:
    """The entry's Markdown as safe HTML, by field; the verdict is one run of text."""
    html = {"verdict": render_inline(document.verdict)}
    parts = {name: getattr(document.rationale, name) for name in RATIONALE_TEXTS}
    parts |= {name: getattr(document, name) for name in ENTRY_TEXTS}
    return html | {name: render(text) for name, text in parts.items() if text}
