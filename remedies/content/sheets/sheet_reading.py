"""Sheets as a content pack. What no sheet and no column holds stays as it is published."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import ValidationError

from remedies.content.sheets.columns import (
    SHEET_NAMES,
    TableSheet,
    list_columns,
    put_at,
    row_sheets_of,
    sheets_named,
    unguarded,
)
from remedies_site.documents import Document, validation_errors

Key = tuple[str, ...]
Values = dict[str, Any]
Base = Callable[[type[Document]], Mapping[Key, Document]]
"""The published documents of a kind, by key."""
MOST_ROWS = 200_000


class SheetError(NamedTuple):
    """What is wrong in a sheet: `row` as a spreadsheet counts, the header is 1; 0 for the whole sheet."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"row {self.row}" if self.row else "(sheet)"
        return f"{self.sheet}: {where}: {self.column or '(row)'}: {self.message}"


class InvalidSheets(Exception):
    """Sheets with errors; no pack is made of them."""

    def __init__(self, errors: list[SheetError]) -> None:
        """Keep every error, so that all can be corrected in one go."""
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


@dataclass
class SheetRow:
    """A row with its number and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass
class SheetReader:
    """Reads the sheets given as texts by their names; `errors` holds what was wrong so far."""

    texts: Mapping[str, str]
    errors: list[SheetError] = field(default_factory=list)
    _headers: dict[str, list[str]] = field(default_factory=dict)
    _rows: dict[str, list[SheetRow]] = field(default_factory=dict)

    def read(self) -> None:
        """Read every sheet into rows."""
        for name in self.texts:
            if name not in SHEET_NAMES:
                known = ", ".join(SHEET_NAMES)
                self._error(name, 0, "", f"is no sheet; there are {known}")
                continue
            self._rows[name] = list(self._read_rows(name))

    def _error(self, name: str, row: int, column: str, message: str) -> None:
        self.errors.append(SheetError(f"{name}.csv", row, column, message))

    def _read_rows(self, name: str) -> Iterator[SheetRow]:
        text = self.texts[name].removeprefix("\ufeff")
        first_line = text.partition("\n")[0]
        delimiter = max(",;\t", key=first_line.count)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            header = [cell.strip() for cell in next(rows, [])]
            self._headers[name] = header
            self._check_header(name, header)
            for number, cells in enumerate(rows, start=2):
                if number > MOST_ROWS:
                    self._error(name, number, "", f"is beyond the {MOST_ROWS:,} rows of a sheet")
                    return
                if any(cell.strip() for cell in cells):
                    values = [_normal(cell) for cell in cells]
                    yield SheetRow(number, dict(zip(header, values, strict=False)))
                    if any(values[len(header) :]):
                        self._error(name, number, "", "has more cells than there are columns")
        except csv.Error as error:
            self._error(name, 0, "", f"is not CSV: {error}")

    def _check_header(self, name: str, header: list[str]) -> None:
        sheet = sheets_named(name)[0]
        for column in header:
            if column not in sheet.columns:
                self._error(name, 1, column, "is no column of this sheet")
        for key in sheet.keys:
            if key not in header:
                self._error(name, 1, key, "is missing")
        if len(set(header)) != len(header):
            self._error(name, 1, "", "names a column twice")

    # ---- documents -----------------------------------------------------------------------------

    def documents(self, sheet: TableSheet, base: Mapping[Key, Document]) -> dict[Key, Document]:
        """The documents of a kind: those of its sheet, else those that sheets of its rows name."""
        values: dict[Key, Values] = {}
        numbers: dict[Key, int] = {}
        for row in self._rows.get(sheet.name, []):
            key = tuple(row.cells.get(column, "") for column in sheet.keys)
            if key in values:
                self._error(sheet.name, row.number, sheet.keys[-1], "stands in this sheet twice")
            numbers[key] = row.number
            values[key] = self._with_cells(sheet, row, _plain(base.get(key)))
        for rows in row_sheets_of(sheet.schema):
            self._add_rows(sheet, rows, values, base)
        made = {
            key: self._document(sheet, key, numbers.get(key, 0), one) for key, one in values.items()
        }
        return {key: document for key, document in made.items() if document is not None}

    def _with_cells(self, sheet: TableSheet, row: SheetRow, values: Values) -> Values:
        """The values with those of a row; a column that the sheet does not have keeps its value."""
        lists = list_columns(sheet.row_schema)
        for column in sheet.columns:
            is_key = sheet.relation and column in sheet.keys
            if not is_key and column in self._headers[sheet.name]:
                put_at(values, column, _value(row.cells.get(column, ""), lists.get(column)))
        return values

    def _add_rows(
        self,
        main: TableSheet,
        sheet: TableSheet,
        values: dict[Key, Values],
        base: Mapping[Key, Document],
    ) -> None:
        if sheet.name not in self._rows:
            return
        for one in values.values():
            one.pop(sheet.relation, None)
        for row in self._rows[sheet.name]:
            key = self._key_of(sheet, row)
            if key is None:
                continue
            if key not in values and main.name not in self._rows and key in base:
                values[key] = _plain(base[key])
                values[key].pop(sheet.relation, None)
            if key not in values:
                self._error(sheet.name, row.number, sheet.keys[-1], f"{main.file} has no such row")
                continue
            cells = self._with_cells(sheet, row, {})
            try:
                sheet.row_schema.model_validate(cells)
            except ValidationError as error:
                for path, message in validation_errors(error):
                    self._error(sheet.name, row.number, _column(path), message)
            values[key].setdefault(sheet.relation, []).append(cells)

    def _key_of(self, sheet: TableSheet, row: SheetRow) -> Key | None:
        """The document that a row belongs to; None where it is one of the other kind in this sheet."""
        key = tuple(row.cells.get(column, "") for column in sheet.keys)
        if len(sheets_named(sheet.name)) == 1:
            return key
        of_entry = bool(key[-1])
        is_entry_sheet = "condition" in sheet.schema.model_fields
        if of_entry != is_entry_sheet:
            return None
        return key if of_entry else key[:-1]

    def _document(
        self, sheet: TableSheet, key: Key, number: int, values: Values
    ) -> Document | None:
        document, errors = _validated(sheet.schema, values)
        for path, message in errors:
            if not _is_named_already(path, self.errors, sheet):
                label = "" if number else f"{'/'.join(key)}: "
                self._error(sheet.name, number, _column(path), f"{label}{message}")
        return document


def _validated(
    schema: type[Document], values: Values
) -> tuple[Document | None, list[tuple[str, str]]]:
    try:
        document = schema.model_validate(values)
    except ValidationError as error:
        return None, list(validation_errors(error))
    return document, list(document.publish_errors())


def _is_named_already(path: str, errors: list[SheetError], sheet: TableSheet) -> bool:
    """Whether the error is that of a row, which its own sheet has named with its number."""
    relation = path.partition("[")[0]
    own = [rows.file for rows in row_sheets_of(sheet.schema) if rows.relation == relation]
    return "[" in path and any(error.sheet in own and error.row for error in errors)


def _column(path: str) -> str:
    """`citations[2]` is in the column `citations`; of a row of a relation the whole path helps more."""
    return path if "]." in path else path.partition("[")[0]


def _plain(document: Document | None) -> Values:
    return {} if document is None else document.model_dump(mode="json", exclude_defaults=True)


def _normal(cell: str) -> str:
    return unguarded(cell.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _value(cell: str, is_keys: bool | None) -> Any:
    """The value of a cell; None of an empty one. Keys may also stand on one line with semicolons."""
    if not cell:
        return None
    if is_keys is None:
        return cell
    parts = cell.replace(";", "\n").split("\n") if is_keys else cell.split("\n")
    return [part.strip() for part in parts if part.strip()]


def is_sheets(file: Any) -> bool:
    """Whether an uploaded archive holds CSV; it is left at its beginning."""
    try:
        with zipfile.ZipFile(file) as archive:
            return any(name.lower().endswith(".csv") for name in archive.namelist())
    except zipfile.BadZipFile:
        return False
    finally:
        file.seek(0)
