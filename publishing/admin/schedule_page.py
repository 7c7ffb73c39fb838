"""The pages of the admin that set the time of a publication, and cancel it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.decorators import current_member
from publishing.draft_states import stored_note
from publishing.models import SubjectT
from publishing.review.drafts import newest_edit
from publishing.review.scheduling import cancel_publication, schedule_draft
from remedies_site.editing.form_page import form_page
from remedies_site.editing.read_only import admin_url
from remedies_site.exceptions import InvalidInput, NotPublishable
from remedies_site.kept_text import keeps_text


class TimeField(forms.DateTimeField):
    """A date and a time of day, as the browser's own field sends them."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ScheduleForm(forms.Form):
    """When a draft is published, and what its revision will say of the reason."""

    publish_at = TimeField(label=gettext_lazy("Publish at"))
    note = forms.CharField(
        label=gettext_lazy("What changed and why"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"size": 80}),
    )
    is_correction = forms.BooleanField(
        label=gettext_lazy("This corrects a mistake"), required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say whose time it is."""
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["publish_at"].help_text = _("In the time zone of the site: %(zone)s.") % {
            "zone": zone
        }


class SchedulingAdmin(admin.ModelAdmin[SubjectT]):
    """Subjects whose draft is published at a time."""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that set a time and cancel it."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = (("schedule", self.schedule_view), ("unschedule", self.unschedule_view))
        own = [
            path(
                f"<path:object_id>/{page}/", self.admin_site.admin_view(view), name=f"{name}_{page}"
            )
            for page, view in pages
        ]
        return [*own, *super().get_urls()]

    @keeps_text()
    def schedule_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Set the time at which the stored draft is published."""
        subject = self._changeable(request, object_id)

        def act(values: dict[str, Any]) -> str:
            try:
                schedule_draft(subject, by=current_member(request), **values)
            except NotPublishable as error:
                raise InvalidInput(str(error)) from error
            return _("It will be published at that time.")

        intro = _("The draft as it is saved now. A later save cancels the time.")
        if subject.withdrawn_at is not None:
            withdrawn = _("The page is withdrawn: “%(reason)s” At that time it comes back.")
            intro = f"{withdrawn % {'reason': subject.withdrawn_reason}} {intro}"
        note, is_correction = stored_note(subject)
        initial = {"seen": newest_edit(subject), "note": note, "is_correction": is_correction}
        form = ScheduleForm(request.POST or None, initial=initial)
        return form_page(
            self,
            request,
            form,
            act,
            title=_("Publish at a time: %(subject)s") % {"subject": subject},
            intro=intro,
            button=_("Set the time"),
            done_url=admin_url(subject, "change", subject.pk),
        )

    def unschedule_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Cancel the time that was set."""
        subject = self._changeable(request, object_id)

        def act(_values: dict[str, Any]) -> str:
            cancel_publication(subject, by=current_member(request))
            return _("Cancelled: the draft waits without a time.")

        form = forms.Form({} if request.method == "POST" else None)
        return form_page(
            self,
            request,
            form,
            act,
            title=_("Cancel the publication: %(subject)s") % {"subject": subject},
            intro=_("The draft stays as it is. Readers go on seeing what they see now."),
            button=_("Cancel the publication"),
            done_url=admin_url(subject, "change", subject.pk),
        )

    def _changeable(self, request: HttpRequest, object_id: str) -> SubjectT:
        """Raises Http404 or PermissionDenied."""
        subject = self.get_object(request, unquote(object_id))
        if subject is None:
            raise Http404
        if not self.has_change_permission(request, subject):
            raise PermissionDenied
        return subject
