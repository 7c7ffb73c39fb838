"""Data classes that several pages share, and the functions that make them from document rows.

`PageReferences.marks` numbers a work at its first call, so callers compose in reading order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citations.references import PageReferences
from conditions.schema import ConditionDocument
from conditions.selectors import CitedSentence, cited_sentences
from publishing.selectors import Html
from remedies.choices import InteractionSeverity, PrecautionKind, PrecautionSeverity
from remedies.doses.gaps import format_gap, longest_first
from remedies.effects.frequencies import natural_frequency
from remedies.effects.smallest import compare_with_smallest
from remedies.effects.wording import format_comparison, format_effect, format_frequency
from remedies.grading.precision import smallest_for
from remedies.grading.record import GradeRecord
from remedies.pages.groups import EVIDENCE_GROUPS, evidence_heading
from remedies.schema import (
    EvidenceRow,
    GapRow,
    InteractionRow,
    PrecautionRow,
    SmallestDifferenceRow,
)
from remedies_site.numbers import format_number


@dataclass(frozen=True)
class StopWarning:
    """The words after “do not take it … if”; `caution_only` where nobody checked them yet."""

    who: str
    caution_only: bool


@dataclass(frozen=True)
class StopBox:
    """The red box: whom the remedy is not for, and under it signs that want help and how to take it.

    `signs` are rows of kind “get help” that say stop; `using` are cautions that matter most here.
    """

    stops: list[StopWarning]
    signs: list[PrecautionRow]
    using: list[PrecautionRow]


@dataclass(frozen=True)
class PrecautionItem:
    """A precaution with its marks; `caution_only` where nobody checked it yet."""

    row: PrecautionRow
    marks: SafeString
    caution_only: bool


@dataclass(frozen=True)
class MarkedSentence:
    """A sentence with the marks of what it rests on."""

    text: str
    marks: SafeString


@dataclass(frozen=True)
class InteractionItem:
    """An interaction with its marks; `caution_only` where nobody checked it yet.

    `gaps` are the hours between by each authority, the longest first.
    """

    row: InteractionRow
    marks: SafeString
    caution_only: bool
    gaps: list[MarkedSentence] = field(default_factory=list)


@dataclass(frozen=True)
class StudyResult:
    """The result of one work, with its short name, its marks, and what its figures mean in words."""

    row: EvidenceRow
    name: str
    marks: SafeString
    effect: str = ""
    frequency: str = ""
    comparison: str = ""


@dataclass(frozen=True)
class EvidenceGroup:
    """The results of studies of one kind, under their heading."""

    key: str
    heading: str
    studies: list[StudyResult]


@dataclass(frozen=True)
class GeneralTexts:
    """The remedy's four general texts."""

    what_it_is: SafeString
    how_it_works: SafeString
    why_it_matters: SafeString
    considerations: SafeString


@dataclass
class Warnings:
    """Everything to know before taking it, in the order of the page."""

    contraindications: list[PrecautionItem] = field(default_factory=list)
    cautions: list[PrecautionItem] = field(default_factory=list)
    text: SafeString = field(default_factory=SafeString)
    interactions: list[InteractionItem] = field(default_factory=list)
    pregnancy: list[PrecautionItem] = field(default_factory=list)
    side_effects: list[PrecautionItem] = field(default_factory=list)
    get_help: list[PrecautionItem] = field(default_factory=list)
    red_flags: list[CitedSentence] = field(default_factory=list)

    @property
    def precautions(self) -> list[PrecautionItem]:
        """Every precaution, in the order of the page."""
        return [
            *self.contraindications,
            *self.cautions,
            *self.pregnancy,
            *self.side_effects,
            *self.get_help,
        ]


def stop_rows(precautions: Iterable[PrecautionRow]) -> list[PrecautionRow]:
    """The rows that say stop, one for each `who` in order of first use; the last such row wins.

    A sign that wants help is another thing than a reason not to take it: neither replaces the other.
    """
    stops = {
        (row.who, row.kind == PrecautionKind.GET_HELP): row
        for row in precautions
        if row.severity == PrecautionSeverity.STOP
    }
    return list(stops.values())


def stop_box(precautions: Sequence[PrecautionRow], condition: str = "") -> StopBox:
    """The red box of an entry, or of a remedy's overview where no condition is given.

    A caution is among `using` if it matters most for the condition, on an overview for any.
    """
    stops = stop_rows(precautions)
    signs = [row for row in stops if row.kind == PrecautionKind.GET_HELP]
    return StopBox(
        stops=[
            StopWarning(row.who, not row.checked)
            for row in stops
            if row.kind != PrecautionKind.GET_HELP
        ],
        signs=signs,
        using=[
            row
            for row in precautions
            if (row.kind, row.severity) == (PrecautionKind.CAUTION, PrecautionSeverity.CAUTION)
            and (condition in row.matters_for if condition else row.matters_for)
        ],
    )


def precaution_items(
    rows: Iterable[PrecautionRow], references: PageReferences
) -> list[PrecautionItem]:
    """Precautions with their marks."""
    return [PrecautionItem(row, references.marks(row.citations), not row.checked) for row in rows]


def warnings_of(
    precautions: Sequence[PrecautionRow],
    interactions: Iterable[InteractionRow],
    references: PageReferences,
    *,
    text: str = "",
    condition: ConditionDocument | None = None,
    gaps: Sequence[GapRow] = (),
) -> Warnings:
    """Every warning in the order of the page, interactions by severity; `text` is stored HTML."""

    def of(kind: PrecautionKind) -> list[PrecautionItem]:
        return precaution_items((row for row in precautions if row.kind == kind), references)

    return Warnings(
        contraindications=of(PrecautionKind.CONTRAINDICATION),
        cautions=of(PrecautionKind.CAUTION),
        text=references.html(text),
        interactions=[
            InteractionItem(
                row,
                references.marks(row.citations),
                not row.checked,
                [
                    MarkedSentence(format_gap(gap), references.marks(gap.citations))
                    for gap in longest_first(gap for gap in gaps if gap.substance == row.substance)
                ],
            )
            for row in most_severe_first(interactions)
        ],
        pregnancy=of(PrecautionKind.PREGNANCY),
        side_effects=of(PrecautionKind.SIDE_EFFECT),
        get_help=of(PrecautionKind.GET_HELP),
        red_flags=cited_sentences(condition.red_flags, references) if condition else [],
    )


def most_severe_first(interactions: Iterable[InteractionRow]) -> list[InteractionRow]:
    """Interactions by severity; those of one severity keep the editors' order."""
    order = list(InteractionSeverity)
    return sorted(interactions, key=lambda row: order.index(row.severity))


def evidence_groups(
    rows: Sequence[EvidenceRow],
    references: PageReferences,
    smallest: Sequence[SmallestDifferenceRow] = (),
) -> list[EvidenceGroup]:
    """Results grouped by the study type of their work; groups without one are left out."""
    groups = []
    for key, study_types in EVIDENCE_GROUPS:
        studies = [
            study_result(row, work.short_name, references, smallest)
            for row in rows
            if (work := references.works.get(row.citation)) and work.study_type in study_types
        ]
        if studies:
            groups.append(EvidenceGroup(key, evidence_heading(key), studies))
    return groups


def study_result(
    row: EvidenceRow,
    name: str,
    references: PageReferences,
    smallest: Sequence[SmallestDifferenceRow] = (),
) -> StudyResult:
    """A result with what its figures mean: natural frequencies, and what people would notice."""
    frequency = natural_frequency(row)
    comparison = compare_with_smallest(row, smallest_for(row, smallest))
    return StudyResult(
        row,
        name,
        references.marks([row.citation]),
        effect=format_effect(row),
        frequency=format_frequency(frequency) if frequency else "",
        comparison=format_comparison(comparison) if comparison else "",
    )


def general_texts(html: Html, references: PageReferences) -> GeneralTexts:
    """The remedy's four general texts, their marks numbered."""
    return GeneralTexts(
        what_it_is=references.html(html.get("what_it_is", "")),
        how_it_works=references.html(html.get("how_it_works", "")),
        why_it_matters=references.html(html.get("why_it_matters", "")),
        considerations=references.html(html.get("considerations", "")),
    )


def format_people(number: int) -> str:
    """“1 person”, “1,500 people”."""
    label = ngettext("%(count)s person", "%(count)s people", number)
    return label % {"count": format_number(Decimal(number))}


def format_counted(grade: GradeRecord, names: Mapping[str, str]) -> str:
    """What a grade rests on: “2 studies, 415 people”, “rating adopted from Example 2020, 374 people”.

    Of an adopted rating the people are those that its own row gives; where it gives none, no number
    is told. `names` are the short names of works by key.
    """
    people = format_people(grade.people) if grade.people else ""
    if grade.adopted:
        work = names.get(grade.adopted, grade.adopted)
        return ", ".join(filter(None, [_("rating adopted from %(work)s") % {"work": work}, people]))
    number = len(grade.counted)
    if not number:
        return _("no study counts")
    studies = ngettext("%(count)s study", "%(count)s studies", number) % {"count": number}
    return f"{studies}, {people or _('number of people not stated')}"
