"""What an entry says beside its evidence: what to do now, guidelines, the search, the figures at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from citations.choices import StudyType
from citations.references import PageReferences
from remedies.charts.forest_chart import ForestChart, ForestMark, forest_chart
from remedies.charts.study_chart import (
    StudyChart,
    StudyDot,
    StudyInput,
    study_chart,
)
from remedies.effects.forest import ForestPlot, forest_plot
from remedies.effects.frequencies import natural_frequency
from remedies.effects.wording import (
    format_frequency,
    format_interval,
    measure_label,
    signed,
)
from remedies.grading.record import RouteGrade, SecondGrade
from remedies.grading.wording import effect_label
from remedies.pages.groups import EVIDENCE_GROUPS, IN_PEOPLE, evidence_heading
from remedies.pages.parts import MarkedSentence, format_people
from remedies.schema import EntryDocument, EvidenceRow, GuidelineRow, NextStepRow
from remedies_site.numbers import format_number


@dataclass(frozen=True)
class GuidelineItem:
    """What a guideline says, with its marks."""

    row: GuidelineRow
    marks: SafeString


@dataclass(frozen=True)
class FigureLine:
    """One result of the plot in figures, with its natural frequency in words and its mark on the axis."""

    row: EvidenceRow

    name: str
    marks: SafeString
    population: str
    people: int | None
    value: str
    interval: str
    is_review: bool
    is_apart: bool
    frequency: str
    drawn: ForestMark


@dataclass(frozen=True)
class Figures:
    """The results of the first question on one measure, as a forest plot and as a table."""

    measure: str
    scale: str
    better: str
    no_effect: str
    smallest: str
    chart: ForestChart
    lines: list[FigureLine]

    @property
    def same(self) -> list[FigureLine]:
        """The results of the same thing."""
        return [line for line in self.lines if not line.is_apart]

    @property
    def apart(self) -> list[FigureLine]:
        """The results of a combination, another route or other people."""
        return [line for line in self.lines if line.is_apart]


@dataclass(frozen=True)
class StudyLine:
    """One result on the study chart, with its marks and its people in words."""

    dot: StudyDot
    people: str
    marks: SafeString


@dataclass(frozen=True)
class StudyFigures:
    """The study chart, with the results of each kind under its heading."""

    chart: StudyChart
    groups: list[tuple[str, list[StudyLine]]]

    @property
    def has_hollow(self) -> bool:
        """Whether the number of people of a result is not given."""
        return any(line.dot.is_hollow for _heading, lines in self.groups for line in lines)


@dataclass(frozen=True)
class RouteLine:
    """What the studies of another route show, in words."""

    route: str
    effect: str
    grade: RouteGrade


@dataclass(frozen=True)
class SecondLine:
    """What the studies of the second question show, in words."""

    effect: str
    grade: SecondGrade


def next_step_items(
    rows: Iterable[NextStepRow], references: PageReferences
) -> list[MarkedSentence]:
    """The steps with their marks."""
    return [MarkedSentence(row.text, references.marks(row.citations)) for row in rows]


def guideline_items(
    rows: Iterable[GuidelineRow], references: PageReferences
) -> list[GuidelineItem]:
    """The guidelines, newest first and those without a year last, with their marks."""
    newest_first = sorted(rows, key=lambda row: -(row.year or 0))
    return [GuidelineItem(row, references.marks(row.citations)) for row in newest_first]


def route_lines(grades: Iterable[RouteGrade]) -> list[RouteLine]:
    """The grades of other routes in words."""
    return [
        RouteLine(str(grade.route.label), effect_label(grade.effect, grade.certainty), grade)
        for grade in grades
    ]


def second_line(grade: SecondGrade | None) -> SecondLine | None:
    """The grade of the second question in words; None where there is none."""
    return SecondLine(effect_label(grade.effect, grade.certainty), grade) if grade else None


def figures_of(entry: EntryDocument, references: PageReferences) -> Figures | None:
    """The plot of the first question as a table; None where there are not two results to compare.

    Results of works that were retracted are left out, as they are from the grade.
    """
    sound = {key: work for key, work in references.works.items() if not work.retracted_on}
    study_types = {key: StudyType(work.study_type) for key, work in sound.items()}
    rows = [row for row in entry.evidence_items if row.citation in sound]
    plot = forest_plot(rows, study_types, entry.smallest_differences)
    if plot is None:
        return None
    chart = forest_chart(plot)
    return Figures(
        measure=measure_label(plot.measure),
        scale=plot.scale,
        better=str(plot.better.label),
        no_effect=format_number(plot.no_effect),
        smallest="" if plot.smallest is None else signed(plot.smallest),
        chart=chart,
        lines=_lines(plot, chart, references),
    )


def study_figures(
    rows: Sequence[EvidenceRow], figures: Figures | None, references: PageReferences
) -> StudyFigures | None:
    """The study chart of the results in people that `figures` does not hold; None where none counts.

    Results of works that were retracted are left out, as they are from the grade.
    """
    plotted = [line.row for line in figures.lines] if figures else []
    rows = [row for row in rows if not any(row is each for each in plotted)]
    sound = {key: work for key, work in references.works.items() if not work.retracted_on}
    groups = []
    for key, study_types in EVIDENCE_GROUPS:
        if key in IN_PEOPLE:
            inputs = [
                StudyInput(sound[row.citation].short_name, row)
                for row in rows
                if row.citation in sound and sound[row.citation].study_type in study_types
            ]
            groups.append((evidence_heading(key), inputs))
    left_out = len(rows) - sum(len(inputs) for _heading, inputs in groups)
    chart = study_chart(groups, left_out)
    if chart is None:
        return None
    return StudyFigures(
        chart,
        [
            (group.heading, [_study_line(dot, references) for dot in group.dots])
            for group in chart.groups
        ],
    )


def _study_line(dot: StudyDot, references: PageReferences) -> StudyLine:
    people = dot.row.people
    return StudyLine(
        dot,
        _("people not given") if people is None else format_people(people),
        references.marks([dot.row.citation]),
    )


def _lines(plot: ForestPlot, chart: ForestChart, references: PageReferences) -> list[FigureLine]:
    lines = []
    for item, drawn in zip(plot.rows, chart.marks, strict=True):
        frequency = natural_frequency(item.row)
        work = references.works.get(item.row.citation)
        lines.append(
            FigureLine(
                row=item.row,
                name=work.short_name if work else item.row.citation,
                marks=references.marks([item.row.citation]),
                population=item.row.population or item.row.outcome,
                people=item.people,
                value=signed(item.value),
                interval=""
                if item.low is None or item.high is None
                else format_interval(item.low, item.high),
                is_review=item.is_review,
                is_apart=item.is_apart,
                frequency=format_frequency(frequency) if frequency else "",
                drawn=drawn,
            )
        )
    return lines
