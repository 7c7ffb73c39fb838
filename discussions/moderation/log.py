"""The public log: what was decided, without names and without the words of members."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from discussions.choices import Action
from discussions.models import Decision

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
                action.value: Count("pk", filter=Q(action=action))
                for action in (Action.KEEP, Action.HIDE, Action.REMOVE, Action.RESTORE)
            }
        )
        .order_by("-month")
    )
    return [
        MonthCounts(row["month"].date(), row["keep"], row["hide"], row["remove"], row["restore"])
        for row in rows[:12]
    ]
