"""An entry's page, composed in reading order from its document, its remedy's and its condition's."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils.safestring import SafeString

from citations.references import ListedReference, PageReferences, retracted
from citations.schema import citation_keys
from conditions.schema import ConditionDocument
from publishing.models import Revision
from publishing.selectors import Html
from remedies.choices import Certainty, LimitKind
from remedies.grading.record import GradeRecord
from remedies.grading.wording import effect_label
from remedies.models import EntryRevision, RemedyConditionEntry
from remedies.pages.parts import (
    Dose,
    EvidenceGroup,
    General,
    Limit,
    Stop,
    Warnings,
    dose_of,
    evidence_groups,
    general_texts,
    limits_of,
    stops_of,
    warnings_of,
)
from remedies.pages.statistics import Statistics, shown_keys, statistics_of
from remedies.schema import EntryDocument, ProductRow, RemedyDocument
from remedies.selectors import condition_state, entry_state, listed_entries, remedy_state


@dataclass
class EntryPart:
    """What an entry says, joined with its remedy's and its condition's safety rows."""

    document: EntryDocument
    grade: GradeRecord
    effect: str
    certainty: Certainty
    verdict: SafeString
    stops: list[Stop]
    doses: list[Dose]
    dosing: SafeString
    upper: list[Limit]
    recommended: list[Limit]
    warnings: Warnings
    evidence_text: SafeString
    evidence: list[EvidenceGroup]
    mechanism: SafeString
    observational: SafeString
    clinical: SafeString
    general: General
    products: list[ProductRow]

    @property
    def has_rationale(self) -> bool:
        """Whether anything is known of how it might work."""
        return bool(self.mechanism or self.observational or self.clinical)

    @property
    def mechanism_only(self) -> bool:
        """Whether the reader must be told that a mechanism is not evidence."""
        return bool(self.mechanism) and not (self.observational or self.clinical)


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
    keys = chain.from_iterable(citation_keys(part) for part in documents)
    library = PageReferences(chain(keys, shown_keys(remedy, siblings)))
    part = compose_entry(document, html, grade, general, general_html, about, library)
    return EntryPage(
        entry=entry,
        part=part,
        remedy_name=general.name,
        condition_name=about.name,
        siblings=siblings,
        references=library.listed(),
        statistics=statistics_of(remedy, siblings, library.works),
        revision=revision or entry.current_revision,
        written_on=document.written_on,
        review_due=document.review_due,
        is_draft=draft,
    )


def compose_entry(
    entry: EntryDocument,
    entry_html: Html,
    grade: GradeRecord,
    remedy: RemedyDocument,
    remedy_html: Html,
    condition: ConditionDocument,
    references: PageReferences,
) -> EntryPart:
    """An entry's page. The entry's own warnings stand before those true for every use."""
    substance = remedy.name.lower()
    verdict = references.html(entry_html.get("verdict", ""))
    doses = [dose_of(row, substance, remedy.limits, references) for row in entry.regimens]
    dosing = references.html(entry_html.get("dosing", ""))
    upper = limits_of(remedy.limits, LimitKind.UPPER, references)
    recommended = limits_of(remedy.limits, LimitKind.RECOMMENDED, references)
    precautions = [*entry.precautions, *remedy.precautions]
    warnings = warnings_of(
        precautions,
        remedy.interactions,
        references,
        text=entry_html.get("warnings", ""),
        condition=condition,
    )
    evidence_text = references.html(entry_html.get("evidence", ""))
    evidence = evidence_groups(entry.evidence_items, references)
    references.end_paper()  # what follows is for the screen: reasons why, and general texts
    return EntryPart(
        document=entry,
        grade=grade,
        effect=effect_label(grade.effect, grade.certainty),
        certainty=grade.certainty,
        verdict=verdict,
        stops=stops_of(precautions),
        doses=doses,
        dosing=dosing,
        upper=upper,
        recommended=recommended,
        warnings=warnings,
        evidence_text=evidence_text,
        evidence=evidence,
        mechanism=references.html(entry_html.get("mechanism", "")),
        observational=references.html(entry_html.get("observational", "")),
        clinical=references.html(entry_html.get("clinical", "")),
        general=general_texts(remedy_html, references),
        products=remedy.products,
    )
