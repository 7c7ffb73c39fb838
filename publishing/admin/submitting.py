"""Submitting a draft from its form, and what whoever reviewed it said at each place of the form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.decorators import current_member
from publishing.forms import SubjectForm
from publishing.models import PlaceComment, SubjectT, Submission, SubmissionState
from publishing.publication_state import publication_state
from publishing.review.draft_differences import path_label
from publishing.review.open_reviews import waiting_schedule
from publishing.review.submissions import submit_draft
from remedies_site.editing.read_only import admin_url
from remedies_site.exceptions import InvalidInput, NotPublishable


@dataclass(frozen=True)
class PlacedComment:
    """What a reviewer said, and the id of the field that it is about (empty: no field of the form)."""

    label: str
    text: str
    target: str


@dataclass(frozen=True)
class ShownReview:
    """What became of the draft that was submitted, for its form."""

    submission: Submission
    comments: list[PlacedComment]

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided on it."""
        return self.submission.state == SubmissionState.WAITING

    @property
    def url(self) -> str:
        """The page that shows the submission."""
        return admin_url(Submission, "change", self.submission.pk)


class SubmittingAdmin(admin.ModelAdmin[SubjectT]):
    """Subjects whose draft is submitted for review."""

    def submit_for_review(self, request: HttpRequest, subject: SubjectT, form: SubjectForm) -> None:
        """Submit what was saved, or say why that cannot be."""
        try:
            submit_draft(
                subject,
                by=current_member(request),
                reason=form.note["note"],
                is_correction=form.note["is_correction"],
            )
        except NotPublishable as error:
            sentence = _("Saved as a draft, not submitted: %(faults)s")
            self.message_user(request, sentence % {"faults": error}, messages.WARNING)
        except InvalidInput as error:
            sentence = _("Saved as a draft, not submitted. %(reason)s")
            self.message_user(request, sentence % {"reason": error}, messages.WARNING)
        else:
            message = _("Submitted. Readers see it once a publisher other than you approves it.")
            self.message_user(request, message, messages.SUCCESS)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: SubjectT | None = None,
    ) -> HttpResponse:
        """Put the comments of whoever sent it back at their fields, and the time that is set on top."""
        if obj is not None and obj.pk:
            submission = publication_state(obj).submission
            context["schedule"] = waiting_schedule(obj)
            if submission is not None:
                comments = list(_placed(submission, obj, context))
                context["review"] = ShownReview(submission, comments)
        return super().render_change_form(request, context, add, change, form_url, obj)


def _placed(
    submission: Submission, subject: SubjectT, context: dict[str, Any]
) -> Iterator[PlacedComment]:
    """Each comment with its field, which gets its text as well."""
    forms = {"": context["adminform"].form}
    for inline in context["inline_admin_formsets"]:
        for form in inline.formset.initial_forms:
            forms[f"{inline.formset.prefix}/{form.instance.pk}"] = form
    for comment in submission.comments.all():
        row, _slash, name = comment.path.rpartition("/")
        form = forms.get(row)
        target = ""
        if form is not None and name in form.fields:
            bound = form[name]
            bound.comments = [*getattr(bound, "comments", ()), comment]
            target = bound.id_for_label or bound.auto_id
        yield PlacedComment(_label(subject, comment), comment.text, target)


def _label(subject: SubjectT, comment: PlaceComment) -> str:
    try:
        return path_label(subject, comment.path) if comment.path else ""
    except AttributeError:  # a path that this form never had
        return comment.path
