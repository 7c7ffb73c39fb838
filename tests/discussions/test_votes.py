"""Votes on entries and comments: one each, and counters that equal the rows."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Allowance
from discussions.models import CommentVote
from discussions.moderation.services import remove_comment
from discussions.services import order_score, vote_on_comment
from remedies.models import EntryVote
from remedies.services import vote_on_entry
from remedies_site.exceptions import InvalidInput, NotPermitted, RateLimited
from remedies_site.voting import InvalidVote
from tests.counts import count
from tests.factories import make_comment, make_entry, make_user
from tests.threads import all_at_once


@pytest.mark.django_db
def test_a_vote_is_counted_changed_and_taken_back() -> None:
    entry, member = make_entry(), make_user()
    seen = []
    for value in (1, 1, -1, 0, 0):
        vote_on_entry(entry, by=member, value=value)
        seen.append((entry.up_count, entry.down_count))
    assert seen == [(1, 0), (1, 0), (0, 1), (0, 0), (0, 0)]


@pytest.mark.django_db
def test_the_database_keeps_one_vote_a_person() -> None:
    entry, member = make_entry(), make_user()
    EntryVote.objects.create(entry=entry, voter=member, value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryVote.objects.create(entry=entry, voter=member, value=-1)


@pytest.mark.django_db
@pytest.mark.parametrize("value", [0, 2, -2])
def test_the_database_keeps_a_vote_up_or_down(value) -> None:
    entry, member = make_entry(), make_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryVote.objects.create(entry=entry, voter=member, value=value)


@pytest.mark.django_db
def test_a_value_of_two_is_refused() -> None:
    entry = make_entry()
    with pytest.raises(InvalidVote):
        vote_on_entry(entry, by=make_user(), value=2)
    assert EntryVote.objects.count() == 0


@pytest.mark.django_db
def test_nobody_votes_on_their_own_comment() -> None:
    comment = make_comment()
    with pytest.raises(NotPermitted):
        vote_on_comment(comment, by=comment.author, value=1)
    assert CommentVote.objects.count() == 0


@pytest.mark.django_db
def test_without_consent_nothing_is_stored() -> None:
    entry, member = make_entry(), make_user()
    member.consented_at = None
    member.save()
    with pytest.raises(InvalidInput):
        vote_on_entry(entry, by=member, value=1)
    assert EntryVote.objects.count() == 0
    vote_on_entry(entry, by=member, value=1, consent=True)
    member.refresh_from_db()
    assert member.consented_at is not None


@pytest.mark.django_db
def test_the_fifty_first_vote_of_a_day_waits() -> None:
    entry, member = make_entry(), make_user()
    for turn in range(50):
        vote_on_entry(entry, by=member, value=1 if turn % 2 else -1)
    with pytest.raises(RateLimited) as raised:
        vote_on_entry(entry, by=member, value=-1)
    assert 1 <= raised.value.seconds <= 86_400 / 50


@pytest.mark.django_db
def test_a_vote_moves_the_comment_among_its_siblings() -> None:
    comment = make_comment()
    vote_on_comment(comment, by=make_user(), value=1)
    comment.refresh_from_db()
    assert comment.score == order_score(1, 0) > order_score(0, 0) > order_score(0, 1)


@pytest.mark.django_db(transaction=True)
def test_fifty_people_at_once_are_counted_exactly() -> None:
    people = [make_user() for _ in range(count(small=20, full=50))]
    entry, comment = make_entry(), make_comment()
    ups = len(people) - 5
    all_at_once(
        [
            lambda person=person, value=value: (
                vote_on_entry(entry, by=person, value=value),
                vote_on_comment(comment, by=person, value=value),
            )
            for person, value in zip(people, [1] * ups + [-1] * 5, strict=True)
        ]
    )
    entry.refresh_from_db()
    comment.refresh_from_db()
    assert (entry.up_count, entry.down_count) == (ups, 5)
    assert (comment.up_count, comment.down_count) == (ups, 5)
    assert EntryVote.objects.count() == CommentVote.objects.count() == len(people)
    assert comment.score == order_score(ups, 5)


@pytest.mark.django_db(transaction=True)
def test_one_person_clicking_many_times_at_once_is_one_vote() -> None:
    entry, member = make_entry(), make_user()
    all_at_once([lambda: vote_on_entry(entry, by=member, value=1) for _ in range(8)])
    entry.refresh_from_db()
    assert (entry.up_count, EntryVote.objects.count()) == (1, 1)


class AnyOrder(TestCase):
    """Whatever several people do in whatever order, the counters equal the rows."""

    @given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([1, 0, -1])), max_size=30))
    def test_counters_equal_rows(self, actions) -> None:
        entry, comment = make_entry(), make_comment()
        people = [make_user() for _ in range(4)]
        for person, value in actions:
            Allowance.objects.all().delete()
            vote_on_entry(entry, by=people[person], value=value)
            vote_on_comment(comment, by=people[person], value=value)
        for target in (entry, comment):
            target.refresh_from_db()
            assert target.up_count == target.votes.filter(value=1).count()
            assert target.down_count == target.votes.filter(value=-1).count()
        last = dict(actions)
        assert entry.votes.count() == sum(value != 0 for value in last.values())


@pytest.mark.django_db
def test_what_was_removed_meanwhile_takes_no_vote() -> None:
    comment = make_comment()
    remove_comment(comment, by=make_user("moderator"), reason="unsafe dose")
    assert comment.is_visible  # as a form saw it that was open before
    with pytest.raises(NotPermitted):
        vote_on_comment(comment, by=make_user(), value=1)
