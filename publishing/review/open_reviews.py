"""What of a draft is on its way to readers: its open submission, and the time that was set for it.

Each function is called with the subject's row locked, before the rows here.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from publishing.models import (
    Revision,
    Schedule,
    ScheduleState,
    Subject,
    Submission,
    SubmissionState,
)


def subject_of(row: Submission | Schedule) -> Subject[Revision]:
    """The subject that is on its way; rows about a subject go with it when it is deleted."""
    subject = row.subject
    assert isinstance(subject, Subject)  # noqa: S101  (see above)
    return subject


def open_submission(subject: Subject[Revision]) -> Submission | None:
    """The submission that waits, or that was sent back and not answered yet; locked."""
    submission: Submission | None = (
        subject.submissions.select_for_update().filter(is_open=True).first()
    )
    return submission


def decide(
    submission: Submission, state: SubmissionState, *, by: User | None, note: str = ""
) -> None:
    """Record what became of a submission, by whom and why.

    Who only takes back what is their own approves and rejects nothing: they are no approver.
    """
    is_approver = by is not None and state in {SubmissionState.APPROVED, SubmissionState.SENT_BACK}
    submission.state = state
    submission.approver = by if is_approver else None
    submission.decided_by_name = by.name if by else "system"
    submission.decided_at = timezone.now()
    submission.decision_note = note
    submission.is_open = state == SubmissionState.SENT_BACK
    submission.save()


def end_reviews(subject: Subject[Revision], *, by: User | None) -> None:
    """After a publication: nothing of the draft waits any more."""
    submission = open_submission(subject)
    if submission is not None and submission.state == SubmissionState.WAITING:
        if by is not None and by.pk != submission.author_id:
            decide(submission, SubmissionState.APPROVED, by=by)
        else:
            note = _("It was published without a second person.")
            decide(submission, SubmissionState.TAKEN_BACK, by=by, note=note)
    elif submission is not None:
        _close(submission)
    cancel_schedule(subject, _("It was published before its time."))


def give_up_reviews(subject: Subject[Revision], *, by: User | None, note: str) -> None:
    """End what was open, with the reason: what was submitted is not what would be published now."""
    submission = open_submission(subject)
    if submission is not None and submission.state == SubmissionState.WAITING:
        decide(submission, SubmissionState.TAKEN_BACK, by=by, note=note)
    elif submission is not None:
        _close(submission)


def cancel_schedule(subject: Subject[Revision], outcome: str) -> int:
    """End the time that was set for the draft; how many there were: one or none."""
    waiting = subject.schedules.filter(state=ScheduleState.WAITING)
    count: int = waiting.update(
        state=ScheduleState.CANCELLED, ended_at=timezone.now(), outcome=outcome[:1000]
    )
    return count


def waiting_schedule(subject: Subject[Revision]) -> Schedule | None:
    """The time that is set for the draft."""
    schedule: Schedule | None = subject.schedules.filter(state=ScheduleState.WAITING).first()
    return schedule


def _close(submission: Submission) -> None:
    submission.is_open = False
    submission.save(update_fields=["is_open"])
