"""Editors decide on challenges, and the revision that follows names whoever prompted it."""

import pytest

from accounts.models import Notification
from discussions.challenges.deciding import decide, remove_challenge, show_challenge
from discussions.challenges.selectors import (
    challenges_of,
    credits_of,
    listed_challenges,
    state_counts,
    waiting_about,
    waiting_challenges,
)
from discussions.models import Challenge
from publishing.services import subject_type
from remedies.services import publish_entry, withdraw_entry
from remedies_site.exceptions import InvalidInput, NotPermitted
from remedies_site.key_pages import FIRST
from tests.factories import make_challenge, make_condition, make_entry, make_remedy, make_user

pytestmark = pytest.mark.django_db
ANSWER = "We read it, and you are right."


@pytest.fixture
def challenge():
    return make_challenge(visibility="held")


@pytest.fixture
def editor():
    return make_user("editor")


def publish_change(subject) -> None:
    subject.refresh_from_db()
    field = "verdict" if hasattr(subject, "verdict") else "one_line"
    setattr(subject, field, f"We do not know whether it helps: {getattr(subject, field)}")
    subject.save()
    subject_type(type(subject)).publish(subject, by=None)


def accept(challenge, editor, **values):
    return decide(challenge, by=editor, accept=True, answer=ANSWER, **values)


def test_a_decision_is_public_with_its_answer_and_its_author_is_told(challenge, editor):
    decided = decide(challenge, by=editor, accept=False, answer=f" {ANSWER} ")
    assert (decided.state, decided.answer, decided.visibility) == ("declined", ANSWER, "visible")
    assert (decided.decided_by, decided.credited_number) == (editor, None)
    note = Notification.objects.get(user=challenge.by)
    assert (note.kind, note.url) == ("content_decided", challenge.get_absolute_url())


@pytest.mark.parametrize("answer", ["", "  ", "x" * 1001])
def test_a_decision_needs_an_answer_of_some_length(challenge, editor, answer):
    with pytest.raises(InvalidInput):
        decide(challenge, by=editor, accept=True, answer=answer)
    assert Challenge.objects.get().is_open


@pytest.mark.parametrize("role", ["member", "moderator"])
def test_only_editors_decide(challenge, role):
    with pytest.raises(NotPermitted):
        decide(challenge, by=make_user(role), accept=True, answer=ANSWER)


def test_nobody_decides_on_their_own(editor):
    own = make_challenge(by=editor, visibility="held")
    with pytest.raises(NotPermitted):
        accept(own, editor)
    with pytest.raises(NotPermitted):
        show_challenge(own, by=editor)


def test_it_is_decided_once(challenge, editor):
    accept(challenge, editor)
    with pytest.raises(InvalidInput, match="decided already"):
        decide(challenge, by=editor, accept=False, answer=ANSWER)


def test_what_its_author_deleted_is_decided_no_more(challenge, editor):
    Challenge.objects.all().delete()
    with pytest.raises(InvalidInput, match="deleted it"):
        accept(challenge, editor)


@pytest.mark.parametrize("make_subject", [make_entry, make_remedy, make_condition])
def test_the_next_version_names_whoever_prompted_it(editor, make_subject):
    subject = make_subject()
    accepted = accept(make_challenge(subject), editor)
    others = [make_challenge(subject), make_challenge(make_subject())]
    decide(others[1], by=editor, accept=True, answer=ANSWER)
    assert waiting_about(subject) == [accepted, others[0]]
    publish_change(subject)
    assert credits_of(subject) == {2: [accepted]}
    accepted.refresh_from_db()
    assert accepted.credited_number == 2
    publish_change(subject)
    accepted.refresh_from_db()
    assert accepted.credited_number == 2
    urls = Notification.objects.filter(user=accepted.by).values_list("url", flat=True)
    assert f"{accepted.get_absolute_url()}#credited" in urls


def test_what_was_mended_before_is_credited_at_once(challenge, editor):
    publish_change(challenge.subject)
    assert accept(challenge, editor, number=2).credited_number == 2


@pytest.mark.parametrize("number", [1, 3])
def test_a_version_that_cannot_have_followed_is_refused(challenge, editor, number):
    publish_change(challenge.subject)
    with pytest.raises(InvalidInput, match="no such version"):
        accept(challenge, editor, number=number)


def test_a_new_version_without_a_change_credits_nobody(challenge, editor):
    accept(challenge, editor)
    publish_entry(challenge.subject, by=None)
    challenge.refresh_from_db()
    assert challenge.credited_number is None


@pytest.mark.parametrize("role", ["editor", "moderator"])
def test_editors_and_moderators_show_and_remove(challenge, role):
    person = make_user(role)
    assert show_challenge(challenge, by=person).is_visible
    removed = remove_challenge(challenge, by=person, reason="It names a person.")
    assert (removed.visibility, removed.removal_reason) == ("removed", "It names a person.")
    assert Notification.objects.filter(user=challenge.by).count() == 1
    assert show_challenge(challenge, by=person).removal_reason == ""
    with pytest.raises(InvalidInput):
        show_challenge(challenge, by=person)


def test_members_remove_nothing(challenge):
    with pytest.raises(NotPermitted):
        remove_challenge(challenge, by=make_user(), reason="spam")


def test_what_is_removed_is_decided_no_more_and_waits_no_more(challenge, editor):
    assert list(waiting_challenges()) == [challenge]
    remove_challenge(challenge, by=editor, reason="spam")
    assert list(waiting_challenges()) == []
    with pytest.raises(InvalidInput):
        accept(challenge, editor)


def test_readers_see_public_ones_of_published_pages_alone(editor):
    shown = make_challenge()
    make_challenge(shown.subject, visibility="held")
    make_challenge(shown.subject, visibility="removed", removal_reason="spam")
    gone = make_challenge()
    withdraw_entry(gone.subject, by=None, reason="It was wrong.")
    hidden_remedy = make_challenge(make_remedy(published=False))
    assert listed_challenges(FIRST).rows == [shown]
    assert challenges_of(shown.subject, FIRST).rows == [shown]
    assert listed_challenges(FIRST, "accepted").rows == []
    assert state_counts().total == state_counts(shown.subject).open == 1
    assert state_counts(hidden_remedy.subject).total == 0


def test_a_removed_one_is_named_by_no_version(challenge, editor):
    accept(challenge, editor)
    publish_change(challenge.subject)
    assert credits_of(challenge.subject, [2])
    remove_challenge(challenge, by=editor, reason="spam")
    assert credits_of(challenge.subject) == {}
