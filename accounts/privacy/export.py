"""Everything that is stored about one person, as plain values for JSON.

All tables that refer to people are walked, so a new one cannot be forgotten. With a row come the rows
that are parts of it, unless they are of other people, such as the votes on a comment.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import models
from django.utils import timezone

from accounts.models import Session, User

FORMAT = 1
"""Of the document; it changes where a reader of older ones would be misled."""
SECRETS: Mapping[type[models.Model], frozenset[str]] = {
    User: frozenset({"password"}),
    Session: frozenset({"session_key", "session_data"}),
    Authenticator: frozenset({"data"}),
    LogEntry: frozenset({"object_repr", "change_message"}),
}
"""Columns that open the account, or could, or are about others."""
_TASKS = frozenset(
    {
        *("edited_by", "approver", "taken_by", "decided_by"),
        *("checked_by", "recorded_by", "text_author", "set_by", "confirmed_by", "lifted_by"),
    }
)
"""Fields that say who worked on something that belongs to others."""
_BATCH = 500


def export_of(user: User) -> dict[str, Any]:
    """The document: the account, and the rows of each table by its name."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for model, field in exported_relations():
        found = model._default_manager.filter(**{field: user}).order_by("pk")
        for name, columns in _rows_with_parts(found):
            rows.setdefault(name, []).append(columns)
    return {
        "format": FORMAT,
        "site": settings.SITE_URL,
        "exported_at": timezone.now(),
        "account": {
            **_columns(user, {}),
            "groups": list(user.groups.order_by("name").values_list("name", flat=True)),
        },
        "rows": {name: _without_repeats(rows[name]) for name in sorted(rows)},
    }


def exported_relations() -> Iterator[tuple[type[models.Model], str]]:
    """The models with rows of people, and the field that names the person."""
    for model, field in relations_of(User):
        if field not in _TASKS:
            yield model, field


def relations_of(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """The models that refer to one by a foreign key, with the name of the field; no tables between."""
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, models.ManyToOneRel) and not field.related_model._meta.auto_created:
            yield field.related_model, field.field.name


def _rows_with_parts(rows: models.QuerySet[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    places = _places(rows)
    for row in rows.iterator(chunk_size=_BATCH):
        yield row._meta.label_lower, _columns(row, places)
    for model, field in relations_of(rows.model):
        if _is_part(model, field):
            yield from _rows_with_parts(
                model._default_manager.filter(**{f"{field}__in": rows}).order_by("pk")
            )


def _is_part(model: type[models.Model], field: str) -> bool:
    """Whether its rows go with the row that they refer to, and name no person themselves."""
    relation: Any = model._meta.get_field(field)
    names_people = any(
        own.related_model is User and own.name not in _TASKS for own in model._meta.concrete_fields
    )
    return relation.remote_field.on_delete is models.CASCADE and not names_people


def _columns(row: models.Model, places: Mapping[tuple[str, Any], str]) -> dict[str, Any]:
    secret = SECRETS.get(type(row), frozenset())
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in secret or field.related_model is User:
            continue
        value = field.value_from_object(row)
        values[field.name] = value.hex() if isinstance(value, bytes | memoryview) else value
        if field.is_relation and (place := places.get((field.name, value))):
            values[f"{field.name}_url"] = place
    if hasattr(row, "get_absolute_url"):
        values["url"] = settings.SITE_URL + row.get_absolute_url()
    return values


def _places(rows: models.QuerySet[Any]) -> dict[tuple[str, Any], str]:
    """The addresses of what the rows refer to, by field and key."""
    places = {}
    for field in rows.model._meta.concrete_fields:
        target: Any = field.related_model
        if target is None or target is User or not hasattr(target, "get_absolute_url"):
            continue
        needed = [
            own.name for own in target._meta.concrete_fields if own.is_relation and not own.null
        ]
        wanted = target._default_manager.filter(pk__in=rows.order_by().values(field.name))
        for row in wanted.select_related(*needed).iterator(chunk_size=_BATCH):
            places[field.name, row.pk] = settings.SITE_URL + row.get_absolute_url()
    return places


def _without_repeats(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Once each: a revision may name a person as its author and as who approved it."""
    return list({row.get("id", str(row)): row for row in rows}.values())
