"""Documents as the rows of sheets, and sheets as CSV, row by row."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from remedies.content.sheets.columns import TableSheet, guarded, sheets_named, value_at
from remedies_site.documents import Document

BOM = "\ufeff"
"""Without it, spreadsheets take UTF-8 for their own old encoding."""


class _Line:
    """What csv writes to: keeps the one line it was given."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def csv_lines(name: str, documents: Iterable[Document], *, bom: bool = True) -> Iterator[str]:
    """A sheet as lines of CSV, with its header; formulas are guarded."""
    line = _Line()
    writer = csv.writer(line)
    sheets = sheets_named(name)
    writer.writerow(sheets[0].columns)
    yield BOM + line.text if bom else line.text
    for document in documents:
        for row in _rows(sheets, document):
            writer.writerow([guarded(cell) for cell in row])
            yield line.text


def _rows(sheets: list[TableSheet], document: Document) -> Iterator[list[str]]:
    for sheet in sheets:
        if isinstance(document, sheet.schema):
            yield from _sheet_rows(sheet, sheets[0].columns, document)


def _sheet_rows(sheet: TableSheet, columns: list[str], document: Document) -> Iterator[list[str]]:
    values = document.canonical()
    if not sheet.relation:
        yield [_cell(value_at(values, column)) for column in columns]
        return
    keys = [_key(values, key) for key in sheet.keys]
    for row in values.get(sheet.relation, []):
        yield [*keys, *(_cell(value_at(row, column)) for column in columns[len(keys) :])]


def _key(values: dict[str, Any], key: str) -> str:
    """A document's own key: of a remedy or condition its slug, whatever the column is called."""
    return str(values.get(key) or (values["slug"] if _is_own(values, key) else ""))


def _is_own(values: dict[str, Any], key: str) -> bool:
    return "slug" in values and (key == "remedy") == ("kind" in values)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return str(value)
