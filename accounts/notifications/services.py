"""Writes about notifications."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Notification, NotificationSetting, User
from accounts.models.notification import MAX_TITLE_LENGTH
from accounts.notifications.choices import (
    ALWAYS_AT_ONCE,
    MailTiming,
    NotificationKind,
    default_timing,
)
from accounts.notifications.mails import send_notification
from accounts.notifications.unsubscribing import DAILY, Unsubscription
from accounts.services import lock_member

KEPT_READ = timedelta(days=90)
"""How long a notification stays in the inbox after it was read."""
_BATCH = 500


@transaction.atomic
def notify(recipients: Iterable[User], kind: NotificationKind, *, title: str, url: str) -> None:
    """Tell each of these people once; those who want a mail at once get one.

    `title` is the name of the page and `url` its path. Who has not read an equal notification yet gets no
    second one, and no second mail. Call it last in a transaction, after all rows are locked.
    Raises: ValueError, for a URL that is no path of this site, or an empty title.
    """
    if not title or not url.startswith("/") or url.startswith("//"):
        raise ValueError("A notification has a title and a path of this site.")
    people = _hold(recipients)
    if not people:
        return
    Notification.objects.bulk_create(
        [
            Notification(user=person, kind=kind, title=title[:MAX_TITLE_LENGTH], url=url)
            for person in people
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    for person in _mailed_at_once(people, kind):
        unread = Notification.objects.filter(user=person, kind=kind, url=url, read_at=None)
        if unread.filter(mailed_at=None).update(mailed_at=timezone.now()):
            send_notification(person, kind)


def _hold(recipients: Iterable[User]) -> list[User]:
    """Those whose account is there, once each, in the order of their keys; it stays until the end.

    FOR KEY SHARE waits for the deletion of an account and for nothing else. `lock_member` would not do: two
    members who reply to each other at once hold each their own row, and would wait for the other's.
    """
    keys = sorted({person.pk for person in recipients})
    if connection.vendor == "postgresql" and keys:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM accounts_user WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE", [keys]
            )
    return list(User.objects.filter(pk__in=keys).order_by("pk"))


def _mailed_at_once(people: Sequence[User], kind: NotificationKind) -> Iterator[User]:
    rows = NotificationSetting.objects.filter(user__in=people, kind=kind)
    chosen = {} if kind in ALWAYS_AT_ONCE else dict(rows.values_list("user_id", "timing"))
    for person in people:
        if chosen.get(person.pk, default_timing(kind)) == MailTiming.AT_ONCE:
            yield person


def mark_read(user: User, pk: int) -> None:
    """Mark one notification of the member as read, where it is not."""
    Notification.objects.filter(user=user, pk=pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(user: User) -> int:
    """Mark all of a member's notifications as read; the number of those that were not."""
    return Notification.objects.filter(user=user, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def set_timings(user: User, timings: Mapping[NotificationKind, MailTiming]) -> None:
    """Store when each of these kinds is mailed; the others stay. Raises: NotPermitted, without an account."""
    lock_member(user)
    for kind, timing in timings.items():
        NotificationSetting.objects.update_or_create(
            user=user, kind=kind, defaults={"timing": timing}
        )


def turn_off(unsubscription: Unsubscription) -> None:
    """Mail this kind no more, or nothing once a day. Raises: NotPermitted, without an account."""
    user, subject = unsubscription.user, unsubscription.subject
    if subject != DAILY:
        set_timings(user, {NotificationKind(subject): MailTiming.OFF})
        return
    daily = NotificationSetting.objects.filter(user=user, timing=MailTiming.DAILY)
    kinds = [NotificationKind(kind) for kind in daily.values_list("kind", flat=True)]
    set_timings(user, dict.fromkeys(kinds, MailTiming.OFF))


def forget_notifications(user: User) -> None:
    """Delete a member's notifications: they say which pages the member reads and writes on."""
    Notification.objects.filter(user=user).delete()


def delete_old() -> int:
    """Delete what was read more than `KEPT_READ` ago; the number of rows."""
    old = Notification.objects.filter(read_at__lt=timezone.now() - KEPT_READ)
    return old.delete()[0]
