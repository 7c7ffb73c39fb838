"""Parts that several pages share: plain data classes, and how rows of documents become them.

Reference numbers are given in the order of the calls, so callers compose in reading order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString

from citations.references import PageReferences
from conditions.schema import ConditionDocument
from publishing.schema import SourcedRow
from publishing.selectors import Html
from remedies.choices import LimitKind, PrecautionKind, PrecautionSeverity
from remedies.doses.limits import Meter, NotDrawn, meter
from remedies.doses.wording import (
    basis_label,
    format_dose,
    format_elemental,
    format_excess,
    format_limit,
    format_limit_shares,
    not_drawn_label,
)
from remedies.pages.groups import EVIDENCE_GROUPS, evidence_heading
from remedies.schema import EvidenceRow, InteractionRow, LimitRow, PrecautionRow, RegimenRow

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


def stops_of(precautions: Iterable[PrecautionRow]) -> list[Stop]:
    """The few names of the red box, each once."""
    stops = {row.who: row for row in precautions if row.severity == PrecautionSeverity.STOP}
    return [Stop(who, not row.checked) for who, row in stops.items()]


def dose_of(
    row: RegimenRow, substance: str, limits: Iterable[LimitRow], references: PageReferences
) -> Dose:
    """A regimen beside the limits, in words and as a drawing where both measure the same."""
    compared = meter(row, limits)
    return Dose(
        row,
        amount=format_dose(row),
        elemental=format_elemental(row, substance),
        basis=basis_label(row, substance),
        marks=references.marks([row.citation]),
        drawing=_drawing(compared) if isinstance(compared, Meter) else None,
        not_drawn=not_drawn_label(compared) if isinstance(compared, NotDrawn) else "",
    )


def _drawing(compared: Meter) -> Drawing:
    """The longest of dose and limits takes 960 of the 1,000 units, so that its line can be seen."""
    longest = max(compared.dose.high, *(one.amount for one in compared.limits))

    def place(amount: Decimal) -> int:
        return int(amount * _SCALE / longest)

    high = place(compared.dose.high)
    within = min(high, place(compared.limits[0].amount))
    return Drawing(
        words=format_limit_shares(compared),
        caution=format_excess(compared),
        solid=min(place(compared.dose.low), within),
        within=within,
        high=high,
        limits=[place(one.amount) for one in compared.limits],
    )


def limits_of(rows: Iterable[LimitRow], kind: LimitKind, references: PageReferences) -> list[Limit]:
    """The official figures of one kind."""
    return [
        Limit(row, format_limit(row), references.marks(row.citations))
        for row in rows
        if row.kind == kind
    ]


def warnings_of(
    precautions: Sequence[PrecautionRow],
    interactions: Iterable[InteractionRow],
    references: PageReferences,
    *,
    text: str = "",
    condition: ConditionDocument | None = None,
) -> Warnings:
    """Every warning in the order of the page, with its marks."""

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


def evidence_groups(rows: Sequence[EvidenceRow], references: PageReferences) -> list[EvidenceGroup]:
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


def general_texts(html: Html, references: PageReferences) -> General:
    """The remedy's four general texts, their marks numbered."""
    return General(
        what_it_is=references.html(html.get("what_it_is", "")),
        how_it_works=references.html(html.get("how_it_works", "")),
        why_it_matters=references.html(html.get("why_it_matters", "")),
        considerations=references.html(html.get("considerations", "")),
    )
