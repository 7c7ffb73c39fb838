"""What a content pack holds, and what must hold between its files. No database here."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from citations.schema import CitationDocument, cited_keys
from conditions.schema import ConditionDocument
from remedies.grading.inputs import WorkFacts
from remedies.grading.record import grade_entry
from remedies.grading.verdicts import verdict_errors
from remedies.schema import (
    CircumstanceDocument,
    EntryDocument,
    InteractionRow,
    PrecautionRow,
    RemedyDocument,
)
from remedies_site.documents import Document
from remedies_site.pack_reader import PackError

CITATIONS = "citations.yaml"
CIRCUMSTANCES = "circumstances.yaml"
CONDITIONS = "conditions.yaml"
REMEDIES = "remedies"
"""The folder with one file for each remedy."""
IDENTIFIERS = ("doi", "pmid", "pmcid")
"""Each names one work, so no two works may share one."""


@dataclass
class RemedyFile:
    """A remedy with its entries, as they stand in one file."""

    remedy: RemedyDocument
    entries: list[EntryDocument]

    @property
    def path(self) -> str:
        """The file's path inside the pack."""
        return f"{REMEDIES}/{self.remedy.slug}.yaml"


@dataclass
class Pack:
    """Everything that `fixtures/` holds."""

    citations: list[CitationDocument] = field(default_factory=list)
    circumstances: list[CircumstanceDocument] = field(default_factory=list)
    conditions: list[ConditionDocument] = field(default_factory=list)
    remedies: list[RemedyFile] = field(default_factory=list)


def consistency_errors(pack: Pack) -> Iterator[PackError]:
    """Errors between files whose documents are valid: a pack refers to nothing outside itself."""
    yield from _shared_identifiers(pack.citations)
    works = {work.key for work in pack.citations}
    conditions = {condition.slug for condition in pack.conditions}
    terms = {term.slug for term in pack.circumstances}
    for condition in pack.conditions:
        yield from _missing_works(CONDITIONS, condition.slug, condition, works)
    for part in pack.remedies:
        file, remedy = part.path, part.remedy
        yield from _missing_works(file, "remedy", remedy, works)
        yield from _missing_terms(file, "remedy", "interactions", remedy.interactions, terms)
        yield from _missing_terms(file, "remedy", "precautions", remedy.precautions, terms)
        yield from _missing_conditions(file, "remedy", remedy.precautions, conditions)
        for entry in part.entries:
            if entry.remedy != remedy.slug:
                yield PackError(file, entry.condition, "remedy", f"must be {remedy.slug!r}")
            if entry.condition not in conditions:
                message = f"no condition of this pack is called {entry.condition!r}"
                yield PackError(file, entry.condition, "condition", message)
            yield from _missing_terms(
                file, entry.condition, "precautions", entry.precautions, terms
            )
            yield from _missing_conditions(file, entry.condition, entry.precautions, conditions)
            yield from _missing_works(file, entry.condition, entry, works)


def _missing_terms(
    file: str,
    label: str,
    field: str,
    rows: Sequence[InteractionRow | PrecautionRow],
    terms: Container[str],
) -> Iterator[PackError]:
    """Circumstances that rows name and the vocabulary does not have."""
    for position, row in enumerate(rows, start=1):
        for slug in row.applies_to:
            if slug not in terms:
                path = f"{field}[{position}].applies_to"
                yield PackError(file, label, path, f"{CIRCUMSTANCES} has no {slug!r}")


def _missing_conditions(
    file: str, label: str, rows: Sequence[PrecautionRow], conditions: Container[str]
) -> Iterator[PackError]:
    """Conditions for which a warning matters and that the pack does not have."""
    for position, row in enumerate(rows, start=1):
        for slug in row.matters_for:
            if slug not in conditions:
                path = f"precautions[{position}].matters_for"
                yield PackError(file, label, path, f"{CONDITIONS} has no {slug!r}")


def verdict_messages(pack: Pack) -> Iterator[PackError]:
    """What in verdicts does not fit the grade that the pack's own works give.

    A pack from before a new rule is sound all the same: such an entry is loaded as a draft.
    """
    for part in pack.remedies:
        for entry in part.entries:
            yield from _verdict_errors(part.path, entry, pack)


def _verdict_errors(file: str, entry: EntryDocument, pack: Pack) -> Iterator[PackError]:
    cited = {row.citation for row in entry.evidence_items}
    works = {
        work.key: WorkFacts(work.study_type, work.retracted_on is not None, work.year)
        for work in pack.citations
        if work.key in cited
    }
    grade = grade_entry(entry, works)
    for message in verdict_errors(entry.verdict, grade.certainty, grade.effect, entry.remedy):
        yield PackError(file, entry.condition, "verdict", message)


def _shared_identifiers(works: Iterable[CitationDocument]) -> Iterator[PackError]:
    owners: dict[tuple[str, str], str] = {}
    for work in works:
        for name in IDENTIFIERS:
            value = getattr(work, name)
            owner = owners.setdefault((name, value), work.key) if value else work.key
            if owner != work.key:
                yield PackError(CITATIONS, work.key, name, f"{owner!r} has {value!r} already")


def _missing_works(
    file: str, label: str, document: Document, works: Container[str]
) -> Iterator[PackError]:
    """Works that a document cites and the pack does not have."""
    for path, key in cited_keys(document):
        if key not in works:
            yield PackError(file, label, path, f"{CITATIONS} has no {key!r}")
