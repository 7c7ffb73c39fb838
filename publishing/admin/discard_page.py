"""The page of the admin that takes a draft back to what readers see."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts.decorators import current_member
from publishing.forms import seen_edit
from publishing.models import SubjectT
from publishing.review.discarding import discard_draft
from publishing.review.draft_differences import waiting_draft
from publishing.review.drafts import newest_edit
from publishing.services import subject_type
from remedies_site.editing.read_only import admin_url
from remedies_site.exceptions import InvalidInput


class DiscardAdmin(admin.ModelAdmin[SubjectT]):
    """Subjects whose draft can be discarded, after a look at what goes with it."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page that discards a draft."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_discard"
        view = self.admin_site.admin_view(self.discard_view)
        return [path("<path:object_id>/discard/", view, name=name), *super().get_urls()]

    def discard_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what would be discarded; a POST discards it. 409 where somebody saved since."""
        subject = self.get_object(request, unquote(object_id))
        if subject is None:
            raise Http404
        if not self.has_change_permission(request, subject) or not subject.was_published:
            raise PermissionDenied
        error_message = ""
        if request.method == "POST":
            try:
                return self._discard(request, subject)
            except InvalidInput as error:
                error_message = str(error)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Discard the draft: %(subject)s") % {"subject": subject},
            "subject": subject,
            "opts": self.opts,
            "error_message": error_message,
            "seen": newest_edit(subject),
            "change_url": admin_url(subject, "change", subject.pk),
            "waiting": waiting_draft(
                subject, subject_type(self.model).schema, current_member(request)
            ),
        }
        status = 409 if error_message else 200
        return TemplateResponse(request, "admin/subject_discard.html", context, status=status)

    def _discard(self, request: HttpRequest, subject: SubjectT) -> HttpResponse:
        """Discard, and go back to the form. Raises InvalidInput."""
        seen = seen_edit(request.POST)
        if discard_draft(subject, by=current_member(request), seen=seen) is None:
            self.message_user(request, _("There is nothing to discard: readers see all of it."))
        else:
            self.log_change(request, subject, _("Discarded the draft."))
            self.message_user(request, _("Discarded. The form holds what readers see."))
        return HttpResponseRedirect(admin_url(subject, "change", subject.pk))
