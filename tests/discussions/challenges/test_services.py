"""What members may send as challenges, who sees it, and what becomes of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notification, SanctionKind, User
from accounts.privacy.services import erase_member, withdraw_consent
from discussions.bodies import body_version
from discussions.challenges.services import (
    WrittenChallenge,
    delete_challenge,
    read_source,
    send_challenge,
    source_url,
)
from discussions.composer.services import NeedsCare
from discussions.models import Challenge
from discussions.moderation.member_services import sanction_author
from discussions.policies import MOST_WAITING
from remedies.services import publish_entry
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.factories import make_challenge, make_comment, make_entry, make_user

pytestmark = pytest.mark.django_db
KEPT = "I want to kill myself."


@pytest.fixture
def entry():
    return make_entry(verdict="We do not know whether it helps. Nobody knows for whom.")


def written(**values: object) -> WrittenChallenge:
    fields: dict[str, object] = {
        "number": None,
        "part": "verdict",
        "place": "verdict:2",
        "kind": "correction",
        "text": "There is a review of that.",
    }
    return WrittenChallenge(**(fields | values))  # type: ignore[arg-type]


def old_member(entry) -> User:
    """Somebody past the limits of newcomers."""
    member = make_user(age=timedelta(days=400))
    for _number in range(5):
        make_comment(entry, by=member)
    return member


def test_a_member_s_challenge_is_public_at_once_with_the_claim_as_it_stood(entry):
    challenge = send_challenge(entry, written(quote="for whom"), by=old_member(entry))
    assert challenge.is_visible
    assert (challenge.place, challenge.claim) == ("verdict:2", "Nobody knows for whom.")
    assert (challenge.revision_number, challenge.quote, challenge.care) == (1, "for whom", "")


def test_a_newcomer_s_waits_until_an_editor_has_looked(entry):
    assert send_challenge(entry, written(), by=make_user()).visibility == "held"


def test_staff_do_not_wait(entry):
    assert send_challenge(entry, written(), by=make_user("moderator")).is_visible


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text": "  "}, "Write something"),
        ({"text": "x" * 2001}, "2001 characters"),
        ({"place": "verdict:9"}, "Choose the claim"),
        ({"part": "nothing"}, "Choose the claim"),
        ({"number": 7}, "Choose the claim"),
        ({"kind": "praise"}, "Choose what you bring"),
        ({"kind": "source"}, "Name the source"),
        ({"source": "some book"}, "cannot read this source"),
        ({"source": "javascript:alert(1)"}, "cannot read this source"),
        ({"quote": "It always helps"}, "do not stand in the claim"),
        ({"quote": "x" * 601}, "Quote fewer"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_stored(entry, values, message):
    with pytest.raises(InvalidInput, match=message):
        send_challenge(entry, written(**values), by=make_user())
    assert not Challenge.objects.exists()


def test_the_claim_is_that_of_the_version_which_the_form_showed(entry):
    entry.verdict = "We do not know."
    entry.save()
    publish_entry(entry, by=None)
    entry.refresh_from_db()
    challenge = send_challenge(entry, written(number=1), by=make_user())
    assert (challenge.revision_number, challenge.claim) == (1, "Nobody knows for whom.")
    with pytest.raises(InvalidInput, match="Choose the claim"):
        send_challenge(entry, written(number=2), by=make_user())


@pytest.mark.parametrize(
    ("typed", "column", "value", "url"),
    [
        ("https://doi.org/10.1000/X", "doi", "10.1000/x", "https://doi.org/10.1000/x"),
        ("PMID: 12345678", "pmid", "12345678", "https://pubmed.ncbi.nlm.nih.gov/12345678/"),
        ("www.example.org/a", "url", "https://www.example.org/a", "https://www.example.org/a"),
    ],
)
def test_a_source_is_stored_in_its_normal_form(entry, typed, column, value, url):
    challenge = send_challenge(entry, written(kind="source", source=typed), by=make_user())
    assert (challenge.source_type, challenge.source) == (column, value)
    assert source_url(challenge) == url


def test_no_source_is_none():
    assert read_source("  ") is None


def test_the_same_form_sent_twice_is_one_challenge(entry):
    member = make_user()
    first = send_challenge(entry, written(), by=member)
    assert send_challenge(entry, written(), by=member) == first
    assert Challenge.objects.count() == 1


def test_no_consent_and_no_challenge(entry):
    member = make_user()
    User.objects.filter(pk=member.pk).update(consented_at=None)
    with pytest.raises(InvalidInput, match="Tick the box"):
        send_challenge(entry, written(), by=member)
    assert send_challenge(entry, written(), by=member, consent=True).by == member


def test_who_is_paused_sends_nothing(entry):
    member = make_user()
    comment = make_comment(entry, by=member)
    sanction_author(
        comment, by=make_user("moderator"), kind=SanctionKind.PAUSE, reason="It was unkind."
    )
    with pytest.raises(NotPermitted, match="paused"):
        send_challenge(entry, written(), by=member)


def test_so_many_wait_and_there_is_room_for_no_other(entry):
    member = make_user()
    for _number in range(MOST_WAITING):
        make_challenge(entry, by=member)
    with pytest.raises(InvalidInput, match="still wait"):
        send_challenge(entry, written(), by=member)
    Challenge.objects.filter(by=member).first().delete()
    assert send_challenge(entry, written(), by=member)


def test_words_of_danger_bring_help_first_and_then_wait_with_the_moderators_told(entry):
    member, moderator = old_member(entry), make_user("moderator")
    with pytest.raises(NeedsCare):
        send_challenge(entry, written(text=KEPT), by=member)
    assert not Challenge.objects.exists()
    challenge = send_challenge(entry, written(text=KEPT), by=member, checked=body_version(KEPT))
    assert challenge.visibility == "held"
    assert "self-harm" in challenge.care
    assert Notification.objects.filter(user=moderator, kind="urgent").count() == 1


def test_only_the_author_deletes_it(entry):
    challenge = make_challenge(entry)
    with pytest.raises(NotPermitted):
        delete_challenge(challenge, by=make_user())
    delete_challenge(challenge, by=challenge.by)
    assert not Challenge.objects.exists()


def test_who_leaves_with_the_words_takes_all_challenges_along(entry):
    member = make_user()
    make_challenge(entry, by=member)
    make_challenge(entry)
    erase_member(member, words=True)
    assert Challenge.objects.get().by is not None


def test_who_leaves_without_the_words_leaves_what_is_public_without_a_name(entry):
    member = make_user()
    public = make_challenge(entry, by=member)
    make_challenge(entry, by=member, visibility="held")
    erase_member(member, words=False)
    assert Challenge.objects.get() == public
    assert Challenge.objects.get().by is None


def test_who_takes_the_consent_back_leaves_none(entry):
    member = make_user()
    make_challenge(entry, by=member)
    withdraw_consent(member)
    assert not Challenge.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"remedy_id": "its own"},
        {"state": "accepted"},
        {"answer": "Yes."},
        {"state": "declined", "answer": "No."},
        {"credited_number": 2},
        {"visibility": "removed"},
        {"removal_reason": "spam"},
        {"source": "10.1000/x"},
        {"kind": "source"},
        {"kind": "praise"},
        {"text": ""},
    ],
)
def test_the_database_refuses_what_makes_no_sense(entry, values):
    challenge = make_challenge(entry)
    values = {
        key: entry.remedy_id if value == "its own" else value for key, value in values.items()
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.filter(pk=challenge.pk).update(**values)


def test_a_time_without_a_decision_is_refused(entry):
    challenge = make_challenge(entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.filter(pk=challenge.pk).update(decided_at=timezone.now())
