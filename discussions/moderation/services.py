"""Reports, and what is decided about comments. Raises subclasses of `remedies_site.exceptions.ServiceError`."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import Sanction, User
from accounts.rate_limits import REPORTS, enforce
from accounts.sanctions.services import sanctions_in_force
from accounts.services import lock_member
from discussions.choices import AUTOMATIC_REASONS, Action, Reason, State
from discussions.following.services import announce
from discussions.models import Comment, Decision, Note, Report
from discussions.moderation.recipients import (
    notify_affected,
    notify_moderators,
    notify_reporters,
)
from discussions.policies import MAX_DETAIL_LENGTH, MAX_NOTE_LENGTH, MAX_REASON_LENGTH
from discussions.services import (
    count_replies,
    lock_comment,
    permissions_of,
    require_permission,
)
from remedies_site.exceptions import InvalidInput
from remedies_site.markup import without_controls


@transaction.atomic
def report_comment(comment: Comment, *, by: User | None, reason: str, detail: str = "") -> Report:
    """Create a report; a member's second report of the same comment replaces the first.

    So many reports of different people hide the comment: HIDE_AT_REPORTS, HIDE_AT_URGENT_REPORTS.
    Raises: InvalidInput, NotPermitted, RateLimited.
    """
    if reason not in Reason.values or reason in AUTOMATIC_REASONS:
        raise InvalidInput(_("Choose a reason."))
    detail = detail.replace("\x00", "").strip()
    if reason == Reason.OTHER and not detail:
        raise InvalidInput(_("Say what is wrong with it."))
    if len(detail) > MAX_DETAIL_LENGTH:
        raise InvalidInput(_("Keep it to 1,000 characters."))
    hiding = None
    if by is None:
        report = Report.objects.create(comment=comment, reason=reason, detail=detail)
    else:
        lock_member(by)
        enforce(by, REPORTS)
        locked = lock_comment(comment)
        require_permission(permissions_of(locked, by).report, _("You cannot report this comment."))
        _require_no_decision_since(locked, by)
        values = {"reason": reason, "detail": detail, "decision": None, "taken_by": None}
        report, _created = Report.objects.update_or_create(
            comment=locked, reporter=by, defaults=values
        )
        hiding = _hide_if_due(locked)
    log_event("comment_reported", actor=by.pk if by else None, comment=comment.pk, reason=reason)
    notify_moderators(report)
    if hiding:
        notify_affected(hiding)
    return report


def _require_no_decision_since(comment: Comment, by: User) -> None:
    """Raises: InvalidInput, where a moderator decided on this person's report of the same words."""
    own = comment.reports.filter(reporter=by, decision__isnull=False).select_related("decision")
    decided = own.first()
    if decided is None or decided.decision is None:
        return
    if comment.edited_at is None or comment.edited_at <= decided.decision.created_at:
        raise InvalidInput(_("A moderator has looked at your report of this comment, and decided."))


@transaction.atomic
def withdraw_report(report: Report, *, by: User) -> None:
    """Take one's own report back while nobody has decided on it; it counts no more.

    A comment that it helped to hide stays hidden until a moderator has looked. Raises: InvalidInput,
    NotPermitted.
    """
    lock_member(by)
    lock_comment(report.comment)
    own = Report.objects.filter(pk=report.pk, reporter=by)
    require_permission(own.exists(), _("You can take back your own reports only."))
    if not own.filter(decision=None).delete()[0]:
        raise InvalidInput(_("A moderator has decided on this report already."))
    log_event("report_withdrawn", actor=by.pk, comment=report.comment_id)


def _hide_if_due(comment: Comment) -> Decision | None:
    """Hide a visible comment that enough people reported, until a moderator has looked.

    Reports of an emergency do not count: help has to stay in reach. Nor do those without a name, and of
    members who may not write at the moment.
    """
    barred = sanctions_in_force().values("user")
    by_people = comment.reports.filter(decision=None, reporter__isnull=False).exclude(
        reporter__in=barred
    )
    counted = by_people.exclude(reason=Reason.EMERGENCY)
    urgent = counted.filter(reason__in=[Reason.DANGER, Reason.PRIVATE])
    if urgent.count() >= settings.HIDE_AT_URGENT_REPORTS:
        first = urgent.order_by("pk")[0]
    elif counted.count() >= settings.HIDE_AT_REPORTS:
        first = counted.order_by("pk")[0]
    else:
        return None
    if comment.parent:
        count_replies(comment.parent, -1)
    comment.state = State.HIDDEN
    comment.save(update_fields=["state"])
    log_event("comment_hidden", comment=comment.pk)
    return Decision.objects.create(
        comment=comment,
        action=Action.HIDE,
        reason=str(first.get_reason_display()),
        is_automatic=True,
    )


@transaction.atomic
def remove_comment(comment: Comment, *, by: User, reason: str) -> Comment:
    """Hide a comment from readers, who see the reason in its place; for moderators.

    Raises: InvalidInput, NotPermitted.
    """
    require_moderator(by)
    reason = cleaned_reason(reason)
    locked = lock_comment(comment)
    if locked.state in {State.DELETED, State.REMOVED}:
        raise InvalidInput(_("This comment is gone already."))
    if locked.is_visible and locked.parent:
        count_replies(locked.parent, -1)
    locked.state, locked.removal_reason = State.REMOVED, reason
    locked.save(update_fields=["state", "removal_reason"])
    decision = record_decision(locked, Action.REMOVE, by=by, reason=reason)
    close_reports(decision)
    notify_affected(decision)
    return locked


@transaction.atomic
def restore_comment(comment: Comment, *, by: User) -> Comment:
    """Make a removed, hidden or held comment visible again; for moderators.

    Raises: InvalidInput, NotPermitted.
    """
    require_moderator(by)
    locked = lock_comment(comment)
    _require_no_own(locked, by)
    if locked.state not in {State.REMOVED, State.HIDDEN, State.HELD}:
        raise InvalidInput(_("There is nothing to restore here."))
    if locked.parent:
        count_replies(locked.parent, +1)
    waited = locked.state == State.HELD
    locked.state, locked.removal_reason = State.VISIBLE, ""
    locked.save(update_fields=["state", "removal_reason"])
    decision = record_decision(locked, Action.RESTORE, by=by)
    close_reports(decision)
    if waited:  # others were announced when they were written
        announce(locked)
    notify_affected(decision)
    return locked


@transaction.atomic
def keep_comment(comment: Comment, *, by: User) -> Comment:
    """Decide that a reported comment may stay, which closes its reports; for moderators.

    Raises: InvalidInput, NotPermitted.
    """
    require_moderator(by)
    locked = lock_comment(comment)
    _require_no_own(locked, by)
    if not locked.is_visible or not locked.reports.filter(decision=None).exists():
        raise InvalidInput(_("Somebody else has decided already."))
    close_reports(record_decision(locked, Action.KEEP, by=by))
    return locked


@transaction.atomic
def take_reports(comment: Comment, *, by: User) -> None:
    """Show the other moderators that one is looking at a comment; whoever takes it later has it.

    Raises: InvalidInput, NotPermitted.
    """
    require_moderator(by)
    locked = lock_comment(comment)
    if not locked.reports.filter(decision=None).update(taken_by=by):
        raise InvalidInput(_("Nothing waits here any more."))


@transaction.atomic
def add_note(comment: Comment, *, by: User, text: str) -> Note:
    """Leave a note about a comment to the other moderators. Raises: InvalidInput, NotPermitted."""
    require_moderator(by)
    text = without_controls(text).strip()[:MAX_NOTE_LENGTH]
    if not text:
        raise InvalidInput(_("Write the note first."))
    locked = lock_comment(comment)
    if locked.state == State.DELETED:
        raise InvalidInput(_("This comment is gone already."))
    return Note.objects.create(comment=locked, by=by, text=text)


def _require_no_own(comment: Comment, by: User) -> None:
    require_permission(
        comment.author_id != by.pk, _("Another moderator has to decide on your own comment.")
    )


def require_moderator(by: User) -> None:
    """Raises: NotPermitted."""
    require_permission(by.has_perm("discussions.moderate_comment"), _("Only moderators do this."))


def cleaned_reason(reason: str) -> str:
    """The reason on one line, of 200 characters at most. Raises: InvalidInput, without one."""
    reason = without_controls(reason).strip()[:MAX_REASON_LENGTH]
    if not reason:
        raise InvalidInput(_("Give the reason that readers see."))
    return reason


def record_decision(
    comment: Comment,
    action: Action,
    *,
    by: User,
    reason: str = "",
    sanction: Sanction | None = None,
) -> Decision:
    """Write a moderator's decision into the log."""
    log_event("moderated", actor=by.pk, comment=comment.pk, action=action)
    return Decision.objects.create(
        comment=comment, action=action, by=by, reason=reason, sanction=sanction
    )


def close_reports(decision: Decision) -> None:
    """Close the open reports of the comment with the decision, and tell those who sent them."""
    reports = decision.comment.reports.filter(decision=None)
    notify_reporters(decision, reports)
    reports.update(decision=decision)
