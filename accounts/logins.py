"""Log-in attempts: one folded spelling of a login, limits that both doors share, and known devices.

A guesser is slowed down per account and per network, whatever the spelling and whichever form. The owner
is not locked out meanwhile: a device from which they logged in before has a counter of its own, and the
mailed link of a password reset logs in without one.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.rate_limits import limit_by_name, limit_by_network, reset_count

ATTEMPTS_PER_ACCOUNT = 10
ATTEMPTS_PER_NETWORK = 30
WINDOW_SECONDS = 300

_SALT = "accounts.known-device"
_DEVICE_SECONDS = 365 * 24 * 3600


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


def limit_login(request: HttpRequest | None, login: str) -> None:
    """Count one attempt. Raises: RateLimited.

    The account's counter is that of this device where its owner logged in from it before.
    """
    account = _counter_of(request, login)
    if request is not None and not account.startswith("device:"):
        limit_by_network(request, "login", limit=ATTEMPTS_PER_NETWORK, seconds=WINDOW_SECONDS)
    limit_by_name(account, limit=ATTEMPTS_PER_ACCOUNT, seconds=WINDOW_SECONDS)


def login_succeeded(request: HttpRequest | None, login: str) -> None:
    """Forget the attempts: whoever knew the password need not wait for their typing errors."""
    reset_count(_counter_of(request, login))


def is_known_device(request: HttpRequest | None, user: User) -> bool:
    """Whether this person logged in from this device before."""
    return _device_owner(request) == user


def remember_device(response: HttpResponse, user: User) -> None:
    """Let this device log in to the account while strangers are being slowed down."""
    response.set_cookie(
        device_cookie(),
        signing.dumps(user.pk, salt=_SALT),
        max_age=_DEVICE_SECONDS,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _counter_of(request: HttpRequest | None, login: str) -> str:
    folded = fold_login(login)
    owner = _device_owner(request)
    if owner is not None and folded in {owner.name.lower(), owner.email.lower()}:
        return f"device:{owner.pk}"
    return f"login:{_account_key(folded)}"


def _account_key(folded: str) -> str:
    """The account's number where there is one, so that name and address share a counter."""
    user = find_by_login(folded)
    return str(user.pk) if user else folded


def find_by_login(login: str) -> User | None:
    """The account with this name or e-mail address; names hold no @."""
    folded = fold_login(login)
    if not folded:
        return None
    column = "email__iexact" if "@" in folded else "name__iexact"
    return User.objects.filter(**{column: folded}).first()


def _device_owner(request: HttpRequest | None) -> User | None:
    if request is None:
        return None
    try:
        pk = signing.loads(
            request.COOKIES.get(device_cookie(), ""), salt=_SALT, max_age=_DEVICE_SECONDS
        )
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk).first()
