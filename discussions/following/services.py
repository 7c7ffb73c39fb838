"""Follows, and what those who follow are told. Raises subclasses of `remedies_site.exceptions.ServiceError`."""

from typing import TypedDict

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.notifications.choices import NotificationKind
from accounts.notifications.services import notify
from accounts.services import lock_member, require_consent
from conditions.models import Condition
from discussions.models import Announcement, Comment, Follow, Thread
from publishing.models import Revision, Subject
from remedies.models import Remedy, RemedyConditionEntry

Followed = Remedy | Condition | Thread


class _Scope(TypedDict, total=False):
    remedy: Remedy
    condition: Condition
    thread: Thread


@transaction.atomic
def follow(followed: Followed, *, by: User, consent: bool = False) -> Follow:
    """Follow a page or a discussion; a second time changes nothing. Raises: InvalidInput, NotPermitted.

    It takes the member's consent, as a vote does: what somebody follows tells of their health.
    """
    require_consent(by, consent)
    return Follow.objects.get_or_create(user=by, **_scope(followed))[0]


@transaction.atomic
def unfollow(followed: Followed, *, by: User) -> bool:
    """Follow it no more; whether the member did. Raises: NotPermitted, without an account."""
    lock_member(by)
    return bool(Follow.objects.filter(user=by, **_scope(followed)).delete()[0])


def forget_follows(user: User) -> None:
    """Delete all that a member follows; in the transaction of who locked the member."""
    Follow.objects.filter(user=user).delete()


def _scope(followed: Followed) -> _Scope:
    if isinstance(followed, Remedy):
        return {"remedy": followed}
    return {"condition": followed} if isinstance(followed, Condition) else {"thread": followed}


@transaction.atomic(savepoint=False)
def announce(comment: Comment) -> None:
    """Tell the author of the parent, and those who follow the discussion, of a comment that readers see.

    Call it last in the transaction in which the comment becomes visible, at first or after a moderator put
    it back; its row is new then, or locked. Each comment is announced once; one that is not visible is not, and may be later.
    """
    if not comment.is_visible:
        return
    if Announcement.objects.filter(comment=comment).exists():
        return
    Announcement.objects.create(comment=comment)
    parent = comment.parent.author if comment.parent else None
    answered = [parent] if parent is not None and parent.pk != comment.author_id else []
    known = [comment.author_id or 0, *(person.pk for person in answered)]
    followers = list(User.objects.filter(follows__thread=comment.thread_id).exclude(pk__in=known))
    if answered or followers:
        title, url = comment.thread.subject.shown_title, comment.get_absolute_url()
        notify(answered, NotificationKind.REPLY, title=title, url=url)
        notify(followers, NotificationKind.FOLLOWED_COMMENT, title=title, url=url)


def announce_revision(subject: Subject[Revision], *, by: User | None) -> None:
    """Tell those who follow a page that it changed, or one of its entries; who published it knows.

    To be called in the transaction that published. Nothing is told of a page that readers cannot see.
    """
    if not all(part.is_published for part in subject.parts):
        return
    if isinstance(subject, RemedyConditionEntry):
        about = Q(follows__remedy=subject.remedy_id) | Q(follows__condition=subject.condition_id)
    elif isinstance(subject, Remedy):
        about = Q(follows__remedy=subject.pk)
    else:
        about = Q(follows__condition=subject.pk)
    followers = User.objects.filter(about).exclude(pk=by.pk if by else 0).distinct()
    notify(
        followers,
        NotificationKind.FOLLOWED_UPDATE,
        title=subject.shown_title,
        url=subject.get_absolute_url(),
    )
