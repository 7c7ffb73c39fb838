"""Stands in until the notifications are merged."""

from collections.abc import Iterable

from accounts.models import User
from accounts.notifications.choices import Kind


def notify(recipients: Iterable[User], kind: Kind, *, title: str, url: str) -> None:
    """Nothing so far."""
