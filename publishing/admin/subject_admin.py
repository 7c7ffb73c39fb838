"""What every subject has in the admin: saving its draft, publishing it, and its publish errors."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.decorators import current_member
from accounts.events import log_event
from publishing.admin.discard_page import DiscardAdmin
from publishing.admin.schedule_page import SchedulingAdmin
from publishing.admin.submitting import SubmittingAdmin
from publishing.admin.withdrawal_page import WithdrawalAdmin
from publishing.draft_states import store_note
from publishing.editor.boxes import MarkdownBox
from publishing.editor.sectioned_admin import SectionedAdmin
from publishing.forms import SubjectForm, seen_edit
from publishing.history.admin import RestoreAdmin
from publishing.models import NamedSubject, Revision, Subject, SubjectT
from publishing.publication_state import publication_state, with_states
from publishing.renaming import rename
from publishing.review.draft_differences import waiting_draft
from publishing.review.drafts import event_facts, lock_draft, newest_edit, record_edit
from publishing.review.open_reviews import waiting_schedule
from publishing.services import SubjectType, subject_type
from publishing.writing.admin import WritingAdmin
from remedies_site.documents import Document
from remedies_site.exceptions import NotPublishable

InlineFormSets = Iterable[
    BaseInlineFormSet[models.Model, Subject[Revision], forms.ModelForm[models.Model]]
]
_STAYS = ("_save", "_publish", "_submit_review")
"""The buttons after which the form is shown again, with the outcome."""


class SubjectChangeList(ChangeList):
    """A list of subjects with the state of each."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> models.QuerySet[Any]:
        """As Django does, with what the states need."""
        return with_states(super().get_queryset(*args, **kwargs))


class SubjectAdmin(
    RestoreAdmin[SubjectT],
    WithdrawalAdmin[SubjectT],
    DiscardAdmin[SubjectT],
    SchedulingAdmin[SubjectT],
    SubmittingAdmin[SubjectT],
    WritingAdmin[SubjectT],
    SectionedAdmin[SubjectT],
):
    """A subject: its rows are the draft, which readers see once it is published."""

    form: type[forms.ModelForm[SubjectT]] = SubjectForm
    change_form_template = "admin/subject_change_form.html"
    markdown_fields: ClassVar[tuple[str, ...]] = ()
    """Columns with the live preview of the public page, and whose citation marks are checked."""

    @property
    def subject_type(self) -> SubjectType[SubjectT, Document]:
        """How the model's subjects are published, as its app registered it."""
        return subject_type(self.model)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """A list with states."""
        return SubjectChangeList

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """The preview widget for Markdown, Django's own for the rest."""
        if db_field.name in self.markdown_fields:
            kwargs["widget"] = MarkdownBox
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
        """Once every row is stored, record the save; publish or submit where that button was pressed."""
        super().save_related(request, form, formsets, change)
        subject = form.instance
        had_time = waiting_schedule(subject) is not None
        assert isinstance(form, SubjectForm)  # noqa: S101  (see `get_form`)
        schema = self.subject_type.schema
        if record_edit(subject, schema, form.draft_before, current_member(request)):
            log_event("draft_saved", actor=request.user.pk, **event_facts(subject))
            if had_time:
                message = _(
                    "The time for publishing is cancelled, since the draft changed. Set it again."
                )
                self.message_user(request, message, messages.WARNING)
        store_note(subject, **form.note)
        if "_publish" not in request.POST or not self._publish(request, subject, form):
            self.subject_type.refresh_state(subject)
        if "_submit_review" in request.POST:
            self.submit_for_review(request, subject, form)

    def _publish(self, request: HttpRequest, subject: SubjectT, form: SubjectForm) -> bool:
        """Publish what was saved; False, with a message that says why, where that cannot be."""
        before = subject.current_revision_id
        try:
            revision = self.subject_type.publish(
                subject,
                by=current_member(request),
                note=form.note["note"],
                correction=form.note["is_correction"],
                seen=seen_edit(request.POST),
            )
        except NotPublishable as error:
            self.message_user(
                request,
                _("Saved as a draft, not published: %(faults)s") % {"faults": error},
                messages.WARNING,
            )
            return False
        if revision.pk != before:
            self.message_user(
                request,
                _("Published as revision %(number)s.") % {"number": revision.number},
                messages.SUCCESS,
            )
        return True

    def response_add(
        self, request: HttpRequest, obj: SubjectT, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Return to the form, which shows the outcome."""
        _stay_on_the_form(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: SubjectT) -> HttpResponse:
        """Return to the form, which shows the outcome."""
        _stay_on_the_form(request)
        return super().response_change(request, obj)

    def get_readonly_fields(
        self, request: HttpRequest, obj: SubjectT | None = None
    ) -> tuple[str, ...]:
        """The address of a public page, with REVIEW=two: it changes at once, so publishers change it."""
        fields = tuple(super().get_readonly_fields(request, obj))
        if settings.REVIEW == "one" or not isinstance(obj, NamedSubject) or not obj.was_published:
            return fields
        return fields if self._is_publisher(request) else (*fields, "slug")

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: SubjectT | None = None
    ) -> dict[str, Sequence[str]]:
        """Only of a new subject: a stored address does not follow the name."""
        return {} if obj is not None else dict(super().get_prepopulated_fields(request, obj))

    def _is_publisher(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add to the context what keeps the stored draft from readers, and who may do what."""
        context: dict[str, Any] = {"may_withdraw": self.may_withdraw(request)}
        subject = self.get_object(request, unquote(object_id))
        if subject is not None:
            is_get = request.method == "GET"  # `seen` first: it must be no newer than what is shown
            context["seen"] = newest_edit(subject) if is_get else seen_edit(request.POST)
            context["waiting"] = waiting_draft(
                subject, self.subject_type.schema, current_member(request)
            )
            context["publication_state"] = publication_state(subject)
            context["may_publish"] = self._may_publish(subject, context["waiting"])
            if is_get:
                context["publish_errors"] = self.subject_type.draft_errors(subject)
        context |= extra_context or {}
        return super().change_view(request, object_id, form_url, context)

    @staticmethod
    def _may_publish(subject: SubjectT, waiting: Any) -> bool:
        """Whether to offer publishing: with REVIEW=two only of what somebody else wrote."""
        if not waiting.two_people:
            return True
        return not waiting.message and bool(waiting.names or not subject.is_published)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With REVIEW=two nobody publishes what they write."""
        context = {"may_publish": settings.REVIEW == "one", **(extra_context or {})}
        return super().add_view(request, form_url, context)

    @admin.display(description=gettext_lazy("State"))
    def state(self, subject: SubjectT) -> str:
        """What readers see, what waits, and how many errors keep it from them."""
        return str(publication_state(subject))


def _stay_on_the_form(request: HttpRequest) -> None:
    if not request.POST.keys().isdisjoint(_STAYS):
        posted = request.POST.copy()
        posted["_continue"] = "1"
        request.POST = posted  # type: ignore[assignment]  # as Django's own `response_add` does
