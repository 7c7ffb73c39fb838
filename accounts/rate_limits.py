"""Rate limits: per member, per network, per account; all in the database.

A cache is no place for them: whoever can add keys to it can push a counter out, and one process does
not see the counts of another.

All are off where `settings.RATE_LIMITS` is False. docs/operating.md has every number.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.events import log_event, network_tag
from accounts.models import ActionCount, Allowance, User
from remedies_site.exceptions import RateLimited
from remedies_site.proxies import client_network


@dataclass(frozen=True)
class RateLimit:
    """A member may do `action` up to `burst` times at once, then once more every `interval`."""

    action: str
    burst: int
    interval: timedelta


def _posts(seconds: int) -> RateLimit:
    return RateLimit("post", burst=settings.POSTS_AT_ONCE, interval=timedelta(seconds=seconds))


def _a_day(action: str, burst: int) -> RateLimit:
    return RateLimit(action, burst=burst, interval=timedelta(days=1) / burst)


POSTS = _posts(settings.NEWCOMER_POST_SECONDS)
POSTS_OF_MEMBERS = _posts(settings.MEMBER_POST_SECONDS)
"""For those who are no newcomers; both are one allowance, since a newcomer becomes a member."""
VOTES = _a_day("vote", settings.VOTES_A_DAY)
EXPERIENCES = _a_day("experience", 20)
REPORTS = _a_day("report", settings.REPORTS_A_DAY)
ALLOWANCES = (POSTS, POSTS_OF_MEMBERS, VOTES, EXPERIENCES, REPORTS)


@dataclass(frozen=True)
class CountLimit:
    """`limit` actions `per` one network, account and so on, in `seconds` from the first of them."""

    action: str
    per: str
    limit: int
    seconds: int


LOGINS_PER_ACCOUNT = CountLimit("login", "account", limit=10, seconds=300)
LOGINS_PER_NETWORK = CountLimit("login", "network", limit=30, seconds=300)
LOGINS_PER_DEVICE = CountLimit("login", "known device", limit=10, seconds=300)
REAUTHENTICATIONS = CountLimit("reauthenticate", "member", limit=10, seconds=300)
PASSWORD_CHANGES = CountLimit("change_password", "member", limit=10, seconds=300)
EMAIL_CHANGES = CountLimit("manage_email", "member", limit=10, seconds=60)
SIGNUPS = CountLimit("signup", "network", limit=20, seconds=60)
RESETS_PER_NETWORK = CountLimit("reset_password", "network", limit=20, seconds=60)
RESETS_PER_ADDRESS = CountLimit("reset_password", "address", limit=5, seconds=3600)
RESET_LINKS = CountLimit("reset_password_from_key", "network", limit=20, seconds=60)
CONFIRMATION_MAILS = CountLimit("confirm_email", "address", limit=1, seconds=180)
REPORTS_OF_READERS = CountLimit("report", "network", limit=5, seconds=3600)
PREVIEWS = CountLimit("preview", "member", limit=60, seconds=60)
"""One that follows the typing asks for fewer (`discussions/_comment_preview.html`)."""
CODES = CountLimit("code", "account", limit=5, seconds=300)
CODES_A_DAY = CountLimit("code_day", "account", limit=50, seconds=86400)
"""A guesser of codes has a chance of 1 in 20,000 a day, and that with the password."""
USED_CODES = CountLimit("code_used", "code", limit=1, seconds=90)
"""A code stays used for longer than it is good for."""
ASKS_OF_READERS = CountLimit("ask", "network", limit=5, seconds=3600)
ASKS_OF_MEMBERS = CountLimit("ask", "member", limit=10, seconds=86400)
ASK_ONCE = CountLimit("ask_once", "person and words", limit=1, seconds=2_592_000)
"""One wish for one page counts once in thirty days."""
API_REQUESTS = CountLimit("api", "network", limit=settings.API_REQUESTS_A_MINUTE, seconds=60)
"""Answers of the API; what a client has already (304) is not counted."""
COUNT_LIMITS = (
    API_REQUESTS,
    *(ASKS_OF_READERS, ASKS_OF_MEMBERS, ASK_ONCE),
    *(CODES, CODES_A_DAY, USED_CODES),
    *(LOGINS_PER_ACCOUNT, LOGINS_PER_NETWORK, LOGINS_PER_DEVICE, REAUTHENTICATIONS),
    *(PASSWORD_CHANGES, EMAIL_CHANGES, SIGNUPS, RESETS_PER_NETWORK, RESETS_PER_ADDRESS),
    *(RESET_LINKS, CONFIRMATION_MAILS, REPORTS_OF_READERS, PREVIEWS),
)

_CLEANUP_ODDS = 200
"""One new counter in so many deletes those whose window has ended."""


def acquire(user: User, limit: RateLimit) -> Allowance:
    """The member's allowance for the action, locked until the transaction ends.

    Concurrent requests of one member for the same action wait here for each other.
    """
    own = Allowance.objects.select_for_update().filter(user=user, deed=limit.action)
    if (allowance := own.first()) is not None:
        return allowance
    Allowance.objects.get_or_create(
        user=user, deed=limit.action, defaults={"spent_until": timezone.now()}
    )
    return own.get()


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
    elif limit is REPORTS:
        message = _("You have reported a lot today. Try again in %(wait)s.")
    else:
        message = _("You have posted a lot in a short time. Try again in %(wait)s.")
    return RateLimited(message % {"wait": format_wait(seconds)}, seconds)


def format_wait(seconds: int) -> str:
    """The time until a limit allows the next action, in the largest unit that it fills twice."""
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = ceil(seconds / 60)
    if minutes < 120:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = ceil(minutes / 60)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}


@transaction.atomic
def enforce(user: User, limit: RateLimit) -> None:
    """Acquire the member's allowance and count one action. Raises: RateLimited."""
    consume(acquire(user, limit), limit)


@dataclass(frozen=True)
class Counted:
    """One counted action: its counter, and when the window ends in which it counts."""

    key: str
    window_ends: datetime


def limit_by_network(request: HttpRequest, limit: CountLimit) -> Counted | None:
    """Count an action of the client's network, as `limit_by_key` does."""
    return limit_by_key(limit, client_network(request), request)


def limit_by_key(limit: CountLimit, key: str, request: HttpRequest | None = None) -> Counted | None:
    """Count an action under a key; None where limits are off. Raises: RateLimited, beyond the limit."""
    if not settings.RATE_LIMITS:
        return None
    now = timezone.now()
    digest = _digest(limit, key)
    count, window_ends = _count(digest, now, now + timedelta(seconds=limit.seconds))
    if count > limit.limit:
        wait = min(limit.seconds, ceil((window_ends - now).total_seconds()))
        log_event("rate_limited", action=limit.action, network=network_tag(request))
        raise RateLimited(_("Too many tries. Try again in a few minutes."), wait)
    return Counted(digest, window_ends)


def give_back(counted: Counted | None) -> None:
    """Undo one counted action, in its own window alone: the next one's is not enlarged by it."""
    if counted is not None:
        same = ActionCount.objects.filter(key=counted.key, window_ends=counted.window_ends)
        if not same.filter(count__gt=1).update(count=F("count") - 1):
            same.filter(count=1).delete()


def reset_count(limit: CountLimit, key: str) -> None:
    """Forget the actions counted under a key, as after a successful log-in."""
    ActionCount.objects.filter(key=_digest(limit, key)).delete()


def first_time(limit: CountLimit, key: str) -> bool:
    """Whether this is the first action in its window; counts also where RATE_LIMITS is off."""
    now = timezone.now()
    count, _window_ends = _count(_digest(limit, key), now, now + timedelta(seconds=limit.seconds))
    return count == 1


_COUNT_SQL = """
INSERT INTO accounts_actioncount (key, count, window_ends) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN accounts_actioncount.window_ends <= %s
        OR accounts_actioncount.window_ends > %s
        THEN 1 ELSE accounts_actioncount.count + 1 END,
    window_ends = CASE WHEN accounts_actioncount.window_ends <= %s
        OR accounts_actioncount.window_ends > %s
        THEN excluded.window_ends ELSE accounts_actioncount.window_ends END
RETURNING count
"""
"""One statement, so that concurrent requests are counted one by one. A window that ends much later than a
new one would was opened before the clock went back: it starts again."""

_CLOCKS_DIFFER = timedelta(seconds=30)
"""How much later it may end: a request that waited for the row has read the clock before the one that made
it, and machines are not of one mind. Without this, a burst of guesses begins its own window anew."""


def _count(key: str, now: datetime, window_ends: datetime) -> tuple[int, datetime]:
    """Count once under a key; the count in its window, and when the window ends at the latest."""
    with connection.cursor() as cursor:
        adapt = connection.ops.adapt_datetimefield_value
        ended, too_late = adapt(now), adapt(window_ends + _CLOCKS_DIFFER)
        bounds = [ended, too_late, ended, too_late]
        cursor.execute(_COUNT_SQL, [key, adapt(window_ends), *bounds])
        (count,) = cursor.fetchone()
    if count == 1 and secrets.randbelow(_CLEANUP_ODDS) == 0:
        ActionCount.objects.filter(window_ends__lt=now).delete()
    ends = ActionCount.objects.filter(key=key).values_list("window_ends", flat=True).first()
    return count, ends or window_ends


def _digest(limit: CountLimit, key: str) -> str:
    """A keyed digest: neither addresses nor names are stored."""
    name = f"{limit.action}:{limit.per}:{key}"
    return hmac.new(settings.SECRET_KEY.encode(), name.encode(), "sha256").hexdigest()
