"""The queue of submitted drafts, and the page on which a second person decides about one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.decorators import current_member
from publishing.admin.schedule_page import TimeField
from publishing.forms import seen_edit
from publishing.models import ReviewState, Submission, SubmissionState
from publishing.review.draft_differences import Difference, waiting_draft
from publishing.review.drafts import newest_edit
from publishing.review.open_reviews import subject_of
from publishing.review.scheduling import approve_for_later
from publishing.review.services import waiting_changes
from publishing.review.submissions import (
    approval_error,
    approve_submission,
    may_publish,
    send_back,
    take_back,
)
from publishing.services import subject_type, subject_types
from remedies_site.admin_lists import BoundedListAdmin
from remedies_site.editing.read_only import ReadOnlyAdmin, admin_url
from remedies_site.exceptions import InvalidInput, NotPermitted, NotPublishable
from remedies_site.kept_text import as_get, keeps_text, shows_again

_COMMENT, _PATH = "comment-", "path-"


@dataclass(frozen=True)
class ReviewedChange:
    """One changed field of a draft, and what was typed about it."""

    difference: Difference
    number: int
    comment: str


class SubmissionChangeList(ChangeList):
    """The queue, each row with its page."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> models.QuerySet[Any]:
        """As Django does; the pages are fetched in one query for each kind."""
        rows: models.QuerySet[Any] = super().get_queryset(*args, **kwargs)
        kinds = [kind.model.objects.with_parts() for kind in subject_types()]
        return rows.prefetch_related(GenericPrefetch("subject", kinds))


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin[Submission], BoundedListAdmin[Submission]):
    """Drafts for review: what waits, who submitted it, and why."""

    change_form_template = "admin/submission.html"
    change_list_template = "admin/submission_list.html"
    list_display = ("page", "state", "author_name", "submitted_at", "reason")
    list_filter = ("state", "submitted_at")
    search_fields = ("author_name", "reason")
    ordering = ("-pk",)
    fields: ClassVar = (
        ("author_name", "submitted_at"),
        ("reason", "is_correction"),
        ("decided_by_name", "decided_at"),
        "decision_note",
    )

    @admin.display(description=gettext_lazy("page"))
    def page(self, submission: Submission) -> str:
        """The name of the subject."""
        return str(submission.subject)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """A list with the pages."""
        return SubmissionChangeList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With what of rows that have no draft waits, too."""
        changes = [
            {
                "label": model._meta.verbose_name_plural,
                "count": count,
                "url": f"{admin_url(model, 'changelist')}?state__exact={ReviewState.WAITING}",
            }
            for model, count in waiting_changes()
        ]
        context = {"title": _("Drafts for review"), "row_changes": changes}
        return super().changelist_view(request, context | (extra_context or {}))

    def get_urls(self) -> list[URLPattern]:
        """Add the decision."""
        view = self.admin_site.admin_view(self.decide_view)
        own = path("<path:object_id>/decide/", view, name="publishing_submission_decide")
        return [own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what would change for readers, beside both pages, and what this person may do about it."""
        submission = self.get_object(request, unquote(object_id))
        context: dict[str, Any] = {}
        if submission is not None:
            typed = (extra_context or {}).get("typed", {})
            context = self._review_context(request, submission, typed)
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def _review_context(
        self, request: HttpRequest, submission: Submission, typed: Mapping[str, Any]
    ) -> dict[str, Any]:
        subject, person = subject_of(submission), current_member(request)
        kind = subject_type(type(subject))
        seen = newest_edit(subject)  # first: it must be no newer than what is shown
        waiting = waiting_draft(subject, kind.schema, person, kind.safety)
        return {
            "title": _("Review: %(page)s") % {"page": subject},
            "subject": subject,
            "subject_url": admin_url(subject, "change", subject.pk),
            "seen": seen,
            "is_stale": seen != submission.seen,
            "waiting": waiting,
            "publish_errors": kind.draft_errors(subject),
            "waits": submission.state == SubmissionState.WAITING,
            "approval_error": approval_error(submission, person, waiting.authors),
            "may_decide": may_publish(subject, person) and submission.author_id != person.pk,
            "is_author": submission.author_id == person.pk,
            "decide_url": admin_url(Submission, "decide", submission.pk),
            "changes": _changes(waiting.fields, typed),
            "comments": submission.comments.all(),
        }

    @keeps_text()
    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Approve, send back or take back; 405 unless posted. The services decide who may."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        submission = self.get_object(request, unquote(object_id))
        if submission is None:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            if shows_again(request):
                raise InvalidInput(_("Nothing is sent yet. Look it over, and send it once more."))
            message = self._decide(request, submission)
        except NotPermitted as error:
            raise PermissionDenied(str(error)) from error
        except (InvalidInput, NotPublishable) as error:
            return self._shown_again(request, object_id, str(error))
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(admin_url(Submission, "change", submission.pk))

    def _decide(self, request: HttpRequest, submission: Submission) -> str:
        """Carry out what was chosen; the message about it. Raises NotPermitted, InvalidInput or NotPublishable."""
        person, decision = current_member(request), request.POST.get("decision", "")
        if decision == "approve":
            return self._approve(request, submission)
        if decision == "send_back":
            note = request.POST.get("note", "")
            send_back(submission, by=person, note=note, comments=_comments(request))
            return _("Sent back. Whoever submitted it is told.")
        if decision == "take_back":
            take_back(submission, by=person)
            return _("Taken back: it is a draft that waits for nobody.")
        raise InvalidInput(_("Choose what is to become of it."))

    def _approve(self, request: HttpRequest, submission: Submission) -> str:
        person, seen = current_member(request), seen_edit(request.POST)
        if typed := request.POST.get("publish_at", ""):
            try:
                moment = TimeField().clean(typed)
            except ValidationError as error:
                raise InvalidInput(" ".join(error.messages)) from error
            assert moment is not None  # noqa: S101  (the field is required)
            approve_for_later(submission, by=person, publish_at=moment, seen=seen)
            return _("Approved: it will be published at that time.")
        revision = approve_submission(submission, by=person, seen=seen)
        return _("Approved, and published as revision %(number)s.") % {"number": revision.number}

    def _shown_again(self, request: HttpRequest, object_id: str, error: str) -> HttpResponse:
        """The page of the submission with what was typed, and why nothing was decided (409)."""
        again = {"typed": request.POST, "decision_error": error}
        response = self.change_view(as_get(request), object_id, extra_context=again)
        response.status_code = 409
        return response


def _changes(fields: list[Difference], typed: Mapping[str, Any]) -> list[ReviewedChange]:
    return [
        ReviewedChange(difference, number, typed.get(f"{_COMMENT}{number}", ""))
        for number, difference in enumerate(fields, start=1)
    ]


def _comments(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What was typed at places: the path of each stands beside its box."""
    for name in request.POST:
        if name.startswith(_COMMENT):
            number = name.removeprefix(_COMMENT)
            yield request.POST.get(_PATH + number, ""), request.POST[name]
