"""The rule by which votes are a burst, at its boundaries."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussions.bursts.runs import CastVote, Run, find_runs

BEGIN = datetime(2026, 3, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def votes_at(minutes, young=None) -> list[CastVote]:
    """Votes at these minutes; all by young accounts, or those that `young` says."""
    flags = young or [True] * len(minutes)
    return [
        CastVote(BEGIN + timedelta(minutes=minute), bool(flag))
        for minute, flag in zip(minutes, flags, strict=True)
    ]


def runs_of(votes: list[CastVote], least: int = 10) -> list[Run]:
    return find_runs(votes, least=least, within=HOUR)


@pytest.mark.parametrize(("number", "bursts"), [(9, 0), (10, 1), (11, 1)])
def test_it_takes_as_many_votes_as_the_setting_says(number, bursts):
    assert len(runs_of(votes_at(range(number)))) == bursts


@pytest.mark.parametrize(("last", "bursts"), [(59, 1), (60, 1), (61, 0)])
def test_it_takes_no_longer_than_the_setting_says(last, bursts):
    assert len(runs_of(votes_at([0, *range(1, 9), last]))) == bursts


@pytest.mark.parametrize(("young", "bursts"), [(4, 0), (5, 1), (6, 1)])
def test_at_least_half_are_by_young_accounts(young, bursts):
    flags = [True] * young + [False] * (10 - young)
    assert len(runs_of(votes_at(range(10), flags))) == bursts


def test_older_votes_before_it_do_not_hide_it():
    votes = votes_at(range(40), [False] * 30 + [True] * 10)
    (run,) = runs_of(votes)
    assert run.last_at == votes[-1].at
    assert 2 * run.young_votes >= 10


def test_no_more_votes_of_others_fall_into_it_than_of_young_accounts():
    (run,) = runs_of(votes_at(range(15), [False] * 5 + [True] * 5 + [False] * 5))
    assert (run.votes, run.young_votes) == (10, 5)


def test_those_that_overlap_are_one_and_others_are_apart():
    long = votes_at(range(0, 150, 5))
    assert [run.votes for run in runs_of(long)] == [30]
    apart = votes_at([*range(10), *range(200, 212)])
    assert [(run.votes, run.young_votes) for run in runs_of(apart)] == [(10, 10), (12, 12)]


MINUTES = st.lists(st.tuples(st.integers(0, 100), st.booleans()), max_size=14)


@given(MINUTES)
def test_there_is_a_burst_wherever_trying_every_part_finds_one(drawn):
    drawn.sort(key=lambda vote: vote[0])
    votes = votes_at([minute for minute, _young in drawn], [young for _minute, young in drawn])
    parts = [votes[begin:end] for end in range(3, len(votes) + 1) for begin in range(end - 2)]
    bursts = [part for part in parts if is_burst(part)]
    runs = runs_of(votes, least=3)
    assert bool(runs) == bool(bursts)
    assert all(run.votes >= 3 and 2 * run.young_votes >= run.votes for run in runs)
    assert sum(run.votes for run in runs) <= len(votes)


def is_burst(votes: list[CastVote]) -> bool:
    young = sum(vote.is_young for vote in votes)
    return votes[-1].at - votes[0].at <= HOUR and 2 * young >= len(votes)
