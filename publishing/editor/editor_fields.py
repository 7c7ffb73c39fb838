"""How the fields of an editor's form are shown: boxes that grow, autocomplete without extra queries, fits."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest

from publishing.editor.boxes import box_for
from publishing.editor.fits import Fits, fits_attribute
from publishing.editor.loaded_choices import LoadedSelect, LoadedSelectMultiple, OptionColumns

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin

    _Base = BaseModelAdmin[Any]
else:
    _Base = object

FieldSets = Any
"""Pairs of a title and options, as Django's fieldsets; its types are stricter than its code."""


class EditorFieldsMixin(_Base):
    """For a ModelAdmin or one of its inlines."""

    option_columns: ClassVar[OptionColumns] = {}
    fits: ClassVar[Fits] = {}

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """A growing box for text; of related rows the form only offers to add one."""
        if "widget" not in kwargs and (box := box_for(db_field)):
            kwargs["widget"] = box
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = False
            field.widget.can_delete_related = False
        _resolve_words(field)
        if rules := self.fits.get(db_field.name):
            field.widget.attrs["data-fits"] = fits_attribute(rules)
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """An autocomplete field with the columns of what it chooses."""
        kwargs |= self._autocomplete(LoadedSelect, db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """An autocomplete field with the columns of what it chooses."""
        kwargs |= self._autocomplete(LoadedSelectMultiple, db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _autocomplete(
        self,
        widget_class: type[LoadedSelect | LoadedSelectMultiple],
        db_field: Any,
        request: HttpRequest,
        kwargs: dict[str, Any],
    ) -> dict[str, Any]:
        if "widget" in kwargs or db_field.name not in self.get_autocomplete_fields(request):
            return {}
        widget = widget_class(db_field, self.admin_site, using=kwargs.get("using"))
        widget.columns = self.option_columns.get(db_field.name, ())
        return {"widget": widget}


def _resolve_words(field: forms.Field) -> None:
    """Translate the words of a field once, and not again in each of its rows."""
    field.label, field.help_text = str(field.label), str(field.help_text)
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        choices = cast(Iterable[tuple[Any, Any]], field.choices)
        field.choices = [(value, str(label)) for value, label in choices]


def without_fields(fieldsets: FieldSets, names: Iterable[str]) -> FieldSets:
    """Fieldsets without some of their fields; each fieldset stays, also where it becomes empty."""
    unwanted = set(names)
    if not unwanted:
        return fieldsets
    return [
        (title, {**options, "fields": _lines_without(options["fields"], unwanted)})
        for title, options in fieldsets
    ]


def _lines_without(lines: Iterable[Any], unwanted: set[str]) -> list[Any]:
    remaining: list[Any] = []
    for line in lines:
        names = [line] if isinstance(line, str) else list(line)
        kept = [name for name in names if name not in unwanted]
        if kept:
            remaining.append(kept[0] if len(kept) == 1 else tuple(kept))
    return remaining
