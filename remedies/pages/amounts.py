"""Doses that studies used and official limits, as pages show them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString

from citations.references import PageReferences
from remedies.charts.dose_chart import DoseChart, DoseRow, dose_chart
from remedies.charts.intake_chart import IntakeChart, IntakePlace, intake_chart
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


@dataclass(frozen=True)
class DoseBar:
    """A dose that can be compared with upper limits: its shares of them, and a caution above one."""

    text: str
    caution: str


@dataclass(frozen=True)
class DoseComparison:
    """A dose beside the upper limits: what its bar shows, or why there is none to compare (may be empty)."""

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

    `harms` stand beside every share of a limit: a limit may be older than a finding of harm. `drawn` is
    its row of the dose chart, None where there is no chart.
    """

    row: RegimenRow
    amount: str
    elemental: str
    basis: str
    marks: SafeString
    comparison: DoseComparison
    harms: list[MarkedSentence] = field(default_factory=list)
    drawn: DoseRow | None = None


@dataclass(frozen=True)
class OfficialLimit:
    """One official figure (recommended intake or upper limit) with its marks.

    `facts` says whose figure it is and what it counts, as far as its table does not. `drawn` is its
    place on the intake chart, None where its unit has none.
    """

    row: LimitRow
    amount: str
    marks: SafeString
    facts: str = ""
    drawn: IntakePlace | None = None


@dataclass(frozen=True)
class LimitTable:
    """The official figures of one kind; what all rows share, their source too, is said once.

    `chart` is that of both kinds, `sentence` what it shows of this one.
    """

    limits: list[OfficialLimit] = field(default_factory=list)
    shared: str = ""
    marks: SafeString = field(default_factory=SafeString)
    chart: IntakeChart | None = None
    sentence: str = ""

    def __iter__(self) -> Iterator[OfficialLimit]:
        return iter(self.limits)

    def __len__(self) -> int:
        return len(self.limits)


def doses_of(
    rows: Sequence[RegimenRow],
    substance: str,
    limits: Sequence[LimitRow],
    references: PageReferences,
) -> tuple[list[Dose], DoseChart | None]:
    """An entry's doses, each with the harms below a limit and its row of the chart, and the chart."""
    chart = dose_chart(rows, limits, substance)
    doses = [
        replace(dose_of(row, substance, limits, references), harms=harms_below(limits, references))
        for row in rows
    ]
    if chart is None:
        return doses, None
    return [
        replace(dose, drawn=drawn) for dose, drawn in zip(doses, chart.rows, strict=True)
    ], chart


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
    """The words that go with the bar of a dose."""
    return DoseBar(format_limit_shares(compared), format_excess(compared))


def limits_of(
    rows: Iterable[LimitRow], kind: LimitKind, references: PageReferences
) -> list[OfficialLimit]:
    """The official figures of one kind."""
    return [
        OfficialLimit(row, format_limit(row), references.marks(row.citations))
        for row in rows
        if row.kind == kind
    ]


def limit_tables(
    rows: Sequence[LimitRow], references: PageReferences, *kinds: LimitKind
) -> tuple[LimitTable, ...]:
    """The official figures of each of `kinds`, in the order in which they are read, on one axis."""
    chart = intake_chart(rows)
    placed = list(zip(rows, chart.places if chart else [], strict=True))
    return tuple(
        _limit_table(kind, [pair for pair in placed if pair[0].kind is kind], chart, references)
        for kind in kinds
    )


def _limit_table(
    kind: LimitKind,
    placed: Sequence[tuple[LimitRow, IntakePlace | None]],
    chart: IntakeChart | None,
    references: PageReferences,
) -> LimitTable:
    rows = [row for row, _place in placed]
    shared = _shared_facts(rows)
    together = len({tuple(row.citations) for row in rows}) == 1 < len(rows)
    return LimitTable(
        [
            OfficialLimit(
                row,
                format_limit(row),
                references.marks([] if together else row.citations),
                "; ".join(fact for fact in _facts(row) if fact and fact not in shared),
                place,
            )
            for row, place in placed
        ],
        "; ".join(shared),
        references.marks(rows[0].citations if together else []),
        chart,
        chart.sentences.get(kind, "") if chart else "",
    )


def _facts(row: LimitRow) -> list[str]:
    """Whose figure it is, what it counts, and what it weighs."""
    return [row.authority, row.counts, str(row.basis.label)]


def _shared_facts(rows: Sequence[LimitRow]) -> list[str]:
    """What every one of several rows says, in order."""
    if len(rows) < 2:
        return []
    columns = zip(*(_facts(row) for row in rows), strict=True)
    return [values[0] for values in columns if values[0] and len(set(values)) == 1]
