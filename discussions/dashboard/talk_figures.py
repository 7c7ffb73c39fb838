"""What is counted over what members said and what moderators decided; a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from discussions.challenges.choices import ChallengeState
from discussions.challenges.selectors import StateCounts, readable_challenges, state_counts
from discussions.choices import Action
from discussions.dashboard.content_figures import year_before
from discussions.models import Decision
from discussions.models.decision import SANCTIONING


@dataclass(frozen=True)
class TalkFigures:
    """Challenges by state with the days of the oldest and of the median open one; decisions of a year."""

    challenges: StateCounts
    oldest_open: date | None
    middle_open: date | None
    kept: int
    removed: int
    restored: int
    sanctions: int
    appeals_upheld: int
    appeals_overturned: int


def talk_figures(today: date) -> TalkFigures:
    """The numbers of now; decisions are those of the year before today."""
    challenges = state_counts()
    open_ones = readable_challenges().filter(state=ChallengeState.OPEN).order_by("pk")
    moments = open_ones.values_list("created_at", flat=True)
    oldest = moments.first() if challenges.open else None
    middle = moments[challenges.open // 2 :].first() if challenges.open else None
    decided = Decision.objects.filter(created_at__gte=year_before(today)).order_by().aggregate(
        kept=Count("pk", filter=Q(action=Action.KEEP)),
        removed=Count("pk", filter=Q(action=Action.REMOVE)),
        restored=Count("pk", filter=Q(action=Action.RESTORE)),
        sanctions=Count("pk", filter=Q(action__in=SANCTIONING)),
        appeals_upheld=Count("pk", filter=Q(action=Action.UPHOLD)),
        appeals_overturned=Count("pk", filter=Q(action=Action.OVERTURN)),
    )  # fmt: skip
    return TalkFigures(
        challenges=challenges,
        oldest_open=timezone.localdate(oldest) if oldest else None,
        middle_open=timezone.localdate(middle) if middle else None,
        **decided,
    )
