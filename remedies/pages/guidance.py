"""What an entry says beside its evidence: what to do now, guidelines, the search, the figures at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from citations.choices import StudyType
from citations.references import PageReferences
from remedies.effects.forest import ForestPlot, forest_plot
from remedies.effects.wording import format_interval, measure_label, signed
from remedies.grading.record import RouteGrade
from remedies.grading.wording import effect_label
from remedies.pages.parts import MarkedSentence
from remedies.schema import EntryDocument, GuidelineRow, NextStepRow
from remedies_site.numbers import format_number


@dataclass(frozen=True)
class GuidelineItem:
    """What a guideline says, with its marks."""

    row: GuidelineRow
    marks: SafeString


@dataclass(frozen=True)
class FigureLine:
    """One result of the plot in figures."""

    name: str
    marks: SafeString
    population: str
    people: int | None
    value: str
    interval: str
    is_review: bool
    is_apart: bool


@dataclass(frozen=True)
class Figures:
    """The results of the first question on one measure, as a table."""

    measure: str
    scale: str
    better: str
    no_effect: str
    smallest: str
    lines: list[FigureLine]


@dataclass(frozen=True)
class RouteLine:
    """What the studies of another route show, in words."""

    route: str
    effect: str
    grade: RouteGrade


def next_step_items(
    rows: Iterable[NextStepRow], references: PageReferences
) -> list[MarkedSentence]:
    """The steps with their marks."""
    return [MarkedSentence(row.text, references.marks(row.citations)) for row in rows]


def guideline_items(
    rows: Iterable[GuidelineRow], references: PageReferences
) -> list[GuidelineItem]:
    """The guidelines, newest first, with their marks."""
    newest_first = sorted(rows, key=lambda row: -row.year)
    return [GuidelineItem(row, references.marks(row.citations)) for row in newest_first]


def route_lines(grades: Iterable[RouteGrade]) -> list[RouteLine]:
    """The grades of other routes in words."""
    return [
        RouteLine(str(grade.route.label), effect_label(grade.effect, grade.certainty), grade)
        for grade in grades
    ]


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
    return Figures(
        measure=measure_label(plot.measure),
        scale=plot.scale,
        better=str(plot.better.label),
        no_effect=format_number(plot.no_effect),
        smallest="" if plot.smallest is None else signed(plot.smallest),
        lines=_lines(plot, references),
    )


def _lines(plot: ForestPlot, references: PageReferences) -> list[FigureLine]:
    lines = []
    for item in plot.rows:
        work = references.works.get(item.row.citation)
        lines.append(
            FigureLine(
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
            )
        )
    return lines
