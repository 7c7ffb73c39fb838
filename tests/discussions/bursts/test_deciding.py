"""What is taken out leaves the counters, stays with its member, and can be counted again."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.privacy.export import export_of
from accounts.privacy.services import erase_member
from discussions.bursts.services import count_again, find_bursts, keep, take_out
from discussions.models import VoteBurst
from discussions.moderation.log import counts_by_month
from discussions.services import order_score
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.discussions.bursts.cast_votes import (
    OLD,
    cast,
    cast_many,
    counts,
    found_burst,
    taken_out,
)
from tests.discussions.counters import assert_counters_equal_rows
from tests.factories import make_comment, make_entry, make_user
from tests.reading import Page
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db
both = pytest.mark.parametrize("make_target", [make_entry, make_comment])
NOT_COUNTED = "not counted: taken out with a burst of votes"


@pytest.fixture
def moderator():
    return make_user("moderator")


@both
def test_what_is_taken_out_leaves_the_counters_and_counts_again(make_target, moderator):
    target = make_target()
    cast(target, by=make_user(age=OLD), value=-1)
    cast_many(target)
    burst = taken_out(target, moderator)
    assert burst.reason == "Ten accounts of one evening"
    assert burst.decided_by == moderator
    assert counts(target) == (0, 1)
    assert target.votes.count() == 11
    assert_counters_equal_rows()
    call_command("reconcile_votes")
    assert find_bursts() == 0
    count_again(burst, by=moderator, reason="A newsletter named the page")
    assert counts(target) == (10, 1)
    assert_counters_equal_rows()
    call_command("reconcile_votes")
    assert find_bursts() == 0


def test_the_order_of_comments_follows(moderator):
    comment = make_comment()
    cast_many(comment)
    taken_out(comment, moderator)
    comment.refresh_from_db()
    assert comment.score == order_score(0, 0)


def test_only_votes_of_that_direction_and_time_are_taken_out(moderator):
    entry = make_entry()
    cast_many(entry, minutes=10)
    burst = found_burst(entry)
    for value in (1, -1):
        cast(entry, by=make_user(), value=value)
    take_out(burst, by=moderator, reason="One evening")
    assert counts(entry) == (1, 1)


@both
@pytest.mark.parametrize("value", [-1, 0])
def test_a_voter_changes_or_takes_back_a_vote_that_is_not_counted(make_target, value, moderator):
    target = make_target()
    voter, *_others = cast_many(target)
    burst = taken_out(target, moderator)
    cast(target, by=voter, value=value)
    assert counts(target) == (0, 0)
    assert_counters_equal_rows()
    assert not target.votes.filter(is_counted=True).exists()
    count_again(burst, by=moderator, reason="A newsletter named the page")
    assert counts(target) == ((9, 1) if value else (9, 0))
    assert_counters_equal_rows()


@both
def test_a_voter_who_leaves_takes_the_vote_along_and_no_counter_moves(make_target, moderator):
    target = make_target()
    cast(target, by=make_user(age=OLD), value=1)
    voter, *_others = cast_many(target)
    burst = taken_out(target, moderator)
    before = counts(target)
    erase_member(voter, words=True)
    assert counts(target) == before
    assert_counters_equal_rows()
    count_again(burst, by=moderator, reason="A newsletter named the page")
    assert counts(target) == (before[0] + 9, 0)


def test_a_moderator_who_leaves_takes_no_decision_along(moderator):
    entry = make_entry()
    cast_many(entry)
    burst = taken_out(entry, moderator)
    moderator.groups.clear()  # whoever runs the site takes the task back first
    moderator.is_staff = False
    moderator.save()
    erase_member(moderator, words=True)
    burst.refresh_from_db()
    assert burst.decided_by is None
    assert burst.is_taken_out
    assert counts(entry) == (0, 0)


def test_the_member_sees_it_and_takes_it_along(moderator):
    entry, comment = make_entry(), make_comment()
    voter, *_others = cast_many(entry)
    cast(comment, by=voter, value=1)
    client = Client()
    client.force_login(voter)
    assert NOT_COUNTED not in client.get("/accounts/data/").content.decode()
    taken_out(entry, moderator)
    page = Page(client.get("/accounts/data/"))
    assert page.words.count(NOT_COUNTED) == 1
    rows = export_of(voter)["rows"]
    assert [row["is_counted"] for row in rows["remedies.entryvote"]] == [False]
    assert [row["is_counted"] for row in rows["discussions.commentvote"]] == [True]


def test_only_moderators_decide(moderator):
    entry = make_entry()
    cast_many(entry)
    burst = found_burst(entry)
    for role in ("member", "editor"):
        person = make_user(role)
        with pytest.raises(NotPermitted):
            take_out(burst, by=person, reason="Because")
        with pytest.raises(NotPermitted):
            keep(burst, by=person)
        with pytest.raises(NotPermitted):
            count_again(burst, by=person, reason="Because")
    assert counts(entry) == (10, 0)


def test_a_decision_has_its_reason_and_is_not_made_twice(moderator):
    entry = make_entry()
    cast_many(entry)
    burst = found_burst(entry)
    with pytest.raises(InvalidInput, match="reason"):
        take_out(burst, by=moderator, reason=" ")
    with pytest.raises(InvalidInput, match="decided already"):
        count_again(burst, by=moderator, reason="Because")
    take_out(burst, by=moderator, reason="Because")
    with pytest.raises(InvalidInput, match="decided already"):
        take_out(burst, by=moderator, reason="Because")
    with pytest.raises(InvalidInput, match="decided already"):
        keep(burst, by=moderator)
    assert counts(entry) == (0, 0)


def test_what_was_kept_can_be_taken_out_later(moderator):
    entry = make_entry()
    cast_many(entry)
    burst = keep(found_burst(entry), by=moderator)
    assert counts(entry) == (10, 0)
    take_out(burst, by=moderator, reason="They are one person after all")
    assert counts(entry) == (0, 0)
    assert_counters_equal_rows()


@pytest.mark.parametrize(
    "wrong",
    [
        {"entry": None},
        {"direction": 0},
        {"state": "taken_out", "decided_at": timezone.now()},
        {"state": "kept"},
        {"decided_at": timezone.now()},
        {"state": "deleted"},
        {"last_at": timezone.now() - OLD},
    ],
)
def test_the_database_refuses_half_a_burst(wrong):
    moment = timezone.now()
    right = {
        "entry": make_entry(),
        "direction": 1,
        "first_at": moment,
        "last_at": moment,
        "votes": 10,
        "young_votes": 10,
    }
    VoteBurst.objects.create(**{**right, "entry": make_entry()})
    with pytest.raises(IntegrityError), transaction.atomic():
        VoteBurst.objects.create(**{**right, **wrong})
    VoteBurst.objects.create(**right)
    with pytest.raises(IntegrityError), transaction.atomic():
        VoteBurst.objects.create(**right)  # the same one again


def test_the_log_counts_months_with_bursts_alone(moderator):
    entry = make_entry()
    cast_many(entry)
    burst = found_burst(entry)
    assert counts_by_month() == []
    take_out(burst, by=moderator, reason="One evening")
    (month,) = counts_by_month()
    assert (month.bursts, month.removed) == (1, 0)
    count_again(burst, by=moderator, reason="A newsletter named the page")
    assert counts_by_month() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make_target", [make_entry, make_comment])
def test_voting_and_deciding_at_once_lose_nothing(make_target, moderator):
    target = make_target()
    people = cast_many(target)
    burst, newcomers = found_burst(target), [make_user() for _number in range(4)]
    deeds = [
        lambda: take_out(burst, by=moderator, reason="One evening"),
        *(lambda person=person: cast(target, by=person, value=1) for person in newcomers),
        *(lambda person=person: cast(target, by=person, value=-1) for person in people[:3]),
        lambda: erase_member(people[3], words=True),
    ]
    all_at_once(deeds)
    assert_counters_equal_rows()
    assert target.votes.count() == 13
    assert counts(target)[0] == 4
