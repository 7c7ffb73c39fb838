"""The daily mail: one for each member who chose it, about what they have not read."""

from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.events import log_event
from accounts.models import Notification, NotificationSetting, User
from accounts.notifications.choices import MailTiming, NotificationKind
from accounts.notifications.mails import send_digest

PERIOD = timedelta(hours=24)
"""Between two daily mails to one member, at least."""
MOST_AT_ONCE = 100


def send_digests() -> int:
    """Store the daily mail of every member for whom one is due; the number of mails. Workers may do so at once."""
    return sum(map(_try_to_send, sorted(_members_due()[:MOST_AT_ONCE])))


def _members_due() -> QuerySet[NotificationSetting, int]:
    """The keys of members for whom a mail is due, from those who chose it: most notifications are nobody's."""
    daily = NotificationSetting.objects.filter(_due("user__"), timing=MailTiming.DAILY)
    unmailed = Notification.objects.filter(
        user=OuterRef("user"), kind=OuterRef("kind"), read_at=None, mailed_at=None, mail_due=False
    )
    members = daily.filter(Exists(unmailed), user__is_active=True)
    return members.order_by().values_list("user_id", flat=True).distinct()


def _waiting(user_id: int) -> dict[int, str]:
    """The kinds, by key, of what a member has not read or been mailed yet and wants once a day."""
    waiting = Notification.objects.filter(
        user=user_id,
        user__notification_settings__timing=MailTiming.DAILY,
        user__notification_settings__kind=F("kind"),
        read_at=None,
        mailed_at=None,
        mail_due=False,
    )
    return dict(waiting.values_list("pk", "kind"))


def _due(prefix: str = "") -> Q:
    """Whose last daily mail is a day old. One from the future was sent before the clock went back."""
    now, last = timezone.now(), f"{prefix}digest_mailed_at"
    return Q(**{last: None}) | Q(**{f"{last}__lte": now - PERIOD}) | Q(**{f"{last}__gt": now})


def _try_to_send(user_id: int) -> bool:
    try:
        return _send(user_id)
    except Exception as error:  # one member must not keep the others from theirs
        log_event("digest_failed", person=user_id, error=type(error).__name__)
        return False


@transaction.atomic
def _send(user_id: int) -> bool:
    """Claim the day by one statement, which succeeds for one of many workers, and store the mail with it."""
    member = User.objects.filter(_due(), pk=user_id, is_active=True)
    claimed = member.update(digest_mailed_at=timezone.now())
    waiting = _waiting(user_id) if claimed else {}
    if not waiting:
        transaction.set_rollback(True)  # the day is not used up by nothing
        return False
    Notification.objects.filter(pk__in=waiting).update(mailed_at=timezone.now(), mail_due=False)
    counts = Counter(waiting.values())
    numbers = {kind: counts[kind.value] for kind in NotificationKind if counts[kind.value]}
    send_digest(User.objects.get(pk=user_id), numbers)
    return True
