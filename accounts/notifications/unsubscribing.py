"""The links in mails that turn mails of one kind off, without a log-in (RFC 8058).

A link names a person and a kind, signed with the site's key. Whoever has a mail can turn such mails off, and
nothing else.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from accounts.models import User
from accounts.notifications.choices import CHOSEN, MailTiming

_SALT = "accounts.notifications.unsubscribe"
DAILY = MailTiming.DAILY.value
"""Stands for the daily mail, whatever kinds it tells of."""
_SUBJECTS = frozenset({*(kind.value for kind in CHOSEN), DAILY})


@dataclass(frozen=True)
class Unsubscription:
    """What a link turns off: the value of a kind, or `DAILY`."""

    user: User
    subject: str


def unsubscribe_url(user: User, subject: str) -> str:
    """The whole URL for a mail of one kind, or for the daily one."""
    token = Signer(salt=_SALT).sign(f"{user.pk}.{subject}")
    return f"{settings.SITE_URL}{reverse('notifications_unsubscribe', args=[token])}"


def unsubscribe_headers(url: str) -> dict[str, str]:
    """The headers by which a mail program shows a button of its own."""
    return {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def read_token(token: str) -> Unsubscription | None:
    """What a token turns off; None where we did not sign it, or the account is gone."""
    try:
        key, _dot, subject = Signer(salt=_SALT).unsign(token).partition(".")
    except BadSignature:
        return None
    user = User.objects.filter(pk=int(key)).first()
    return Unsubscription(user, subject) if user and subject in _SUBJECTS else None
