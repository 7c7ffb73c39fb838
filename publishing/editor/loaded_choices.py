"""Autocomplete fields that show what is chosen without a query for each of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.db import models

from publishing.editor.widget_html import WidgetRenderer

OptionColumns = Mapping[str, Sequence[str]]
"""For each field that chooses rows, the columns of a row that its option carries as `data-` attributes."""


class LoadedMixin(AutocompleteMixin):
    """Knows rows that its form has loaded; the others that are chosen cost one query."""

    if TYPE_CHECKING:  # from the widget that it is mixed into
        is_required: bool
        allow_multiple_selected: bool
        create_option: Any

    loaded: Mapping[str, models.Model] = {}
    columns: Sequence[str] = ()

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        """One group, of the chosen rows alone."""
        keys = [str(key) for key in value if str(key)]
        rows = dict(self.loaded)
        if missing := [key for key in keys if key not in rows]:
            field = getattr(self.field.remote_field, "field_name", None) or "pk"
            found = self.choices.queryset.filter(**{f"{field}__in": missing})
            rows |= {str(row.serializable_value(field)): row for row in found}
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for number, key in enumerate(key for key in keys if key in rows):
            label = self.choices.field.label_from_instance(rows[key])
            option = self.create_option(name, key, label, True, number)
            option["attrs"] |= option_data(rows[key], self.columns)
            options.append(option)
        return [(None, options, 0)]


class LoadedSelect(LoadedMixin, AutocompleteSelect):
    """Chooses one row."""


class LoadedSelectMultiple(LoadedMixin, AutocompleteSelectMultiple):
    """Chooses any number of rows."""


def option_data(row: models.Model, columns: Sequence[str]) -> dict[str, str]:
    """Columns of a row as `data-` attributes of its option."""
    return {f"data-{name.replace('_', '-')}": str(getattr(row, name)) for name in columns}


def loaded_fields(form: forms.BaseForm) -> Iterator[tuple[str, LoadedMixin]]:
    """The autocomplete fields of a form, with their widgets."""
    for name, field in form.fields.items():
        widget = field.widget
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget = widget.widget
        if isinstance(widget, LoadedMixin):
            yield name, widget


class LoadedForm(forms.ModelForm[Any]):
    """Shows its related rows as they were loaded with its instance, and its widgets without templates."""

    default_renderer = WidgetRenderer
    shared_media: ClassVar[forms.Media]
    """That of every form of the class; collecting it from each widget of each row is slow."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.instance.pk is None:
            return
        for name, widget in loaded_fields(self):
            widget.loaded = {str(row.pk): row for row in _related_rows(self.instance, name)}

    @property
    def media(self) -> forms.Media:
        """Scripts and styles of the widgets, collected once for all forms of the class."""
        form_class = type(self)
        if "shared_media" not in vars(form_class):
            form_class.shared_media = super().media
        return form_class.shared_media


def _related_rows(instance: models.Model, name: str) -> list[models.Model]:
    if instance._meta.get_field(name).many_to_many:
        return list(getattr(instance, name).all())
    row = getattr(instance, name, None)
    return [] if row is None else [row]
