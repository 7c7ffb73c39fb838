"""How often a member may do a thing. Kept in the database: exact for every process and machine."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Allowance, User
from remedies_site.refusals import TooMany


@dataclass(frozen=True)
class Limit:
    """`at_once` deeds in one go, and then one more for every `every`."""

    deed: str
    at_once: int
    every: timedelta


POSTS = Limit("post", at_once=5, every=timedelta(seconds=30))
VOTES = Limit("vote", at_once=50, every=timedelta(days=1) / 50)
EXPERIENCES = Limit("experience", at_once=20, every=timedelta(days=1) / 20)
REPORTS = Limit("report", at_once=20, every=timedelta(days=1) / 20)


def hold(user: User, limit: Limit) -> Allowance:
    """The person's allowance row, locked until the transaction ends.

    Whoever holds it is alone with this person's deeds of this kind: a second click waits here.
    """
    Allowance.objects.get_or_create(
        user=user, deed=limit.deed, defaults={"spent_until": timezone.now()}
    )
    return Allowance.objects.select_for_update().get(user=user, deed=limit.deed)


def spend(allowance: Allowance, limit: Limit, *, now: datetime | None = None) -> None:
    """Use up one deed of a held allowance. Raises TooMany where none is left."""
    if not settings.RATE_LIMITS:
        return
    now = now or timezone.now()
    spent_until = max(allowance.spent_until, now)
    wait = spent_until + limit.every - now - limit.at_once * limit.every
    if wait > timedelta(0):
        raise _too_many(limit, ceil(wait.total_seconds()))
    allowance.spent_until = spent_until + limit.every
    allowance.save(update_fields=["spent_until"])


def _too_many(limit: Limit, seconds: int) -> TooMany:
    if limit is VOTES:
        sentence = _("You have voted a lot today. Try again in %(wait)s.")
    else:
        sentence = _("You have posted a lot in a short time. Try again in %(wait)s.")
    return TooMany(sentence % {"wait": _wait_words(seconds)}, seconds)


def _wait_words(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = ceil(seconds / 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


@transaction.atomic
def use(user: User, limit: Limit) -> None:
    """Hold and spend in one go. Raises TooMany."""
    spend(hold(user, limit), limit)
