"""The bursts of votes that moderators decide on, and those that the public log lists."""

from django.db.models import QuerySet

from discussions.choices import BurstState
from discussions.models import VoteBurst

_MOST = 50
_DECIDED = 20


def open_bursts() -> QuerySet[VoteBurst]:
    """Those that nobody has decided on."""
    return VoteBurst.objects.filter(state=BurstState.OPEN)


def decided_bursts() -> QuerySet[VoteBurst]:
    """Those that somebody has decided on, the newest decision first."""
    return VoteBurst.objects.exclude(state=BurstState.OPEN).order_by("-decided_at", "-pk")


def bursts_to_decide() -> list[VoteBurst]:
    """Those that have waited longest, with what the votes are on."""
    return list(_with_targets(open_bursts().order_by("pk"))[:_MOST])


def bursts_to_reconsider() -> list[VoteBurst]:
    """The newest that are decided, with what the votes are on."""
    return list(_with_targets(decided_bursts())[:_DECIDED])


def _with_targets(bursts: QuerySet[VoteBurst]) -> QuerySet[VoteBurst]:
    return bursts.select_related(
        "decided_by",
        "entry__remedy",
        "entry__condition",
        "comment__thread__remedy",
        "comment__thread__entry__remedy",
        "comment__thread__entry__condition",
    )
