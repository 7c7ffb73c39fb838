"""Decisions about whole threads. Raises subclasses of `remedies_site.exceptions.ServiceError`."""

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from discussions.choices import Action
from discussions.models import Comment, Thread
from discussions.moderation.recipients import notify_affected
from discussions.moderation.services import record_decision, require_moderator
from discussions.services import thread_of
from discussions.visits import forget_visits_without_words
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.exceptions import InvalidInput


def lock_thread(root: Comment, *, by: User) -> Comment:
    """Close a thread to replies. Raises: InvalidInput, NotPermitted."""
    return _set_locked(root, by=by, is_locked=True)


def unlock_thread(root: Comment, *, by: User) -> Comment:
    """Let a thread take replies again. Raises: InvalidInput, NotPermitted."""
    return _set_locked(root, by=by, is_locked=False)


@transaction.atomic
def _set_locked(root: Comment, *, by: User, is_locked: bool) -> Comment:
    require_moderator(by)
    locked = _lock_whole_thread(root)
    if locked.is_locked == is_locked:
        raise InvalidInput(_("Somebody else has decided already."))
    _comments_of(locked).update(is_locked=is_locked)
    locked.is_locked = is_locked
    action = Action.LOCK if is_locked else Action.UNLOCK
    notify_affected(record_decision(locked, action, by=by))
    return locked


@transaction.atomic
def move_thread(
    root: Comment, *, to: Remedy | RemedyConditionEntry, by: User, reason: str = ""
) -> Comment:
    """Move a thread with its replies to the discussion of another published subject.

    Raises: InvalidInput, NotPermitted.
    """
    require_moderator(by)
    locked = _lock_whole_thread(root)
    target = thread_of(to)
    if target.pk == locked.thread_id:
        raise InvalidInput(_("The thread is there already."))
    if not to.is_published:
        raise InvalidInput(_("Readers do not see that page."))
    origin = locked.thread_id
    _comments_of(locked).update(thread=target)
    _touch(origin)
    forget_visits_without_words(origin)
    locked.thread = target
    notify_affected(record_decision(locked, Action.MOVE, by=by, reason=reason))
    return locked


def _touch(thread: int) -> None:
    """Let the pages of a discussion move that lost comments: the triggers see where a row is, not was."""
    Thread.objects.filter(pk=thread).update(entry=F("entry"), remedy=F("remedy"))


def _lock_whole_thread(root: Comment) -> Comment:
    """The current row of a root, locked with all its replies in the order of their keys.

    Raises: InvalidInput, for a reply.
    """
    if root.root_id is not None:
        raise InvalidInput(_("Choose the first comment of the thread."))
    list(_comments_of(root).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    return Comment.objects.select_related("author", "thread").get(pk=root.pk)


def _comments_of(root: Comment) -> QuerySet[Comment]:
    return Comment.objects.filter(Q(pk=root.pk) | Q(root=root.pk))
