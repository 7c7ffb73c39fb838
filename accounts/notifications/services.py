"""Writes about notifications."""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
from accounts.notifications.unsubscribing import DAILY, Unsubscription
from accounts.outbox import new_mail
from accounts.services import lock_member

KEPT_READ = timedelta(days=90)
"""How long a notification stays in the inbox after it was read."""
KEPT_UNREAD = timedelta(days=180)
"""How long one stays that nobody reads."""
_BATCH = 500


def notify(recipients: Iterable[User], kind: NotificationKind, *, title: str, url: str) -> None:
    """Tell each of these people once; a worker then mails those who want a mail at once.

    `title` is the name of the page and `url` its path. Who has not read an equal notification yet gets no
    second one, and no second mail. Call it last in a transaction, after all rows are locked.
    Raises: ValueError, for a URL that is no path of this site, or an empty title.
    """
    if not title or not url.startswith("/") or url.startswith("//"):
        raise ValueError("A notification has a title and a path of this site.")
    about = {"kind": kind, "title": title[:MAX_TITLE_LENGTH], "url": url}
    keys = sorted({person.pk for person in recipients})
    with transaction.atomic(savepoint=False):
        for start in range(0, len(keys), _BATCH):
            _store(_hold(keys[start : start + _BATCH]), about)


def _store(people: Sequence[User], about: Mapping[str, str]) -> None:
    """One row for each of these; a worker of this process is woken when the transaction commits."""
    mailed = _mailed_at_once(people, NotificationKind(about["kind"]))
    rows = [Notification(user=person, mail_due=person.pk in mailed, **about) for person in people]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if mailed:
        _mail_what_stood(mailed, about)
        transaction.on_commit(new_mail.set)


def _mail_what_stood(mailed: Collection[int], about: Mapping[str, str]) -> None:
    """An equal one from before is mailed now, where its person did not want mails then. Locked in order."""
    unread = Notification.objects.filter(
        user__in=mailed, kind=about["kind"], url=about["url"], read_at=None
    )
    silent = unread.filter(mailed_at=None, mail_due=False).order_by("user_id")
    Notification.objects.filter(pk__in=silent.select_for_update().values("pk")).update(
        mail_due=True
    )


def _hold(keys: list[int]) -> list[User]:
    """Those whose account is there and active, in the order of their keys; it stays until the end.

    FOR KEY SHARE waits for the deletion of an account and for nothing else. `lock_member` would not do: two
    members who reply to each other at once hold each their own row, and would wait for the other's.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM accounts_user WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE", [keys]
            )
    return list(User.objects.filter(pk__in=keys, is_active=True).order_by("pk"))


def _mailed_at_once(people: Sequence[User], kind: NotificationKind) -> set[int]:
    rows = NotificationSetting.objects.filter(user__in=people, kind=kind)
    chosen = {} if kind in ALWAYS_AT_ONCE else dict(rows.values_list("user_id", "timing"))
    timings = {person.pk: chosen.get(person.pk, default_timing(kind)) for person in people}
    return {pk for pk, timing in timings.items() if timing == MailTiming.AT_ONCE}


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
    no_more = [kind for kind, timing in timings.items() if timing != MailTiming.AT_ONCE]
    due = Notification.objects.filter(user=user, kind__in=no_more, mail_due=True)
    due.update(mail_due=False)


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
    """Delete what was read more than `KEPT_READ` ago, and what nobody read for `KEPT_UNREAD`; the number of rows."""
    now = timezone.now()
    read = Notification.objects.filter(read_at__lt=now - KEPT_READ)
    unread = Notification.objects.filter(read_at=None, created_at__lt=now - KEPT_UNREAD)
    return read.delete()[0] + unread.delete()[0]
