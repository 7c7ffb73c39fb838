"""Where two roads of moderation cross."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Notification, SanctionKind
from accounts.privacy.services import erase_member
from discussions.choices import State
from discussions.models import Comment, Decision, Note
from discussions.moderation.appeals import appeal, decide_appeal
from discussions.moderation.member_services import lift, sanction_author, sanctions_of_author
from discussions.moderation.services import (
    add_note,
    keep_comment,
    remove_comment,
    report_comment,
    restore_comment,
)
from discussions.services import delete_comment, edit_comment
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return make_user("moderator")


def logged_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("way", ["vote/", "edit/", "report/", ""])
def test_a_comment_that_waits_is_there_for_its_author_alone(way):
    comment = make_comment()
    report_comment(comment, by=None, reason="emergency")
    Comment.objects.filter(pk=comment.pk).update(state=State.HELD)
    stranger = logged_in(make_user())
    url = f"{comment.get_absolute_url()}{way}"
    assert stranger.post(url, {"value": "1", "consent": "1"}).status_code in {404, 405}
    assert stranger.get(url).status_code == 404


def test_nobody_decides_on_the_own_comment(moderator):
    kept, removed = make_comment(by=moderator), make_comment(by=moderator)
    report_comment(kept, by=make_user(), reason="spam")
    remove_comment(removed, by=make_user("moderator"), reason="Selling.")
    with pytest.raises(NotPermitted):
        keep_comment(kept, by=moderator)
    with pytest.raises(NotPermitted):
        restore_comment(removed, by=moderator)


def test_a_second_report_of_the_same_words_is_refused_and_of_new_ones_counts(moderator):
    comment, member = make_comment(), make_user()
    report_comment(comment, by=member, reason="danger")
    keep_comment(comment, by=moderator)
    with pytest.raises(InvalidInput):
        report_comment(comment, by=member, reason="danger")
    edit_comment(comment, by=comment.author, body="Other words.")
    assert report_comment(comment, by=member, reason="danger").state == "open"


def test_members_who_may_not_write_hide_nothing(moderator):
    suspended = []
    for _number in range(2):
        own = make_comment()
        sanction_author(own, by=moderator, kind=SanctionKind.SUSPENSION, reason="Unkind.")
        suspended.append(own.author)
    comment = make_comment()
    for member in suspended:
        report_comment(comment, by=member, reason="danger")
    comment.refresh_from_db()
    assert comment.is_visible
    assert comment.reports.count() == 2


def test_the_author_hears_of_an_automatic_hide():
    comment = make_comment()
    for _number in range(3):
        report_comment(comment, by=make_user(), reason="spam")
    told = Notification.objects.get(user=comment.author)
    assert told.url == Decision.objects.get(comment=comment).get_absolute_url()
    page = logged_in(comment.author).get(told.url).content.decode()
    assert "Your comment is hidden until a moderator has looked at it" in page


def test_a_report_is_not_open_for_ever_once_the_author_deleted_the_comment():
    comment, member = make_comment(), make_user()
    report = report_comment(comment, by=member, reason="spam")
    delete_comment(comment, by=comment.author)
    report = type(report).objects.get(pk=report.pk)
    assert report.state == "gone"
    page = logged_in(member).get(reverse("account_data")).content.decode()
    assert reverse("report_withdraw", args=[report.pk]) not in page


def test_an_appeal_is_granted_though_the_sanction_was_lifted_meanwhile(moderator):
    comment = make_comment()
    decision = sanction_author(comment, by=moderator, kind=SanctionKind.PAUSE, reason="Unkind.")
    sent = appeal(decision, by=comment.author, text="It was not me.")
    lift(decision.sanction, by=moderator)
    decided = decide_appeal(sent, by=make_user("moderator"), overturn=True, answer="You are right.")
    assert decided.outcome == "overturned"


def test_only_the_newest_removal_is_appealed_against(moderator):
    comment = make_comment()
    first = remove_comment(comment, by=moderator, reason="Selling.").decisions.latest("pk")
    sent = appeal(first, by=comment.author, text="I sell nothing.")
    restore_comment(comment, by=moderator)
    other = make_user("moderator")
    remove_comment(comment, by=other, reason="Selling again.")
    decide_appeal(sent, by=other, overturn=True, answer="The first time you were right.")
    comment.refresh_from_db()
    assert comment.state == State.REMOVED


def test_a_suspension_is_lifted_though_its_comment_is_deleted(moderator):
    comment = make_comment()
    sanction_author(comment, by=moderator, kind=SanctionKind.SUSPENSION, reason="Unkind.")
    delete_comment(comment, by=comment.author)
    comment.refresh_from_db()
    (sanction,) = sanctions_of_author(comment)
    lift(sanction, by=moderator)
    url = reverse("moderation_decide", args=[comment.pk])
    assert logged_in(moderator).post(url, {"action": "lift"}).status_code == 400


@pytest.mark.parametrize("words", [True, False])
@pytest.mark.parametrize("deletes_first", [True, False])
def test_who_leaves_takes_along_what_moderators_wrote(client, moderator, words, deletes_first):
    comment, removed = make_comment(), None
    author = comment.author
    sanction_author(comment, by=moderator, kind=SanctionKind.PAUSE, reason="Quollwise shouted.")
    add_note(comment, by=moderator, text="Quollwise again.")
    removed = make_comment()
    Comment.objects.filter(pk=removed.pk).update(author=author)
    remove_comment(removed, by=moderator, reason="Quollwise sells.")
    if deletes_first:
        delete_comment(comment, by=author)
    erase_member(author, words=words)
    assert not Note.objects.exists()
    assert not Decision.objects.filter(reason__contains="Quoll").exists()
    assert not Comment.objects.filter(removal_reason__contains="Quoll").exists()
    assert "Quoll" not in client.get(reverse("moderation_log")).content.decode()


def test_help_reaches_a_paused_member_too(moderator):
    comment = make_comment()
    sanction_author(comment, by=moderator, kind=SanctionKind.PAUSE, reason="Unkind.")
    client = logged_in(comment.author)
    url = f"{comment.thread.page_url}comments/"
    cruel = client.post(url, {"body": "I want to kill myself."})
    assert cruel.status_code == 403
    assert "116 123" in cruel.content.decode()
    plain = client.post(url, {"body": "It helped me."})
    assert "116 123" not in plain.content.decode()
