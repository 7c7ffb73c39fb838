"""The rule by which votes are a burst; pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import NamedTuple


class CastVote(NamedTuple):
    """A vote: its time, and whether its account was young then."""

    at: datetime
    is_young: bool


class Run(NamedTuple):
    """Votes that follow each other: the times of the first and the last, and their numbers."""

    first_at: datetime
    last_at: datetime
    votes: int
    young_votes: int


def find_runs(votes: Sequence[CastVote], *, least: int, within: timedelta) -> list[Run]:
    """The bursts among votes of one direction on one thing, sorted by time, apart from each other.

    A burst is at least `least` votes in a row within `within`, at least half of them by young accounts. Those
    that overlap are one where half of it is young again, and else the earlier one alone, so that no more
    votes of other members fall into a burst than of young accounts.
    """
    young = list(accumulate((vote.is_young for vote in votes), initial=0))
    merged: list[tuple[int, int]] = []
    for begin in range(len(votes)):
        end = _longest(votes, young, begin, least, within)
        if end is None:
            continue
        if not merged or begin >= merged[-1][1]:
            merged.append((begin, end))
        elif end > merged[-1][1] and _is_half_young(young, merged[-1][0], end):
            merged[-1] = (merged[-1][0], end)
    return [
        Run(votes[begin].at, votes[end - 1].at, end - begin, young[end] - young[begin])
        for begin, end in merged
    ]


def _longest(
    votes: Sequence[CastVote], young: Sequence[int], begin: int, least: int, within: timedelta
) -> int | None:
    """The end, exclusive, of the longest burst from `begin` that is not two bursts in a row.

    One of twice `least` votes could be halved, and one half would still be a burst: longer ones are found
    by their parts.
    """
    for end in range(min(begin + 2 * least - 1, len(votes)), begin + least - 1, -1):
        is_quick = votes[end - 1].at - votes[begin].at <= within
        if is_quick and _is_half_young(young, begin, end):
            return end
    return None


def _is_half_young(young: Sequence[int], begin: int, end: int) -> bool:
    return 2 * (young[end] - young[begin]) >= end - begin
