"""Rate limits: per member, per network, per account; all in the database.

A cache is no place for them: whoever can add keys to it can push a counter out, and one process does
not see the counts of another.

Both are off where `settings.RATE_LIMITS` is False.
"""

import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.events import log_event
from accounts.models import ActionCount, Allowance, User
from remedies_site.exceptions import RateLimited


@dataclass(frozen=True)
class RateLimit:
    """A member may do `action` up to `burst` times at once, then once more every `interval`."""

    action: str
    burst: int
    interval: timedelta


POSTS = RateLimit("post", burst=5, interval=timedelta(seconds=30))
VOTES = RateLimit("vote", burst=50, interval=timedelta(days=1) / 50)
EXPERIENCES = RateLimit("experience", burst=20, interval=timedelta(days=1) / 20)
REPORTS = RateLimit("report", burst=20, interval=timedelta(days=1) / 20)


_CLEANUP_ODDS = 200
"""One new counter in so many deletes those whose window has ended."""


def acquire(user: User, limit: RateLimit) -> Allowance:
    """The member's allowance for the action, locked until the transaction ends.

    Concurrent requests of one member for the same action wait here for each other.
    """
    Allowance.objects.get_or_create(
        user=user, deed=limit.action, defaults={"spent_until": timezone.now()}
    )
    return Allowance.objects.select_for_update().get(user=user, deed=limit.action)


def consume(allowance: Allowance, limit: RateLimit, *, now: datetime | None = None) -> None:
    """Count one action against an acquired allowance. Raises: RateLimited, where none is left.

    The generic cell rate algorithm (ITU-T I.371); see `Allowance.spent_until`.
    """
    if not settings.RATE_LIMITS:
        return
    now = now or timezone.now()
    spent_until = max(allowance.spent_until, now)
    if (
        spent_until > now + limit.burst * limit.interval
    ):  # no action can cause it: the clock went back
        spent_until = now
    wait = spent_until + limit.interval - now - limit.burst * limit.interval
    if wait > timedelta(0):
        log_event("rate_limited", actor=allowance.user_id, action=limit.action)
        raise _rate_limited(limit, ceil(wait.total_seconds()))
    allowance.spent_until = spent_until + limit.interval
    allowance.save(update_fields=["spent_until"])


def _rate_limited(limit: RateLimit, seconds: int) -> RateLimited:
    if limit is VOTES:
        message = _("You have voted a lot today. Try again in %(wait)s.")
    else:
        message = _("You have posted a lot in a short time. Try again in %(wait)s.")
    return RateLimited(message % {"wait": _format_wait(seconds)}, seconds)


def _format_wait(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = ceil(seconds / 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


@transaction.atomic
def enforce(user: User, limit: RateLimit) -> None:
    """Acquire the member's allowance and count one action. Raises: RateLimited."""
    consume(acquire(user, limit), limit)


def limit_by_network(request: HttpRequest, action: str, *, limit: int, seconds: int) -> None:
    """Count an action of the client's network (/24 of IPv4, /48 of IPv6), as `limit_by_name` does."""
    limit_by_name(f"{action}:{_network_of(request)}", limit=limit, seconds=seconds)


def limit_by_name(name: str, *, limit: int, seconds: int) -> None:
    """Count an action under a name. Raises: RateLimited, beyond `limit` in a window of `seconds`."""
    if not settings.RATE_LIMITS:
        return
    now = timezone.now()
    count, window_ends = _count(_key_of(name), now, now + timedelta(seconds=seconds))
    if count > limit:
        wait = min(seconds, ceil((window_ends - now).total_seconds()))
        log_event("rate_limited", action=name.partition(":")[0])
        raise RateLimited(_("Too many tries. Try again in a few minutes."), wait)


def reset_count(name: str) -> None:
    """Forget the actions counted under a name, as after a successful log-in."""
    ActionCount.objects.filter(key=_key_of(name)).delete()


_COUNT_SQL = """
INSERT INTO accounts_actioncount (key, count, window_ends) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN accounts_actioncount.window_ends <= %s
        OR accounts_actioncount.window_ends > excluded.window_ends
        THEN 1 ELSE accounts_actioncount.count + 1 END,
    window_ends = CASE WHEN accounts_actioncount.window_ends <= %s
        OR accounts_actioncount.window_ends > excluded.window_ends
        THEN excluded.window_ends ELSE accounts_actioncount.window_ends END
RETURNING count
"""
"""One statement, so that concurrent requests are counted one by one. A window that ends later than a new
one would was opened before the clock went back: it starts again."""


def _count(key: str, now: datetime, window_ends: datetime) -> tuple[int, datetime]:
    """Count once under a key; the count in its window, and when the window ends at the latest."""
    with connection.cursor() as cursor:
        adapt = connection.ops.adapt_datetimefield_value
        cursor.execute(_COUNT_SQL, [key, adapt(window_ends), adapt(now), adapt(now)])
        (count,) = cursor.fetchone()
    if count == 1 and secrets.randbelow(_CLEANUP_ODDS) == 0:
        ActionCount.objects.filter(window_ends__lt=now).delete()
    ends = ActionCount.objects.filter(key=key).values_list("window_ends", flat=True).first()
    return count, min(ends or window_ends, window_ends)


def _network_of(request: HttpRequest) -> str:
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _key_of(name: str) -> str:
    """A keyed digest: neither addresses nor names are stored."""
    return hmac.new(settings.SECRET_KEY.encode(), name.encode(), "sha256").hexdigest()
