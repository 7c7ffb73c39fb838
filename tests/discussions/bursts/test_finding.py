"""Bursts are queued once, and nothing happens to a vote."""

from datetime import timedelta
from threading import Event

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts import worker
from accounts.signals import rounds_due
from discussions.bursts.services import find_bursts, keep
from discussions.models import VoteBurst
from tests.discussions.bursts.cast_votes import cast, cast_many, counts, found_burst
from tests.discussions.counters import assert_counters_equal_rows
from tests.factories import make_comment, make_entry, make_user
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make_target", [make_entry, make_comment])
@pytest.mark.parametrize("value", [1, -1])
def test_a_burst_is_queued_and_its_votes_count_until_somebody_decides(make_target, value):
    target = make_target()
    cast_many(target, young=6, old=5, value=value)
    burst = found_burst(target)
    assert (burst.votes, burst.young_votes, burst.direction) == (11, 6, value)
    assert burst.is_open
    assert burst.target == target
    assert counts(target) == ((11, 0) if value == 1 else (0, 11))
    assert_counters_equal_rows()


@pytest.mark.parametrize(
    ("numbers", "bursts"),
    [
        ({"young": 9}, 0),
        ({"young": 10}, 1),
        ({"young": 10, "minutes": 59}, 1),
        ({"young": 10, "minutes": 61}, 0),
        ({"young": 5, "old": 5}, 1),
        ({"young": 4, "old": 6}, 0),
    ],
)
def test_the_settings_are_the_boundaries(numbers, bursts):
    cast_many(make_entry(), **numbers)
    assert find_bursts() == bursts


def test_the_settings_can_be_changed(settings):
    settings.BURST_VOTES, settings.BURST_HOURS, settings.MEMBER_AFTER_DAYS = 3, 2, 40
    cast_many(make_entry(), young=0, old=3, minutes=119)
    assert find_bursts() == 1


def test_an_account_is_as_old_as_it_was_when_it_voted():
    entry = make_entry()
    people = cast_many(entry, young=10)
    for person in people:
        voted_at = entry.votes.get(voter=person).cast_at
        person.joined_at = voted_at - timedelta(days=3)
        person.save(update_fields=["joined_at"])
    assert find_bursts() == 0
    for person in people[:5]:
        person.joined_at += timedelta(seconds=1)
        person.save(update_fields=["joined_at"])
    assert find_bursts() == 1


def test_up_and_down_are_not_added_and_neither_are_two_entries():
    entry = make_entry()
    cast_many(entry, young=5, value=1)
    cast_many(entry, young=5, value=-1)
    cast_many(make_entry(), young=5)
    assert find_bursts() == 0


def test_looking_twice_finds_it_once():
    cast_many(make_entry())
    assert [find_bursts(), find_bursts()] == [1, 0]
    assert VoteBurst.objects.count() == 1


def test_an_open_burst_grows_with_votes_that_come():
    entry = make_entry()
    cast_many(entry, minutes=10)
    first = found_burst(entry)
    cast_many(entry, young=2, old=1, minutes=5, begin=first.last_at + timedelta(minutes=5))
    assert find_bursts() == 0
    grown = entry.bursts.get()
    assert (grown.votes, grown.young_votes) == (13, 12)
    assert grown.first_at == first.first_at
    assert grown.last_at > first.last_at


def test_what_was_kept_is_not_found_again_but_a_new_burst_is():
    entry = make_entry()
    cast_many(entry, minutes=10)
    keep(found_burst(entry), by=make_user("moderator"))
    cast_many(entry, young=9, minutes=5, begin=timezone.now() - timedelta(minutes=20))
    assert find_bursts() == 0
    cast(entry, by=make_user(), value=1)
    assert find_bursts() == 1
    assert sorted(entry.bursts.values_list("votes", flat=True)) == [10, 10]


def test_a_look_takes_one_query_for_each_table_where_nothing_is_wrong(django_assert_num_queries):
    for _number in range(3):
        cast_many(make_entry(), young=3)
        cast_many(make_comment(), young=0, old=4)
    with django_assert_num_queries(2):
        find_bursts()


def test_the_look_back_is_bounded_and_the_command_looks_further(capsys):
    cast_many(make_entry(), begin=timezone.now() - timedelta(days=3))
    assert find_bursts() == 0
    call_command("find_vote_bursts", days=4)
    call_command("find_vote_bursts", days=4)
    assert capsys.readouterr().out.split("\n") == ["1 new", "0 new", ""]


def test_the_worker_looks(monkeypatch):
    entry, stop = make_entry(), Event()
    cast_many(entry)
    monkeypatch.setattr(worker, "_wait", Event.set)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    worker.run_worker(stop)
    assert entry.bursts.count() == 1
    assert rounds_due.has_listeners()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_find_it_once():
    entry, comment = make_entry(), make_comment()
    cast_many(entry)
    cast_many(comment, value=-1)
    assert sum(all_at_once([find_bursts] * 4)) == 2
    assert VoteBurst.objects.count() == 2


def test_votes_before_and_after_a_decided_burst_are_not_one(settings):
    """Else whoever takes the new one out would take those out that a moderator let count."""
    settings.BURST_VOTES = 10
    entry, begin = make_entry(), timezone.now() - timedelta(hours=3)
    cast_many(entry, young=10, begin=begin, minutes=8)
    keep(found_burst(entry), by=make_user("moderator"))
    cast_many(entry, young=5, begin=begin - timedelta(minutes=9), minutes=5)
    cast_many(entry, young=5, begin=begin + timedelta(minutes=12), minutes=5)
    assert find_bursts() == 0
    assert VoteBurst.objects.count() == 1


def test_open_bursts_that_grew_together_become_one():
    entry, begin = make_entry(), timezone.now() - timedelta(hours=3)
    cast_many(entry, young=12, begin=begin, minutes=50)
    burst = found_burst(entry)
    VoteBurst.objects.create(
        entry=entry,
        direction=1,
        first_at=begin + timedelta(minutes=20),
        last_at=begin + timedelta(minutes=70),
        votes=3,
        young_votes=3,
    )
    assert find_bursts() == 0
    assert VoteBurst.objects.get().pk == burst.pk
