"""Converts database rows to the rows of a document and back, as schema and model declare them.

No field name is known here: a marker in the schema says which fields refer to other rows, and the
column says whether a missing value is null or an empty string.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import models
from pydantic import ValidationError

from remedies_site.documents import Document, RefersTo, validation_errors
from remedies_site.exceptions import NotPublishable

Schema = TypeVar("Schema", bound=Document)


def references_of(schema: type[Document]) -> dict[str, str]:
    """The fields that refer to other rows, each with the column that identifies such a row."""
    return {
        name: marker.column
        for name, field in schema.model_fields.items()
        for marker in field.metadata
        if isinstance(marker, RefersTo)
    }


def read_row(row: models.Model, schema: type[Schema], **extra: Any) -> Schema:
    """A database row as a document row; `extra` holds values that are not columns of the row.

    Related rows become their keys: prefetch them. Raises: pydantic's ValidationError.
    """
    values: dict[str, Any] = dict(extra)
    keys = references_of(schema)
    for name in schema.model_fields.keys() - extra.keys():
        value = getattr(row, name)
        values[name] = _keys(value, keys[name]) if name in keys else value
    filled = {name: value for name, value in values.items() if value not in (None, "")}
    return schema.model_validate(filled)


def _keys(related: Any, column: str) -> Any:
    """The key of a related row, or the keys of all rows of a related manager."""
    if isinstance(related, models.Model):
        return getattr(related, column)
    return [getattr(row, column) for row in related.all()]


def read_rows(name: str, rows: Iterable[models.Model], schema: type[Schema]) -> list[Schema]:
    """Database rows as document rows.

    Raises: NotPublishable, with field paths such as `name[2].field`.
    """
    documents, errors = [], []
    for position, row in enumerate(rows, start=1):
        try:
            documents.append(read_row(row, schema))
        except ValidationError as error:
            errors += [
                (f"{name}[{position}].{field}", message)
                for field, message in validation_errors(error)
            ]
    if errors:
        raise NotPublishable(errors)
    return documents


def save_columns(row: models.Model, names: Iterable[str]) -> None:
    """Insert a new row; of an existing one update these columns only, since counters may have changed."""
    row.save(update_fields=None if row._state.adding else list(names))


def write_rows(
    owner: models.Model,
    relation: str,
    rows: Iterable[Document],
    known: Mapping[str, models.Model],
) -> None:
    """Replace the owner's rows of one relation by document rows, numbered in their order.

    `known` holds rows that fields may refer to, by key; missing ones are fetched, one query a field.
    """
    manager = getattr(owner, relation)
    manager.all().delete()
    rows = list(rows)
    related = {
        name: _related_rows(manager.model, name, column, rows, known)
        for row in rows[:1]
        for name, column in references_of(type(row)).items()
    }
    for position, row in enumerate(rows, start=1):
        values = column_values(row, manager.model)
        named = {name: values.pop(name) for name in related}
        single = {name: related[name][key] for name, key in named.items() if isinstance(key, str)}
        stored = manager.create(position=position, **values, **single)
        for name, keys in named.items():
            if keys and name not in single:
                getattr(stored, name).set([related[name][key] for key in keys])


def _related_rows(
    model: type[models.Model],
    name: str,
    column: str,
    rows: Iterable[Document],
    known: Mapping[str, models.Model],
) -> dict[str, models.Model]:
    """The rows that one field refers to, by key; no query where all of them are `known`."""
    target: Any = model._meta.get_field(name).related_model
    values = [getattr(row, name) for row in rows]
    keys = {key for value in values for key in ([value] if isinstance(value, str) else value)}
    related = {key: known[key] for key in keys if isinstance(known.get(key), target)}
    if missing := keys - related.keys():
        fetched = target._default_manager.filter(**{f"{column}__in": missing})
        related |= {getattr(row, column): row for row in fetched}
    return related


def column_values(
    row: Document, model: type[models.Model], *, leave_out: Iterable[str] = ()
) -> dict[str, Any]:
    """A document's fields as column values: enum members as their values, None as "" where the column
    is not nullable."""
    values = row.model_dump(exclude=set(leave_out))
    return {
        name: "" if value is None and not model._meta.get_field(name).null else _plain(value)
        for name, value in values.items()
    }


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)
