"""An authenticator app for tests: allauth's own functions, on a clock that the test moves."""

from itertools import count

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth

from accounts.models import User


class App:
    """Gives the codes of one secret; the time stands still until `wait`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._steps = count(58_000_000)
        self._step = next(self._steps)
        monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([self._step]))

    def wait(self) -> None:
        """Until the next code."""
        self._step = next(self._steps)

    def code(self, secret: str) -> str:
        """The code that the app shows now."""
        return auth.format_hotp_value(auth.hotp_value(secret, self._step))


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_app(user: User, secret: str = SECRET) -> list[str]:
    """A second factor with this secret, and the recovery codes that come with it."""
    auth.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return recovery_codes(user)


def recovery_codes(user: User) -> list[str]:
    """The codes that are left."""
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return row.wrap().get_unused_codes()
