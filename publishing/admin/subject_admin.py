"""What every subject has in the admin: saving that publishes, withdrawing, and its publish errors."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdownx.widgets import AdminMarkdownxWidget

from accounts.decorators import current_member
from accounts.events import log_event
from publishing.forms import SubjectForm, seen_edit
from publishing.models import NamedSubject, Revision, Subject, SubjectT
from publishing.review.draft_differences import waiting_draft
from publishing.review.drafts import event_facts, lock_draft, newest_edit, record_edit
from publishing.services import SubjectType, rename, subject_type
from publishing.writing.admin import WritingAdmin
from remedies_site.admin_lists import BoundedListAdmin
from remedies_site.documents import Document
from remedies_site.editing.read_only import admin_url
from remedies_site.exceptions import NotPublishable
from remedies_site.kept_text import keeps_text, shows_again

InlineFormSets = Iterable[
    BaseInlineFormSet[models.Model, Subject[Revision], forms.ModelForm[models.Model]]
]


class SubjectAdmin(WritingAdmin[SubjectT], BoundedListAdmin[SubjectT]):
    """A subject: its rows are the draft, and saving one that is published publishes it again."""

    form: type[forms.ModelForm[SubjectT]] = SubjectForm
    change_form_template = "admin/subject_change_form.html"
    save_on_top = True
    markdown_fields: ClassVar[tuple[str, ...]] = ()
    """Columns with the live preview of the public page, and whose citation marks are checked."""

    @property
    def subject_type(self) -> SubjectType[SubjectT, Document]:
        """How the model's subjects are published, as its app registered it."""
        return subject_type(self.model)

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """The preview widget for Markdown, Django's own for the rest."""
        if db_field.name in self.markdown_fields:
            kwargs["widget"] = AdminMarkdownxWidget(attrs={"rows": 6})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(
        self,
        request: HttpRequest,
        obj: SubjectT | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm[SubjectT]]:
        """Tell the form which of its fields are Markdown."""
        form = super().get_form(request, obj, change, **kwargs)
        assert issubclass(form, SubjectForm)  # noqa: S101  (Django derives it from `self.form`)
        form.markdown_fields = self.markdown_fields
        return form

    def save_model(
        self, request: HttpRequest, obj: SubjectT, form: forms.ModelForm[SubjectT], change: bool
    ) -> None:
        """Keep the draft as it was, and redirect from the old URL of a page that readers know.

        Only the form's own columns are saved: the counters of votes may have moved since the form
        was opened.
        """
        assert isinstance(form, SubjectForm)  # noqa: S101  (see `get_form`)
        if not change:
            super().save_model(request, obj, form, change)
            return
        form.draft_before = lock_draft(obj, self.subject_type.schema)
        new_slug = None
        if isinstance(obj, NamedSubject) and "slug" in form.changed_data and obj.was_published:
            new_slug, obj.slug = obj.slug, form.initial["slug"]
        columns = {field.name for field in obj._meta.concrete_fields} & set(form.cleaned_data)
        if columns:
            obj.save(update_fields=columns)
        if isinstance(obj, NamedSubject) and new_slug is not None:
            rename(obj, slug=new_slug)

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm[SubjectT],
        formsets: InlineFormSets,
        change: bool,
    ) -> None:
        """Publish once every row is stored: where that button was pressed, or the page is public."""
        super().save_related(request, form, formsets, change)
        subject = form.instance
        assert isinstance(form, SubjectForm)  # noqa: S101  (see `get_form`)
        schema = self.subject_type.schema
        if record_edit(subject, schema, form.draft_before, current_member(request)):
            log_event("review_submitted", actor=request.user.pk, **event_facts(subject))
        if "_publish" in request.POST or subject.is_published:
            self._publish(request, subject, form.cleaned_data)

    def _publish(self, request: HttpRequest, subject: SubjectT, cleaned: dict[str, Any]) -> None:
        before = subject.current_revision_id
        try:
            revision = self.subject_type.publish(
                subject,
                by=current_member(request),
                note=cleaned.get("change_note", ""),
                correction=cleaned.get("is_correction", False),
                seen=seen_edit(request.POST),
            )
        except NotPublishable as error:
            self.message_user(
                request,
                _("Saved as a draft, not published: %(faults)s") % {"faults": error},
                messages.WARNING,
            )
            return
        if revision.pk != before:
            self.message_user(
                request,
                _("Published as revision %(number)s.") % {"number": revision.number},
                messages.SUCCESS,
            )

    def response_add(
        self, request: HttpRequest, obj: SubjectT, post_url_continue: str | None = None
    ) -> HttpResponse:
        """After “Save and publish” return to the form, which shows the outcome."""
        _continue_after_publishing(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: SubjectT) -> HttpResponse:
        """After “Save and publish” return to the form, which shows the outcome."""
        _continue_after_publishing(request)
        return super().response_change(request, obj)

    def get_urls(self) -> list[URLPattern]:
        """Add the form that withdraws a subject."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_withdraw"
        view = self.admin_site.admin_view(self.withdraw_view)
        return [path("<path:object_id>/withdraw/", view, name=name), *super().get_urls()]

    @keeps_text()
    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Withdraw a subject with the reason that readers will see; 400 where it is missing."""
        if not self._may_withdraw(request):
            raise PermissionDenied
        subject = self.get_object(request, unquote(object_id))
        if subject is None:
            raise Http404
        error_message = ""
        reason = request.POST.get("reason", "")[:400]
        if shows_again(request):
            error_message = _("Nothing is withdrawn yet. Look it over, and send it once more.")
        elif request.method == "POST":
            try:
                self.subject_type.withdraw(subject, by=current_member(request), reason=reason)
            except NotPublishable as error:
                error_message = str(error)
            else:
                self.message_user(request, _("Withdrawn. Readers now see the reason."))
                return HttpResponseRedirect(admin_url(subject, "change", subject.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw: %(subject)s") % {"subject": subject},
            "subject": subject,
            "opts": self.opts,
            "error_message": error_message,
            "reason": reason,
        }
        status = 400 if error_message else 200
        return TemplateResponse(request, "admin/subject_withdraw.html", context, status=status)

    def get_readonly_fields(
        self, request: HttpRequest, obj: SubjectT | None = None
    ) -> tuple[str, ...]:
        """The address of a public page, with REVIEW=two: it changes at once, so publishers change it."""
        fields = tuple(super().get_readonly_fields(request, obj))
        if settings.REVIEW == "one" or not isinstance(obj, NamedSubject) or not obj.was_published:
            return fields
        may = request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")
        return fields if may else (*fields, "slug")

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: SubjectT | None = None
    ) -> dict[str, Sequence[str]]:
        """Only of a new subject: a stored address does not follow the name."""
        return {} if obj is not None else dict(super().get_prepopulated_fields(request, obj))

    def _may_withdraw(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.withdraw_{self.opts.model_name}")

    def has_delete_permission(self, request: HttpRequest, obj: SubjectT | None = None) -> bool:
        """No permission for what was ever published: it is withdrawn instead, with a reason."""
        if obj is not None and obj.was_published:
            return False
        return super().has_delete_permission(request, obj)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add to the context what keeps the stored draft from readers, and who may withdraw."""
        context: dict[str, Any] = {"may_withdraw": self._may_withdraw(request)}
        subject = self.get_object(request, unquote(object_id))
        if subject is not None:
            is_get = request.method == "GET"  # `seen` first: it must be no newer than what is shown
            context["seen"] = newest_edit(subject) if is_get else seen_edit(request.POST)
            context["waiting"] = waiting_draft(
                subject, self.subject_type.schema, current_member(request)
            )
            if is_get:
                context["publish_errors"] = self.subject_type.draft_errors(subject)
        context |= extra_context or {}
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description=gettext_lazy("State"))
    def state(self, subject: SubjectT) -> str:
        """Draft, published or withdrawn."""
        if subject.withdrawn_at is not None:
            return _("withdrawn")
        return _("published") if subject.is_published else _("draft")


def _continue_after_publishing(request: HttpRequest) -> None:
    if "_publish" in request.POST:
        posted = request.POST.copy()
        posted["_continue"] = "1"
        request.POST = posted  # type: ignore[assignment]  # as Django's own `response_add` does
