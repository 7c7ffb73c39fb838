"""What is wrong with a form, or keeps its draft from readers, in the words of the form and with its place.

Publish errors name a field by its path in the document (`regimens[2].unit`); here each becomes the label
and the id of the field that an editor has to change.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.helpers import InlineAdminFormSet
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

Places = Mapping[str, str]
"""The slug of the section in which a field, or the rows of a prefix, stand."""
PATH = re.compile(r"(?P<relation>\w+)\[(?P<number>\d+)\](?:\.(?P<rest>.+))?")


@dataclass(frozen=True)
class FieldError:
    """An error, the label of its field, and the id of the element to jump to (empty: none).

    `row` is the prefix of the row's fields, where it stands in one.
    """

    label: str
    message: str
    target: str = ""
    section: str = ""
    row: str = ""

    def __str__(self) -> str:
        return f"{self.label}: {self.message}" if self.label else self.message


class ErrorPlaces:
    """Finds the fields of one form by the names and paths that errors give."""

    def __init__(self, form: Any, inlines: Iterable[InlineAdminFormSet], places: Places) -> None:
        self._form = form
        self._inlines = {str(inline.formset.prefix): inline for inline in inlines}
        self._places = places

    def form_errors(self) -> Iterator[FieldError]:
        """Why the form was not saved."""
        yield from self._errors_of(self._form, "", "")
        for prefix, inline in self._inlines.items():
            for message in inline.formset.non_form_errors():
                label = capfirst(str(inline.opts.verbose_name_plural))
                yield FieldError(label, message, f"{prefix}-group", self._places.get(prefix, ""))
            rows = getattr(inline.formset, "shown_forms", inline.formset.forms)
            for number, row in enumerate(rows, start=1):
                yield from self._errors_of(row, prefix, _row_label(inline, number))

    def _errors_of(self, form: Any, prefix: str, row_label: str) -> Iterator[FieldError]:
        if not form.is_bound:
            return
        row = str(form.prefix) if prefix else ""
        for name, messages in form.errors.items():
            for message in messages:
                if name in form.fields:
                    section = self._places.get(prefix or name, "")
                    yield _at(form[name], str(message), section, row, row_label)
                else:
                    target = f"{form.prefix}-row" if prefix else ""
                    section = self._places.get(prefix, "")
                    yield FieldError(row_label, str(message), target, section, row)

    def publish_error(self, path: str, message: str) -> FieldError:
        """The error of a field of the document, by its path."""
        matched = PATH.fullmatch(path)
        if matched and matched["relation"] in self._inlines:
            return self._row_error(matched, message)
        parts = re.split(r"[.\[\]]+", path)
        for name in reversed(parts):
            if name in self._form.fields:
                return _at(self._form[name], message, self._places.get(name, ""))
        if parts[0] in self._inlines:
            label = capfirst(str(self._inlines[parts[0]].opts.verbose_name_plural))
            return FieldError(label, message, f"{parts[0]}-group", self._places[parts[0]])
        return FieldError(self._model_label(parts[-1] or path), message)

    def _row_error(self, matched: re.Match[str], message: str) -> FieldError:
        prefix, number = matched["relation"], int(matched["number"])
        inline, section = self._inlines[prefix], self._places.get(prefix, "")
        label = _row_label(inline, number)
        forms = inline.formset.initial_forms
        if number > len(forms):
            return FieldError(label, message, f"{prefix}-group", section)
        form = forms[number - 1]
        for name in re.split(r"[.\[\]]+", matched["rest"] or ""):
            if name in form.fields:
                return _at(form[name], message, section, str(form.prefix), label)
        return FieldError(label, message, f"{form.prefix}-row", section, str(form.prefix))

    def _model_label(self, name: str) -> str:
        return capfirst(_verbose_name(self._form, name))


def _verbose_name(form: Any, name: str) -> str:
    """As the model writes it, small inside a sentence; empty where the model has no such field."""
    try:
        field = form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    return str(getattr(field, "verbose_name", name))


def field_label(bound: Any, row_label: str) -> str:
    """“Direction”, and of a row “Evidence item 3, direction”."""
    label = capfirst(str(bound.label))
    if not row_label:
        return label
    return f"{row_label}, {_verbose_name(bound.form, bound.name) or label}"


def _at(bound: Any, message: str, section: str, row: str = "", row_label: str = "") -> FieldError:
    return FieldError(
        field_label(bound, row_label),
        message,
        bound.id_for_label or bound.auto_id,
        section,
        row,
    )


def _row_label(inline: InlineAdminFormSet, number: int) -> str:
    return row_label(inline.opts.verbose_name, number)


def row_label(verbose_name: object, number: int) -> str:
    """“Dose regimen 2”."""
    return _("%(kind)s %(number)s") % {"kind": capfirst(str(verbose_name)), "number": number}
