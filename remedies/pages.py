"""What the pages of remedies and entries show: plain data classes, composed in reading order.

Composing takes documents and stored HTML (a current revision's, an old one's, or a draft's), and
gives reference numbers as it goes: the order of calls here is the order of the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString

from citations.references import PageReferences
from conditions.schema import ConditionDocument, SourcedRow
from remedies.evidence.record import GradeRecord
from remedies.presenting import (
    EVIDENCE_GROUPS,
    above_words,
    basis_words,
    dose_words,
    effect_words,
    elemental_words,
    evidence_heading,
    limit_words,
    not_drawn_words,
    share_words,
)
from remedies.safety.doses import Meter, NotDrawn, meter
from remedies.schema import (
    EntryDocument,
    EvidenceRow,
    InteractionRow,
    LimitRow,
    PrecautionRow,
    ProductRow,
    RegimenRow,
    RemedyDocument,
)
from remedies.vocabulary import (
    Certainty,
    LimitKind,
    PrecautionKind,
    PrecautionSeverity,
)

Html = dict[str, str]
_SCALE = 960


@dataclass(frozen=True)
class Dose:
    """One dose that a study used."""

    row: RegimenRow
    amount: str
    elemental: str
    basis: str
    marks: SafeString
    drawing: "Drawing | None"
    not_drawn: str


@dataclass(frozen=True)
class Drawing:
    """A dose as a bar beside the limits, on a scale of a thousand; the words say the same."""

    words: str
    caution: str
    solid: int
    within: int
    high: int
    limits: list[int]

    @property
    def range(self) -> int:
        """Length of the part between the ends of a range, as far as it lies within the limit."""
        return self.within - self.solid

    @property
    def beyond(self) -> int:
        """Length of the part that lies beyond the lowest limit."""
        return self.high - self.within


@dataclass(frozen=True)
class Limit:
    """One official figure."""

    row: LimitRow
    amount: str
    marks: SafeString


@dataclass(frozen=True)
class Stop:
    """The words after “do not take it … if”."""

    who: str
    caution_only: bool


@dataclass(frozen=True)
class Warned:
    """A precaution or a red flag, with its marks; `caution_only` when nobody checked it yet."""

    row: PrecautionRow
    marks: SafeString
    caution_only: bool


@dataclass(frozen=True)
class Interacting:
    """An interaction with its marks."""

    row: InteractionRow
    marks: SafeString
    caution_only: bool


@dataclass(frozen=True)
class Flag:
    """A sign that needs a doctor, or a sentence of first care."""

    text: str
    marks: SafeString
    caution_only: bool = False


@dataclass(frozen=True)
class Study:
    """What one work found."""

    row: EvidenceRow
    name: str
    marks: SafeString


@dataclass(frozen=True)
class EvidenceGroup:
    """Studies of one kind, under their heading."""

    key: str
    heading: str
    studies: list[Study]


@dataclass(frozen=True)
class General:
    """The remedy's four general texts."""

    what_it_is: SafeString
    how_it_works: SafeString
    why_it_matters: SafeString
    considerations: SafeString


@dataclass
class Warnings:
    """Everything to know before taking it, in the order of the page."""

    contraindications: list[Warned] = field(default_factory=list)
    cautions: list[Warned] = field(default_factory=list)
    text: SafeString = field(default_factory=SafeString)
    interactions: list[Interacting] = field(default_factory=list)
    pregnancy: list[Warned] = field(default_factory=list)
    side_effects: list[Warned] = field(default_factory=list)
    get_help: list[Warned] = field(default_factory=list)
    red_flags: list[Flag] = field(default_factory=list)


@dataclass
class RemedyPart:
    """What a remedy says for every use."""

    document: RemedyDocument
    stops: list[Stop]
    recommended: list[Limit]
    upper: list[Limit]
    warnings: Warnings
    general: General
    products: list[ProductRow]


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


def compose_remedy(document: RemedyDocument, html: Html, references: PageReferences) -> RemedyPart:
    """The remedy's own page, in its order: limits, general texts, then warnings."""
    general = _general(html, references)
    recommended = _limits(document.limits, LimitKind.RECOMMENDED, references)
    upper = _limits(document.limits, LimitKind.UPPER, references)
    return RemedyPart(
        document=document,
        stops=_stops(document.precautions),
        general=general,
        recommended=recommended,
        upper=upper,
        warnings=_warnings(document.precautions, document.interactions, references),
        products=document.products,
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
    doses = [_dose(row, substance, remedy.limits, references) for row in entry.regimens]
    dosing = references.html(entry_html.get("dosing", ""))
    upper = _limits(remedy.limits, LimitKind.UPPER, references)
    recommended = _limits(remedy.limits, LimitKind.RECOMMENDED, references)
    precautions = [*entry.precautions, *remedy.precautions]
    warnings = _warnings(
        precautions,
        remedy.interactions,
        references,
        text=entry_html.get("warnings", ""),
        condition=condition,
    )
    evidence_text = references.html(entry_html.get("evidence", ""))
    evidence = _evidence(entry.evidence_items, references)
    references.end_paper()  # what follows is for the screen: reasons why, and general texts
    return EntryPart(
        document=entry,
        grade=grade,
        effect=effect_words(grade.effect, grade.certainty),
        certainty=grade.certainty,
        verdict=verdict,
        stops=_stops(precautions),
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
        general=_general(remedy_html, references),
        products=remedy.products,
    )


def _stops(precautions: Iterable[PrecautionRow]) -> list[Stop]:
    """The few names of the red box, each once."""
    stops = {row.who: row for row in precautions if row.severity == PrecautionSeverity.STOP}
    return [Stop(who, not row.checked) for who, row in stops.items()]


def _dose(
    row: RegimenRow, substance: str, limits: Iterable[LimitRow], references: PageReferences
) -> Dose:
    compared = meter(row, limits)
    return Dose(
        row,
        amount=dose_words(row),
        elemental=elemental_words(row, substance),
        basis=basis_words(row, substance),
        marks=references.marks([row.citation]),
        drawing=_drawing(compared) if isinstance(compared, Meter) else None,
        not_drawn=not_drawn_words(compared) if isinstance(compared, NotDrawn) else "",
    )


def _drawing(compared: Meter) -> Drawing:
    """The longest of dose and limits takes 960 of the 1,000 units, so that its line can be seen."""
    longest = max(compared.dose.high, *(one.amount for one in compared.limits))

    def place(amount: Decimal) -> int:
        return int(amount * _SCALE / longest)

    high = place(compared.dose.high)
    within = min(high, place(compared.limits[0].amount))
    return Drawing(
        words=share_words(compared),
        caution=above_words(compared),
        solid=min(place(compared.dose.low), within),
        within=within,
        high=high,
        limits=[place(one.amount) for one in compared.limits],
    )


def _limits(rows: Iterable[LimitRow], kind: LimitKind, references: PageReferences) -> list[Limit]:
    return [
        Limit(row, limit_words(row), references.marks(row.citations))
        for row in rows
        if row.kind == kind
    ]


def _warnings(
    precautions: Sequence[PrecautionRow],
    interactions: Iterable[InteractionRow],
    references: PageReferences,
    *,
    text: str = "",
    condition: ConditionDocument | None = None,
) -> Warnings:
    def of(kind: PrecautionKind) -> list[Warned]:
        return [
            Warned(row, references.marks(row.citations), not row.checked)
            for row in precautions
            if row.kind == kind
        ]

    return Warnings(
        contraindications=of(PrecautionKind.CONTRAINDICATION),
        cautions=of(PrecautionKind.CAUTION),
        text=references.html(text),
        interactions=[
            Interacting(row, references.marks(row.citations), not row.checked)
            for row in interactions
        ],
        pregnancy=of(PrecautionKind.PREGNANCY),
        side_effects=of(PrecautionKind.SIDE_EFFECT),
        get_help=of(PrecautionKind.GET_HELP),
        red_flags=flags(condition.red_flags, references) if condition else [],
    )


def flags(rows: Iterable[SourcedRow], references: PageReferences) -> list[Flag]:
    """Red flags with their marks."""
    return [Flag(row.words()[0], references.marks(row.citations), not row.checked) for row in rows]


def _evidence(rows: Sequence[EvidenceRow], references: PageReferences) -> list[EvidenceGroup]:
    """Studies grouped by the kind of their work, never by typed headings; empty groups left out."""
    groups = []
    for key, kinds in EVIDENCE_GROUPS:
        studies = [
            Study(row, work.short_name, references.marks([row.citation]))
            for row in rows
            if (work := references.works.get(row.citation)) and work.study_type in kinds
        ]
        if studies:
            groups.append(EvidenceGroup(key, evidence_heading(key), studies))
    return groups


def _general(html: Html, references: PageReferences) -> General:
    return General(
        what_it_is=references.html(html.get("what_it_is", "")),
        how_it_works=references.html(html.get("how_it_works", "")),
        why_it_matters=references.html(html.get("why_it_matters", "")),
        considerations=references.html(html.get("considerations", "")),
    )
