"""Points whatever refers to one row to another: foreign keys, links, and keys inside documents."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from citations.schema import replace_citations
from publishing.models import Revision, RowRevision
from remedies_site.documents import Document, Leaf, RefersTo

DocumentT = TypeVar("DocumentT", bound=Document)
Rewrite = Callable[[Document], Document]


def repoint(source: models.Model, target: models.Model) -> int:
    """Point every row that refers to `source` to `target`, history apart; return how many did.

    A row that is linked to both keeps one link.
    """
    number = 0
    for relation in type(source)._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or _stays(relation):
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: source})
        if relation.related_model._meta.auto_created:
            _drop_second_links(rows, relation.field.name, target)
        number += rows.update(**{relation.field.name: target})
    return number


def _stays(relation: models.ManyToOneRel) -> bool:
    """Whether its rows are history, or about the one row alone: these go with it."""
    is_history = issubclass(relation.related_model, Revision | RowRevision)
    return is_history or isinstance(relation, models.OneToOneRel)


def _drop_second_links(rows: models.QuerySet[Any], column: str, target: models.Model) -> None:
    """Of the rows of a many-to-many table, delete those whose owner is linked to the target already."""
    owner = next(
        field.name
        for field in rows.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name != column
    )
    linked = rows.model._base_manager.filter(**{column: target}).values(owner)
    rows.filter(**{f"{owner}__in": linked}).delete()


def citations_rewriter(keys: Mapping[str, str]) -> Rewrite:
    """Replaces keys of works in documents."""
    return lambda document: replace_citations(document, keys)


def slugs_rewriter(
    model: type[models.Model], related: type[models.Model], slugs: Mapping[str, str]
) -> Rewrite:
    """Replaces the slugs by which documents of one model name rows of another."""

    def rewrite(document: Document) -> Document:
        values = document.model_dump(exclude_defaults=True)
        is_changed = False
        for leaf in _leaves_naming(document, model, related):
            new = _replaced(leaf.value, slugs)
            if new != leaf.value:
                _put(values, leaf, new)
                is_changed = True
        return type(document).model_validate(values) if is_changed else document

    return rewrite


def _leaves_naming(
    document: Document, model: type[models.Model], related: type[models.Model]
) -> Iterator[Leaf]:
    for leaf in document.leaves():
        if leaf.marker(RefersTo) and _related_model(model, leaf.path) is related:
            yield leaf


def _related_model(model: Any, path: tuple[int | str, ...]) -> Any:
    """The model that a field of a document refers to, by its path."""
    for part in path:
        if isinstance(part, str):
            try:
                model = model._meta.get_field(part).related_model or model
            except FieldDoesNotExist:  # a nested document: columns of the same row
                continue
    return model


def _replaced(value: Any, keys: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return keys.get(value, value)
    return sorted({keys.get(key, key) for key in value})


def _put(values: dict[str, Any], leaf: Leaf, value: Any) -> None:
    *way, name = leaf.path
    target: Any = values
    for part in way:
        target = target[part]
    target[name] = value
