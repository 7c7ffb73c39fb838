"""What moderators do on the page of a comment, and members with their own reports."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Sanction
from discussions.models import Comment, Note, Report
from discussions.moderation.services import report_comment
from discussions.services import delete_comment
from tests.factories import make_comment, make_entry, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return make_user("moderator")


@pytest.fixture
def desk(moderator) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def act(desk: Client, comment: Comment, action: str, **values: str):
    url = reverse("moderation_decide", args=[comment.pk])
    return desk.post(url, {"action": action, **values})


def words_of(desk: Client, comment: Comment) -> str:
    return Page(desk.get(reverse("moderation_decide", args=[comment.pk]))).words


def test_whoever_takes_a_comment_is_named_to_the_others(desk, moderator):
    comment = make_comment()
    report = report_comment(comment, by=make_user(), reason="spam")
    assert report.state == "open"
    assert act(desk, comment, "take").status_code == 303
    assert f"{moderator.name} is looking at it." in words_of(desk, comment)
    report.refresh_from_db()
    assert report.state == "taken"
    act(desk, comment, "keep")
    report.refresh_from_db()
    assert report.state == "decided"
    assert act(desk, comment, "take").status_code == 400


def test_a_note_is_for_moderators_and_goes_with_the_comment(desk):
    comment = make_comment()
    act(desk, comment, "note", note="Look at the other threads, too.")
    assert "Look at the other threads, too." in words_of(desk, comment)
    assert act(desk, comment, "note", note=" ").status_code == 400
    reading = Client()
    reading.force_login(comment.author)
    assert "Look at the other" not in reading.get(comment.thread.page_url).content.decode()
    delete_comment(comment, by=comment.author)
    assert not Note.objects.exists()


@pytest.mark.parametrize("action", ["remind", "pause", "long_pause", "suspend"])
def test_a_sanction_without_a_message_is_refused_and_with_one_carried_out(desk, action):
    comment = make_comment()
    assert act(desk, comment, action).status_code == 400
    assert not Sanction.objects.exists()
    assert act(desk, comment, action, member_reason="Be kind.").status_code == 303
    assert Sanction.objects.get().user == comment.author
    is_in_force = "Cannot write now." in words_of(desk, comment)
    assert is_in_force == (action != "remind")
    act(desk, comment, "lift")
    assert "Cannot write now." not in words_of(desk, comment)


def test_a_refused_form_keeps_what_was_typed(desk):
    comment = make_comment()
    response = act(
        desk, comment, "move", to="", note="Half a note.", member_reason="Half a reason."
    )
    assert response.status_code == 400
    assert "Half a note." in response.content.decode()
    assert "Half a reason." in response.content.decode()


def test_a_thread_is_closed_and_moved_from_the_page_of_a_reply(desk):
    entry = make_entry()
    other = make_entry(entry.remedy)
    root = make_comment(entry)
    reply = make_comment(parent=root)
    act(desk, reply, "lock")
    act(desk, reply, "move", to=other.get_absolute_url())
    root.refresh_from_db()
    assert (root.is_locked, root.thread.entry) == (True, other)
    act(desk, reply, "unlock")
    root.refresh_from_db()
    assert not root.is_locked


def test_moderators_alone_have_a_link_on_each_comment(desk):
    comment = make_comment()
    url = reverse("moderation_decide", args=[comment.pk])
    assert Page(desk.get(comment.thread.page_url)).all("a", href=url)
    member = Client()
    member.force_login(make_user())
    for reader in (member, Client()):
        assert not Page(reader.get(comment.thread.page_url)).all("a", href=url)


def test_a_report_can_be_taken_back_while_nobody_has_decided(desk):
    comment, member = make_comment(), make_user()
    report = report_comment(comment, by=member, reason="spam")
    client = Client()
    client.force_login(member)
    url = reverse("report_withdraw", args=[report.pk])
    assert Page(client.get(reverse("account_data"))).one("a", href=url) is not None
    assert client.get(url).status_code == 200
    assert desk.post(url).status_code == 404
    assert client.post(url).status_code == 303
    assert not Report.objects.exists()
    decided = report_comment(comment, by=member, reason="spam")
    act(desk, comment, "keep")
    assert client.post(reverse("report_withdraw", args=[decided.pk])).status_code == 400
    assert Report.objects.get() == decided


def test_a_report_that_was_taken_back_counts_no_more():
    comment, first = make_comment(), make_user()
    report = report_comment(comment, by=first, reason="danger")
    client = Client()
    client.force_login(first)
    client.post(reverse("report_withdraw", args=[report.pk]))
    report_comment(comment, by=make_user(), reason="danger")
    comment.refresh_from_db()
    assert comment.is_visible
