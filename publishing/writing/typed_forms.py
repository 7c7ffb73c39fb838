"""A subject as it is typed: bound forms of the admin as a document, and what is wrong in words of the form.

Nothing is stored. What the forms hold becomes the same document that a save would be read into, so page,
grade and errors are those of the draft after a save.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.utils.text import capfirst
from pydantic import ValidationError

from publishing.editor.field_errors import field_label, row_label
from publishing.models import Revision, Subject
from publishing.services import SubjectType
from remedies_site.documents import Document, validation_errors
from remedies_site.editing.states import InlineFormSet, model_of
from remedies_site.exceptions import NotPublishable
from remedies_site.rows import DocumentT, read_row, references_of, relations_of

ModelForm = forms.BaseModelForm[Any]
WHOLE = "(whole)"
"""The path of an error that no single field makes."""
_ROW = re.compile(r"(\w+)\[([0-9]+)\]\.?(.*)")
_LAST_NAME = re.compile(r"(\w+)(?:\[[0-9]+\])?$")


@dataclass(frozen=True)
class TypedError:
    """What is wrong or missing: the HTML name of its field ("" for the whole), its label, a message."""

    field: str
    label: str
    message: str


@dataclass
class TypedSubject(Generic[DocumentT]):
    """What the forms hold. `document` is None where it makes none yet.

    `form_errors` keep the form from being stored; then the document is that of its valid rows.
    `publish_errors` keep what is typed from readers.
    """

    subject: Subject[Revision]
    document: DocumentT | None
    form_errors: list[TypedError] = field(default_factory=list)
    publish_errors: list[TypedError] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether the document is what the forms hold, with nothing left out."""
        return self.document is not None and not self.form_errors


def read_typed(
    form: ModelForm, formsets: Sequence[InlineFormSet], subject_type: SubjectType[Any, DocumentT]
) -> TypedSubject[DocumentT]:
    """Validate bound forms of a subject and of its rows, and read them as the subject's document.

    The form's instance holds what is typed afterwards; nobody may save it.
    """
    form.is_valid()
    for formset in formsets:
        formset.is_valid()
    rows = {_relation(formset): _valid_rows(formset) for formset in formsets}
    typed: TypedSubject[DocumentT] = TypedSubject(
        form.instance, None, list(_form_errors(form, formsets))
    )
    try:
        document = _document(form, rows, subject_type.schema)
    except NotPublishable as error:
        errors = error.errors
    else:
        typed.document, errors = document, subject_type.document_errors(document)
    places = _Places(form, formsets, rows)
    publish_errors = (places.error(path, message) for path, message in errors)
    known = {(error.field, error.message) for error in typed.form_errors}
    typed.publish_errors = [
        error for error in publish_errors if (error.field, error.message) not in known
    ]
    return typed


def _relation(formset: InlineFormSet) -> str:
    """The name of the relation whose rows a formset holds, as documents name it."""
    return str(formset.fk.remote_field.get_accessor_name())


def _valid_rows(formset: InlineFormSet) -> list[ModelForm]:
    """The rows that a save would leave, without those that have errors, in the order of their model."""
    return [form for form in _sent_rows(formset) if form.is_valid()]


def _sent_rows(formset: InlineFormSet) -> list[ModelForm]:
    """The rows that are neither deleted nor empty, in the order of their places."""
    rows = [
        form
        for form in formset.forms
        if (form.has_changed() or form.instance.pk is not None)
        and not (formset.can_delete and formset._should_delete_form(form))  # type: ignore[attr-defined]
    ]
    return sorted(rows, key=lambda form: (_place(form), form.instance.pk or float("inf")))


def _place(form: ModelForm) -> int:
    return getattr(form.instance, "position", 0) or 0


def _document(
    form: ModelForm, rows: dict[str, list[ModelForm]], schema: type[DocumentT]
) -> DocumentT:
    """Raises: NotPublishable, with fields as `relation[2].field`."""
    relations: dict[str, object] = {}
    errors: list[tuple[str, str]] = []
    for name, row_schema in relations_of(schema).items():
        documents = []
        for number, row in enumerate(rows.get(name, []), start=1):
            try:
                documents.append(read_row(row.instance, row_schema, **_keys(row, row_schema)))
            except ValidationError as error:
                errors += [
                    (f"{name}[{number}].{path}", text) for path, text in validation_errors(error)
                ]
        relations[name] = documents
    try:
        document = read_row(form.instance, schema, **relations, **_own_keys(form, schema))
    except ValidationError as error:
        raise NotPublishable([*errors, *validation_errors(error)]) from error
    if errors:
        raise NotPublishable(errors)
    return document


def _keys(form: ModelForm, schema: type[Document]) -> dict[str, object]:
    """The keys of the rows that a form names: of many, which no unsaved row can hold, or of one."""
    keys: dict[str, object] = {}
    for name, column in references_of(schema).items():
        if name not in form.cleaned_data:
            if form.instance.pk is None and form.instance._meta.get_field(name).many_to_many:
                keys[name] = []
            continue
        value = form.cleaned_data[name]
        if isinstance(value, models.Model):
            keys[name] = getattr(value, column)
        elif value is not None:
            keys[name] = [getattr(row, column) for row in value]
    return keys


def _own_keys(form: ModelForm, schema: type[Document]) -> dict[str, object]:
    """As `_keys`; a reference that is not chosen yet is none, where its row could not be read."""
    keys = _keys(form, schema)
    for name in references_of(schema):
        if name not in keys and getattr(form.instance, f"{name}_id", None) is None:
            keys[name] = ""
    return keys


def _form_errors(form: ModelForm, formsets: Iterable[InlineFormSet]) -> Iterator[TypedError]:
    yield from _errors_of(form, "")
    for formset in formsets:
        for message in formset.non_form_errors():
            yield TypedError(_group(formset), _plural(formset), str(message))
        for row in _sent_rows(formset):
            yield from _errors_of(row, _row_label(formset, row))


def _errors_of(form: ModelForm, row: str) -> Iterator[TypedError]:
    for name, messages in form.errors.items():
        for message in messages:
            if name == NON_FIELD_ERRORS:
                first = next(iter(form.visible_fields()), None) if row else None
                place = first.html_name if first else ""
                yield TypedError(place, row, str(message))
            else:
                yield TypedError(form.add_prefix(name), field_label(form[name], row), str(message))


def _row_label(formset: InlineFormSet, row: ModelForm) -> str:
    """As the form numbers its rows."""
    return row_label(model_of(formset)._meta.verbose_name, _sent_rows(formset).index(row) + 1)


def _plural(formset: InlineFormSet) -> str:
    return capfirst(str(model_of(formset)._meta.verbose_name_plural))


def _group(formset: InlineFormSet) -> str:
    """The field by which a browser finds a formset: that of its number of rows."""
    return f"{formset.prefix}-TOTAL_FORMS"


@dataclass(frozen=True)
class _Places:
    """Finds the field of a form that a path of the document means, such as `regimens[2].unit`."""

    form: ModelForm
    formsets: Sequence[InlineFormSet]
    rows: dict[str, list[ModelForm]]

    def error(self, path: str, message: str) -> TypedError:
        """The error at the field; of the whole form, with the path as its label, where there is none."""
        matched = _ROW.fullmatch(path)
        formset = self._formset(matched[1] if matched else path)
        if matched and formset and (row := self._row(matched[1], int(matched[2]))):
            label = _row_label(formset, row)
            return _error_in(row, matched[3], message, label)
        if formset:
            return TypedError(_group(formset), _plural(formset), message)
        return _error_in(self.form, path, message, "")

    def _formset(self, relation: str) -> InlineFormSet | None:
        return next((one for one in self.formsets if _relation(one) == relation), None)

    def _row(self, relation: str, number: int) -> ModelForm | None:
        rows = self.rows.get(relation, [])
        return rows[number - 1] if 0 < number <= len(rows) else None


def _error_in(form: ModelForm, path: str, message: str, row: str) -> TypedError:
    matched = _LAST_NAME.search(path)
    name = matched[1] if matched else ""
    if name in form.fields:
        return TypedError(form.add_prefix(name), field_label(form[name], row), message)
    first = next(iter(form.visible_fields()), None) if row else None
    label = row or ("" if path == WHOLE else path)
    return TypedError(first.html_name if first else "", label, message)
