"""Doses that studies used and official limits, as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString

from citations.references import PageReferences
from remedies.choices import LimitKind
from remedies.doses.limits import LimitComparison, NotComparable, compare_with_limits
from remedies.doses.wording import (
    basis_label,
    format_dose,
    format_elemental,
    format_excess,
    format_limit,
    format_limit_shares,
    not_comparable_label,
)
from remedies.pages.parts import MarkedSentence
from remedies.schema import LimitRow, RegimenRow

_LONGEST_BAR = 960
"""Of the 1,000 units of the drawing, so that a limit at the end of the bar can be seen."""


@dataclass(frozen=True)
class DoseBar:
    """A dose as a bar beside the upper limits, for a drawing 1,000 units wide.

    `solid` is the end of the lower dose, `within` the end of what lies within the lowest limit,
    `high` the end of the upper dose, `limits` the places of the limits, lowest first. `text` says
    the same for people who do not see the drawing; `caution` is empty where no limit is exceeded.
    """

    text: str
    caution: str
    solid: int
    within: int
    high: int
    limits: list[int]

    @property
    def range(self) -> int:
        """Length between the ends of a range of doses, as far as it lies within the limit."""
        return self.within - self.solid

    @property
    def beyond(self) -> int:
        """Length beyond the lowest limit."""
        return self.high - self.within


@dataclass(frozen=True)
class DoseComparison:
    """A dose beside the upper limits: a bar, or the reason why there is none (may be empty)."""

    bar: DoseBar | None
    not_drawn: str

    @property
    def sentences(self) -> list[str]:
        """The comparison in words, without the drawing."""
        sentences = [self.bar.text, self.bar.caution] if self.bar else [self.not_drawn]
        return [sentence for sentence in sentences if sentence]


@dataclass(frozen=True)
class Dose:
    """One dose that a study used, with its amount in words and its marks.

    `harms` stand beside every share of a limit: a limit may be older than a finding of harm.
    """

    row: RegimenRow
    amount: str
    elemental: str
    basis: str
    marks: SafeString
    comparison: DoseComparison
    harms: list[MarkedSentence] = field(default_factory=list)


@dataclass(frozen=True)
class OfficialLimit:
    """One official figure (recommended intake or upper limit) with its marks."""

    row: LimitRow
    amount: str
    marks: SafeString


def dose_of(
    row: RegimenRow, substance: str, limits: Iterable[LimitRow], references: PageReferences
) -> Dose:
    """A regimen in words, beside the limits; `substance` is the remedy's name inside a sentence."""
    return Dose(
        row,
        amount=format_dose(row),
        elemental=format_elemental(row, substance),
        basis=basis_label(row, substance),
        marks=references.marks([row.citation]),
        comparison=compare_dose(row, limits),
    )


def harms_below(limits: Iterable[LimitRow], references: PageReferences) -> list[MarkedSentence]:
    """Every harm that was found below an upper limit."""
    return [
        MarkedSentence(limit.harm_below, references.marks(limit.citations))
        for limit in limits
        if limit.harm_below and limit.kind is LimitKind.UPPER
    ]


def compare_dose(row: RegimenRow, limits: Iterable[LimitRow]) -> DoseComparison:
    """The regimen beside the upper limits that measure the same thing."""
    compared = compare_with_limits(row, limits)
    if isinstance(compared, NotComparable):
        return DoseComparison(None, not_comparable_label(compared))
    return DoseComparison(dose_bar(compared), "")


def dose_bar(compared: LimitComparison) -> DoseBar:
    """The bar of a dose: the longest of dose and limits takes 960 of the 1,000 units."""
    longest = max(compared.dose.high, *(limit.amount for limit in compared.limits))

    def place(amount: Decimal) -> int:
        return int(amount * _LONGEST_BAR / longest)

    high = place(compared.dose.high)
    within = min(high, place(compared.limits[0].amount))
    return DoseBar(
        text=format_limit_shares(compared),
        caution=format_excess(compared),
        solid=min(place(compared.dose.low), within),
        within=within,
        high=high,
        limits=[place(limit.amount) for limit in compared.limits],
    )


def limits_of(
    rows: Iterable[LimitRow], kind: LimitKind, references: PageReferences
) -> list[OfficialLimit]:
    """The official figures of one kind."""
    return [
        OfficialLimit(row, format_limit(row), references.marks(row.citations))
        for row in rows
        if row.kind == kind
    ]
