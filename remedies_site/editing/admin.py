"""Forms of the admin: none overwrites what somebody else saved, or loses what was written."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from remedies_site.editing.conflicts import Comparison, rows_as_new
from remedies_site.editing.read_only import admin_url
from remedies_site.editing.states import FormState, InlineFormSet, decode, encode, read_state
from remedies_site.kept_text import as_get, keeps_text, shows_again

M = TypeVar("M", bound=models.Model)

STATE_FIELD = "opened_state"
"""The hidden field that holds the state a form was opened with."""
_BUTTONS = ("_publish", "_submit_review", "_continue", "_addanother")


@dataclass(frozen=True)
class Rejection:
    """Why a form is shown again with its text, and nothing stored."""

    message: str
    status: int = 200
    comparison: Comparison | None = None
    last_saved: LogEntry | None = None
    button: str = "_save"


class ConflictAdmin(admin.ModelAdmin[M]):
    """Rejects a save where somebody else saved the same row, or a row of its inlines, meanwhile.

    `EditorsSite` puts `GuardedAdmin`, which is one, before every ModelAdmin. The row is locked while it is compared and saved, so
    that of two saves at once only one passes.
    """

    @keeps_text()
    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As Django does; what was written is kept through a log-in."""
        return super().add_view(request, form_url, extra_context)

    @keeps_text()
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As Django does; what was written is kept through a log-in."""
        return super().change_view(request, object_id, form_url, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Save only what nobody else changed; 409 with both texts where somebody did."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            if object_id is not None:
                if self._lock(request, object_id):
                    self._compare(request, object_id)
                elif self._was_opened(request, object_id) and self.has_add_permission(request):
                    object_id, form_url = None, self._recreate(request)
            if shows_again(request) and not hasattr(request, "rejection"):
                message = _("Nothing is saved yet. Look it over, and save once more.")
                _reject(request, Rejection(message))
            response = super().changeform_view(request, object_id, form_url, extra_context)
        if rejection := _rejection(request):
            response.status_code = max(response.status_code, rejection.status)
        return response

    def _lock(self, request: HttpRequest, object_id: str) -> bool:
        """Lock the row until the transaction ends; False where it is not there."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return False
        rows = self.model._base_manager.select_for_update().filter(pk=obj.pk)
        return bool(rows.values_list("pk"))

    def _was_opened(self, request: HttpRequest, object_id: str) -> bool:
        """Whether the form was opened with this row, which then was there."""
        opened = decode(request.POST.get(STATE_FIELD, ""))
        return opened is not None and unquote(object_id) in opened.rows.get("", {})

    def _compare(self, request: HttpRequest, object_id: str) -> None:
        """Reject the request where its form was opened before somebody else's save."""
        obj = self.get_object(request, unquote(object_id))
        if shows_again(request) or obj is None or not self.has_change_permission(request, obj):
            return
        opened = decode(request.POST.get(STATE_FIELD, ""))
        form, formsets = self._stored_forms(request, obj)
        comparison = Comparison(request.POST, opened, form=form, formsets=formsets)
        if not comparison.changes:
            return
        comparison.data[STATE_FIELD] = encode(read_state(form, formsets))
        request.POST = comparison.data  # type: ignore[assignment]  # as Django's `response_add` does
        message = _("Nothing is saved yet: somebody else saved this while you were writing.")
        last_saved = self._last_saved(obj, opened)
        _reject(request, Rejection(message, 409, comparison, last_saved, _button(request)))

    def _stored_forms(
        self, request: HttpRequest, obj: M
    ) -> tuple[forms.BaseModelForm[M], list[InlineFormSet]]:
        """The unbound forms of what is stored, made as Django makes those of the page."""
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        form = self.get_form(request, obj, change=True, fields=fields)(instance=obj)
        formsets: list[InlineFormSet] = []
        prefixes: dict[str, int] = {}
        for formset_class, inline in self.get_formsets_with_inlines(request, obj):
            prefix = formset_class.get_default_prefix()
            number = prefixes[prefix] = prefixes.get(prefix, 0) + 1
            if not inline.has_change_permission(request, obj):
                continue
            kwargs = self.get_formset_kwargs(
                as_get(request), obj, inline, prefix if number == 1 else f"{prefix}-{number}"
            )
            formsets.append(formset_class(**kwargs))
        return form, formsets

    def _last_saved(self, obj: M, opened: FormState | None) -> LogEntry | None:
        """Who saved it in the admin since the form was opened; None where it was a command."""
        entry = (
            LogEntry.objects.filter(
                content_type=ContentType.objects.get_for_model(obj, for_concrete_model=False),
                object_id=str(obj.pk),
                action_flag=CHANGE,
            )
            .select_related("user")
            .order_by("-action_time")
            .first()
        )
        is_since = entry and opened and entry.action_time.timestamp() >= opened.opened_at
        return entry if is_since else None

    def _recreate(self, request: HttpRequest) -> str:
        """Show the form of a new row with the text of one that was deleted; the form's URL."""
        formsets = [
            formset_class(instance=self.model(), prefix=formset_class.get_default_prefix())
            for formset_class, _inline in self.get_formsets_with_inlines(request)
        ]
        request.POST = rows_as_new(request.POST, formsets)  # type: ignore[assignment]
        message = _(
            "Somebody deleted this while you were writing. Save to store yours as a new one."
        )
        _reject(request, Rejection(message, 409))
        return admin_url(self.model, "add")

    def get_form(
        self, request: HttpRequest, obj: M | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[M]]:
        """A form that is never valid, where the request is rejected."""
        form = super().get_form(request, obj, change=change, **kwargs)
        rejection = _rejection(request)
        return form if rejection is None else _invalid(form, rejection.message)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: M | None = None,
    ) -> HttpResponse:
        """Put the state that the form was opened with, and what somebody else changed, on the page."""
        if request.method == "POST":
            context["opened_state"] = request.POST.get(STATE_FIELD, "")
        elif change and self.has_change_permission(request, obj):
            formsets = [
                inline.formset
                for inline in context["inline_admin_formsets"]
                if inline.has_change_permission
            ]
            context["opened_state"] = encode(read_state(context["adminform"].form, formsets))
        context["rejection"] = _rejection(request)
        context["has_unsaved_text"] = request.method == "POST"
        return super().render_change_form(request, context, add, change, form_url, obj)


def _reject(request: HttpRequest, rejection: Rejection) -> None:
    request.rejection = rejection  # type: ignore[attr-defined]


def _rejection(request: HttpRequest) -> Rejection | None:
    return getattr(request, "rejection", None)


def _button(request: HttpRequest) -> str:
    return next((name for name in _BUTTONS if name in request.POST), "_save")


def _invalid(form: type[forms.ModelForm[M]], message: str) -> type[forms.ModelForm[M]]:
    class RejectedForm(form):  # type: ignore[misc,valid-type]  # a base that is a variable
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(None, message)
            return cleaned

    return RejectedForm
