"""Reads about people."""

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import Session, User
from accounts.sessions import is_idle, is_too_old


def people_with_permission(name: str) -> QuerySet[User]:
    """The active people whose groups or own permissions include one, named `app.codename`; superusers too."""
    app, _dot, codename = name.partition(".")
    permission = Permission.objects.filter(content_type__app_label=app, codename=codename)
    holds = Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)
    return User.objects.filter(holds | Q(is_superuser=True), is_active=True).distinct()


def open_sessions(user: User) -> list[Session]:
    """The sessions in which this person is logged in, last used first.

    One from before a change of the password, older than the absolute limit or not used for long, is over
    though its row is there still.
    """
    rows = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    return [row for row in rows.order_by("-last_used_on", "-started_at") if _is_open(row, user)]


def _is_open(session: Session, user: User) -> bool:
    stored = session.get_decoded().get(HASH_SESSION_KEY, "")
    if session.started_at is None or not constant_time_compare(
        stored, user.get_session_auth_hash()
    ):
        return False
    started = session.started_at.timestamp()
    return not (is_idle(session.last_used_on) or is_too_old(started, is_staff=user.is_staff))
