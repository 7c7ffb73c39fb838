"""Rows that have no draft in the admin: saving submits a change, and another page decides on it."""

from typing import Any, ClassVar, TypeVar

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.decorators import current_member
from citations.admin import CitationAdmin
from citations.forms import CitationForm
from citations.models import Citation
from publishing.merging.admin import MergeMixin
from publishing.models import CitationRevision, ReviewState, RowRevision
from publishing.review.draft_differences import row_differences
from publishing.review.services import ReviewedRows, reviewed_rows
from publishing.review.works import is_cited
from publishing.writing.citing_admin import CitingPagesAdmin
from remedies_site.editing.read_only import ReadOnlyAdmin, admin_url
from remedies_site.exceptions import InvalidInput, NotPermitted

RowT = TypeVar("RowT", bound=models.Model)


class ReviewedForm(forms.ModelForm[RowT]):
    """Adds the reason of a change, and says at once why a change cannot be submitted."""

    change_note = forms.CharField(
        label=gettext_lazy("What changed and why"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"size": 80}),
        help_text=gettext_lazy("Kept with the change. Whoever approves it decides by it."),
    )

    def clean(self) -> dict[str, Any]:
        """One change of a row waits at a time, and with a second person it needs its reason."""
        cleaned = super().clean() or self.cleaned_data
        rows = reviewed_rows(type(self.instance))
        key = str(cleaned.get(rows.key) or getattr(self.instance, rows.key))
        row = self.instance if self.instance.pk else None
        changed = [name for name in self.changed_data if name != "change_note"]
        if error := rows.submit_error(row, key, changed, cleaned.get("change_note", "")):
            self.add_error("change_note" if error.wants_note else None, error.message)
        return cleaned


class ReviewedRowAdmin(admin.ModelAdmin[RowT]):
    """Saving submits a change: it is in effect at once, or waits and leaves the row as it is."""

    change_form_template = "admin/reviewed_row_change_form.html"

    @property
    def reviewed_rows(self) -> ReviewedRows[Any, Any]:
        """How the model's rows are changed."""
        return reviewed_rows(self.model)

    def save_model(
        self, request: HttpRequest, obj: RowT, form: forms.ModelForm[RowT], change: bool
    ) -> None:
        """Submit what the form holds; the row itself is written by the service alone."""
        rows = self.reviewed_rows
        note = form.cleaned_data.get("change_note", "")
        revision = rows.submit(rows.to_document(obj), by=current_member(request), note=note)
        if revision is not None and revision.state == ReviewState.WAITING:
            _waiting_of(request).append(revision)
        elif revision is not None:
            obj.pk = revision.row.pk

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Add the change that waits; where somebody was quicker, show the form again, or say so."""
        row = self.get_object(request, unquote(object_id)) if object_id else None
        context: dict[str, Any] = {"two_people": settings.REVIEW == "two"}
        if row is not None:
            key = getattr(row, self.reviewed_rows.key)
            waiting = self.reviewed_rows.waiting(key)
            context["waiting"] = waiting
            context["waiting_url"] = waiting and admin_url(type(waiting), "change", waiting.pk)
            context["changes_url"] = (
                f"{admin_url(self.reviewed_rows.revisions, 'changelist')}?q={key}"
            )
        context |= extra_context or {}
        try:
            try:
                return super().changeform_view(request, object_id, form_url, context)
            except (InvalidInput, IntegrityError):
                # Looked at again, what somebody stored meanwhile is an error of the form, with its text.
                return super().changeform_view(request, object_id, form_url, context)
        except InvalidInput as error:  # raised in the transaction, which is rolled back
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def log_addition(self, request: HttpRequest, obj: RowT, message: Any) -> Any:
        """Only of what was added: a change that waits is its own record."""
        return None if _waiting_of(request) else super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: RowT, message: Any) -> Any:
        """Only of what was changed: a change that waits is its own record."""
        return None if _waiting_of(request) else super().log_change(request, obj, message)

    def response_add(
        self, request: HttpRequest, obj: RowT, post_url_continue: str | None = None
    ) -> HttpResponse:
        """To the change, where it waits."""
        return self._to_waiting(request) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: RowT) -> HttpResponse:
        """To the change, where it waits."""
        return self._to_waiting(request) or super().response_change(request, obj)

    def _to_waiting(self, request: HttpRequest) -> HttpResponse | None:
        for revision in _waiting_of(request):
            message = _("Submitted. Readers see it once a publisher other than you approves it.")
            self.message_user(request, message, messages.WARNING)
            return HttpResponseRedirect(admin_url(type(revision), "change", revision.pk))
        return None


class RowRevisionAdmin(ReadOnlyAdmin[RowRevision]):
    """Changes of rows: viewed, and decided on by a page of their own."""

    change_form_template = "admin/row_revision.html"
    list_display = ("key", "state", "note", "author_name", "submitted_at", "approver")
    list_filter = ("state", "kind", "submitted_at")
    list_select_related = ("approver",)
    search_fields = ("key", "note", "author_name")
    date_hierarchy = "submitted_at"
    fields: ClassVar = (
        ("key", "state"),
        "note",
        ("author_name", "submitted_at"),
        ("approver", "decided_at"),
        "decision_note",
    )

    def get_urls(self) -> list[URLPattern]:
        """Add the decision."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_decide"
        view = self.admin_site.admin_view(self.decide_view)
        return [path("<path:object_id>/decide/", view, name=name), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the difference in words, and what this person may do about it."""
        revision = self.get_object(request, unquote(object_id))
        context: dict[str, Any] = {}
        if revision is not None:
            person = current_member(request)
            context = {
                "differences": row_differences(revision),
                "waits": revision.state == ReviewState.WAITING,
                "approval_error": reviewed_rows(self.model).approval_error(revision, person),
                "may_decide": reviewed_rows(self.model).may_decide(person),
                "is_author": revision.author_id == person.pk,
                "decide_url": admin_url(self.model, "decide", revision.pk),
                "row_url": revision.row
                and admin_url(type(revision.row), "change", revision.row.pk),
            }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Approve, reject or take back; 405 unless posted. The services decide who may."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        revision = self.get_object(request, unquote(object_id))
        if revision is None:
            raise Http404
        rows, person = reviewed_rows(self.model), current_member(request)
        try:
            if request.POST.get("decision") == "approve":
                rows.approve(revision, by=person)
                message = _("Approved: it is in effect now.")
            else:
                rows.reject(revision, by=person, reason=request.POST.get("reason", ""))
                message = _("It will not take effect.")
        except NotPermitted as error:
            raise PermissionDenied(str(error)) from error
        except InvalidInput as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(admin_url(self.model, "change", revision.pk))


class _WorkForm(ReviewedForm[Citation], CitationForm):
    """The form of a work, with the reason of its change."""


@admin.register(Citation)
class ReviewedCitationAdmin(
    MergeMixin[Citation], CitingPagesAdmin, ReviewedRowAdmin[Citation], CitationAdmin
):
    """The library: what published pages cite is changed by two people where REVIEW=two."""

    form = _WorkForm
    fieldsets: ClassVar[Any] = (
        *CitationAdmin.fieldsets,
        (gettext_lazy("This change"), {"fields": ("change_note",)}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Citation | None = None) -> bool:
        """None for a work that a page cites or cited: its readers would lose the source."""
        may_delete = super().has_delete_permission(request, obj)
        return may_delete and (obj is None or not is_cited(obj.key))


@admin.register(CitationRevision)
class CitationRevisionAdmin(RowRevisionAdmin):
    """Changes of works."""


def _waiting_of(request: HttpRequest) -> list[RowRevision]:
    """The changes that this request submitted and that wait."""
    waiting: list[RowRevision] = request.__dict__.setdefault("waiting_changes", [])
    return waiting
