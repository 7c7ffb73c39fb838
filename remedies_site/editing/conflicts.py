"""What somebody else saved while a form of the admin was open: compared field by field, and merged.

Three values of each field are known: what the form was opened with (a digest), what is stored now, and
what was sent. A field that only somebody else changed takes what is stored, so that sending the form
once more does not undo their work; a field that both changed keeps what was sent.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from remedies_site.differences import Segment, differences
from remedies_site.editing.states import (
    FormState,
    InlineFormSet,
    Value,
    compared_fields,
    digest,
    model_of,
    prefix_of,
    sent_value,
    stored_value,
)

_MAX_LABEL = 80
ModelForm = forms.BaseModelForm[Any]


@dataclass(frozen=True)
class FieldChange:
    """A field, or a whole row, that somebody else changed; `both`: the sender changed it as well."""

    label: str
    stored: str
    own: str
    both: bool

    @cached_property
    def differences(self) -> list[Segment]:
        """From what is stored to what was sent."""
        return differences(self.stored, self.own)


class Comparison:
    """The sent form against what is stored.

    `changes` names what somebody else changed, and is empty where the form can be saved. `data` is what
    was sent with the changes of others in it; it is meant for the same form, bound again.
    """

    def __init__(
        self,
        sent: QueryDict,
        opened: FormState | None,
        *,
        form: ModelForm,
        formsets: Iterable[InlineFormSet],
    ) -> None:
        """`form` and `formsets` are unbound: they show what is stored."""
        self.data = sent.copy()
        self.changes: list[FieldChange] = []
        self._opened = opened
        known = self._digests("", str(form.instance.pk))
        self.changes += self._compare_fields(form, self.data, known, "")
        for formset in formsets:
            self._compare_rows(formset)

    def _digests(self, prefix: str, pk: str) -> dict[str, str]:
        return self._opened.rows.get(prefix, {}).get(pk, {}) if self._opened else {}

    def _was_there(self, prefix: str, pk: str) -> bool:
        return self._opened is not None and pk in self._opened.rows.get(prefix, {})

    def _compare_fields(
        self, form: ModelForm, data: QueryDict, opened: dict[str, str], row: str
    ) -> Iterator[FieldChange]:
        """Compare one row, whose fields stand in `data` without a prefix; merge it there."""
        for name in compared_fields(form):
            field = form.fields[name]
            stored, own = stored_value(form, name), sent_value(field, data, name)
            if own == stored or opened.get(name) == digest(stored):
                continue
            both = opened.get(name) != digest(own)
            if not both:
                _put(data, name, form[name])
            label = capfirst(str(form[name].label))
            yield FieldChange(
                f"{row}: {label}" if row else label,
                _format_value(field, stored),
                _format_value(field, own),
                both,
            )

    def _compare_rows(self, formset: InlineFormSet) -> None:
        """Compare the rows of one inline; write them back with those of others added and dropped."""
        rows = _sent_rows(self.data, prefix_of(formset))
        if rows is None:  # no rows were sent, or a broken management form, which Django will name
            return
        pk_name = model_of(formset)._meta.pk.name
        stored = {str(row.instance.pk): row for row in formset.initial_forms}
        sent = {row.get(pk_name, ""): row for row in rows if row.get(pk_name)}
        new = [row for row in rows if not row.get(pk_name)]
        kept = []
        for pk, row in sent.items():
            if pk in stored:
                self._compare_row(formset, stored[pk], row)
                kept.append(row)
            elif self._is_worth_keeping(formset, pk, row):
                row[pk_name] = ""
                new.append(row)
        for pk, form in stored.items():
            if pk not in sent and not self._was_there(prefix_of(formset), pk):
                kept.append(_row_of(form))
                label = _row_label(formset, str(form.instance))
                self.changes.append(
                    FieldChange(label, _format_stored(form), _("(not there)"), False)
                )
        _write_rows(self.data, prefix_of(formset), kept, new)

    def _compare_row(self, formset: InlineFormSet, form: ModelForm, row: QueryDict) -> None:
        label = _row_label(formset, str(form.instance))
        deleted = DELETION_FIELD_NAME in row
        before = _format_stored(form) if deleted else ""
        changes = list(
            self._compare_fields(
                form, row, self._digests(prefix_of(formset), str(form.instance.pk)), label
            )
        )
        if changes and deleted:
            changes = [FieldChange(label, before, _("(to be deleted)"), True)]
        self.changes += changes

    def _is_worth_keeping(self, formset: InlineFormSet, pk: str, row: QueryDict) -> bool:
        """Whether a row that somebody else deleted was changed by the sender; a deletion is named."""
        if DELETION_FIELD_NAME in row:
            return False
        form = formset.empty_form
        values = {name: sent_value(form.fields[name], row, name) for name in compared_fields(form)}
        opened = self._digests(prefix_of(formset), pk)
        both = any(opened.get(name) != digest(value) for name, value in values.items())
        text = _format_row(form, values)
        label = _row_label(formset, text.partition("\n")[0])
        self.changes.append(FieldChange(label, _("(deleted)"), text, both))
        return both


def rows_as_new(data: QueryDict, formsets: Iterable[InlineFormSet]) -> QueryDict:
    """Posted data with every row of the inlines as a new one: its subject was deleted meanwhile."""
    data = data.copy()
    for formset in formsets:
        rows = _sent_rows(data, prefix_of(formset))
        if rows is None:
            continue
        rows = [row for row in rows if DELETION_FIELD_NAME not in row]
        parent = formset.fk.name
        for row in rows:
            row[model_of(formset)._meta.pk.name] = row[parent] = ""
        _write_rows(data, prefix_of(formset), [], rows)
    return data


def _sent_rows(data: QueryDict, prefix: str) -> list[QueryDict] | None:
    """The rows of a formset, each with the names of its fields; None where they cannot be told."""
    total = data.get(f"{prefix}-{TOTAL_FORM_COUNT}", "")
    if not re.fullmatch(r"[0-9]{1,4}", total):
        return None
    rows = [QueryDict(mutable=True) for _number in range(int(total))]
    pattern = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})-(.+)", re.DOTALL)
    for name, values in data.lists():
        matched = pattern.fullmatch(name)
        if matched and int(matched[1]) < len(rows):
            rows[int(matched[1])].setlist(matched[2], values)
    return rows


def _write_rows(
    data: QueryDict, prefix: str, stored: list[QueryDict], new: list[QueryDict]
) -> None:
    """Replace the rows of a formset; those that are stored have to stand first."""
    for name in [name for name in data if re.match(rf"{re.escape(prefix)}-[0-9]+-", name)]:
        del data[name]
    for number, row in enumerate([*stored, *new]):
        for name, values in row.lists():
            data.setlist(f"{prefix}-{number}-{name}", values)
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(stored) + len(new))
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(stored))


def _row_of(form: ModelForm) -> QueryDict:
    """A stored row as a browser would send it."""
    row = QueryDict(mutable=True)
    for name in form.fields:
        if name != DELETION_FIELD_NAME:
            _put(row, name, form[name])
    return row


def _put(data: QueryDict, name: str, bound: forms.BoundField) -> None:
    """Write the stored value of an unbound field as a browser would send it."""
    data.pop(name, None)
    value, widget = bound.field.prepare_value(bound.value()), bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        if value:
            data[name] = "on"
    elif isinstance(widget, forms.MultiWidget):
        for number, part in enumerate(widget.decompress(value) or ()):
            suffix = widget.widgets_names[number]  # type: ignore[attr-defined]  # not in the stubs
            data[name + suffix] = "" if part is None else str(part)
    elif isinstance(value, list | tuple):
        data.setlist(name, [str(part) for part in value])
    elif isinstance(widget, forms.Select):
        data[name] = "" if value is None else str(value)
    else:
        data[name] = widget.format_value(value) or ""


def _row_label(formset: InlineFormSet, name: str) -> str:
    kind = capfirst(str(model_of(formset)._meta.verbose_name))
    return f"{kind} ({name[:_MAX_LABEL]})" if name else kind


def _format_stored(form: ModelForm) -> str:
    return _format_row(form, {name: stored_value(form, name) for name in compared_fields(form)})


def _format_row(form: ModelForm, values: dict[str, Value]) -> str:
    """A line for each field that holds something."""
    lines = ((form[name].label, _format_value(form.fields[name], values[name])) for name in values)
    return "\n".join(f"{capfirst(str(label))}: {text}" for label, text in lines if text)


def _format_value(field: forms.Field, value: Value) -> str:
    """A value as the form shows it: by the labels of its choices."""
    if isinstance(field, forms.ModelChoiceField):
        return "\n".join(_related_labels(field, [part for part in value if part]))
    if isinstance(field, forms.BooleanField):
        return _("yes") if value == ("True",) else _("no")
    labels = _choice_labels(field) if isinstance(field, forms.ChoiceField) else {}
    return "\n".join(labels.get(part, part) for part in value)


def _choice_labels(field: forms.ChoiceField) -> dict[str, str]:
    pairs = cast(Iterable[tuple[object, object]], field.choices)
    return {str(value): str(label) for value, label in pairs if value not in {"", None}}


def _related_labels(field: forms.ModelChoiceField[Any], keys: list[str]) -> list[str]:
    key = field.to_field_name or "pk"
    try:
        rows = list(field.queryset.filter(**{f"{key}__in": keys})) if keys else []  # type: ignore[union-attr]
    except (ValueError, TypeError, ValidationError):
        return keys
    return sorted(field.label_from_instance(row) for row in rows)
