"""Rate limits: of members by rows of the database, of everybody else by network in the cache."""

import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Allowance, User
from remedies_site.exceptions import RateLimited


@dataclass(frozen=True)
class Limit:
    """`at_once` deeds in one go, and then one more for every `every`."""

    action: str
    at_once: int
    every: timedelta


POSTS = Limit("post", at_once=5, every=timedelta(seconds=30))
VOTES = Limit("vote", at_once=50, every=timedelta(days=1) / 50)
EXPERIENCES = Limit("experience", at_once=20, every=timedelta(days=1) / 20)
REPORTS = Limit("report", at_once=20, every=timedelta(days=1) / 20)


def acquire(user: User, limit: Limit) -> Allowance:
    """The person's allowance row, locked until the transaction ends.

    Whoever holds it is alone with this person's deeds of this kind: a second click waits here.
    """
    Allowance.objects.get_or_create(
        user=user, deed=limit.action, defaults={"spent_until": timezone.now()}
    )
    return Allowance.objects.select_for_update().get(user=user, deed=limit.action)


def consume(allowance: Allowance, limit: Limit, *, now: datetime | None = None) -> None:
    """Use up one deed of a held allowance. Raises RateLimited where none is left."""
    if not settings.RATE_LIMITS:
        return
    now = now or timezone.now()
    spent_until = max(allowance.spent_until, now)
    wait = spent_until + limit.every - now - limit.at_once * limit.every
    if wait > timedelta(0):
        raise _too_many(limit, ceil(wait.total_seconds()))
    allowance.spent_until = spent_until + limit.every
    allowance.save(update_fields=["spent_until"])


def _too_many(limit: Limit, seconds: int) -> RateLimited:
    if limit is VOTES:
        sentence = _("You have voted a lot today. Try again in %(wait)s.")
    else:
        sentence = _("You have posted a lot in a short time. Try again in %(wait)s.")
    return RateLimited(sentence % {"wait": _format_wait(seconds)}, seconds)


def _format_wait(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = ceil(seconds / 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


@transaction.atomic
def enforce(user: User, limit: Limit) -> None:
    """Hold and spend in one go. Raises RateLimited."""
    consume(acquire(user, limit), limit)


def limit_network(request: HttpRequest, action: str, *, at_most: int, seconds: int) -> None:
    """Count one deed of the request's network; raise RateLimited beyond `at_most` in `seconds`."""
    limit_name(f"{action}:{_prefix(request)}", at_most=at_most, seconds=seconds)


def limit_name(name: str, *, at_most: int, seconds: int) -> None:
    """Count one deed under a name; raise RateLimited beyond `at_most` in `seconds`."""
    if not settings.RATE_LIMITS:
        return
    key = _key(name)
    cache.add(key, 0, seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two calls
        count = 1
    if count > at_most:
        raise RateLimited(_("Too many tries. Try again in a few minutes."), seconds)


def reset(name: str) -> None:
    """Begin to count anew: whoever knew the password need not wait for their typing errors."""
    cache.delete(_key(name))


def _prefix(request: HttpRequest) -> str:
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _key(name: str) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), name.encode(), "sha256").hexdigest()
    return f"limit:{digest[:24]}"
