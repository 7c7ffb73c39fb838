"""The pack as CSV: the sheets that editors know, and the grades with their steps."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.conf import settings

from remedies.content.pack import Pack
from remedies.content.sheets.columns import SHEET_NAMES, guarded, sheets_named
from remedies.content.sheets.sheet_writing import csv_lines
from remedies.grading.record import GradeRecord
from remedies_site.documents import Document

GRADE_COLUMNS = ("remedy", "condition", "rule_version", "certainty", "effect", "size", "people")
STEP_COLUMNS = ("remedy", "condition", "position", "step", "change", "level", "facts")
Grades = dict[tuple[str, str], GradeRecord | None]
"""The published grade of each entry, by the slugs of its remedy and its condition."""


def table_files(pack: Pack, grades: Grades) -> Iterator[tuple[str, str]]:
    """Name and text of each table."""
    for name in SHEET_NAMES:
        if name != "products" or settings.PRODUCTS:
            yield name, "".join(csv_lines(name, _documents(pack, name), bom=False))
    yield "grades", _table(GRADE_COLUMNS, _grade_rows(grades))
    yield "grade_steps", _table(STEP_COLUMNS, _step_rows(grades))


def table_columns() -> dict[str, list[str]]:
    """The columns of each table."""
    names = [name for name in SHEET_NAMES if name != "products" or settings.PRODUCTS]
    columns = {name: sheets_named(name)[0].columns for name in names}
    return {**columns, "grades": list(GRADE_COLUMNS), "grade_steps": list(STEP_COLUMNS)}


def _documents(pack: Pack, sheet: str) -> Iterator[Document]:
    schemas = tuple(one.schema for one in sheets_named(sheet))
    everything: list[Document] = [*pack.citations, *pack.circumstances, *pack.conditions]
    for part in pack.remedies:
        everything += [part.remedy, *part.entries]
    return (document for document in everything if isinstance(document, schemas))


def _grade_rows(grades: Grades) -> Iterator[list[str]]:
    for slugs, grade in grades.items():
        if grade is not None:
            yield [
                *slugs,
                grade.version,
                grade.certainty.value,
                grade.effect.value,
                grade.size.value,
                str(grade.people),
            ]


def _step_rows(grades: Grades) -> Iterator[list[str]]:
    for slugs, grade in grades.items():
        for position, step in enumerate(grade.steps if grade else [], start=1):
            facts = "\n".join(f"{name}={value}" for name, value in sorted(step.facts.items()))
            place = [str(position), step.name.value, str(step.change), str(step.level)]
            yield [*slugs, *place, facts]


def _table(columns: Iterable[str], rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()
