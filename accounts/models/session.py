"""Sessions of browsers."""

from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models.user import User


class Session(AbstractBaseSession):
    """A session of a browser, Django's and what a member is told about it; see `accounts.sessions`.

    `user` and `started_at` are those of the log-in, empty before one. No address is stored, and of the
    browser's own description no more than `device`.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    device = models.CharField(max_length=60, blank=True)
    last_used_on = models.DateField(default=timezone.localdate)

    class Meta(AbstractBaseSession.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(user=None, started_at=None)
                | Q(user__isnull=False, started_at__isnull=False),
                name="accounts_session_started_at_of_user",
            ),
        ]

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The engine that reads and writes these rows."""
        from accounts.sessions import SessionStore

        return SessionStore

    @property
    def public_id(self) -> str:
        """Names the session in a form, without the key by which its cookie is known."""
        return salted_hmac("accounts.session", self.session_key, algorithm="sha256").hexdigest()[
            :20
        ]
