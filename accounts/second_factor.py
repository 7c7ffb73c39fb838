"""The second factor: who needs one, whether this session has one, and limits on guessing its codes.

django-allauth stores the factors (an authenticator app, passkeys, recovery codes) and asks for them at log-in. Here
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
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
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
from django.db import transaction
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
from remedies_site.exceptions import RateLimited, ServiceError

_ENCRYPTED = {"secret", "seed"}
"""The values of an Authenticator that `encrypt` has written: of an app, and of recovery codes."""


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


def reencrypt_secrets() -> tuple[int, list[int]]:
    """Encrypt all secrets with SECRET_KEY that were encrypted with a former key; a second run is harmless.

    Returns how many rows were written, and the numbers of the members whose secrets no key reads.
    """
    written, unreadable = 0, []
    for number in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=number).first()
            if row is None:
                continue
            try:
                secrets = {
                    name: _fernet().rotate(row.data[name].encode()).decode()
                    for name in _ENCRYPTED & row.data.keys()
                }
            except InvalidToken:
                unreadable.append(row.user_id)
                continue
            if secrets:
                row.data |= secrets
                row.save(update_fields=["data"])
                written += 1
    return written, unreadable


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


def has_app(user: User) -> bool:
    """Whether an authenticator app gives this person's codes."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def has_passkey(user: User) -> bool:
    """Whether a passkey of this person can be asked: they have one, and the site's address is a name."""
    keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return passkeys_are_offered() and bool(keys.exists())


def passkeys_are_offered() -> bool:
    """Whether the site's address is one that keys can be bound to (`remedies_site.settings.factors`)."""
    return Authenticator.Type.WEBAUTHN in app_settings.SUPPORTED_TYPES


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


def limit_tries(request: HttpRequest | None, user: User) -> None:
    """As `limit_codes`, for a form. Raises: ValidationError, with the code of the limit."""
    try:
        limit_codes(request, user)
    except RateLimited as limited:
        is_short = limited.seconds <= CODES.seconds
        code = "too_many_codes" if is_short else "too_many_codes_today"
        raise get_adapter().validation_error(code) from limited


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
