"""From database rows to the rows of a document and back, by the fields that a schema declares.

A row's citations are handled here, because every app that stands above this one has rows with them.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import models
from pydantic import ValidationError

from citations.models import Citation
from remedies_site.documents import Document, faults
from remedies_site.revisions import NotReady

Schema = TypeVar("Schema", bound=Document)

_WORKS = ("citations", "reviews")
"""Fields that name several works; in a row they are relations of many to many."""
_SLUGS = ("applies_to",)
"""Fields that name rows of a vocabulary by their slugs; in a row, many to many too."""
_WORDS = frozenset({"unit", "per", "basis", "compound", "rating", "registry_status"})
"""Fields of a closed list that may be absent: columns hold an empty word for that."""


def read_row(row: models.Model, schema: type[Schema], **more: Any) -> Schema:
    """One database row as a document row; `more` gives values that are not columns of its own.

    Reads `citations` and `reviews` (many) or `citation` (one) as keys: prefetch them.
    """
    values: dict[str, Any] = dict(more)
    for name in schema.model_fields:
        if name in values:
            continue
        if name in _WORKS:
            values[name] = [work.key for work in getattr(row, name).all()]
        elif name in _SLUGS:
            values[name] = [term.slug for term in getattr(row, name).all()]
        elif name == "citation":
            values[name] = row.citation.key  # type: ignore[attr-defined]
        else:
            values[name] = getattr(row, name)
    filled = {name: value for name, value in values.items() if value not in (None, "")}
    return schema.model_validate(filled)


def read_rows(name: str, rows: Iterable[models.Model], schema: type[Schema]) -> list[Schema]:
    """Database rows as document rows. Raises NotReady naming each field as `name[2].field`."""
    documents, wrong = [], []
    for position, row in enumerate(rows, start=1):
        try:
            documents.append(read_row(row, schema))
        except ValidationError as error:
            wrong += [(f"{name}[{position}].{place}", said) for place, said in faults(error)]
    if wrong:
        raise NotReady(wrong)
    return documents


def save_columns(row: models.Model, names: Iterable[str]) -> None:
    """Store a new row whole, and of a stored one just these columns: counters may have moved."""
    row.save(update_fields=None if row._state.adding else list(names))


def write_rows(
    owner: models.Model,
    relation: str,
    rows: Iterable[Document],
    works: Mapping[str, Citation],
) -> None:
    """Replace the owner's rows of one relation by document rows, in their order."""
    manager = getattr(owner, relation)
    manager.all().delete()
    rows = list(rows)
    terms = {name: _vocabulary(manager.model, name, rows) for name in _SLUGS}
    for position, row in enumerate(rows, start=1):
        values = column_values(row)
        named = {name: values.pop(name) for name in _WORKS if name in values}
        termed = {name: values.pop(name) for name in _SLUGS if name in values}
        if "citation" in values:
            values["citation"] = works[values["citation"]]
        made = manager.create(position=position, **values)
        for name, keys in named.items():
            if keys:
                getattr(made, name).set([works[key] for key in keys])
        for name, slugs in termed.items():
            if slugs:
                getattr(made, name).set([terms[name][slug] for slug in slugs])


def _vocabulary(model: type[models.Model], name: str, rows: list[Document]) -> dict[str, Any]:
    """The terms that the rows name, by slug, in one query; none where no row names any."""
    slugs = {slug for row in rows for slug in getattr(row, name, [])}
    if not slugs:
        return {}
    related: Any = model._meta.get_field(name).related_model
    return {term.slug: term for term in related.objects.filter(slug__in=slugs)}


def column_values(row: Document, *, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    """A document's own fields as column values: words for enumerations, "" for absent words."""
    values = row.model_dump(exclude=set(leave_out))
    columns = {}
    for name, value in values.items():
        absent_word = value is None and name in _WORDS
        columns[name] = "" if absent_word else getattr(value, "value", value)
    return columns
