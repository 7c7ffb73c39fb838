"""The second factor: who needs one, whether this session has one, and limits on guessing its codes.

django-allauth stores the factors (an authenticator app, recovery codes) and asks for them at log-in. Here
is what the site adds: with STAFF_MFA no permission counts in a session without one.
"""

import base64
import hashlib
import hmac
from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes

from accounts.events import log_event
from accounts.logins import has_own_counter
from accounts.models import User
from accounts.rate_limits import (
    CODES,
    CODES_A_DAY,
    USED_CODES,
    CountLimit,
    first_time,
    limit_by_key,
    reset_count,
)
from accounts.services import end_sessions
from remedies_site.exceptions import ServiceError


class UnreadableSecret(ServiceError):
    """A secret in the database was encrypted with another SECRET_KEY."""


def encrypt(text: str) -> str:
    """Encrypt a secret for the database, with a key derived from SECRET_KEY."""
    return _fernet().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """The secret. Raises: UnreadableSecret."""
    try:
        return _fernet().decrypt(encrypted.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecret("SECRET_KEY has changed since this secret was stored.") from error


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [
        hmac.new(force_bytes(key), b"accounts.second_factor", hashlib.sha256) for key in keys
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each.digest())) for each in digests])


def has_factor(user: User) -> bool:
    """Whether log-in asks this person for a code."""
    return bool(
        Authenticator.objects.filter(user=user)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .exists()
    )


def must_set_up(user: User) -> bool:
    """Whether this person needs a second factor for their rights and has none."""
    return bool(settings.STAFF_MFA and user.is_staff and not has_factor(user))


def is_missing(request: HttpRequest, user: User) -> bool:
    """Whether the rights of staff are closed in this session: it was begun without a second factor."""
    return bool(settings.STAFF_MFA) and not any(
        record.get("method") == "mfa" for record in get_authentication_records(request, user)
    )


def limit_codes(request: HttpRequest | None, user: User) -> None:
    """Count one code. Raises: RateLimited.

    Where the owner is logged in, or was on this device before, the counter is another one, so that
    somebody with a stolen password does not keep the owner out.
    """
    for limit, key in _counters(request, user):
        limit_by_key(limit, key, request)


def code_succeeded(request: HttpRequest | None, user: User) -> None:
    """Forget the wrong codes before this one."""
    for limit, key in _counters(request, user):
        reset_count(limit, key)


def _counters(request: HttpRequest | None, user: User) -> list[tuple[CountLimit, str]]:
    place = "known-device" if has_own_counter(request, user) else "elsewhere"
    return [(limit, f"{place}:{user.pk}") for limit in (CODES, CODES_A_DAY)]


def use_once(user: User, code: str) -> bool:
    """Whether this code was not used before (RFC 6238, 5.2); exact over processes and machines."""
    return first_time(USED_CODES, f"{user.pk}:{normalize_user_code(code)}")


def note_added(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any
) -> None:
    """Receiver of `authenticator_added`: whoever entered a code to set it up need not enter another."""
    log_event("second_factor_added", actor=user.pk, type=authenticator.type)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        end_sessions(user, spared=request.session.session_key)


def note_removed(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any
) -> None:
    """Receiver of `authenticator_removed`: the session is one without a second factor again."""
    log_event("second_factor_removed", actor=user.pk, type=authenticator.type)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        end_sessions(user, spared=request.session.session_key)
    if not has_factor(user):
        records = get_authentication_records(request, user)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in records if record.get("method") != "mfa"
        ]


def note_reset(sender: object, user: User, **_signal: Any) -> None:
    """Receiver of `authenticator_reset`: new recovery codes."""
    log_event("recovery_codes_renewed", actor=user.pk)


def note_used(sender: object, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    """Receiver of `authenticator_used`."""
    log_event("second_factor_used", actor=user.pk, type=authenticator.type)


def note_failed(sender: object, user: User, **_signal: Any) -> None:
    """Receiver of `authentication_failed`: a wrong code."""
    log_event("second_factor_failed", actor=user.pk)


def connect() -> None:
    """Connect the receivers; called once, when the app is ready."""
    authenticator_added.connect(note_added, dispatch_uid="accounts.factor.added")
    authenticator_removed.connect(note_removed, dispatch_uid="accounts.factor.removed")
    authenticator_reset.connect(note_reset, dispatch_uid="accounts.factor.reset")
    authenticator_used.connect(note_used, dispatch_uid="accounts.factor.used")
    authentication_failed.connect(note_failed, dispatch_uid="accounts.factor.failed")
