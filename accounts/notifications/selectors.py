"""Reads about notifications."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Notification, NotificationSetting, User
from accounts.notifications.choices import CHOSEN, MailTiming, NotificationKind, default_timing
from remedies_site.key_pages import KeyPage, PagePosition, key_page

PER_PAGE = 30


def number_unread() -> Coalesce:
    """How many notifications a row of `User` has not read: for `annotate`."""
    unread = Notification.objects.filter(user=OuterRef("pk"), read_at=None).order_by()
    number = unread.values("user").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def inbox_of(user: User, position: PagePosition) -> KeyPage[Notification]:
    """A page of a member's notifications, newest first."""
    return key_page(
        Notification.objects.filter(user=user), ["-pk"], position, PER_PAGE, named_by="pk"
    )


def timings_of(user: User) -> dict[NotificationKind, MailTiming]:
    """When each kind is mailed to this member, for the kinds that one can choose for."""
    rows = NotificationSetting.objects.filter(user=user).values_list("kind", "timing")
    chosen = {NotificationKind(kind): MailTiming(timing) for kind, timing in rows}
    return {kind: chosen.get(kind, default_timing(kind)) for kind in CHOSEN}
