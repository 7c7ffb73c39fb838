"""Pages of the admin that merge two rows or rename a page: what changes is shown before it is done."""

from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts.decorators import current_member
from publishing.merging.services import (
    approval_error,
    approve_merge,
    find_row,
    may_merge,
    plan_merge,
    plan_waiting,
    reject_merge,
    submit_merge,
)
from publishing.models import Merge, ReviewState
from publishing.renaming import may_rename, planned_redirects, rename_page
from remedies_site.editing.read_only import ReadOnlyAdmin, admin_url
from remedies_site.exceptions import InvalidInput, NotPermitted, ServiceError

RowT = TypeVar("RowT", bound=models.Model)


class MergeMixin(admin.ModelAdmin[RowT]):
    """Adds the page that merges a row into another one."""

    def get_urls(self) -> list[URLPattern]:
        """The page stands below the row."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<path:object_id>/merge/", view, name=name), *super().get_urls()]

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what merging changes; posted, merge or submit it. 400 where it cannot be made."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        source = self.get_object(request, unquote(object_id))
        if source is None:
            raise Http404
        values = request.POST if request.method == "POST" else request.GET
        key = values.get("into", "").strip()
        target = find_row(self.model, key) if key else None
        message = _("There is none with this key.") if key and target is None else ""
        if request.method == "POST" and target is not None:
            try:
                merge = submit_merge(
                    source, target, by=current_member(request), note=request.POST.get("note", "")
                )
            except NotPermitted as error:
                raise PermissionDenied(str(error)) from error
            except InvalidInput as error:
                message = str(error)
            else:
                return self._merged(request, merge)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge: %(row)s") % {"row": source},
            "opts": self.opts,
            "source": source,
            "into": key,
            "target": target,
            "plan": plan_merge(source, target) if target is not None else None,
            "message": message,
            "note": request.POST.get("note", ""),
            "two_people": settings.REVIEW == "two",
        }
        status = 400 if message else 200
        return TemplateResponse(request, "admin/merge.html", context, status=status)

    def _merged(self, request: HttpRequest, merge: Merge) -> HttpResponse:
        if merge.state == ReviewState.WAITING:
            text = _("Submitted. It is done once a publisher other than you approves it.")
            self.message_user(request, text, messages.WARNING)
        else:
            self.message_user(request, _("Merged."), messages.SUCCESS)
        may_view = request.user.has_perm("publishing.view_merge")
        page = (
            admin_url(Merge, "change", merge.pk)
            if may_view
            else admin_url(self.model, "changelist")
        )
        return HttpResponseRedirect(page)


class RenameMixin(admin.ModelAdmin[RowT]):
    """Adds the page that gives a page a new address."""

    def get_urls(self) -> list[URLPattern]:
        """The page stands below the row."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_rename"
        view = self.admin_site.admin_view(self.rename_view)
        return [path("<path:object_id>/rename/", view, name=name), *super().get_urls()]

    def rename_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the redirects of a new address; posted, rename. 400 where it cannot be had."""
        subject: Any = self.get_object(request, unquote(object_id))
        if subject is None:
            raise Http404
        if not may_rename(current_member(request), subject):
            raise PermissionDenied
        values = request.POST if request.method == "POST" else request.GET
        slug, message, redirects = values.get("slug", "").strip(), "", []
        if slug:
            try:
                redirects = planned_redirects(subject, slug)
                if request.method == "POST":
                    rename_page(subject, slug, by=current_member(request))
                    self.log_change(request, subject, _("Renamed to %(slug)s.") % {"slug": slug})
                    self.message_user(request, _("Renamed."), messages.SUCCESS)
                    return HttpResponseRedirect(admin_url(subject, "change", subject.pk))
            except ValidationError as error:
                message = " ".join(error.messages)
            except InvalidInput as error:
                message = str(error)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Rename: %(row)s") % {"row": subject},
            "opts": self.opts,
            "subject": subject,
            "slug": slug or subject.slug,
            "redirects": redirects,
            "message": message,
        }
        status = 400 if message else 200
        return TemplateResponse(request, "admin/rename.html", context, status=status)


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin[Merge]):
    """Merges: viewed, and decided on."""

    change_form_template = "admin/merge_decision.html"
    list_display = ("__str__", "content_type", "state", "author_name", "submitted_at", "approver")
    list_filter = ("state", "content_type")
    list_select_related = ("content_type", "approver")
    search_fields = ("source", "target", "note", "author_name")
    fields: ClassVar = (
        ("source", "target", "content_type"),
        "note",
        ("state", "author_name", "submitted_at"),
        ("approver", "decided_at"),
        "decision_note",
    )

    def get_urls(self) -> list[URLPattern]:
        """Add the decision."""
        view = self.admin_site.admin_view(self.decide_view)
        name = "publishing_merge_decide"
        return [path("<int:object_id>/decide/", view, name=name), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what it changes, and what this person may do about it."""
        merge = self.get_object(request, unquote(object_id))
        context: dict[str, Any] = {}
        if merge is not None:
            person = current_member(request)
            waits = merge.state == ReviewState.WAITING
            context = {
                "merge": merge,
                "waits": waits,
                "plan": plan_waiting(merge) if waits else None,
                "approval_error": approval_error(merge, person),
                "may_decide": may_merge(person),
                "is_author": merge.author_id == person.pk,
                "decide_url": admin_url(Merge, "decide", merge.pk),
            }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def decide_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Approve, reject or take back; 405 unless posted. The services decide who may."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        merge = self.get_object(request, str(object_id))
        if merge is None:
            raise Http404
        person = current_member(request)
        try:
            if request.POST.get("decision") == "approve":
                approve_merge(merge, by=person, seen=request.POST.get("seen", ""))
            else:
                reject_merge(merge, by=person, reason=request.POST.get("reason", ""))
        except NotPermitted as error:
            raise PermissionDenied(str(error)) from error
        except ServiceError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, _("Decided."), messages.SUCCESS)
        return HttpResponseRedirect(admin_url(Merge, "change", merge.pk))
