"""The mails at once: a worker writes them for the notifications that are due one, whoever made these."""

import threading
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.events import log_event
from accounts.models import Notification
from accounts.notifications.choices import NotificationKind
from accounts.notifications.mails import send_notification

MAILS_IN_A_BATCH = 50
"""Written in one transaction, which holds up every other writer on SQLite."""


def write_due_mails(*, stop: threading.Event | None = None) -> int:
    """Store a mail for each notification that is due one, oldest first; the number of mails.

    Several workers may do so at once. A mail that cannot be written stays due.
    """
    written = last = 0
    while (keys := _keys_after(last)) and not (stop and stop.is_set()):
        written += _try_to_write(keys)
        last = keys[-1]
    return written


def _keys_after(last: int) -> list[int]:
    due = Notification.objects.filter(mail_due=True, pk__gt=last).order_by("pk")
    return list(due.values_list("pk", flat=True)[:MAILS_IN_A_BATCH])


def _try_to_write(keys: Sequence[int]) -> int:
    try:
        return _write(keys)
    except Exception as error:  # one notification must not keep the others from their mails
        if len(keys) > 1:
            return sum(_try_to_write([key]) for key in keys)
        log_event("notification_mail_failed", notification=keys[0], error=type(error).__name__)
        return 0


@transaction.atomic
def _write(keys: Sequence[int]) -> int:
    """Claim these and store their mails with it: who is killed here has done neither.

    There is no mail about what was read meanwhile, nor to an account that was deactivated.
    """
    due = Notification.objects.filter(pk__in=keys, mail_due=True).select_related("user")
    rows = list(due.select_for_update(of=("self",), skip_locked=True).order_by("pk"))
    mailed = [row for row in rows if row.read_at is None and row.user.is_active]
    claimed = Notification.objects.filter(pk__in=[row.pk for row in rows])
    claimed.update(mail_due=False)
    claimed.filter(pk__in=[row.pk for row in mailed]).update(mailed_at=timezone.now())
    for row in mailed:
        send_notification(row.user, NotificationKind(row.kind))
    return len(mailed)
