"""Log-in attempts: one folded spelling of a login, limits that both doors share, and known devices.

A guesser is slowed down per account and per network, whatever the spelling and whichever form. The owner
is not locked out meanwhile: a device from which they logged in before has a counter of its own, and the
mailed link of a password reset logs in without one.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rate_limits import (
    LOGINS_PER_ACCOUNT,
    LOGINS_PER_DEVICE,
    LOGINS_PER_NETWORK,
    Counted,
    CountLimit,
    give_back,
    limit_by_key,
    limit_by_network,
    reset_count,
)

TOO_MANY_LOGINS = _(
    "Too many tries. Wait five minutes, or reset your password from the log-in page: the link that we "
    "mail to you lets you in at once."
)
_SALT = "accounts.known-device"
_DEVICE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Attempt:
    """A log-in attempt that was let through to the password: where it was counted."""

    limit: CountLimit
    key: str
    network: Counted | None = None


def device_cookie() -> str:
    """The name of the cookie of a known device."""
    return "__Host-device" if settings.IS_HTTPS else "device"


def fold_login(login: str) -> str:
    """The one spelling of a login by which it is looked up and counted; empty where none can exist.

    Names and the e-mail addresses that we accept are ASCII. Without this, a database that compares by
    Unicode's rules takes `ſıſ` for `sis`, and counts the two apart.
    """
    folded = login.lower()
    return folded if folded.isascii() and "\x00" not in folded else ""


def limit_login(request: HttpRequest | None, login: str) -> Attempt:
    """Count one attempt, before the password is looked at. Raises: RateLimited.

    Whoever logged in from this device before, or is logged in and states the password again, has a
    counter of their own. All others share that of the account, and that of their network.
    """
    folded = fold_login(login)
    user = find_by_login(folded)
    own = _own_counter(request, user)
    network = None
    if own is None and request is not None:
        network = limit_by_network(request, LOGINS_PER_NETWORK)
    # Name and address of an account share a counter; a prefix keeps numbers and names apart.
    key = own or (f"account:{user.pk}" if user else f"nobody:{folded}")
    limit = LOGINS_PER_DEVICE if own else LOGINS_PER_ACCOUNT
    limit_by_key(limit, key, request)
    return Attempt(limit, key, network)


def login_succeeded(attempt: Attempt) -> None:
    """Forget the attempts: whoever knew the password need not wait for their typing errors.

    Those of the network stay, but for this one: else a guesser with an account of their own could
    start anew whenever they like.
    """
    reset_count(attempt.limit, attempt.key)
    give_back(attempt.network)


def has_own_counter(request: HttpRequest | None, user: User) -> bool:
    """Whether this person is logged in here, or was on this device with the password that holds now."""
    return _own_counter(request, user) is not None


def remember_device(response: HttpResponse, user: User) -> None:
    """Let this device log in to the account while strangers are being slowed down.

    Until the password changes: then whoever knew the old one has to prove the new one first.
    """
    response.set_cookie(
        device_cookie(),
        signing.dumps([user.pk, secrets.token_hex(8), _password_mark(user)], salt=_SALT),
        max_age=_DEVICE_SECONDS,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _own_counter(request: HttpRequest | None, user: User | None) -> str | None:
    """The key that this person alone counts under here, be they logged in or on a known device."""
    if request is None or user is None:
        return None
    if getattr(request, "user", None) == user:
        return f"session:{user.pk}"
    match _device(request):
        case [user.pk, str(device), str(mark)] if constant_time_compare(mark, _password_mark(user)):
            return f"device:{user.pk}:{device}"
    return None


def _device(request: HttpRequest) -> object:
    """What the cookie of a known device holds, where we signed it."""
    value = request.COOKIES.get(device_cookie(), "")
    try:
        return signing.loads(value, salt=_SALT, max_age=_DEVICE_SECONDS)
    except signing.BadSignature:
        return None


def _password_mark(user: User) -> str:
    return salted_hmac(_SALT, user.password, algorithm="sha256").hexdigest()[:32]


def find_by_login(login: str) -> User | None:
    """The account with this name or e-mail address; names hold no @."""
    folded = fold_login(login)
    if not folded:
        return None
    column = "email__iexact" if "@" in folded else "name__iexact"
    return User.objects.filter(**{column: folded}).first()
