"""Two levels of trust, newcomer and member, and what each may post; numbers are settings.

A level comes from the age of the account, the comments that stand, and the reports that moderators upheld.
Nothing of what somebody reads counts, and no level is stored: it follows from the rows.
"""

import re
from datetime import datetime, timedelta
from enum import Enum
from math import ceil

from django.conf import settings
from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.events import log_event
from accounts.models import Allowance, User
from accounts.rate_limits import POSTS, POSTS_OF_MEMBERS, consume, format_wait
from discussions.choices import Action, State
from discussions.models import Comment, Report
from remedies_site.exceptions import InvalidInput, RateLimited

FIRST_DAY = timedelta(days=1)
_LINK = re.compile(r"https?://(?:www\.)?|\bwww\.", re.IGNORECASE)


class Level(Enum):
    """How much is let through from a person."""

    NEWCOMER = "newcomer"
    MEMBER = "member"
    STAFF = "staff"


def level_of(person: User, *, now: datetime | None = None) -> Level:
    """The level of a person; at most one query, and none for staff and for young accounts."""
    if person.is_staff:
        return Level.STAFF
    age = (now or timezone.now()) - person.joined_at
    if age < timedelta(days=settings.MEMBER_AFTER_DAYS):
        return Level.NEWCOMER
    return Level.MEMBER if _has_standing(person) else Level.NEWCOMER


def _has_standing(person: User) -> bool:
    """Whether enough comments of the person stand, and no report of one of them was upheld."""
    needed = settings.MEMBER_AFTER_COMMENTS
    upheld = Report.objects.filter(
        comment__author=person, comment__state=State.REMOVED, decision__action=Action.REMOVE
    )
    if needed == 0:
        return not upheld.exists()
    standing = Comment.objects.filter(~Exists(upheld), author=person, state=State.VISIBLE)
    return len(standing.order_by().values_list("pk")[:needed]) == needed


def count_post(allowance: Allowance, *, by: User, body: str, is_reply: bool) -> None:
    """Count a new comment against the limits of its author's level. Raises: InvalidInput, RateLimited."""
    level = level_of(by)
    _require_few_links(body, level)
    if level is Level.NEWCOMER:
        _limit_first_day(by, is_reply=is_reply)
    _consume(allowance, level)


def count_edit(allowance: Allowance, *, by: User, body: str) -> None:
    """The same for an edit, which opens no thread. Raises: InvalidInput, RateLimited."""
    level = level_of(by)
    _require_few_links(body, level)
    _consume(allowance, level)


def count_links(body: str) -> int:
    """How many addresses of the web a text names, whether they become links or not."""
    return len(_LINK.findall(body))


def _require_few_links(body: str, level: Level) -> None:
    if level is Level.STAFF:
        return
    most = settings.MEMBER_LINKS if level is Level.MEMBER else settings.NEWCOMER_LINKS
    count = count_links(body)
    if count > most:
        message = ngettext(
            "This has %(count)s links; %(most)s is the most.",
            "This has %(count)s links; %(most)s are the most.",
            most,
        )
        raise InvalidInput(message % {"count": count, "most": most})


def _limit_first_day(by: User, *, is_reply: bool) -> None:
    """Raises: RateLimited, where the first day of an account has had its threads, or its replies."""
    ends = by.joined_at + FIRST_DAY
    wait = (ends - timezone.now()).total_seconds()
    if wait <= 0 or not settings.RATE_LIMITS:
        return
    own = Comment.objects.filter(author=by, parent__isnull=not is_reply)
    most = settings.FIRST_DAY_REPLIES if is_reply else settings.FIRST_DAY_THREADS
    if own.count() >= most:
        log_event("rate_limited", actor=by.pk, action="first_day")
        raise RateLimited(
            _first_day_message(is_reply) % {"wait": format_wait(ceil(wait))}, ceil(wait)
        )


def _first_day_message(is_reply: bool) -> str:
    if is_reply:
        return _("You have replied a lot for a first day. Try again in %(wait)s.")
    return _("You have begun a lot of threads for a first day. Try again in %(wait)s.")


def _consume(allowance: Allowance, level: Level) -> None:
    if level is not Level.STAFF:
        consume(allowance, POSTS_OF_MEMBERS if level is Level.MEMBER else POSTS)
