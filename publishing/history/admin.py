"""Restoring a version in the admin: the page that confirms it, and the links that lead there."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts.decorators import current_member
from publishing.forms import seen_edit
from publishing.history.restoring import plan_restoration, restore_draft
from publishing.models import Revision, Subject, SubjectT
from remedies_site.editing.read_only import admin_url
from remedies_site.exceptions import ChangedMeanwhile, NotPublishable
from remedies_site.listing import parse_positive


class RestoreAdmin(admin.ModelAdmin[SubjectT]):
    """Adds the page that puts a version into the draft, for those who may change the subject."""

    def get_urls(self) -> list[URLPattern]:
        """Add `restore/?number=3`."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<path:object_id>/restore/", view, name=name), *super().get_urls()]

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what restoring a version would change in the draft; POST restores it.

        400 where it cannot be restored, 409 where the draft was saved since it was shown.
        """
        subject = self.get_object(request, unquote(object_id))
        if not self.has_change_permission(request, subject):
            raise PermissionDenied
        number = parse_positive(request.GET.get("number", ""))
        revision = subject.revisions.filter(number=number).first() if subject and number else None
        if subject is None or revision is None:
            raise Http404
        if request.method != "POST":
            return self._restore_page(request, subject, revision)
        try:
            restored = restore_draft(
                subject, revision, by=current_member(request), seen=seen_edit(request.POST)
            )
        except NotPublishable:
            return self._restore_page(request, subject, revision, status=400)
        except ChangedMeanwhile as error:
            return self._restore_page(
                request, subject, revision, message=str(error), status=error.status
            )
        words = _("Version %(number)s is the draft now. Readers see it once it is published.")
        if not restored:
            words = _("Version %(number)s was the draft already.")
        self.message_user(request, words % {"number": number})
        if restored:
            self.log_change(request, subject, f"Restored version {number} into the draft.")
        return HttpResponseRedirect(admin_url(subject, "change", subject.pk))

    def _restore_page(
        self,
        request: HttpRequest,
        subject: SubjectT,
        revision: Revision,
        *,
        message: str = "",
        status: int = 200,
    ) -> HttpResponse:
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Restore version %(number)s: %(subject)s")
            % {"number": revision.number, "subject": subject},
            "subject": subject,
            "opts": self.opts,
            "message": message,
            "plan": plan_restoration(subject, revision),
        }
        return TemplateResponse(request, "admin/subject_restore.html", context, status=status)


class RestorableAdmin(admin.ModelAdmin[Revision]):
    """Adds the link that restores it to the page of a revision."""

    change_form_template = "admin/revision_change_form.html"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add to the context where this revision is restored, for those who may."""
        revision = self.get_object(request, unquote(object_id))
        context = {"restore_url": _restore_url(request, revision) if revision else ""}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))


def _restore_url(request: HttpRequest, revision: Revision) -> str:
    subject = _subject_of(revision)
    meta = subject._meta
    if not request.user.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
        return ""
    return f"{admin_url(subject, 'restore', subject.pk)}?number={revision.number}"


def _subject_of(revision: Revision) -> Subject[Revision]:
    """The subject that the foreign key of the relation `revisions` leads to."""
    name = next(
        field.name
        for field in revision._meta.concrete_fields
        if field.remote_field and getattr(field.remote_field, "related_name", "") == "revisions"
    )
    subject: Subject[Revision] = getattr(revision, name)
    return subject
