"""Moderators remind, pause and suspend; members read why, and appeal once to another moderator."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Sanction, SanctionKind
from accounts.privacy.services import erase_member, withdraw_consent
from discussions.choices import Action, Outcome
from discussions.models import Appeal, Comment, Decision
from discussions.moderation.appeals import appeal, decide_appeal
from discussions.moderation.log import counts_by_month
from discussions.moderation.member_services import lift, sanction_author
from discussions.moderation.services import remove_comment
from discussions.services import delete_comment, post_comment
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.clock import clock_at
from tests.factories import make_comment, make_entry, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return make_user("moderator")


def logged_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def removed_comment(by, **values) -> tuple[Comment, Decision]:
    comment = make_comment(**values)
    remove_comment(comment, by=by, reason="It sells something.")
    comment.refresh_from_db()
    return comment, Decision.objects.get(comment=comment, action=Action.REMOVE)


def sanctioned(by, kind=SanctionKind.PAUSE) -> tuple[Comment, Decision]:
    comment = make_comment()
    return comment, sanction_author(comment, by=by, kind=kind, reason="Unkind to others.")


def test_a_sanction_needs_a_moderator_a_reason_and_an_author(moderator):
    comment = make_comment()
    with pytest.raises(NotPermitted):
        sanction_author(comment, by=make_user(), kind=SanctionKind.PAUSE, reason="So.")
    with pytest.raises(InvalidInput):
        sanction_author(comment, by=moderator, kind=SanctionKind.PAUSE, reason=" ")
    delete_comment(comment, by=comment.author)
    comment.refresh_from_db()
    with pytest.raises(InvalidInput):
        sanction_author(comment, by=moderator, kind=SanctionKind.PAUSE, reason="So.")
    assert not Sanction.objects.exists()


def test_a_lifted_pause_lets_the_member_write_again(moderator):
    comment, decision = sanctioned(moderator)
    with pytest.raises(NotPermitted):
        post_comment(by=comment.author, subject=make_entry(), body="Again.")
    lift(decision.sanction, by=moderator)
    post_comment(by=comment.author, subject=make_entry(), body="Again.")
    with pytest.raises(InvalidInput):
        lift(decision.sanction, by=moderator)


def test_the_member_alone_reads_the_statement_of_reasons(moderator):
    comment, decision = removed_comment(moderator)
    page = Page(logged_in(comment.author).get(decision.get_absolute_url()))
    assert "It sells something." in page.words
    assert comment.body in page.words
    assert "A moderator read it and decided." in page.words
    assert moderator.name not in page.words
    for stranger in (make_user(), moderator):
        assert logged_in(stranger).get(decision.get_absolute_url()).status_code == 404
    assert Client().get(decision.get_absolute_url()).status_code == 302


def test_the_account_lists_what_was_decided(moderator):
    comment, decision = sanctioned(moderator)
    for name in ("account", "account_data"):
        page = Page(logged_in(comment.author).get(reverse(name)))
        assert page.one("a", href=decision.get_absolute_url()) is not None


def test_an_appeal_that_is_right_puts_the_comment_back(moderator):
    comment, decision = removed_comment(moderator)
    client = logged_in(comment.author)
    sent = client.post(decision.get_absolute_url(), {"text": "I sell nothing."})
    assert sent.status_code == 303
    other = make_user("moderator")
    desk = logged_in(other)
    assert "1 appeal waits for an answer" in Page(desk.get(reverse("moderation"))).words
    page = Page(desk.get(reverse("moderation_appeals")))
    assert "I sell nothing." in page.words
    url = reverse("moderation_appeal", args=[decision.appeal.pk])
    assert desk.post(url, {"outcome": "overturned", "answer": "You are right."}).status_code == 303
    comment.refresh_from_db()
    assert comment.is_visible
    page = Page(client.get(decision.get_absolute_url()))
    assert "You are right." in page.words
    (month,) = counts_by_month()
    assert (month.removed, month.restored, month.appeals) == (1, 1, 1)


def test_an_appeal_that_is_right_lifts_a_pause(moderator):
    comment, decision = sanctioned(moderator)
    sent = appeal(decision, by=comment.author, text="It was not me.")
    decide_appeal(sent, by=make_user("moderator"), overturn=True, answer="Sorry.")
    post_comment(by=comment.author, subject=make_entry(), body="Back.")


def test_an_appeal_that_is_wrong_changes_nothing_but_is_answered(moderator):
    comment, decision = removed_comment(moderator)
    sent = appeal(decision, by=comment.author, text="I do not agree.")
    decided = decide_appeal(
        sent, by=make_user("moderator"), overturn=False, answer="It names a shop."
    )
    comment.refresh_from_db()
    assert (decided.outcome, comment.state) == (Outcome.UPHELD, "removed")
    with pytest.raises(InvalidInput):
        decide_appeal(sent, by=make_user("moderator"), overturn=True, answer="Twice.")


def test_nobody_decides_on_an_appeal_against_the_own_decision(moderator):
    comment, decision = removed_comment(moderator)
    sent = appeal(decision, by=comment.author, text="I do not agree.")
    with pytest.raises(NotPermitted):
        decide_appeal(sent, by=moderator, overturn=True, answer="I was wrong.")
    with pytest.raises(NotPermitted):
        decide_appeal(sent, by=make_user(), overturn=True, answer="He was wrong.")
    refused = logged_in(moderator).post(
        reverse("moderation_appeal", args=[sent.pk]), {"outcome": "upheld", "answer": "My words."}
    )
    assert refused.status_code == 403
    assert "My words." in refused.content.decode()


def test_there_is_one_appeal_of_the_member_alone(moderator):
    comment, decision = removed_comment(moderator)
    with pytest.raises(NotPermitted):
        appeal(decision, by=make_user(), text="On behalf of another.")
    appeal(decision, by=comment.author, text="I do not agree.")
    with pytest.raises(InvalidInput):
        appeal(decision, by=comment.author, text="Again.")
    assert Appeal.objects.count() == 1


def test_an_appeal_is_possible_until_the_last_second(moderator, settings):
    settings.APPEAL_DAYS = 10
    comment, decision = removed_comment(moderator)
    with clock_at(decision.created_at + timedelta(days=10)), pytest.raises(InvalidInput):
        appeal(decision, by=comment.author, text="Too late.")
    with clock_at(decision.created_at + timedelta(days=10, seconds=-1)):
        assert appeal(decision, by=comment.author, text="In time.")


def test_an_empty_appeal_is_refused_and_a_long_one_keeps_its_text(moderator):
    comment, decision = removed_comment(moderator)
    client = logged_in(comment.author)
    assert client.post(decision.get_absolute_url(), {"text": " "}).status_code == 400
    long = client.post(decision.get_absolute_url(), {"text": "word " * 500})
    assert long.status_code == 400
    assert "word word" in long.content.decode()
    assert not Appeal.objects.exists()


def test_nothing_to_give_back_is_nothing_to_appeal_against(moderator):
    comment, decision = sanctioned(moderator)
    lift(decision.sanction, by=moderator)
    page = Page(logged_in(comment.author).get(decision.get_absolute_url()))
    assert "If you think that this is wrong" not in page.words
    decision.sanction.refresh_from_db()
    with pytest.raises(InvalidInput):
        appeal(decision, by=comment.author, text="Still.")


def test_who_leaves_takes_sanctions_and_appeals_along_but_the_counts_stay(moderator):
    comment, decision = sanctioned(moderator)
    appeal(decision, by=comment.author, text="My own words.")
    erase_member(comment.author, words=True)
    assert not Sanction.objects.exists()
    assert not Appeal.objects.exists()
    decision.refresh_from_db()
    assert (decision.sanction, decision.reason) == (None, "–")
    (month,) = counts_by_month()
    assert month.members == 1


def test_taking_the_consent_back_erases_the_words_of_appeals(moderator):
    comment, decision = removed_comment(moderator)
    appeal(decision, by=comment.author, text="My own words.")
    withdraw_consent(comment.author)
    assert not Appeal.objects.exists()


def test_a_deleted_comment_leaves_its_sanction_with_the_reason(moderator):
    comment, decision = sanctioned(moderator)
    delete_comment(comment, by=comment.author)
    page = Page(logged_in(decision.sanction.user).get(decision.get_absolute_url()))
    assert "Unkind to others." in page.words
    assert comment.body not in page.words


def test_a_former_moderator_keeps_nothing_open(moderator):
    comment, decision = removed_comment(moderator)
    sent = appeal(decision, by=comment.author, text="I do not agree.")
    moderator.is_staff = False
    moderator.groups.clear()
    moderator.save()
    call_command("erase_member", moderator.name, "--yes")
    sent.refresh_from_db()
    decide_appeal(sent, by=make_user("moderator"), overturn=False, answer="It stands.")
    assert timezone.now() >= sent.created_at
