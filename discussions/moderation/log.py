"""The public log: what was decided, without names and without the words of members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from discussions.choices import Action
from discussions.models import Decision
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


def counts_by_month() -> list[MonthCounts]:
    """The last twelve months in which something was decided, newest first; one query."""
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
    return [
        MonthCounts(row["month"].date(), **{column: row[column] for column in _COLUMNS})
        for row in rows[:12]
    ]
