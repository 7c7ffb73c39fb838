"""Voting for every kind of row: one vote a person, and exact counters on the row voted on.

Each app has its own table of votes on the abstract models here, with real foreign keys and a unique
constraint.
"""

from collections.abc import Callable
from math import sqrt
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

UP, NONE, DOWN = 1, 0, -1
VALUES = (UP, NONE, DOWN)

Z_DISPLAY = 1.959964
"""Standard normal quantile of a 95 % interval, for ranges on pages."""

Z_ORDER = 1.281551565545
"""Standard normal quantile of an 80 % interval, for sorting comments."""


class InvalidVote(ValueError):
    """The value of a vote is none of 1, 0 and -1."""


class Interval(NamedTuple):
    """A range of proportions between 0 and 1."""

    low: float
    high: float


def wilson(up: int, down: int, z: float = Z_DISPLAY) -> Interval:
    """The Wilson score interval of the proportion of `up` votes (E. B. Wilson, JASA 1927).

    `z` is the standard normal quantile. Without votes the interval is 0 to 1.
    """
    n = up + down
    if n == 0:
        return Interval(0.0, 1.0)
    share, square = up / n, z * z
    middle = share + square / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    scale = 1 + square / n
    return Interval(max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))


MIN_VOTES_FOR_RANGE = 10
"""With fewer votes a percentage would be misleading: only the counts are shown."""


class VoteRange(NamedTuple):
    """`up` of `n` votes, with the ends of the interval as whole percentages."""

    up: int
    n: int
    low: int
    high: int


def vote_range(up: int, down: int) -> VoteRange | None:
    """The votes with their 95 % Wilson interval; None below MIN_VOTES_FOR_RANGE votes."""
    n = up + down
    if n < MIN_VOTES_FOR_RANGE:
        return None
    low, high = wilson(up, down)
    return VoteRange(up, n, round(100 * low), round(100 * high))


class Votable(models.Model):
    """A row with counters of its votes up and down."""

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
    """One person's vote; each app adds the foreign key to the row voted on, unique with the voter.

    The counters are the numbers of the rows with `is_counted`; a moderator's decision alone clears it.
    """

    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    value = models.SmallIntegerField()
    cast_at = models.DateTimeField(default=timezone.now, db_index=True)
    is_counted = models.BooleanField(default=True, db_default=True, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(value__in=[UP, DOWN]), name="%(app_label)s_%(class)s_up_or_down"
            ),
        ]


V = TypeVar("V", bound=Vote)
VotableT = TypeVar("VotableT", bound=Votable)


def parse_value(text: str | None) -> int:
    """The value of a vote in a form. Raises: InvalidVote."""
    if text not in {"1", "0", "-1"}:
        raise InvalidVote
    return int(text)


def cast_vote(
    votes: models.Manager[V],
    *,
    target: Votable,
    by: AbstractBaseUser,
    value: int,
    before_change: Callable[[], None],
) -> bool:
    """Create, change or delete one person's vote, and update the counters. Returns whether it changed.

    `votes` is the related manager of the target's votes (`entry.votes`). The target's row is locked
    before the old vote is read: without the lock, PostgreSQL would lose one of two concurrent votes.
    A vote that is not counted can be changed and deleted; it moves no counter. `before_change` is called
    where something will change, and may raise. The counters of `target` in memory are those of its row
    then. To be called in a transaction. Raises: InvalidVote.
    """
    if value not in VALUES:
        raise InvalidVote
    rows = type(target)._default_manager.filter(pk=target.pk)
    counters = ("up_count", "down_count")
    locked = rows.select_for_update(of=("self",)).values_list(*counters).get()
    target.up_count, target.down_count = locked
    old = votes.filter(voter=by).first()
    old_value = old.value if old else NONE
    if value == old_value:
        return False
    before_change()
    _store_vote(votes, old, by, value)
    if old is None or old.is_counted:
        up, down = (int(value == way) - int(old_value == way) for way in (UP, DOWN))
        rows.update(up_count=F("up_count") + up, down_count=F("down_count") + down)
        target.up_count, target.down_count = target.up_count + up, target.down_count + down
    return True


def _store_vote(votes: models.Manager[V], old: V | None, by: AbstractBaseUser, value: int) -> None:
    if old is None:
        votes.create(voter=by, value=value)
    elif value == NONE:
        old.delete()
    else:
        old.value, old.cast_at = value, timezone.now()
        old.save(update_fields=["value", "cast_at"])


def withdraw_votes(votes: models.QuerySet[V], target: str) -> list[int]:
    """Delete one person's votes and take them out of the counters; the keys of what they were on.

    `target` is the name of the votes' foreign key. To be called in a transaction: all targets are locked
    first, in the order of their keys, as `cast_vote` does with one.
    """
    model: Any = votes.model._meta.get_field(target).related_model
    targets = model._default_manager.filter(pk__in=votes.order_by().values(target)).order_by("pk")
    locked = list(targets.select_for_update(of=("self",)).values_list("pk", flat=True))
    for value, counter in ((UP, "up_count"), (DOWN, "down_count")):
        with_value = votes.filter(value=value, is_counted=True).order_by().values(target)
        model._default_manager.filter(pk__in=with_value).update(
            **{counter: Greatest(F(counter) - 1, 0)}  # a wrong counter must not keep anybody here
        )
    votes.all().delete()
    return locked


def recount(votes: models.Manager[V], target: Votable) -> bool:
    """Set the counters to the numbers of the counted vote rows. Returns whether they were wrong.

    The whole row is saved: counters alone move no version of a page, since a vote comes with a row of its own.
    """
    counted = votes.filter(is_counted=True).aggregate(
        up=models.Count("pk", filter=Q(value=UP)), down=models.Count("pk", filter=Q(value=DOWN))
    )
    correct = (counted["up"], counted["down"])
    if (target.up_count, target.down_count) == correct:
        return False
    target.up_count, target.down_count = correct
    target.save()
    return True


def miscounted(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Those whose counters are not the numbers of their counted vote rows, which stand in `ups` and `downs`."""
    counted: models.QuerySet[Any] = rows.order_by().annotate(
        ups=models.Count("votes", filter=Q(votes__value=UP, votes__is_counted=True)),
        downs=models.Count("votes", filter=Q(votes__value=DOWN, votes__is_counted=True)),
    )
    return counted.exclude(up_count=F("ups"), down_count=F("downs"))


def recount_each(rows: models.QuerySet[VotableT], recount_row: Callable[[VotableT], bool]) -> int:
    """Recount every row, each locked in a transaction of its own. Returns how many were wrong."""
    wrong = 0
    for pk in rows.order_by("pk").values_list("pk", flat=True).iterator():
        with transaction.atomic():
            wrong += recount_row(rows.select_for_update(of=("self",)).get(pk=pk))
    return wrong
