"""Drafts that are published at a time: set, cancelled, and published by the worker when it has come."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from accounts.notifications.choices import NotificationKind
from accounts.notifications.services import notify
from publishing.models import (
    Revision,
    Schedule,
    ScheduleState,
    Subject,
    Submission,
    SubmissionState,
)
from publishing.review.drafts import draft_authors, event_facts, newest_edit
from publishing.review.open_reviews import cancel_schedule, decide, open_submission, subject_of
from publishing.review.submissions import lock_for_approval, lock_subject, require_publishable
from publishing.revisions import review_error
from publishing.services import subject_type
from remedies_site.editing.read_only import admin_url
from remedies_site.exceptions import InvalidInput, NotPermitted, NotPublishable
from remedies_site.transactions import short_transaction

logger = logging.getLogger(__name__)
_MOST_AT_ONCE = 100


@transaction.atomic
def schedule_draft(
    subject: Subject[Revision],
    *,
    by: User,
    publish_at: datetime,
    seen: int,
    note: str = "",
    is_correction: bool = False,
) -> Schedule:
    """Let the worker publish the stored draft at a time; another time that was set is cancelled.

    It takes whoever may publish it now: with REVIEW=two a second person, who approves it thereby.
    Raises NotPermitted, InvalidInput, or NotPublishable with every error.
    """
    locked = lock_subject(subject)
    if message := _schedule_error(locked, by, seen):
        raise NotPermitted(message)
    require_publishable(locked)
    submission = open_submission(locked)
    if submission is not None and submission.state == SubmissionState.WAITING:
        is_approved = submission.author_id != by.pk
        state = SubmissionState.APPROVED if is_approved else SubmissionState.TAKEN_BACK
        decide(submission, state, by=by, note=_("To be published at a time."))
    return _set_time(
        locked, by=by, publish_at=publish_at, seen=seen, note=note, is_correction=is_correction
    )


@transaction.atomic
def approve_for_later(
    submission: Submission, *, by: User, publish_at: datetime, seen: int
) -> Schedule:
    """Approve a submission, to be published at a time. Raises NotPermitted, InvalidInput or NotPublishable."""
    subject, waiting = lock_for_approval(submission, by=by, seen=seen)
    decide(waiting, SubmissionState.APPROVED, by=by, note=_("To be published at a time."))
    return _set_time(
        subject,
        by=by,
        publish_at=publish_at,
        seen=seen,
        note=waiting.reason,
        is_correction=waiting.is_correction,
    )


def _schedule_error(subject: Subject[Revision], by: User, seen: int) -> str:
    if not by.has_perm(f"{subject._meta.app_label}.change_{subject._meta.model_name}"):
        return _("Only editors publish.")
    if newest_edit(subject) != seen:
        return _("Somebody saved it since you opened this page: look at what waits now.")
    return review_error(subject, by, draft_authors(subject, subject_type(type(subject)).schema))


def _set_time(
    subject: Subject[Revision], *, by: User, publish_at: datetime, **values: object
) -> Schedule:
    if publish_at <= timezone.now():
        raise InvalidInput(_("Choose a time that is still to come."))
    cancel_schedule(subject, _("Another time was set."))
    schedule: Schedule = subject.schedules.create(
        author=by, author_name=by.name, publish_at=publish_at, **values
    )
    log_event("publication_scheduled", actor=by.pk, **event_facts(subject))
    return schedule


@transaction.atomic
def cancel_publication(subject: Subject[Revision], *, by: User) -> None:
    """Let the draft wait without a time. Raises InvalidInput where none is set."""
    locked = lock_subject(subject)
    if not cancel_schedule(locked, _("Cancelled by %(name)s.") % {"name": by.name}):
        raise InvalidInput(_("No time is set."))
    log_event("publication_cancelled", actor=by.pk, **event_facts(locked))


def publish_due(now: datetime | None = None) -> int:
    """Publish every draft whose time has come; how many were. Each in a transaction of its own.

    What cannot be published stays a draft; whoever set the time is told.
    """
    moment = now or timezone.now()
    due = Schedule.objects.filter(state=ScheduleState.WAITING, publish_at__lte=moment)
    keys = due.order_by("publish_at", "pk").values_list("pk", flat=True)[:_MOST_AT_ONCE]
    count = 0
    for pk in list(keys):
        with short_transaction():
            count += _publish_one(pk, moment)
    return count


def _publish_one(pk: int, moment: datetime) -> bool:
    """Publish one draft, where no other worker did meanwhile; its row is locked before the time's."""
    known = Schedule.objects.filter(pk=pk).first()
    if known is None or known.subject is None:
        return False
    subject = lock_subject(subject_of(known))
    waiting = Schedule.objects.select_for_update().filter(pk=pk, state=ScheduleState.WAITING)
    due = waiting.filter(publish_at__lte=moment).first()
    if due is None:
        return False
    due.state, due.ended_at = ScheduleState.PUBLISHED, timezone.now()
    due.save()
    failure = _publish(subject, due)
    if failure:
        due.state, due.outcome = ScheduleState.FAILED, failure[:1000]
        due.save()
        log_event("publication_failed", actor=due.author_id, **event_facts(subject))
        _tell(due, subject)
    else:
        log_event("publication_due", actor=due.author_id, **event_facts(subject))
    return not failure


def _publish(subject: Subject[Revision], due: Schedule) -> str:
    """Publish in the name of whoever set the time; why not, where that cannot be."""
    if due.author is None or not _may_still(due.author, subject):
        return _("Whoever set the time may not publish any more.")
    if newest_edit(subject) != due.seen:
        return _("It was saved after the time was set.")
    try:
        with transaction.atomic():
            subject_type(type(subject)).publish(
                subject,
                by=due.author,
                note=due.note,
                correction=due.is_correction,
                seen=due.seen,
            )
    except NotPublishable as error:
        return str(error)
    except (InterfaceError, OperationalError):
        raise  # the database, not the draft: it is tried again
    except Exception:  # one draft must not keep the others waiting for ever
        logger.exception("Schedule %s could not be published", due.pk)
        return _("The program failed; its log says more.")
    return ""


def _may_still(person: User, subject: Subject[Revision]) -> bool:
    """Whether they still have the permission by which they set the time."""
    act = "publish" if settings.REVIEW == "two" else "change"
    permission = f"{subject._meta.app_label}.{act}_{subject._meta.model_name}"
    return person.is_active and person.is_staff and person.has_perm(permission)


def _tell(due: Schedule, subject: Subject[Revision]) -> None:
    if due.author is not None:
        notify(
            [due.author],
            NotificationKind.CONTENT_DECIDED,
            title=str(subject),
            url=admin_url(subject, "change", subject.pk),
        )
