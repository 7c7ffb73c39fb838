"""Reads that assemble a whole page, each in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.utils.safestring import SafeString

from accounts.models import User
from citations.models import Citation
from citations.references import ListedReference, PageReferences, retracted
from citations.schema import citation_keys
from citations.vocabulary import StudyType
from conditions.document import to_document as condition_document
from conditions.models import Condition
from conditions.schema import ConditionDocument
from remedies.document import (
    entry_document,
    entry_grade,
    entry_html,
    remedy_document,
    remedy_html,
)
from remedies.evidence.record import GradeRecord, InputLine
from remedies.evidence.words import LedgerLine, ledger_line, left_words, next_trial_words
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies.pages import EntryPart, Html, RemedyPart, compose_entry, compose_remedy
from remedies.presenting import LIST_GROUPS, by_certainty, effect_words, list_group
from remedies.schema import EntryDocument, RemedyDocument
from remedies.search import finding
from remedies.vocabulary import Found
from remedies_site.revisions import Revision


@dataclass(frozen=True)
class Statistics:
    """Numbers of a remedy, each of them the result of a query."""

    conditions: int
    up: int
    down: int
    works: list[tuple[StudyType, int]]
    works_total: int
    first_published: datetime | None
    last_changed: datetime | None


@dataclass
class RemedyPage:
    """A remedy's overview."""

    remedy: Remedy
    part: RemedyPart
    entries: list[RemedyConditionEntry]
    groups: dict[str, list[RemedyConditionEntry]]
    references: list[ListedReference]
    statistics: Statistics
    revision: Revision | None
    is_draft: bool = False

    @property
    def retracted(self) -> list[ListedReference]:
        """The works that the page cites and that were retracted."""
        return retracted(self.references)


@dataclass
class EntryPage:
    """A remedy with one condition open."""

    entry: RemedyConditionEntry
    part: EntryPart
    remedy_name: str
    condition_name: str
    siblings: list[RemedyConditionEntry]
    references: list[ListedReference]
    statistics: Statistics
    revision: Revision | None
    written_on: date | None
    review_due: date | None
    is_draft: bool = False

    @property
    def retracted(self) -> list[ListedReference]:
        """The works that the page cites and that were retracted."""
        return retracted(self.references)


def find_remedy(slug: str) -> Remedy | None:
    """The remedy with its current revision, published or not."""
    return (
        Remedy.objects.select_related("current_revision")
        .defer("shown_text")
        .filter(slug=slug)
        .first()
    )


def find_entry(remedy: str, condition: str) -> RemedyConditionEntry | None:
    """The entry of a pair with all three current revisions, published or not."""
    return (
        RemedyConditionEntry.objects.select_related(
            "current_revision", "remedy__current_revision", "condition__current_revision"
        )
        .defer("shown_text", "remedy__shown_text", "condition__shown_text")
        .filter(remedy__slug=remedy, condition__slug=condition)
        .first()
    )


def remedy_page(
    remedy: Remedy, *, revision: RemedyRevision | None = None, draft: bool = False
) -> RemedyPage:
    """The overview from the current revision, from an old one, or from the draft rows."""
    document, html = remedy_state(remedy, revision=revision, draft=draft)
    entries = listed_entries(remedy)
    keys = citation_keys(document.canonical())
    library = PageReferences(chain(keys, _shown_keys(remedy, entries)))
    part = compose_remedy(document, html, library)
    return RemedyPage(
        remedy=remedy,
        part=part,
        entries=entries,
        groups=grouped(entries),
        references=library.listed(),
        statistics=_statistics(remedy, entries, library.works),
        revision=revision or remedy.current_revision,
        is_draft=draft,
    )


def entry_page(
    entry: RemedyConditionEntry,
    *,
    revision: EntryRevision | None = None,
    draft: bool = False,
) -> EntryPage:
    """The entry from its current revision, from an old one, or from the draft rows; its remedy
    and condition are today's in any case (or their drafts, where they were never published)."""
    remedy, condition = entry.remedy, entry.condition
    document, html, grade = entry_state(entry, revision=revision, draft=draft)
    general, general_html = remedy_state(remedy, draft=remedy.current_revision is None)
    about = condition_state(condition)
    siblings = listed_entries(remedy)
    documents = (document, general, about)
    keys = chain.from_iterable(citation_keys(part.canonical()) for part in documents)
    library = PageReferences(chain(keys, _shown_keys(remedy, siblings)))
    part = compose_entry(document, html, grade, general, general_html, about, library)
    return EntryPage(
        entry=entry,
        part=part,
        remedy_name=general.name,
        condition_name=about.name,
        siblings=siblings,
        references=library.listed(),
        statistics=_statistics(remedy, siblings, library.works),
        revision=revision or entry.current_revision,
        written_on=document.written_on,
        review_due=document.review_due,
        is_draft=draft,
    )


@dataclass(frozen=True)
class GradeInput:
    """One input of a grade: the row, the work's short name and its mark."""

    line: InputLine
    name: str
    kind: str
    marks: SafeString
    why_left: str


@dataclass(frozen=True)
class GradeJudgement:
    """A step that editors took, with what they rest it on."""

    name: str
    reason: str
    marks: SafeString


@dataclass
class GradePage:
    """Why an entry has its grade."""

    entry: RemedyConditionEntry
    remedy_name: str
    condition_name: str
    grade: GradeRecord
    effect: str
    ledger: list[LedgerLine]
    counted: list[GradeInput]
    left_out: list[GradeInput]
    judgements: list[GradeJudgement]
    next_trial: str
    references: list[ListedReference]
    revision: Revision | None
    is_draft: bool = False


def grade_page(entry: RemedyConditionEntry, *, draft: bool = False) -> GradePage:
    """The ledger as it was kept with the current revision, or as the draft would have it."""
    document, _html, grade = entry_state(entry, draft=draft)
    if not grade.steps:  # a version from before grades were computed
        grade = entry_grade(document)
    keys = [line.key for line in grade.inputs]
    library = PageReferences([*keys, *(key for row in grade.judgements for key in row.citations)])
    return GradePage(
        entry=entry,
        remedy_name=entry.remedy.shown_name or entry.remedy.name,
        condition_name=entry.condition.shown_name or entry.condition.name,
        grade=grade,
        effect=effect_words(grade.effect, grade.certainty),
        ledger=[ledger_line(step) for step in grade.steps],
        counted=[_grade_input(line, library) for line in grade.counted],
        left_out=[_grade_input(line, library) for line in grade.left_out],
        judgements=[
            GradeJudgement(str(row.kind.label), row.reason, library.marks(row.citations))
            for row in grade.judgements
        ],
        next_trial=next_trial_words(grade.next_trial) if grade.next_trial else "",
        references=library.listed(),
        revision=entry.current_revision,
        is_draft=draft,
    )


def _grade_input(line: InputLine, library: PageReferences) -> GradeInput:
    work = library.works.get(line.key)
    return GradeInput(
        line,
        name=work.short_name if work else line.key,
        kind=str(line.study_type.label),
        marks=library.marks([line.key]),
        why_left=left_words(line.left) if line.left else "",
    )


def listed_entries(remedy: Remedy) -> list[RemedyConditionEntry]:
    """The remedy's published entries from A to Z by condition."""
    entries = RemedyConditionEntry.objects.published().filter(remedy=remedy).with_names()
    return list(entries.order_by("condition__sort_key", "pk"))


def grouped(entries: Iterable[RemedyConditionEntry]) -> dict[str, list[RemedyConditionEntry]]:
    """Entries under the headings of `LIST_GROUPS`, surest first; every heading is there."""
    groups: dict[str, list[RemedyConditionEntry]] = {name: [] for name in LIST_GROUPS}
    for entry in by_certainty(entries):
        groups[list_group(entry)].append(entry)
    return groups


def my_vote(entry: RemedyConditionEntry, member: User | None) -> int:
    """What the member said of the entry: 1, -1, or 0 for nothing. No query for readers."""
    if member is None:
        return 0
    return entry.votes.filter(voter=member).values_list("value", flat=True).first() or 0


def recently_published(limit: int = 5) -> list[RemedyConditionEntry]:
    """The entries published last, newest first."""
    return list(
        RemedyConditionEntry.objects.published()
        .with_names()
        .order_by("-published_at", "-pk")[:limit]
    )


def remedy_state(
    remedy: Remedy, *, revision: RemedyRevision | None = None, draft: bool = False
) -> tuple[RemedyDocument, Html]:
    """What the remedy says and its HTML: as published, as an old version, or as drafted."""
    frozen = revision or remedy.current_revision
    if draft or frozen is None:
        document = remedy_document(remedy)
        return document, remedy_html(document)
    return RemedyDocument.model_validate(frozen.document), frozen.html


def entry_state(
    entry: RemedyConditionEntry, *, revision: EntryRevision | None = None, draft: bool = False
) -> tuple[EntryDocument, Html, GradeRecord]:
    """What the entry says, its HTML and its grade: as published, as an old version, or as drafted.

    A version from before grades were computed shows what its editors wrote.
    """
    frozen = revision or entry.current_revision
    if draft or frozen is None:
        document = entry_document(entry)
        return document, entry_html(document), entry_grade(document)
    document = EntryDocument.model_validate(frozen.document)
    if frozen.grade is None:
        grade = GradeRecord(version="", certainty=document.certainty, effect=document.effect)
    else:
        grade = GradeRecord.model_validate(frozen.grade)
    return document, frozen.html, grade


def condition_state(condition: Condition) -> ConditionDocument:
    """What the condition says: as published, or as drafted where it never was."""
    frozen = condition.current_revision
    if frozen is None:
        return condition_document(condition)
    return ConditionDocument.model_validate(frozen.document)


def _shown_keys(remedy: Remedy, entries: Iterable[RemedyConditionEntry]) -> Iterable[str]:
    """Every work cited by what is published of the remedy."""
    return chain(remedy.shown_citations, *(entry.shown_citations for entry in entries))


def _statistics(
    remedy: Remedy, entries: Sequence[RemedyConditionEntry], works: dict[str, Citation]
) -> Statistics:
    cited = {key for key in _shown_keys(remedy, entries) if key in works}
    kinds = [works[key].study_type for key in cited]
    counts = [(kind, kinds.count(kind)) for kind in StudyType if kind in kinds]
    changes = [entry.published_at for entry in entries] + [remedy.published_at]
    return Statistics(
        conditions=len(entries),
        up=sum(entry.up_count for entry in entries),
        down=sum(entry.down_count for entry in entries),
        works=counts,
        works_total=len(cited),
        first_published=remedy.first_published_at,
        last_changed=max((moment for moment in changes if moment), default=None),
    )


@dataclass(frozen=True)
class ReferencePage:
    """A work, and everything published that cites it."""

    work: Citation
    entries: list[RemedyConditionEntry]
    remedies: list[Remedy]
    conditions: list[Condition]

    @property
    def listed(self) -> ListedReference:
        """The work as a line of a reference list."""
        return ListedReference(1, "ref-1", self.work)


def reference_page(key: str) -> ReferencePage | None:
    """None where no published page cites the work, or there is none."""
    places = [place.split(":") for place in finding.citing(key)]
    work = Citation.objects.filter(key=key).first() if places else None
    if work is None:
        return None
    ids = {kind: [int(pk) for found, pk in places if found == kind] for kind in Found.values}
    entries = RemedyConditionEntry.objects.published().filter(pk__in=ids[Found.ENTRY]).with_names()
    remedies = Remedy.objects.published().filter(pk__in=ids[Found.REMEDY]).order_by("sort_key")
    conditions = Condition.objects.published().filter(pk__in=ids[Found.CONDITION])
    return ReferencePage(
        work,
        list(entries.order_by("remedy__sort_key", "condition__sort_key", "pk")),
        list(remedies.defer("shown_text")),
        list(conditions.order_by("sort_key").defer("shown_text")),
    )
