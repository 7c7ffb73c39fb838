"""Points whatever refers to one row to another: foreign keys, links, and keys inside documents."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from citations.schema import replace_citations
from publishing.models import DraftEdit, NamedSubject, Revision, RowRevision, Subject
from publishing.redirects import current_slug
from publishing.services import SubjectType, subject_type, subject_types
from remedies_site.documents import Document, Leaf, RefersTo
from remedies_site.rows import references_of, relations_of

DocumentT = TypeVar("DocumentT", bound=Document)
Rewrite = Callable[[Document], Document]


def repoint(source: models.Model, target: models.Model) -> int:
    """Point every row that refers to `source` to `target`, history apart; return how many did.

    Rows of its own document stay: whoever wrote them published them there. Where only one row may refer
    to the target, the target's own stays.
    """
    number = 0
    for relation in type(source)._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or _stays(relation):
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: source})
        if not issubclass(relation.related_model, Subject):
            _drop_seconds(rows, relation.field.name, target)
        number += rows.update(**{relation.field.name: target})
    return number


def _stays(relation: models.ManyToOneRel) -> bool:
    """Whether its rows are history, of the row's own document, or about it alone: these go with it."""
    is_history = issubclass(relation.related_model, Revision | RowRevision)
    return (
        is_history
        or isinstance(relation, models.OneToOneRel)
        or relation.name in _own_rows(relation)
    )


def _own_rows(relation: models.ManyToOneRel) -> Collection[str]:
    model: Any = relation.model
    return relations_of(subject_type(model).schema) if issubclass(model, Subject) else ()


def _drop_seconds(rows: models.QuerySet[Any], column: str, target: models.Model) -> None:
    """Delete the rows in whose place the target has one already, by a constraint that allows one."""
    meta = rows.model._meta
    unique: list[tuple[Sequence[str], models.Q]] = [
        (one.fields, one.condition or models.Q())
        for one in meta.constraints
        if isinstance(one, models.UniqueConstraint)
    ]
    unique += [(names, models.Q()) for names in meta.unique_together]
    for names, condition in unique:
        if column in names:
            others = {name: models.OuterRef(name) for name in names if name != column}
            there = rows.model._base_manager.filter(condition, **others, **{column: target})
            rows.filter(condition, models.Exists(there)).delete()


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


def with_current_slugs(model: type[models.Model], document: Document) -> Document:
    """An old document of a model with the slugs of today: pages may have been renamed or merged since."""
    for kind in subject_types():
        related: Any = kind.model
        if not issubclass(related, NamedSubject):
            continue
        leaves = _leaves_naming(document, model, related)
        named = {slug for leaf in leaves for slug in _as_list(leaf.value)}
        slugs = {slug: current_slug(related, slug) for slug in sorted(named)}
        document = slugs_rewriter(model, related, slugs)(document)
    return document


def rekey_edits(related: type[models.Model], slugs: Mapping[str, str]) -> None:
    """Replace slugs in what waiting saves changed: who wrote what is told by comparing with the draft."""
    for kind in subject_types():
        fields = fields_naming(kind, related)
        if not fields:
            continue
        content_type = ContentType.objects.get_for_model(kind.model)
        edits = DraftEdit.objects.filter(content_type=content_type)
        rewrite_edits(edits, partial(_rekeyed, fields, slugs))


def rewrite_edits(
    edits: models.QuerySet[DraftEdit], replaced: Callable[[str, str | None], str | None]
) -> None:
    """Replace the texts of those that wait, each by its path in the document."""
    waiting = edits.filter(published_in__isnull=True)
    for edit in waiting.select_for_update().order_by("pk"):
        changes = {
            path: [replaced(path, text) for text in texts] for path, texts in edit.changes.items()
        }
        if changes != edit.changes:
            edit.changes = changes
            edit.save(update_fields=["changes"])


def fields_naming(kind: SubjectType[Any, Any], related: type[models.Model]) -> set[tuple[str, ...]]:
    """The fields by which documents of a kind name rows of a model: its own, and those of its rows."""
    places: list[tuple[tuple[str, ...], type[Document]]] = [((), kind.schema)]
    places += [((name,), schema) for name, schema in relations_of(kind.schema).items()]
    return {
        (*place, name)
        for place, schema in places
        for name in references_of(schema)
        if _related_model(kind.model, (*place, name)) is related
    }


def _field(path: str) -> tuple[str, ...]:
    """A path of `stored_leaves` without the numbers of rows."""
    return tuple(part for part in path.split("/") if not part.isdecimal())


def _rekeyed(
    fields: Collection[tuple[str, ...]], slugs: Mapping[str, str], path: str, text: str | None
) -> str | None:
    if not text or _field(path) not in fields:
        return text
    return "\n".join(_replaced(text.split("\n"), slugs))


def _as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


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
