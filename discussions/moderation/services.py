"""Reports, and what is decided about comments. Raises subclasses of `remedies_site.exceptions.ServiceError`."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from accounts.rate_limits import REPORTS, enforce
from accounts.services import lock_member
from discussions.choices import AUTOMATIC_REASONS, Action, Reason, State
from discussions.models import Comment, Decision, Report
from discussions.policies import MAX_DETAIL_LENGTH
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
    if by is None:
        report = Report.objects.create(comment=comment, reason=reason, detail=detail)
    else:
        lock_member(by)
        enforce(by, REPORTS)
        locked = lock_comment(comment)
        require_permission(permissions_of(locked, by).report, _("You cannot report this comment."))
        values = {"reason": reason, "detail": detail, "decision": None}
        report, _created = Report.objects.update_or_create(
            comment=locked, reporter=by, defaults=values
        )
        _hide_if_due(locked)
    log_event("comment_reported", actor=by.pk if by else None, comment=comment.pk, reason=reason)
    return report


def _hide_if_due(comment: Comment) -> None:
    """Hide a visible comment that enough people reported, until a moderator has looked.

    Reports of an emergency do not count: help has to stay in reach. Nor do those without a name.
    """
    by_people = comment.reports.filter(decision=None, reporter__isnull=False)
    counted = by_people.exclude(reason=Reason.EMERGENCY)
    urgent = counted.filter(reason__in=[Reason.DANGER, Reason.PRIVATE])
    if urgent.count() >= settings.HIDE_AT_URGENT_REPORTS:
        first = urgent.order_by("pk")[0]
    elif counted.count() >= settings.HIDE_AT_REPORTS:
        first = counted.order_by("pk")[0]
    else:
        return
    if comment.parent:
        count_replies(comment.parent, -1)
    comment.state = State.HIDDEN
    comment.save(update_fields=["state"])
    Decision.objects.create(
        comment=comment,
        action=Action.HIDE,
        reason=str(first.get_reason_display()),
        is_automatic=True,
    )
    log_event("comment_hidden", comment=comment.pk)


@transaction.atomic
def remove_comment(comment: Comment, *, by: User, reason: str) -> Comment:
    """Hide a comment from readers, who see the reason in its place; for moderators.

    Raises: InvalidInput, NotPermitted.
    """
    _require_moderator(by, _("Only moderators remove comments."))
    reason = without_controls(reason).strip()[:200]
    if not reason:
        raise InvalidInput(_("Give the reason that readers see."))
    locked = lock_comment(comment)
    if locked.state in {State.DELETED, State.REMOVED}:
        raise InvalidInput(_("This comment is gone already."))
    if locked.is_visible and locked.parent:
        count_replies(locked.parent, -1)
    locked.state, locked.removal_reason = State.REMOVED, reason
    locked.save(update_fields=["state", "removal_reason"])
    _decide(locked, Action.REMOVE, by=by, reason=reason)
    log_event("comment_removed", actor=by.pk, comment=locked.pk)
    return locked


@transaction.atomic
def restore_comment(comment: Comment, *, by: User) -> Comment:
    """Make a removed, hidden or held comment visible again; for moderators.

    Raises: InvalidInput, NotPermitted.
    """
    _require_moderator(by, _("Only moderators restore comments."))
    locked = lock_comment(comment)
    if locked.state not in {State.REMOVED, State.HIDDEN, State.HELD}:
        raise InvalidInput(_("There is nothing to restore here."))
    if locked.parent:
        count_replies(locked.parent, +1)
    locked.state, locked.removal_reason = State.VISIBLE, ""
    locked.save(update_fields=["state", "removal_reason"])
    _decide(locked, Action.RESTORE, by=by)
    log_event("comment_restored", actor=by.pk, comment=locked.pk)
    return locked


@transaction.atomic
def keep_comment(comment: Comment, *, by: User) -> Comment:
    """Decide that a reported comment may stay, which closes its reports; for moderators.

    Raises: InvalidInput, NotPermitted.
    """
    _require_moderator(by, _("Only moderators decide on reports."))
    locked = lock_comment(comment)
    if not locked.is_visible or not locked.reports.filter(decision=None).exists():
        raise InvalidInput(_("Somebody else has decided already."))
    _decide(locked, Action.KEEP, by=by)
    log_event("comment_kept", actor=by.pk, comment=locked.pk)
    return locked


def _require_moderator(by: User, message: str) -> None:
    require_permission(by.has_perm("discussions.moderate_comment"), message)


def _decide(comment: Comment, action: Action, *, by: User, reason: str = "") -> None:
    """Write a moderator's decision into the log, and close the reports that led to it."""
    decision = Decision.objects.create(comment=comment, action=action, by=by, reason=reason)
    comment.reports.filter(decision=None).update(decision=decision)
