"""Decisions about the author of a comment. Raises subclasses of `remedies_site.exceptions.ServiceError`."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Sanction, SanctionKind, User
from accounts.sanctions.services import impose_sanction, lift_sanction, sanctions_in_force
from accounts.services import lock_member
from discussions.choices import Action
from discussions.models import Comment, Decision
from discussions.moderation.recipients import notify_affected, notify_lifted
from discussions.moderation.services import cleaned_reason, record_decision, require_moderator
from discussions.services import lock_comment
from remedies_site.exceptions import InvalidInput

_ACTIONS = {
    SanctionKind.REMINDER: Action.REMIND,
    SanctionKind.PAUSE: Action.PAUSE,
    SanctionKind.LONG_PAUSE: Action.PAUSE,
    SanctionKind.SUSPENSION: Action.SUSPEND,
}


@transaction.atomic
def sanction_author(comment: Comment, *, by: User, kind: SanctionKind, reason: str) -> Decision:
    """Remind, pause or suspend the author of a comment, for a reason that the member reads.

    The comment stays as it is, with its reports. Raises: InvalidInput, NotPermitted.
    """
    require_moderator(by)
    reason = cleaned_reason(reason)
    if comment.author is None:
        raise InvalidInput(_("The author is not a member any more."))
    member = lock_member(comment.author)
    locked = lock_comment(comment)
    if locked.author_id != member.pk:
        raise InvalidInput(_("The author deleted this comment meanwhile."))
    sanction = impose_sanction(member, kind)
    decision = record_decision(locked, _ACTIONS[kind], by=by, reason=reason, sanction=sanction)
    notify_affected(decision)
    return decision


def sanctions_of_author(comment: Comment) -> list[Sanction]:
    """The sanctions that bar the author of a comment from writing now, also where they deleted it."""
    about = Q(user=comment.author_id) | Q(decision__comment=comment)
    in_force = sanctions_in_force().filter(about, decision__isnull=False)
    return list(in_force.select_related("user", "decision__comment"))


@transaction.atomic
def lift(sanction: Sanction, *, by: User) -> None:
    """Let the member write and vote again. Raises: InvalidInput, NotPermitted."""
    require_moderator(by)
    lock_member(sanction.user)
    if not lift_sanction(sanction):
        raise InvalidInput(_("Somebody else has decided already."))
    if sanction.kind == SanctionKind.REMINDER:  # it barred nothing
        return
    record_decision(sanction.decision.comment, Action.LIFT, by=by)
    if not sanctions_in_force().filter(user=sanction.user_id).exists():
        notify_lifted(sanction)
