"""From database rows to documents and back, by what schema and model declare.

No field is known by its name here. A field of a document is stored in one of five ways, by its type:

- a list of documents: the rows of a relation of the same name, in their order;
- one nested document: columns of the same row;
- a field marked with `RefersTo`: a foreign key or many-to-many relation, written as keys;
- a list of lines: a text column, one on each line;
- anything else: a column of the same name, where an absent choice is null or an empty string.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from django.db import models
from pydantic import ValidationError

from remedies_site.documents import Document, RefersTo, validation_errors
from remedies_site.exceptions import NotPublishable

DocumentT = TypeVar("DocumentT", bound=Document)
ModelT = TypeVar("ModelT", bound=models.Model)


@dataclass(frozen=True)
class _Storage:
    """The fields of a schema that are more than a column: by name, with what is stored there."""

    relations: dict[str, type[Document]]
    nested: dict[str, type[Document]]
    references: dict[str, str]
    lists: frozenset[str]


@cache
def _storage(schema: type[Document]) -> _Storage:
    storage = _Storage({}, {}, references_of(schema), _list_fields(schema))
    for name, field in schema.model_fields.items():
        annotation = field.annotation
        item = get_args(annotation)[0] if name in storage.lists else None
        if isinstance(item, type) and issubclass(item, Document):
            storage.relations[name] = item
        elif isinstance(annotation, type) and issubclass(annotation, Document):
            storage.nested[name] = annotation
    return storage


def _list_fields(schema: type[Document]) -> frozenset[str]:
    fields = schema.model_fields.items()
    return frozenset(name for name, field in fields if get_origin(field.annotation) is list)


def references_of(schema: type[Document]) -> dict[str, str]:
    """The fields that refer to other rows, with the column that names such a row."""
    return {
        name: marker.column
        for name, field in schema.model_fields.items()
        for marker in field.metadata
        if isinstance(marker, RefersTo)
    }


def relations_of(schema: type[Document]) -> dict[str, type[Document]]:
    """The fields that are lists of rows, with the schema of a row."""
    return dict(_storage(schema).relations)


# ---- rows to documents -------------------------------------------------------------------------


def read_document(row: models.Model, schema: type[DocumentT]) -> DocumentT:
    """A row with all that belongs to it as a document.

    Raises NotPublishable where the rows make no valid document: that is an editor's to correct, so
    it must not end as a server error.
    """
    try:
        return read_row(row, schema)
    except ValidationError as error:
        raise NotPublishable(list(validation_errors(error))) from error


def read_row(row: models.Model, schema: type[DocumentT], **overrides: object) -> DocumentT:
    """One database row as a document; `overrides` gives values in place of the stored ones.

    One query for each relation, and one for each many-to-many field of its rows; related rows of
    `row` itself are read as their keys, so prefetch them where there are many rows. Raises
    pydantic's ValidationError for the row's own fields, NotPublishable for those of its relations.
    """
    storage = _storage(schema)
    values = dict(overrides)
    for name in schema.model_fields:
        if name in overrides:
            continue
        if name in storage.relations:
            values[name] = _read_rows(row, name, storage.relations[name])
        elif name in storage.nested:
            values[name] = read_row(row, storage.nested[name])
        elif name in storage.references:
            values[name] = _keys(getattr(row, name), storage.references[name])
        else:
            value = getattr(row, name)
            is_lines = name in storage.lists and isinstance(value, str)
            values[name] = value.splitlines() if is_lines else value
    filled = {name: value for name, value in values.items() if value not in (None, "")}
    return schema.model_validate(filled)


def stored_leaves(row: models.Model, schema: type[Document], path: str = "") -> dict[str, str]:
    """Each filled field of a row and of the rows of its relations as text, also where they are invalid.

    By path: `verdict`, and `precautions/12/text` for the row whose primary key is 12. Equal values
    make equal texts, however they were typed or stored (line ends, zeros after the point).
    """
    storage = _storage(schema)
    leaves: dict[str, str] = {}
    for name in schema.model_fields:
        if name in storage.relations:
            for item in _rows_of(row, name, storage.relations[name]):
                inner = f"{path}{name}/{item.pk}/"
                leaves |= stored_leaves(item, storage.relations[name], inner)
                leaves[f"{inner}position"] = str(item.position)
        elif name in storage.nested:
            leaves |= stored_leaves(row, storage.nested[name], path)
        elif name in storage.references:
            value = _keys(getattr(row, name), storage.references[name])
            leaves[path + name] = "\n".join(sorted(value)) if isinstance(value, list) else value
        else:
            leaves[path + name] = _leaf_text(getattr(row, name))
    return {name: value for name, value in leaves.items() if value}


def _leaf_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "\n".join(str(value).splitlines())


def _keys(related: Any, column: str) -> Any:
    """The key of one related row, or the keys of the rows of a manager."""
    if isinstance(related, models.Model):
        return getattr(related, column)
    return [getattr(row, column) for row in related.all()]


def _rows_of(owner: models.Model, relation: str, schema: type[Document]) -> models.QuerySet[Any]:
    """The owner's rows of one relation, with the rows that they refer to, in a fixed number of queries."""
    manager: models.Manager[models.Model] = getattr(owner, relation)
    if relation in getattr(owner, "_prefetched_objects_cache", {}):  # see `with_rows`
        return manager.all()
    return _with_references(manager.all(), schema)


def _with_references(rows: models.QuerySet[Any], schema: type[Document]) -> models.QuerySet[Any]:
    references = references_of(schema)
    many = [name for name in references if rows.model._meta.get_field(name).many_to_many]
    single = [name for name in references if name not in many]
    rows = rows.prefetch_related(*many)
    if single:  # without a name, `select_related` would join every foreign key
        rows = rows.select_related(*single)
    return rows


def with_rows(owners: models.QuerySet[ModelT], schema: type[Document]) -> models.QuerySet[ModelT]:
    """The queryset with all that `read_document` reads of its rows, in a fixed number of queries.

    An owner that was fetched by it still makes the document of that moment after its rows changed.
    """
    prefetches = []
    for name, row_schema in _storage(schema).relations.items():
        related: Any = owners.model._meta.get_field(name).related_model
        rows = _with_references(related._default_manager.all(), row_schema)
        prefetches.append(models.Prefetch(name, rows))
    keys = [*references_of(schema)]
    owners = owners.prefetch_related(*prefetches)
    return owners.select_related(*keys) if keys else owners


def _read_rows(owner: models.Model, relation: str, schema: type[DocumentT]) -> list[DocumentT]:
    """The owner's rows of one relation. Raises NotPublishable, with fields as `relation[2].field`."""
    documents, errors = [], []
    for position, row in enumerate(_rows_of(owner, relation, schema), start=1):
        try:
            documents.append(read_row(row, schema))
        except ValidationError as error:
            errors += [
                (f"{relation}[{position}].{field}", message)
                for field, message in validation_errors(error)
            ]
    if errors:
        raise NotPublishable(errors)
    return documents


# ---- documents to rows -------------------------------------------------------------------------


def write_document(
    row: models.Model,
    document: Document,
    rows_by_key: Mapping[str, models.Model],
    *,
    also: Iterable[str] = (),
    keep: Collection[str] = (),
    **related: models.Model,
) -> None:
    """Overwrite a row, new or stored, and the rows of its relations by a document.

    Only the document's columns are saved, and those named in `also`: counters may have moved. The
    rows of the relations in `keep` stay as they are.
    `related` gives the rows that the document's own keys name, by field; `rows_by_key` those that
    rows inside it name (see `write_rows`).
    """
    columns = column_values(document, type(row), leave_out=related) | related
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=None if row._state.adding else [*columns, *also])
    for relation in _storage(type(document)).relations:
        if relation not in keep:
            write_rows(row, relation, getattr(document, relation), rows_by_key)


def write_rows(
    owner: models.Model,
    relation: str,
    rows: Iterable[Document],
    rows_by_key: Mapping[str, models.Model],
) -> None:
    """Replace the owner's rows of one relation by document rows, in their order.

    `rows_by_key` holds rows that are referred to; others are fetched, one query a field.
    """
    manager = getattr(owner, relation)
    manager.all().delete()
    rows = list(rows)
    related = {
        name: _related_rows(manager.model, name, column, rows, rows_by_key)
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
    rows_by_key: Mapping[str, models.Model],
) -> dict[str, models.Model]:
    """The rows that one field refers to, by their keys; no query where all of them are given."""
    target: Any = model._meta.get_field(name).related_model
    values = [getattr(row, name) for row in rows]
    keys = {key for value in values for key in ([value] if isinstance(value, str) else value)}
    related = {key: rows_by_key[key] for key in keys if isinstance(rows_by_key.get(key), target)}
    if missing := keys - related.keys():
        fetched = target._default_manager.filter(**{f"{column}__in": missing})
        related |= {getattr(row, column): row for row in fetched}
    return related


def column_values(
    document: Document, model: type[models.Model], *, leave_out: Iterable[str] = ()
) -> dict[str, Any]:
    """A document's fields as column values, those of nested documents too, without its relations.

    Choices become plain values, lines one text, and None "" where the column has no null. Keys of
    other rows stay keys.
    """
    storage = _storage(type(document))
    values: dict[str, Any] = {}
    omitted = {*storage.relations, *leave_out}
    for name in type(document).model_fields:
        if name in omitted:
            continue
        value = getattr(document, name)
        if name in storage.nested:
            values |= column_values(value, model)
            continue
        field = model._meta.get_field(name)
        if isinstance(field, models.TextField) and isinstance(value, list):
            value = "\n".join(value)
        values[name] = "" if value is None and not field.null else getattr(value, "value", value)
    return values
