"""Which sheets there are, and which column holds which field: read from the schemas. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from citations.schema import CitationDocument
from conditions.schema import ConditionDocument
from remedies.schema import CircumstanceDocument, EntryDocument, RemedyDocument
from remedies_site.documents import Document, RefersTo

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class TableSheet:
    """A sheet: one row for each document, or one for each row of a relation of documents.

    `keys` are the columns that name the document. Where two kinds share a sheet, as warnings do, the
    last key is empty for the second one.
    """

    name: str
    schema: type[Document]
    keys: tuple[str, ...]
    relation: str = ""

    @property
    def file(self) -> str:
        """Its name as a file."""
        return f"{self.name}.csv"

    @property
    def row_schema(self) -> type[Document]:
        """The schema of what one row holds."""
        return row_schema(self.schema, self.relation) if self.relation else self.schema

    @property
    def columns(self) -> list[str]:
        """Its columns in order: the keys first."""
        fields = [name for name in field_columns(self.row_schema) if name not in self.keys]
        return [*self.keys, *fields]


_ENTRY, _REMEDY, _CONDITION = ("remedy", "condition"), ("remedy",), ("condition",)
MAIN_SHEETS = (
    TableSheet("references", CitationDocument, ("key",)),
    TableSheet("circumstances", CircumstanceDocument, ("slug",)),
    TableSheet("conditions", ConditionDocument, ("slug",)),
    TableSheet("remedies", RemedyDocument, ("slug",)),
    TableSheet("entries", EntryDocument, _ENTRY),
)
ROW_SHEETS = (
    TableSheet("red_flags", ConditionDocument, _CONDITION, "red_flags"),
    TableSheet("first_care", ConditionDocument, _CONDITION, "first_care"),
    TableSheet("limits", RemedyDocument, _REMEDY, "limits"),
    TableSheet("interactions", RemedyDocument, _REMEDY, "interactions"),
    TableSheet("gaps", RemedyDocument, _REMEDY, "gaps"),
    TableSheet("products", RemedyDocument, _REMEDY, "products"),
    TableSheet("evidence", EntryDocument, _ENTRY, "evidence_items"),
    TableSheet("doses", EntryDocument, _ENTRY, "regimens"),
    TableSheet("judgements", EntryDocument, _ENTRY, "judgements"),
    TableSheet("smallest_differences", EntryDocument, _ENTRY, "smallest_differences"),
    TableSheet("guidelines", EntryDocument, _ENTRY, "guidelines"),
    TableSheet("next_steps", EntryDocument, _ENTRY, "next_steps"),
    TableSheet("warnings", EntryDocument, _ENTRY, "precautions"),
    TableSheet("warnings", RemedyDocument, _ENTRY, "precautions"),
)
SHEET_NAMES = tuple(dict.fromkeys(sheet.name for sheet in (*MAIN_SHEETS, *ROW_SHEETS)))


def sheets_named(name: str) -> list[TableSheet]:
    """The kinds of documents that share a sheet; empty where there is none of this name."""
    return [sheet for sheet in (*MAIN_SHEETS, *ROW_SHEETS) if sheet.name == name]


def row_sheets_of(schema: type[Document]) -> list[TableSheet]:
    """The sheets with the relations of a kind of documents."""
    return [sheet for sheet in ROW_SHEETS if sheet.schema is schema]


def row_schema(schema: type[Document], relation: str) -> type[Document]:
    """The schema of the rows of a relation."""
    row: type[Document] = get_args(schema.model_fields[relation].annotation)[0]
    return row


def field_columns(schema: type[Document]) -> Iterator[str]:
    """The columns of a document without its relations; `search.searched_on` for a nested one."""
    for name, field in schema.model_fields.items():
        annotation = field.annotation
        if isinstance(annotation, type) and issubclass(annotation, Document):
            yield from (f"{name}.{inner}" for inner in annotation.model_fields)
        elif not _holds_documents(annotation):
            yield name


def _holds_documents(annotation: Any) -> bool:
    if get_origin(annotation) is not list:
        return False
    item = get_args(annotation)[0]
    return isinstance(item, type) and issubclass(item, Document)


def list_columns(schema: type[Document]) -> dict[str, bool]:
    """The columns that hold several values; whether these are keys."""
    columns: dict[str, bool] = {}
    for name, field in schema.model_fields.items():
        annotation = field.annotation
        if isinstance(annotation, type) and issubclass(annotation, Document):
            inner = list_columns(annotation)
            columns |= {f"{name}.{column}": is_keys for column, is_keys in inner.items()}
        elif get_origin(annotation) is list and not _holds_documents(annotation):
            columns[name] = any(isinstance(one, RefersTo) for one in field.metadata)
    return columns


def value_at(values: Mapping[str, Any], column: str) -> Any:
    """The value of a column in the plain values of a document."""
    name, _dot, inner = column.partition(".")
    value = values.get(name)
    return value_at(value or {}, inner) if inner else value


def put_at(values: dict[str, Any], column: str, value: Any) -> None:
    """Set the value of a column; None takes it out."""
    name, _dot, inner = column.partition(".")
    if inner:
        put_at(values.setdefault(name, {}), inner, value)
    elif value is None:
        values.pop(name, None)
    else:
        values[name] = value


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would evaluate as a formula."""
    return f"'{cell}" if cell.lstrip(" '").startswith(FORMULA_STARTS) else cell


def unguarded(cell: str) -> str:
    """The cell without that apostrophe."""
    is_guarded = cell.startswith("'") and cell.lstrip(" '").startswith(FORMULA_STARTS)
    return cell[1:] if is_guarded else cell
