"""Many votes on one thing within a short time."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from discussions.bursts.services import find_bursts, take_out
from discussions.models import Comment, VoteBurst
from discussions.services import vote_on_comment
from remedies.models import RemedyConditionEntry
from remedies.services import vote_on_entry
from tests.factories import make_user

Target = RemedyConditionEntry | Comment
NEW, OLD = timedelta(days=2), timedelta(days=30)
"""Ages of accounts below and above MEMBER_AFTER_DAYS."""


def cast(target: Target, *, by: User, value: int) -> None:
    """Vote, change the vote or take it back."""
    if isinstance(target, Comment):
        vote_on_comment(target, by=by, value=value)
    else:
        vote_on_entry(target, by=by, value=value)


def cast_many(
    target: Target,
    *,
    young: int = 10,
    old: int = 0,
    value: int = 1,
    minutes: float = 59,
    begin: datetime | None = None,
) -> list[User]:
    """Votes at even distances, the last of them so many minutes after `begin` (two hours ago)."""
    begin = begin or timezone.now() - timedelta(hours=2)
    people = [make_user(age=age) for age in [NEW] * young + [OLD] * old]
    for number, person in enumerate(people):
        cast(target, by=person, value=value)
        moment = begin + timedelta(minutes=minutes) * number / max(len(people) - 1, 1)
        target.votes.filter(voter=person).update(cast_at=moment)
    return people


def found_burst(target: Target) -> VoteBurst:
    """The one burst on it, after a look."""
    find_bursts()
    return target.bursts.get()


def taken_out(target: Target, moderator: User) -> VoteBurst:
    """The burst on it, taken out of the counts."""
    return take_out(found_burst(target), by=moderator, reason="Ten accounts of one evening")


def counts(target: Target) -> tuple[int, int]:
    """The counters as they are stored."""
    target.refresh_from_db()
    return target.up_count, target.down_count
