"""The forms of moderators: from the values of a form to the service, and to what the moderator reads."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from accounts.models import SanctionKind, User
from discussions.models import Comment
from discussions.moderation import member_services, services, thread_services
from discussions.moderation.queue import move_targets
from remedies_site.exceptions import InvalidInput

Form = Mapping[str, str]
_SANCTIONS = {
    "remind": SanctionKind.REMINDER,
    "pause": SanctionKind.PAUSE,
    "long_pause": SanctionKind.LONG_PAUSE,
    "suspend": SanctionKind.SUSPENSION,
}


def carry_out(comment: Comment, *, by: User, form: Form) -> str:
    """Do what `action` in the form names, and return the message for the moderator. Raises: ServiceError."""
    action = form.get("action", "")
    if action in _SANCTIONS:
        return _sanction(comment, by, form, _SANCTIONS[action])
    if action not in _ACTIONS:
        raise InvalidInput(_("Choose what to do."))
    return _ACTIONS[action](comment, by, form)


def _keep(comment: Comment, by: User, _form: Form) -> str:
    services.keep_comment(comment, by=by)
    return _("The comment stays. Its reports are closed.")


def _remove(comment: Comment, by: User, form: Form) -> str:
    services.remove_comment(comment, by=by, reason=form.get("reason", ""))
    return _("The comment is removed. Its reports are closed.")


def _restore(comment: Comment, by: User, _form: Form) -> str:
    services.restore_comment(comment, by=by)
    return _("The comment is back. Its reports are closed.")


def _take(comment: Comment, by: User, _form: Form) -> str:
    services.take_reports(comment, by=by)
    return _("The other moderators see that you are looking at it.")


def _note(comment: Comment, by: User, form: Form) -> str:
    services.add_note(comment, by=by, text=form.get("note", ""))
    return _("Your note is there for the other moderators.")


def _lock(comment: Comment, by: User, _form: Form) -> str:
    thread_services.lock_thread(comment.root or comment, by=by)
    return _("The thread takes no more replies.")


def _unlock(comment: Comment, by: User, _form: Form) -> str:
    thread_services.unlock_thread(comment.root or comment, by=by)
    return _("The thread takes replies again.")


def _move(comment: Comment, by: User, form: Form) -> str:
    targets = {target.value: target.subject for target in move_targets(comment)}
    if form.get("to", "") not in targets:
        raise InvalidInput(_("Choose the page that the thread belongs to."))
    thread_services.move_thread(comment.root or comment, to=targets[form["to"]], by=by)
    return _("The thread is moved.")


def _sanction(comment: Comment, by: User, form: Form, kind: SanctionKind) -> str:
    reason = form.get("member_reason", "")
    member_services.sanction_author(comment, by=by, kind=kind, reason=reason)
    if kind == SanctionKind.REMINDER:
        return _("The member gets your message.")
    return _("The member cannot write or vote now, and is told why and how to appeal.")


def _lift(comment: Comment, by: User, _form: Form) -> str:
    sanctions = member_services.sanctions_of_author(comment)
    if not sanctions:
        raise InvalidInput(_("Nothing keeps this member from writing."))
    for sanction in sanctions:
        member_services.lift(sanction, by=by)
    return _("The member can write and vote again.")


_ACTIONS: Mapping[str, Callable[[Comment, User, Form], str]] = {
    "keep": _keep,
    "remove": _remove,
    "restore": _restore,
    "take": _take,
    "note": _note,
    "lock": _lock,
    "unlock": _unlock,
    "move": _move,
    "lift": _lift,
}
