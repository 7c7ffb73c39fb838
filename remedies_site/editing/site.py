"""The site of the admin, which guards every form and every list that is registered with it."""

from functools import wraps
from typing import Any, TypeVar
from urllib.parse import unquote_plus

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, ImproperlyConfigured
from django.db import DataError, models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from remedies_site.admin_lists import BoundedSearchMixin
from remedies_site.editing.admin import ConflictAdmin
from remedies_site.editing.front_page import panel_groups

M = TypeVar("M", bound=models.Model)

_MAX_KEY_DIGITS = 18


class GuardedAdmin(BoundedSearchMixin[M], ConflictAdmin[M]):
    """Besides its forms: 400 for filters and keys that no row can have, such as the year 99999."""

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Raises: BadRequest, where the database or Python cannot compare with a value of the query."""
        try:
            return super().get_changelist_instance(request)
        except (IncorrectLookupParameters, ValueError, OverflowError, DataError) as error:
            if request.GET:
                raise BadRequest("The list cannot be filtered by this.") from error
            raise

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> M | None:
        """As Django does; None for a key that no row can have."""
        if from_field is None and not _can_be_key(self.opts.pk, object_id):
            return None
        return super().get_object(request, object_id, from_field)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Raises: BadRequest, where an action is given a key that is none."""
        keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(_can_be_key(self.opts.pk, key) for key in keys):
            raise BadRequest("No row can have this key.")
        return super().changelist_view(request, extra_context)


def _can_be_key(field: models.Field[Any, Any], key: str) -> bool:
    while isinstance(field, models.ForeignKey):  # a row that belongs to another has its key
        field = field.target_field
    if isinstance(field, models.IntegerField):
        return key.isascii() and key.isdigit() and len(key) <= _MAX_KEY_DIGITS
    return "\x00" not in key


class ColumnsJsonView(AutocompleteJsonView):
    """Rows to choose from; `autocomplete_columns` of their ModelAdmin are what forms fit fields to."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        """Key and text of a row, and its columns."""
        columns = getattr(self.model_admin, "autocomplete_columns", ())
        data = {name: str(getattr(obj, name)) for name in columns}
        return {**data, **super().serialize_result(obj, to_field_name)}


class EditorsSite(admin.AdminSite):
    """The admin site: guards every form against lost text, and keeps text through a log-in."""

    site_header = site_title = _("Administration")
    index_title = _("What would you like to work on?")

    def register(
        self,
        model_or_iterable: Any,
        admin_class: type[admin.ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Register a model with its ModelAdmin behind `GuardedAdmin`.

        Raises: ImproperlyConfigured where it has `list_editable`, whose rows nothing would compare.
        """
        base: Any = admin_class or admin.ModelAdmin
        if base.list_editable or options.get("list_editable"):
            raise ImproperlyConfigured(
                f"{base.__name__}: list_editable would overwrite what others save."
            )
        if not issubclass(base, GuardedAdmin):
            base = type(base)(base.__name__, (GuardedAdmin, base), {"__module__": base.__module__})
        super().register(model_or_iterable, base, **options)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        """As Django does, with the columns of each row that its ModelAdmin names."""
        return ColumnsJsonView.as_view(admin_site=self)(request)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Add what waits to the lists of models."""
        context = {"panel_groups": panel_groups(request)} | (extra_context or {})
        return super().index(request, context)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """As Django does; 400 for a NUL in the query, which PostgreSQL cannot look for."""

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if "\x00" in unquote_plus(request.META.get("QUERY_STRING", "")):
                raise BadRequest("A NUL in the query.")
            return view(request, *args, **kwargs)

        return super().admin_view(checked, cacheable)
