"""Examples of the charts and their parts; the figures are made up."""

from collections.abc import Iterator

from remedies.charts.staircase import staircase
from remedies.pages.entry import EntryPart
from remedies.pages.guidance import StudyFigures, study_figures
from remedies.schema import EvidenceRow
from workbench.gallery.example import Example, example
from workbench.gallery.examples.citation_parts import sample_work
from workbench.gallery.examples.sample_documents import sample_library, sample_parts


def examples() -> Iterator[Example]:
    """The axis, then each chart with one of its rows."""
    part, remedy_part = sample_parts()
    yield from _axis(part)
    yield from _doses(part)
    yield from _evidence(part)
    ledger = staircase(part.grade.steps)
    yield example("remedies/charts/_staircase.html", "short", ledger=ledger)
    yield example("remedies/charts/_staircase.html", "explained", ledger=ledger, full=True)
    yield example("remedies/charts/_stair.html", "a start", stair=ledger.stairs[0])
    yield example("remedies/charts/_stair.html", "a step", stair=ledger.stairs[-1], full=True)
    tables = {"recommended": remedy_part.recommended, "upper": remedy_part.upper}
    yield example("remedies/charts/_intake_chart.html", "", **tables)
    yield example(
        "remedies/charts/_intake_panel.html",
        "",
        title="Upper limits",
        id="example-limits",
        table=remedy_part.upper,
    )


def sample_studies() -> StudyFigures | None:
    """The study chart of made-up results that point four ways."""
    library = sample_library()
    library.works["Cohort2019"] = sample_work("Cohort2019", study_type="cohort")
    rows = [
        EvidenceRow.model_validate(
            {
                "citation": key,
                "outcome": "how bad it was",
                "direction": direction,
                "result": "Some.",
                "n_analysed": people,
            }
        )
        for key, direction, people in (
            ("Example2020", "benefit", 75),
            ("Review2021", "mixed", None),
            ("Cohort2019", "none", 600),
            ("Cohort2019", "harm", 40),
        )
    ]
    return study_figures(rows, None, library)


def _axis(part: EntryPart) -> Iterator[Example]:
    chart = part.dose_chart
    if chart is not None:
        yield example("remedies/charts/_head.html", "", axis=chart.axis)
        yield example("remedies/charts/_lines.html", "", axis=chart.axis, sentence=chart.sentence)
        yield example("remedies/charts/_foot.html", "", axis=chart.axis)


def _doses(part: EntryPart) -> Iterator[Example]:
    within, above, unknown = part.doses
    chart = {"doses": part.doses, "chart": part.dose_chart}
    yield example("remedies/charts/_dose_chart.html", "", **chart)
    yield example("remedies/charts/_dose_chart.html", "no amount", doses=[unknown], chart=None)
    yield example("remedies/charts/_dose_row.html", "within the limit", dose=within)
    yield example("remedies/charts/_dose_row.html", "above the limit", dose=above)
    yield example("remedies/charts/_dose_row.html", "cannot be compared", dose=unknown)
    yield example("remedies/charts/_dose_table.html", "", doses=part.doses)


def _evidence(part: EntryPart) -> Iterator[Example]:
    yield example("remedies/charts/_forest_chart.html", "", figures=part.figures)
    yield example("remedies/charts/_forest_table.html", "", figures=part.figures)
    if part.figures is not None:
        study, combination = part.figures.lines
        yield example("remedies/charts/_forest_row.html", "a trial", line=study)
        yield example("remedies/charts/_forest_row.html", "not the same thing", line=combination)
    studies = sample_studies()
    yield example("remedies/charts/_study_chart.html", "", studies=studies)
    if studies is not None:
        yield example("remedies/charts/_columns.html", "", axis=studies.chart.axis)
        _heading, lines = studies.groups[0]
        yield example("remedies/charts/_study_row.html", "people not given", line=lines[0])
