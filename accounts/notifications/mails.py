"""Mails about notifications. They name no page: what somebody reads about may tell of their health."""

from collections.abc import Mapping

from django.conf import settings

from accounts.adapters import AccountAdapter
from accounts.models import User
from accounts.notifications.choices import ALWAYS_AT_ONCE, SENTENCES, NotificationKind
from accounts.notifications.unsubscribing import DAILY, unsubscribe_headers, unsubscribe_url


def send_notification(user: User, kind: NotificationKind) -> None:
    """Store the mail that says what happened, with a link to the inbox."""
    url = "" if kind in ALWAYS_AT_ONCE else unsubscribe_url(user, kind.value)
    _send(user, "notification", {"sentence": SENTENCES[kind]}, url)


def send_digest(user: User, numbers: Mapping[NotificationKind, int]) -> None:
    """Store the daily mail: how many of each kind wait in the inbox."""
    lines = [(number, kind.label) for kind, number in numbers.items()]
    context = {"lines": lines, "number": sum(numbers.values())}
    _send(user, "digest", context, unsubscribe_url(user, DAILY))


def _send(user: User, template: str, context: Mapping[str, object], url: str) -> None:
    frame = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "unsubscribe_url": url,
    }
    headers = unsubscribe_headers(url) if url else None
    AccountAdapter().render_mail(
        f"account/email/{template}", user.email, {**frame, **context}, headers=headers
    ).send()
