"""An entry's page, composed in reading order from its document, its remedy's and its condition's."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from citations.references import ListedReference, PageReferences, retracted
from citations.schema import citation_keys
from conditions.schema import ConditionDocument
from publishing.models import Revision
from publishing.reviewers.selectors import PageReview, page_review
from publishing.selectors import Html
from remedies.charts.dose_chart import DoseChart
from remedies.charts.staircase import Staircase, staircase
from remedies.choices import Certainty, LimitKind
from remedies.grading.record import GradeRecord
from remedies.grading.scale import VERSION
from remedies.grading.verdicts import verdict_errors
from remedies.grading.wording import effect_label, format_next_trial, pointer
from remedies.models import EntryRevision, RemedyConditionEntry
from remedies.pages.amounts import Dose, LimitTable, doses_of, limit_tables
from remedies.pages.board import Board, board_of
from remedies.pages.guidance import (
    Figures,
    GuidelineItem,
    RouteLine,
    SecondLine,
    StudyFigures,
    figures_of,
    guideline_items,
    next_step_items,
    route_lines,
    second_line,
    study_figures,
)
from remedies.pages.parts import (
    EvidenceGroup,
    GeneralTexts,
    MarkedSentence,
    StopBox,
    Warnings,
    evidence_groups,
    general_texts,
    stop_box,
    warnings_of,
)
from remedies.pages.statistics import Statistics, count_uses, shown_citation_keys, statistics_of
from remedies.schema import EntryDocument, ProductRow, RemedyDocument
from remedies.selectors import (
    EntryState,
    condition_state,
    entry_state,
    listed_entries,
    load_entry,
    remedy_state,
)
from remedies_site.listing import FirstRows


@dataclass
class EntryPart:
    """An entry's document as its page shows it, with the safety rows of its remedy and condition."""

    document: EntryDocument
    grade: GradeRecord
    effect: str
    certainty: Certainty
    verdict: SafeString
    under_revision: bool
    pointer: str
    by_route: list[RouteLine]
    second: SecondLine | None
    next_steps: list[MarkedSentence]
    stop_box: StopBox
    board: Board
    doses: list[Dose]
    dose_chart: DoseChart | None
    dosing: SafeString
    upper: LimitTable
    recommended: LimitTable
    warnings: Warnings
    evidence_text: SafeString
    evidence: list[EvidenceGroup]
    figures: Figures | None
    studies: StudyFigures | None
    staircase: Staircase
    next_trial: str
    guidelines: list[GuidelineItem]
    mechanism: SafeString
    observational: SafeString
    clinical: SafeString
    general: GeneralTexts
    products: list[ProductRow]

    @property
    def has_rationale(self) -> bool:
        """Whether there is a text on how it might work."""
        return bool(self.mechanism or self.observational or self.clinical)

    @property
    def mechanism_only(self) -> bool:
        """Whether there is a mechanism alone, so that the page must say that it is not evidence."""
        return bool(self.mechanism) and not (self.observational or self.clinical)


@dataclass
class EntryPage:
    """A remedy with one condition open."""

    entry: RemedyConditionEntry
    part: EntryPart
    remedy_name: str
    condition_name: str
    siblings: FirstRows[RemedyConditionEntry]
    references: list[ListedReference]
    statistics: Statistics
    revision: Revision | None
    written_on: date | None
    review_due: date | None
    review: PageReview | None
    is_draft: bool = False

    @property
    def retracted(self) -> list[ListedReference]:
        """The works that the page cites and that were retracted."""
        return retracted(self.references)

    @property
    def challenge_url(self) -> str:
        """Where readers challenge a claim of the page; empty for a draft and for an old revision."""
        is_current = self.revision is not None and self.revision == self.entry.current_revision
        url = f"{self.entry.get_absolute_url()}challenge/"
        return url if is_current and not self.is_draft else ""


def entry_page(
    entry: RemedyConditionEntry,
    *,
    revision: EntryRevision | None = None,
    draft: bool = False,
) -> EntryPage:
    """The page from the current revision, from `revision`, or from the draft rows.

    Remedy and condition are today's in any case, or their drafts where they were never published.
    """
    entry = load_entry(entry.pk)
    state = entry_state(entry, revision=revision, draft=draft)
    return page_of_state(entry, state, revision=revision, draft=draft)


def page_of_state(
    entry: RemedyConditionEntry,
    state: EntryState,
    *,
    revision: EntryRevision | None = None,
    draft: bool = False,
) -> EntryPage:
    """The page of an entry as `entry_state` returns it; its row has remedy and condition joined."""
    document, html, grade = state
    remedy, condition = entry.remedy, entry.condition
    remedy_document, remedy_html = remedy_state(remedy, draft=remedy.current_revision is None)
    condition_document = condition_state(condition)
    siblings = _with_itself(listed_entries(remedy), entry)
    documents = (document, remedy_document, condition_document)
    keys = chain.from_iterable(citation_keys(part) for part in documents)
    references = PageReferences(chain(keys, shown_citation_keys(remedy, siblings)))
    part = compose_entry(
        document, html, grade, remedy_document, remedy_html, condition_document, references
    )
    return EntryPage(
        entry=entry,
        part=part,
        remedy_name=remedy_document.name,
        condition_name=condition_document.name,
        siblings=siblings,
        references=references.listed(),
        statistics=statistics_of(remedy, count_uses(remedy, siblings), siblings, references.works),
        revision=revision or entry.current_revision,
        written_on=document.written_on,
        review_due=document.review_due,
        review=page_review(entry, revision or entry.current_revision, draft=draft),
        is_draft=draft,
    )


def _with_itself(
    listed: FirstRows[RemedyConditionEntry], entry: RemedyConditionEntry
) -> FirstRows[RemedyConditionEntry]:
    """The remedy's list, with the entry of the page where it is not among the first of many."""
    if listed.is_whole or any(other.pk == entry.pk for other in listed):
        return listed
    merged = FirstRows([*listed, entry], is_whole=False)
    merged.sort(key=lambda other: (other.condition.sort_key, other.pk))
    return merged


def _is_under_revision(entry: EntryDocument, grade: GradeRecord) -> bool:
    """Whether the verdict no longer fits its grade, as after a new rule or a retraction."""
    if grade.version != VERSION:  # an old grade was written by the words of its own rule
        return False
    return any(verdict_errors(entry.verdict, grade.certainty, grade.effect, entry.remedy))


def compose_entry(
    entry: EntryDocument,
    entry_html: Html,
    grade: GradeRecord,
    remedy: RemedyDocument,
    remedy_html: Html,
    condition: ConditionDocument,
    references: PageReferences,
) -> EntryPart:
    """The documents as the page shows them; `entry_html` and `remedy_html` are stored HTML by field.

    The entry's own precautions come first, then the remedy's that matter most for the condition.
    """
    substance = remedy.name.lower()
    references.enter(_("the verdict"))
    verdict = references.html(entry_html.get("verdict", ""))
    references.enter(_("what to do now"))
    next_steps = next_step_items(entry.next_steps, references)
    references.enter(_("the doses"))
    doses, dose_chart = doses_of(entry.regimens, substance, remedy.limits, references)
    dosing = references.html(entry_html.get("dosing", ""))
    upper, recommended = limit_tables(
        remedy.limits, references, LimitKind.UPPER, LimitKind.RECOMMENDED
    )
    slug = condition.slug
    general = sorted(remedy.precautions, key=lambda row: slug not in row.matters_for)
    precautions = [*entry.precautions, *general]
    references.enter(_("the warnings"))
    warnings = warnings_of(
        precautions,
        remedy.interactions,
        references,
        text=entry_html.get("warnings", ""),
        condition=condition,
        gaps=remedy.gaps,
    )
    references.enter(_("the evidence"))
    evidence_text = references.html(entry_html.get("evidence", ""))
    figures = figures_of(entry, references)
    studies = study_figures(entry.evidence_items, figures, references)
    evidence = evidence_groups(entry.evidence_items, references, entry.smallest_differences)
    guidelines = guideline_items(entry.guidelines, references)
    references.end_print()  # what follows is not printed: rationale and general texts
    references.enter(_("how it might work"))
    mechanism = references.html(entry_html.get("mechanism", ""))
    observational = references.html(entry_html.get("observational", ""))
    clinical = references.html(entry_html.get("clinical", ""))
    references.enter(_("the general part"))
    box = stop_box(precautions, slug)
    return EntryPart(
        document=entry,
        grade=grade,
        effect=effect_label(grade.effect, grade.certainty),
        certainty=grade.certainty,
        verdict=verdict,
        under_revision=_is_under_revision(entry, grade),
        pointer=pointer(grade.effect, grade.certainty),
        by_route=route_lines(grade.by_route),
        second=second_line(grade.second),
        next_steps=next_steps,
        stop_box=box,
        board=board_of(
            grade,
            entry.regimens,
            remedy.limits,
            box,
            warnings,
            names={key: work.short_name for key, work in references.works.items()},
        ),
        doses=doses,
        dose_chart=dose_chart,
        dosing=dosing,
        upper=upper,
        recommended=recommended,
        warnings=warnings,
        evidence_text=evidence_text,
        evidence=evidence,
        figures=figures,
        studies=studies,
        staircase=staircase(grade.steps),
        next_trial=format_next_trial(grade.next_trial) if grade.next_trial else "",
        guidelines=guidelines,
        mechanism=mechanism,
        observational=observational,
        clinical=clinical,
        general=general_texts(remedy_html, references),
        products=remedy.products,
    )
