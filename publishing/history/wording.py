"""How fields, values and grades of stored documents are called on pages.

Labels come from models and schemas. An app registers what these cannot say: a grade in words, and rows
whose figures readers see as one phrase.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from pydantic import ValidationError

from publishing.schema import BearsOnSafety, SourcedRow
from remedies_site.documents import Document, Row
from remedies_site.numbers import format_number
from remedies_site.rows import relations_of

FormatGrade = Callable[[Mapping[str, Any]], str]
FormatRow = Callable[[Any], str]
"""A document row in a reader's words, or empty."""


@dataclass(frozen=True)
class PhraseBook:
    """What an app says of its documents: a stored grade in words, and rows by their relation."""

    format_grade: FormatGrade = lambda _grade: ""
    rows: Mapping[str, FormatRow] = field(default_factory=dict)


_BOOKS: dict[type[models.Model], PhraseBook] = {}


def register_phrases(model: type[models.Model], book: PhraseBook) -> None:
    """Say how documents of a model's subjects read; call it from `AppConfig.ready`."""
    _BOOKS[model] = book


def phrases_of(model: type[models.Model]) -> PhraseBook:
    """What the model's app registered, or nothing."""
    return _BOOKS.get(model, PhraseBook())


@dataclass(frozen=True)
class Labels:
    """Labels and values of a document, or of a row in one, by model and schema.

    Both are None where today's schema knows no such row; then names and values are shown as stored.
    """

    model: type[models.Model] | None
    schema: type[Document] | None
    format_row: FormatRow = lambda _row: ""

    def of_rows(self, relation: str, book: PhraseBook) -> "Labels":
        """Those of the rows of a relation."""
        schema = relations_of(self.schema).get(relation) if self.schema else None
        return Labels(
            getattr(self._column(relation), "related_model", None),
            schema,
            book.rows.get(relation, lambda _row: ""),
        )

    def label(self, path: str) -> str:
        """The name of a field with a capital letter; of a relation its rows'."""
        column = self._column(path.rpartition(".")[2])
        related = getattr(column, "related_model", None)
        if getattr(column, "auto_created", False) and related is not None:
            name = str(related._meta.verbose_name_plural).partition(":")[0]
        else:
            name = str(getattr(column, "verbose_name", path.replace("_", " ").replace(".", ", ")))
            if self._is_shared(name):
                name = f"{name} ({path.replace('_', ' ')})"
        return str(capfirst(name))

    def _is_shared(self, label: str) -> bool:
        """Whether several fields of a row have this name: in a form the field above tells them apart."""
        names = self.schema.model_fields if self.schema and issubclass(self.schema, Row) else ()
        labels = [str(getattr(self._column(name), "verbose_name", "")) for name in names]
        return labels.count(label) > 1

    def text(self, path: str, value: Any) -> str:
        """A stored value as readers see it: the label of a choice, yes or no, a date, a number.

        Several values stand one on each line.
        """
        column = self._column(path.rpartition(".")[2])
        if isinstance(value, list):
            return "\n".join(self.text(path, item) for item in value)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if value is None or isinstance(value, dict):
            return "" if value is None else str(value)
        choices = dict(getattr(column, "flatchoices", None) or ())
        if value in choices:
            return str(choices[value])
        return _formatted(column, value)

    def default_text(self, path: str) -> str:
        """What a document means that leaves the field out."""
        schema, name = self.schema, path
        outer, dot, inner = path.partition(".")
        if dot and schema is not None and outer in schema.model_fields:
            annotation: Any = schema.model_fields[outer].annotation
            schema, name = annotation, inner
        if not (isinstance(schema, type) and issubclass(schema, Document)):
            return ""
        known = schema.model_fields.get(name)
        default = None if known is None or known.is_required() else known.default
        return self.text(path, getattr(default, "value", default)) if default != [] else ""

    def bears_on_safety(self, name: str) -> bool:
        """Whether a mistake in this field of the document can do harm."""
        if self.schema is None or name not in self.schema.model_fields:
            return False
        row = relations_of(self.schema).get(name)
        marks = self.schema.model_fields[name].metadata
        return (row is not None and issubclass(row, SourcedRow)) or any(
            isinstance(mark, BearsOnSafety) for mark in marks
        )

    def identity(self) -> tuple[str, ...]:
        """The fields by which a row is known again."""
        return getattr(self.schema, "identity", ())

    def title(self, row: Mapping[str, Any]) -> str:
        """What a row is called: the fields of its identity, else its first words."""
        parts = [self.text(name, row.get(name)) for name in self.identity()]
        parts = [part for part in parts if part] or [
            Truncator(text).chars(60)
            for name, text in row.items()
            if isinstance(text, str) and self.text(name, text) == text
        ][:1]
        return ", ".join(" ".join(part.split()) for part in parts)

    def phrase(self, row: Mapping[str, Any]) -> str:
        """The row's figures as its page shows them; empty where today's schema cannot read it."""
        if self.schema is None or not issubclass(self.schema, Row) or not row:
            return ""
        try:
            return self.format_row(self.schema.model_validate(row))
        except ValidationError:
            return ""

    def _column(self, name: str) -> Any:
        if self.model is None:
            return None
        try:
            return self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return None


def _formatted(column: Any, value: Any) -> str:
    """A date or a decimal number in the language of the site; anything else as it is."""
    try:
        if isinstance(column, models.DateField):
            return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
        if isinstance(column, models.DecimalField):
            return format_number(Decimal(str(value)))
    except (InvalidOperation, ValueError):
        pass
    return str(value)
