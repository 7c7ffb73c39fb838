"""Finding bursts of votes and deciding on them. Raises subclasses of `remedies_site.exceptions.ServiceError`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from discussions.bursts.runs import CastVote, Run, find_runs
from discussions.choices import BurstState
from discussions.models import Comment, CommentVote, VoteBurst
from discussions.moderation.services import cleaned_reason, require_moderator
from discussions.recounting import recount_target
from remedies.models import EntryVote, RemedyConditionEntry
from remedies_site.exceptions import InvalidInput

_LOOK_BACK = timedelta(days=1)
"""Votes that are looked at again: far more than the worker's pause, so that a restart misses none."""
_VOTES: dict[str, Any] = {"entry": EntryVote, "comment": CommentVote}
_TARGETS: dict[str, Any] = {"entry": RemedyConditionEntry, "comment": Comment}


def find_bursts(look_back: timedelta = _LOOK_BACK) -> int:
    """Queue the bursts among the votes of the last time. Returns how many are new."""
    since = timezone.now() - look_back - timedelta(hours=settings.BURST_HOURS)
    return sum(
        _try_to_record(name, pk, direction, since)
        for name in _VOTES
        for pk, direction in _crowded(name, since)
    )


def _try_to_record(name: str, pk: int, direction: int, since: datetime) -> int:
    try:
        return _record_bursts(name, pk, direction, since)
    except Exception as error:  # one target must not keep the others from being looked at
        log_event("burst_search_failed", target=pk, error=type(error).__name__)
        return 0


def _crowded(name: str, since: datetime) -> Iterator[tuple[int, int]]:
    """Keys and directions with enough votes for a burst, whenever they were cast; one query."""
    young = Q(voter__joined_at__gt=since - _young_age())
    numbers = (
        _VOTES[name]
        .objects.filter(is_counted=True, cast_at__gte=since)
        .order_by(name)
        .values(name, "value")
        .annotate(number=Count("pk"), young=Count("pk", filter=young))
        .filter(number__gte=settings.BURST_VOTES, young__gte=(settings.BURST_VOTES + 1) // 2)
    )
    yield from list(numbers.values_list(name, "value"))


def _young_age() -> timedelta:
    return timedelta(days=settings.MEMBER_AFTER_DAYS)


@transaction.atomic
def _record_bursts(name: str, pk: int, direction: int, since: datetime) -> int:
    """Store the bursts on one target; how many are new. Its row is locked, so two workers find each once."""
    target = _lock_target(name, pk)
    bursts = list(
        VoteBurst.objects.filter(**{name: target}, direction=direction).order_by("first_at")
    )
    decided = [burst for burst in bursts if not burst.is_open]
    votes = target.votes.filter(value=direction, is_counted=True, cast_at__gte=since)
    within = timedelta(hours=settings.BURST_HOURS)
    runs = [
        run
        for stretch in _undecided_stretches(_cast_votes(votes), decided)
        for run in find_runs(stretch, least=settings.BURST_VOTES, within=within)
    ]
    new = 0
    for run in runs:
        overlapping = [burst for burst in bursts if burst.is_open and _overlap(burst, run)]
        if overlapping:
            first, *others = overlapping
            for other in others:  # they are one now
                bursts.remove(other)
                other.delete()
            _extend(first, run)
        else:
            VoteBurst.objects.create(**{name: target}, direction=direction, **run._asdict())
            new += 1
    return new


def _lock_target(name: str, pk: int) -> Any:
    """The current row of an entry or comment, locked as `cast_vote` does."""
    return _TARGETS[name].objects.select_for_update(of=("self",)).get(pk=pk)


def _cast_votes(votes: QuerySet[Any]) -> list[CastVote]:
    """The votes in the order of their times."""
    rows = votes.order_by("cast_at", "pk").values_list("cast_at", "voter__joined_at")
    return [CastVote(cast, joined > cast - _young_age()) for cast, joined in rows]


def _undecided_stretches(
    votes: list[CastVote], decided: list[VoteBurst]
) -> Iterator[list[CastVote]]:
    """The votes outside decided bursts; those before and after one do not belong together."""
    stretch: list[CastVote] = []
    for vote in votes:
        if any(burst.first_at <= vote.at <= burst.last_at for burst in decided):
            continue
        if stretch and any(stretch[-1].at < burst.first_at < vote.at for burst in decided):
            yield stretch
            stretch = []
        stretch.append(vote)
    yield stretch


def _overlap(burst: VoteBurst, run: Run) -> bool:
    return burst.first_at <= run.last_at and run.first_at <= burst.last_at


def _extend(burst: VoteBurst, run: Run) -> None:
    """Let an open burst reach as far as votes that came since."""
    first, last = min(burst.first_at, run.first_at), max(burst.last_at, run.last_at)
    if (first, last) != (burst.first_at, burst.last_at):
        burst.first_at, burst.last_at = first, last
        _count_votes(burst, _votes_within(burst))
        burst.save(update_fields=["first_at", "last_at", "votes", "young_votes"])


def _votes_within(burst: VoteBurst) -> Any:
    """The counted votes of the burst's direction and time, as they stand now."""
    return burst.target.votes.filter(
        value=burst.direction,
        is_counted=True,
        cast_at__gte=burst.first_at,
        cast_at__lte=burst.last_at,
    )


def _count_votes(burst: VoteBurst, votes: QuerySet[Any]) -> None:
    cast = _cast_votes(votes)
    burst.votes, burst.young_votes = len(cast), sum(vote.is_young for vote in cast)


@transaction.atomic
def take_out(burst: VoteBurst, *, by: User, reason: str, seen: str = "") -> VoteBurst:
    """Take the votes of a burst out of the counters; the rows stay. Raises: InvalidInput, NotPermitted.

    `seen`, here and below: the `version` that the moderator saw, where it is known.
    """
    require_moderator(by)
    reason = cleaned_reason(reason)
    locked = _lock_burst(burst, seen)
    if locked.is_taken_out:
        raise InvalidInput(_("Somebody else has decided already."))
    votes = _votes_within(locked)
    _count_votes(locked, votes)
    keys = list(votes.values_list("pk", flat=True))
    _relation(locked).set(keys)
    return _decide(locked, BurstState.TAKEN_OUT, by, reason)


@transaction.atomic
def count_again(burst: VoteBurst, *, by: User, reason: str, seen: str = "") -> VoteBurst:
    """Count the votes that were taken out with a burst again. Raises: InvalidInput, NotPermitted."""
    require_moderator(by)
    reason = cleaned_reason(reason)
    locked = _lock_burst(burst, seen)
    if not locked.is_taken_out:
        raise InvalidInput(_("Somebody else has decided already."))
    return _decide(locked, BurstState.COUNTED_AGAIN, by, reason)


@transaction.atomic
def keep(burst: VoteBurst, *, by: User, seen: str = "") -> VoteBurst:
    """Let the votes of an open burst count. Raises: InvalidInput, NotPermitted."""
    require_moderator(by)
    locked = _lock_burst(burst, seen)
    if not locked.is_open:
        raise InvalidInput(_("Somebody else has decided already."))
    return _decide(locked, BurstState.KEPT, by, "")


def _lock_burst(burst: VoteBurst, seen: str) -> VoteBurst:
    """The current row, locked after what its votes are on. Raises: InvalidInput, where it is not as seen."""
    if burst.entry_id:
        _lock_target("entry", burst.entry_id)
    else:
        _lock_target("comment", burst.comment_id or 0)
    locked = VoteBurst.objects.select_for_update(of=("self",)).get(pk=burst.pk)
    if seen and seen != locked.version:
        raise InvalidInput(_("This changed since you opened the page. Please look again."))
    return locked


def _relation(burst: VoteBurst) -> Any:
    return burst.entry_votes if burst.entry_id else burst.comment_votes


def _decide(burst: VoteBurst, state: BurstState, by: User, reason: str) -> VoteBurst:
    """Store the decision; what was taken out is counted or not by it."""
    _relation(burst).update(is_counted=state != BurstState.TAKEN_OUT)
    burst.state, burst.reason = state, reason
    burst.decided_by, burst.decided_at = by, timezone.now()
    burst.save()
    recount_target(burst.target)
    return burst
