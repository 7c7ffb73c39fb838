"""A draft is submitted, and a second person approves it or sends it back."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from accounts.notifications.choices import NotificationKind
from accounts.notifications.services import notify
from publishing.models import PlaceComment, Revision, Subject, Submission, SubmissionState
from publishing.review.authorship import Contributor
from publishing.review.drafts import draft_authors, event_facts, newest_edit
from publishing.review.open_reviews import decide, give_up_reviews, subject_of
from publishing.revisions import review_error
from publishing.services import subject_type
from remedies_site.editing.read_only import admin_url
from remedies_site.exceptions import InvalidInput, NotPermitted, NotPublishable
from remedies_site.markup import without_controls

LONGEST_REASON = 400
LONGEST_COMMENT = 1000
MOST_COMMENTS = 200
_LONGEST_PATH = 200

Comments = Iterable[tuple[str, str]]
"""What is said about places of a draft: (path, text)."""


def may_publish(subject: Subject[Revision], by: User) -> bool:
    """Whether this person has the permission to publish such subjects."""
    return by.has_perm(f"{subject._meta.app_label}.publish_{subject._meta.model_name}")


def count_waiting_submissions() -> int:
    """Drafts that wait for a second person, for the operator's numbers."""
    return Submission.objects.filter(state=SubmissionState.WAITING).count()


def lock_subject(subject: Subject[Revision]) -> Subject[Revision]:
    """The subject as it is now, its row locked until the transaction ends."""
    rows = type(subject).objects.select_for_update(of=("self",)).with_parts()
    return rows.get(pk=subject.pk)


def require_publishable(subject: Subject[Revision]) -> None:
    """Raises InvalidInput where nothing waits, NotPublishable with every error of the draft."""
    kind = subject_type(type(subject))
    if subject.is_published and not kind.has_changes(subject):
        raise InvalidInput(_("Nothing waits: readers see all of it."))
    if errors := kind.draft_errors(subject):
        raise NotPublishable(errors)


@transaction.atomic
def submit_draft(
    subject: Subject[Revision], *, by: User, reason: str, is_correction: bool = False
) -> Submission:
    """Ask a second person to publish the stored draft; what was submitted before is taken back.

    Raises InvalidInput where the reason is missing or nothing waits, NotPublishable with every error.
    """
    reason = without_controls(reason).strip()[:LONGEST_REASON]
    if settings.REVIEW == "one":
        raise InvalidInput(_("Here one person publishes: nobody else has to approve it."))
    if not reason:
        raise InvalidInput(_("Say what changed and why: a second person decides by it."))
    locked = lock_subject(subject)
    require_publishable(locked)
    give_up_reviews(locked, by=by, note=_("It was submitted again."))
    submission: Submission = locked.submissions.create(
        author=by,
        author_name=by.name,
        reason=reason,
        is_correction=is_correction,
        seen=newest_edit(locked),
    )
    log_event("review_submitted", actor=by.pk, **event_facts(locked))
    return submission


def approval_error(
    submission: Submission,
    by: User,
    authors: Sequence[Contributor],
    seen: int | None = None,
) -> str:
    """Why this person may not approve a submission; empty where they may.

    `authors` wrote what waits; `seen` is the newest save that this person looked at, where it is known.
    """
    subject = subject_of(submission)
    if not may_publish(subject, by):
        return _("It waits for a publisher: only a publisher who wrote none of it approves it.")
    if submission.author_id is None:
        return _("Whoever submitted this has no account any more: submit it anew.")
    if submission.author_id == by.pk:
        return _("A second person has to approve this: you submitted it.")
    if seen is not None and newest_edit(subject) != seen:
        return _("Somebody saved it since you opened this page: look at what waits now.")
    return review_error(subject, by, authors, seen)


@transaction.atomic
def approve_submission(submission: Submission, *, by: User, seen: int) -> Revision:
    """Publish what waits, as this person saw it. Raises NotPermitted, InvalidInput or NotPublishable."""
    subject, waiting = lock_for_approval(submission, by=by, seen=seen)
    decide(waiting, SubmissionState.APPROVED, by=by)
    revision = subject_type(type(subject)).publish(
        subject, by=by, note=waiting.reason, correction=waiting.is_correction, seen=seen
    )
    _tell_author(waiting, by, subject.get_absolute_url())
    return revision


def lock_for_approval(
    submission: Submission, *, by: User, seen: int
) -> tuple[Subject[Revision], Submission]:
    """Subject and submission as they are now, locked in this order, where this person may approve.

    Raises NotPermitted, InvalidInput or NotPublishable.
    """
    subject, waiting = _lock_waiting(submission)
    authors = draft_authors(subject, subject_type(type(subject)).schema)
    if message := approval_error(waiting, by, authors, seen):
        raise NotPermitted(message)
    require_publishable(subject)
    return subject, waiting


@transaction.atomic
def send_back(
    submission: Submission, *, by: User, note: str = "", comments: Comments = ()
) -> Submission:
    """Return a draft to its author with what to change: a reason, or comments on places.

    Raises NotPermitted, or InvalidInput where neither says anything.
    """
    subject, waiting = _lock_waiting(submission)
    if by.pk == waiting.author_id:
        raise NotPermitted(_("You submitted it: take it back."))
    if not may_publish(subject, by):
        raise NotPermitted(_("Only a publisher sends back what somebody else submitted."))
    note = without_controls(note).strip()[:LONGEST_REASON]
    said = _cleaned(comments)
    if not note and not said:
        raise InvalidInput(_("Say what has to change: a reason, or a comment on a place."))
    decide(waiting, SubmissionState.SENT_BACK, by=by, note=note)
    PlaceComment.objects.bulk_create(
        PlaceComment(submission=waiting, path=path, text=text, author=by, author_name=by.name)
        for path, text in said
    )
    log_event("review_sent_back", actor=by.pk, **event_facts(subject))
    _tell_author(waiting, by, admin_url(subject, "change", subject.pk))
    return waiting


@transaction.atomic
def take_back(submission: Submission, *, by: User) -> Submission:
    """Let a draft wait no more. Raises NotPermitted for anybody but its author, or InvalidInput."""
    subject, waiting = _lock_waiting(submission)
    if by.pk != waiting.author_id:
        raise NotPermitted(_("Only whoever submitted it takes it back."))
    decide(waiting, SubmissionState.TAKEN_BACK, by=by)
    log_event("review_taken_back", actor=by.pk, **event_facts(subject))
    return waiting


def _cleaned(comments: Comments) -> list[tuple[str, str]]:
    said = [
        (path[:_LONGEST_PATH], without_controls(text).strip()[:LONGEST_COMMENT])
        for path, text in comments
    ]
    return [(path, text) for path, text in said if text][:MOST_COMMENTS]


def _lock_waiting(submission: Submission) -> tuple[Subject[Revision], Submission]:
    """Subject and submission, locked in this order. Raises InvalidInput where it is decided."""
    subject = lock_subject(subject_of(submission))
    waiting = Submission.objects.select_for_update().get(pk=submission.pk)
    if waiting.state != SubmissionState.WAITING:
        raise InvalidInput(_("This was decided already."))
    return subject, waiting


def _tell_author(submission: Submission, by: User, url: str) -> None:
    author = submission.author
    if author is not None and author.pk != by.pk:
        title = str(subject_of(submission))
        notify([author], NotificationKind.CONTENT_DECIDED, title=title, url=url)
