"""The sections of an editor's form in the order of the public page, with their rows and their errors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from publishing.editor.field_errors import FieldError
from publishing.editor.field_html import fields_html
from publishing.editor.summaries import row_summary

FieldLines = tuple[str | tuple[str, ...], ...]


@dataclass(frozen=True)
class FormSection:
    """What a section holds: fields of the subject, and rows that belong to it."""

    slug: str
    title: str | Promise
    fields: FieldLines = ()
    inlines: tuple[type[admin.options.InlineModelAdmin[Any, Any]], ...] = ()
    description: str | Promise = ""

    @property
    def fieldset(self) -> Any:
        """The section as Django takes it."""
        options: dict[str, Any] = {"fields": self.fields}
        if self.description:
            options["description"] = self.description
        return self.title, options


@dataclass(frozen=True)
class FormRow:
    """A row of a group: its number (0 for the one that scripts copy), its line and its errors."""

    admin_form: InlineAdminForm
    number: int
    summary: str
    errors: Sequence[FieldError]
    is_open: bool

    @property
    def prefix(self) -> str:
        """The prefix of its fields."""
        return str(self.admin_form.form.prefix)

    def fieldsets(self) -> Iterator[tuple[str, SafeString]]:
        """The title of each of its fieldsets (empty: none) and its fields."""
        for fieldset in self.admin_form:
            yield str(getattr(fieldset, "name", None) or ""), fields_html(fieldset)

    @property
    def is_new(self) -> bool:
        """Whether it is not stored yet."""
        return self.admin_form.original is None

    @property
    def is_spare(self) -> bool:
        """Whether it is an empty row for a browser without scripts."""
        form = self.admin_form.form
        return self.is_new and not (form.is_bound and form.has_changed())


@dataclass(frozen=True)
class RowGroup:
    """The rows of one inline."""

    inline: InlineAdminFormSet
    rows: Sequence[FormRow]
    template_row: FormRow | None

    @property
    def count(self) -> int:
        """Rows that are filled."""
        return sum(not row.is_spare for row in self.rows)

    @property
    def summary_fields(self) -> str:
        """The names of the fields that the line of a row says, for the script."""
        return " ".join(self.inline.opts.summary_fields)


@dataclass(frozen=True)
class ShownSection:
    """A section with what it holds."""

    section: FormSection
    fieldset: Any
    groups: Sequence[RowGroup]
    errors: Sequence[FieldError]
    is_open: bool

    def fields(self) -> SafeString:
        """Its own fields."""
        return fields_html(self.fieldset)

    @property
    def count(self) -> int:
        """Rows of all its groups."""
        return sum(group.count for group in self.groups)


def shown_sections(
    sections: Iterable[FormSection],
    fieldsets: Iterable[Any],
    inlines: Iterable[InlineAdminFormSet],
    errors: Sequence[FieldError],
) -> list[ShownSection]:
    """Every section that has something to show; the first with an error is open, else the first."""
    groups = {inline.opts.__class__: inline for inline in inlines}
    parts = [
        (section, fieldset, [groups[each] for each in section.inlines if each in groups])
        for section, fieldset in zip(sections, fieldsets, strict=True)
    ]
    parts = [part for part in parts if part[1].fields or part[2]]
    faulty = [section.slug for section, *_rest in parts if _of(errors, section.slug)]
    opened = next(iter(faulty), parts[0][0].slug if parts else "")
    return [
        ShownSection(
            section,
            fieldset,
            [_row_group(inline, errors) for inline in own],
            _of(errors, section.slug),
            section.slug == opened,
        )
        for section, fieldset, own in parts
    ]


def _of(errors: Iterable[FieldError], slug: str) -> list[FieldError]:
    return [error for error in errors if error.section == slug]


def _row_group(inline: InlineAdminFormSet, errors: Sequence[FieldError]) -> RowGroup:
    """The rows, with an empty one for scripts to copy where no row of the list is empty."""
    by_form = {id(each.form): each for each in islice(inline, len(inline.formset.forms))}
    shown = getattr(inline.formset, "shown_forms", inline.formset.forms)
    rows = list(_rows([by_form[id(form)] for form in shown], inline, errors))
    if not inline.has_add_permission or any(row.is_spare for row in rows):
        return RowGroup(inline, rows, None)
    *_forms, template = inline
    return RowGroup(inline, rows, FormRow(template, 0, "", (), True))


def _rows(
    admin_forms: Iterable[InlineAdminForm],
    inline: InlineAdminFormSet,
    errors: Sequence[FieldError],
) -> Iterator[FormRow]:
    is_open = False
    for number, each in enumerate(admin_forms, start=1):
        own = [error for error in errors if error.row == each.form.prefix]
        summary = row_summary(each.form.instance, inline.opts.summary_fields)
        yield FormRow(each, number, summary, own, bool(own) and not is_open)
        is_open = is_open or bool(own)
