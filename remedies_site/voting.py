"""Voting, once for everything that can be voted on: one person, one value, exact counters.

Mechanics only. The tables of votes stand with the apps, so that each has real foreign keys and a
unique constraint of its own.
"""

from math import sqrt
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

UP, NONE, DOWN = 1, 0, -1
VALUES = (UP, NONE, DOWN)

Z_DISPLAY = 1.959964
"""Standard normal quantile of a 95 % interval, for what readers are shown."""

Z_ORDER = 1.281551565545
"""Quantile of an 80 % interval, for the order of comments."""


class WrongValue(ValueError):
    """A vote is 1, -1 or 0, and nothing else."""


class Interval(NamedTuple):
    """A range of shares between 0 and 1."""

    low: float
    high: float


def wilson(up: int, down: int, z: float = Z_DISPLAY) -> Interval:
    """The Wilson score interval of the share of `up` votes (E. B. Wilson, JASA 1927).

    `z` is the standard normal quantile. Without votes nothing is known: 0 to 1.
    """
    n = up + down
    if n == 0:
        return Interval(0.0, 1.0)
    share, square = up / n, z * z
    middle = share + square / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    scale = 1 + square / n
    return Interval(max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))


FEWEST_FOR_A_RANGE = 10
"""Below this many votes a share would say more than is known: counts alone are shown."""


class VoteRange(NamedTuple):
    """What the honest sentence needs; the ends are whole percentages."""

    up: int
    n: int
    low: int
    high: int


def honest_range(up: int, down: int) -> VoteRange | None:
    """The votes with their 95 % Wilson range, or None where there are too few to say."""
    n = up + down
    if n < FEWEST_FOR_A_RANGE:
        return None
    low, high = wilson(up, down)
    return VoteRange(up, n, round(100 * low), round(100 * high))


class Votable(models.Model):
    """A row with one count of votes up and one of votes down."""

    up_count = models.PositiveIntegerField(default=0, editable=False)
    down_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(up_count__gte=0, down_count__gte=0),
                name="%(app_label)s_%(class)s_votes_not_negative",
            ),
        ]


class Vote(models.Model):
    """One person's vote; each app adds the thing voted on and makes the pair unique."""

    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    value = models.SmallIntegerField()
    cast_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(value__in=[UP, DOWN]), name="%(app_label)s_%(class)s_up_or_down"
            ),
        ]


def parse_value(text: str | None) -> int:
    """The value of a vote as a form sends it. Raises WrongValue."""
    if text not in {"1", "0", "-1"}:
        raise WrongValue
    return int(text)


@transaction.atomic
def cast_vote(votes: Any, *, target: Votable, by: Any, value: int) -> bool:
    """Give, change or take back one person's vote, and move the counters with it.

    `votes` is the manager of the target's votes (`entry.votes`). The target's row is locked before
    the old vote is read: without the lock, two votes of one moment lose one on PostgreSQL. Returns
    whether anything changed. The target's counters in memory are brought up to date.
    """
    if value not in VALUES:
        raise WrongValue
    rows = type(target)._default_manager.filter(pk=target.pk)
    rows.select_for_update(of=("self",)).only("pk").get()
    old = votes.filter(voter=by).first()
    old_value = old.value if old else NONE
    if value != old_value:
        _store(votes, old, by, value)
        rows.update(
            up_count=F("up_count") + (int(value == UP) - int(old_value == UP)),
            down_count=F("down_count") + (int(value == DOWN) - int(old_value == DOWN)),
        )
    target.refresh_from_db(fields=["up_count", "down_count"])
    return value != old_value


def _store(votes: Any, old: Any, by: Any, value: int) -> None:
    if value == NONE:
        old.delete()
    elif old is None:
        votes.create(voter=by, value=value)
    else:
        old.value, old.cast_at = value, timezone.now()
        old.save(update_fields=["value", "cast_at"])


def recount(votes: Any, target: Votable) -> bool:
    """Set the counters to what the rows say; returns whether they were wrong."""
    counted = votes.aggregate(
        up=models.Count("pk", filter=Q(value=UP)), down=models.Count("pk", filter=Q(value=DOWN))
    )
    right = (counted["up"], counted["down"])
    if (target.up_count, target.down_count) == right:
        return False
    target.up_count, target.down_count = right
    target.save(update_fields=["up_count", "down_count"])
    return True
