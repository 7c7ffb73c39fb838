"""The session engine: Django's, in a table that also says whose session it is and on which device.

So a member can see their open sessions and end one. Each row is filled from the session's own data; a
session that is used notes the day, once a day and not once a request.
"""

import time
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import Error
from django.utils import timezone

from remedies_site.compiled_queries import CompiledQuery
from remedies_site.locks import short_wait

STARTED_KEY = "started_at"
"""Session key: the time of the log-in, in seconds since the epoch."""
DEVICE_KEY = "device"
"""Session key: the device of the log-in, as `describe_device` has it."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def is_too_old(started: float, *, is_staff: bool) -> bool:
    """Whether a session that began at a second of the epoch ends now, however much it is used."""
    longest = settings.STAFF_SESSION_SECONDS if is_staff else settings.MEMBER_SESSION_SECONDS
    return time.time() - started > longest


def is_idle(last_used_on: date) -> bool:
    """Whether a session that was last used on this day ends for not being used."""
    return (timezone.localdate() - last_used_on).days >= settings.SESSION_IDLE_DAYS


def describe_device(user_agent: str) -> str:
    """`Firefox, Windows`: browser and system as far as the header tells; empty where it tells nothing.

    Of several names in a header the first in our order counts: Edge calls itself Chrome and Safari too.
    """
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)


class SessionStore(DatabaseSessionStore):
    """Stores sessions as rows of `accounts.Session`.

    The class keeps Django's name, since the name is part of the signature of the stored data.
    """

    @classmethod
    def get_model_class(cls) -> Any:
        """The model of the table; imported late, since settings name this module."""
        from accounts.models import Session

        return Session

    def _validate_session_key(self, key: str | None) -> bool:
        """Whether it could be a session's: a quoted cookie may hold a NUL, which PostgreSQL refuses."""
        is_valid = super()._validate_session_key(key)  # type: ignore[misc]  # the stubs leave it out
        return bool(is_valid) and "\x00" not in (key or "")

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row for the session's data; before a log-in it is nobody's."""
        session: Any = super().create_model_instance(data)
        if SESSION_KEY in data:
            started = data.get(STARTED_KEY) or int(time.time())
            session.user_id = int(data[SESSION_KEY])
            session.started_at = datetime.fromtimestamp(started, tz=UTC)
            session.device = data.get(DEVICE_KEY, "")
        return session

    def load(self) -> dict[str, Any]:
        """The session's data; the first use on a day is noted."""
        model = self.get_model_class()
        session = next(iter(_SESSION.instances(model, self.session_key or "")), None)
        if (
            session is None
            or session.expire_date <= timezone.now()
            or is_idle(session.last_used_on)
        ):
            self._session_key = None
            return {}
        if session.user_id and session.last_used_on != timezone.localdate():
            _note_use(session)
        data: dict[str, Any] = self.decode(session.session_data)
        return data


_SESSION = CompiledQuery(
    lambda key: SessionStore.get_model_class().objects.filter(session_key=key), str
)


def _note_use(session: Any) -> None:
    """Reading goes on where the database is locked or read-only: then another request notes it."""
    try:
        with short_wait():
            type(session).objects.filter(pk=session.pk).update(last_used_on=timezone.localdate())
    except Error:
        return
