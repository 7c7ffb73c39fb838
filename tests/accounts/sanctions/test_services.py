"""While a sanction is in force, its member neither writes nor votes; everything else stays possible."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import SanctionKind
from accounts.sanctions.services import impose_sanction, lift_sanction, require_unsanctioned
from discussions.services import delete_comment, edit_comment, post_comment, vote_on_comment
from remedies.services import vote_on_entry
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.clock import clock_at
from tests.factories import make_comment, make_entry, make_user

pytestmark = pytest.mark.django_db


def is_barred(member) -> bool:
    try:
        require_unsanctioned(member)
    except NotPermitted:
        return True
    return False


def test_a_reminder_bars_nothing():
    member = make_user()
    impose_sanction(member, SanctionKind.REMINDER)
    assert not is_barred(member)


@pytest.mark.parametrize(
    ("kind", "hours"), [(SanctionKind.PAUSE, 24), (SanctionKind.LONG_PAUSE, 168)]
)
def test_a_pause_ends_to_the_second(kind, hours):
    member, begin = make_user(), timezone.now()
    with clock_at(begin):
        impose_sanction(member, kind)
    with clock_at(begin + timedelta(hours=hours, seconds=-1)):
        assert is_barred(member)
    with clock_at(begin + timedelta(hours=hours)):
        assert not is_barred(member)


def test_the_lengths_are_settings(settings):
    settings.PAUSE_HOURS, settings.LONG_PAUSE_HOURS = 1, 48
    member = make_user()
    short = impose_sanction(member, SanctionKind.PAUSE)
    long = impose_sanction(member, SanctionKind.LONG_PAUSE)
    assert short.ends_at - short.began_at == timedelta(hours=1)
    assert long.ends_at - long.began_at == timedelta(hours=48)


def test_a_suspension_lasts_until_it_is_lifted():
    member = make_user()
    sanction = impose_sanction(member, SanctionKind.SUSPENSION)
    with clock_at(timezone.now() + timedelta(days=3000)):
        assert is_barred(member)
        assert lift_sanction(sanction)
        assert not lift_sanction(sanction)
        assert not is_barred(member)


def test_the_longest_of_several_counts():
    member = make_user()
    impose_sanction(member, SanctionKind.SUSPENSION)
    pause = impose_sanction(member, SanctionKind.PAUSE)
    lift_sanction(pause)
    with pytest.raises(NotPermitted, match="suspended"):
        require_unsanctioned(member)


@pytest.mark.parametrize("role", ["moderator", "editor"])
def test_staff_are_not_sanctioned(role):
    with pytest.raises(InvalidInput):
        impose_sanction(make_user(role), SanctionKind.REMINDER)


def test_a_paused_member_writes_and_votes_nothing_but_deletes_and_takes_votes_back():
    member, entry = make_user(), make_entry()
    own, others = make_comment(entry, by=member), make_comment(entry)
    vote_on_comment(others, by=member, value=1)
    vote_on_entry(entry, by=member, value=1)
    impose_sanction(member, SanctionKind.PAUSE)
    attempts = (
        lambda: post_comment(by=member, subject=entry, body="Again."),
        lambda: edit_comment(own, by=member, body="Changed."),
        lambda: vote_on_comment(others, by=member, value=-1),
        lambda: vote_on_entry(entry, by=member, value=-1),
    )
    for attempt in attempts:
        with pytest.raises(NotPermitted, match="paused"):
            attempt()
    vote_on_comment(others, by=member, value=0)
    vote_on_entry(entry, by=member, value=0)
    delete_comment(own, by=member)
    others.refresh_from_db()
    entry.refresh_from_db()
    assert (others.up_count, entry.up_count) == (0, 0)
