"""The public log: what was decided, without names and without the words of members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from discussions.bursts.selectors import decided_bursts
from discussions.choices import Action, BurstState
from discussions.models import Decision, VoteBurst
from discussions.models.decision import SANCTIONING

NEWEST = 50
_MONTHS = timedelta(days=366)


@dataclass(frozen=True)
class MonthCounts:
    """How often each was decided in a month."""

    month: date
    kept: int
    hidden: int
    removed: int
    restored: int
    threads: int
    """Closed, opened or moved."""
    members: int
    """Reminded, paused or suspended."""
    appeals: int
    """Decided, either way."""
    bursts: int
    """Bursts of votes that were taken out and do not count today."""


_COLUMNS: Mapping[str, Sequence[Action]] = {
    "kept": [Action.KEEP],
    "hidden": [Action.HIDE],
    "removed": [Action.REMOVE],
    "restored": [Action.RESTORE],
    "threads": [Action.LOCK, Action.UNLOCK, Action.MOVE],
    "members": [*SANCTIONING],
    "appeals": [Action.UPHOLD, Action.OVERTURN],
}


def newest_decisions() -> list[Decision]:
    """The newest decisions. Which page it was is not told: it may be withdrawn, or point to the person."""
    return list(Decision.objects.all()[:NEWEST])


def newest_bursts() -> list[VoteBurst]:
    """The newest decisions on bursts of votes; what the votes are on is not told either."""
    return list(decided_bursts()[:NEWEST])


def counts_by_month() -> list[MonthCounts]:
    """The last twelve months in which something was decided, newest first; two queries."""
    recent = Decision.objects.filter(created_at__gte=timezone.now() - _MONTHS).order_by()
    rows: Any = (
        recent.annotate(month=TruncMonth("created_at"))
        .values("month")
        .annotate(
            **{
                column: Count("pk", filter=Q(action__in=actions))
                for column, actions in _COLUMNS.items()
            }
        )
        .order_by("-month")
    )
    none = dict.fromkeys(_COLUMNS, 0)
    by_month = {row.pop("month").date(): row for row in rows}
    bursts = _bursts_by_month()
    return [
        MonthCounts(month, **by_month.get(month, none), bursts=bursts.get(month, 0))
        for month in sorted(by_month.keys() | bursts.keys(), reverse=True)[:12]
    ]


def _bursts_by_month() -> Mapping[date, int]:
    """How many bursts of votes were taken out in each month of the last year."""
    recent = VoteBurst.objects.filter(
        state=BurstState.TAKEN_OUT, decided_at__gte=timezone.now() - _MONTHS
    )
    counted = recent.order_by().values_list(TruncMonth("decided_at")).annotate(Count("pk"))
    return {month.date(): number for month, number in counted}
