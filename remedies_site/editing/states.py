"""The state that a form of the admin was opened with: a digest of each field, of the row and its inlines.

The form carries it in a hidden field, so that a save can tell what somebody else changed meanwhile.
Only what the form can change is in it: counters, grades and dates of publication move on their own.
"""

import hashlib
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField

Value = tuple[str, ...]
"""A field's value as it is compared: one string, or one for each row of a choice of many."""
InlineFormSet = BaseInlineFormSet[Any, Any, Any]

_DIGEST_BYTES = 6
_DIGEST_LENGTH = 8  # of the same bytes in base64


@dataclass(frozen=True)
class FormState:
    """Digests by the prefix of the formset ("" for the row itself), key of the row, and field."""

    opened_at: int = field(default_factory=lambda: int(time.time()))
    rows: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)


def read_state(form: forms.BaseModelForm[Any], formsets: Iterable[InlineFormSet]) -> FormState:
    """The state of the stored rows that unbound forms show."""
    rows = {"": {str(form.instance.pk): _digests(form)}}
    for formset in formsets:
        rows[prefix_of(formset)] = {
            str(row.instance.pk): _digests(row) for row in formset.initial_forms
        }
    return FormState(rows=rows)


def prefix_of(formset: InlineFormSet) -> str:
    """The prefix of a formset, which in the admin always has one."""
    return str(formset.prefix)


def model_of(formset: InlineFormSet) -> type[models.Model]:
    """The model of the rows of a formset."""
    model: type[models.Model] | None = formset.model
    assert model is not None  # noqa: S101  (Django's factory sets it)
    return model


def encode(state: FormState) -> str:
    """The state as the value of a hidden field: the names of the fields stand once for all rows."""
    parts = {}
    for prefix, rows in state.rows.items():
        names = list(next(iter(rows.values()), {}))
        parts[prefix] = [names, {pk: "".join(digests.values()) for pk, digests in rows.items()}]
    return json.dumps([state.opened_at, parts], separators=(",", ":"))


def decode(text: str) -> FormState | None:
    """The state that `encode` wrote; None for anything else."""
    try:
        opened_at, parts = json.loads(text)
        rows = {
            str(prefix): {str(pk): _split(names, digests) for pk, digests in by_pk.items()}
            for prefix, (names, by_pk) in parts.items()
        }
        return FormState(int(opened_at), rows)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _split(names: list[str], digests: str) -> dict[str, str]:
    starts = range(0, len(digests), _DIGEST_LENGTH)
    parts = [digests[start : start + _DIGEST_LENGTH] for start in starts]
    return dict(zip(names, parts, strict=True))


def compared_fields(form: forms.BaseModelForm[Any]) -> list[str]:
    """The fields of a form that a person can change, without those that say which row it is."""
    pk = form.instance._meta.pk.name
    return [
        name
        for name, field in form.fields.items()
        if name not in {pk, DELETION_FIELD_NAME}
        and not field.disabled
        and not isinstance(field, InlineForeignKeyField)
    ]


def stored_value(form: forms.BaseModelForm[Any], name: str) -> Value:
    """The stored value of a field, from an unbound form."""
    return _comparable(form.get_initial_for_field(form.fields[name], name))


def sent_value(field: forms.Field, data: Mapping[str, Any], html_name: str) -> Value:
    """The value of a field in posted data, so that it equals `stored_value` where nobody changed it."""
    value = field.widget.value_from_datadict(data, {}, html_name)
    if not isinstance(field, forms.ModelChoiceField):  # those would look every choice up
        with suppress(ValidationError):  # else as it was typed; the form will say what is wrong
            value = field.clean(value)
    return _comparable(value)


def digest(value: Value) -> str:
    """A short digest of a value."""
    text = "\x1f".join(value).encode("utf-8", "surrogatepass")
    return urlsafe_b64encode(hashlib.sha256(text).digest()[:_DIGEST_BYTES]).decode()


def _digests(form: forms.BaseModelForm[Any]) -> dict[str, str]:
    return {name: digest(stored_value(form, name)) for name in compared_fields(form)}


def _comparable(value: object) -> Value:
    if isinstance(value, list | tuple | set | models.QuerySet):
        return tuple(sorted(_plain(part) for part in value))
    return (_plain(value),)


def _plain(value: object) -> str:
    """A value as text: without what a browser or a form adds on the way (line ends, outer blanks)."""
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value.is_finite() else str(value)
    return "\n".join(str(value).splitlines()).strip()
