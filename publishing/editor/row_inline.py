"""The rows of a subject in its form: one line for each, which opens, and a place that nobody types."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from publishing.editor.editor_fields import EditorFieldsMixin, FieldSets, without_fields
from publishing.editor.loaded_choices import LoadedForm
from publishing.editor.row_order import ORDER_FIELD, OrderedFormSet

RowT = TypeVar("RowT", bound=models.Model)
OwnerT = TypeVar("OwnerT", bound=models.Model)


class RowInline(EditorFieldsMixin, admin.StackedInline[RowT, OwnerT]):
    """Rows with a summary each; one empty row is at hand for browsers without scripts."""

    template = "admin/_row_group.html"
    form: Any = LoadedForm
    formset: Any = OrderedFormSet
    extra = 1
    summary_fields: ClassVar[tuple[str, ...]] = ()
    """What the one line of a row says: the first of them, and after a colon the others."""
    unfit: ClassVar[Mapping[str, Callable[[Any], bool]]] = {}
    """Fields that the form leaves out for some owners, unless a stored row fills them."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[RowT]:
        """The rows with what their fields show, in a fixed number of queries."""
        fields = [self.model._meta.get_field(name) for name in self._related_names()]
        many = [field.name for field in fields if field.many_to_many]
        single = [field.name for field in fields if not field.many_to_many]
        rows = super().get_queryset(request).prefetch_related(*many)
        return rows.select_related(*single) if single else rows

    def _related_names(self) -> list[str]:
        return list(self.autocomplete_fields or ())

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> FieldSets:
        """Without the fields that do not fit the owner."""
        fieldsets = super().get_fieldsets(request, obj)
        return without_fields(fieldsets, self._unfit_names(request, obj))

    def _unfit_names(self, request: HttpRequest, owner: Any) -> Collection[str]:
        if owner is None or owner.pk is None:
            return ()
        names = {name for name, is_unfit in self.unfit.items() if is_unfit(owner)}
        if not names:
            return ()
        known: dict[Any, set[str]] = request.__dict__.setdefault("unfit_names", {})
        key = (type(self), owner.pk)
        if key not in known:
            known[key] = names - self._filled(owner, names)
        return known[key]

    def _filled(self, owner: Any, names: set[str]) -> set[str]:
        """Those of some columns that a stored row of the owner fills."""
        foreign_key = next(
            field
            for field in self.model._meta.concrete_fields
            if field.remote_field and field.remote_field.model is type(owner)._meta.concrete_model
        )
        rows = self.model._default_manager.filter(**{foreign_key.name: owner}).values(*names)
        return {name for row in rows for name in names if row[name] not in (None, "", False)}

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """A small number for the place; the script takes its field away and numbers the rows itself."""
        if db_field.name == ORDER_FIELD:
            kwargs["widget"] = forms.NumberInput({"class": "row-order", "min": 1})
        return super().formfield_for_dbfield(db_field, request, **kwargs)
