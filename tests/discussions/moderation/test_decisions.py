"""Reports close with a decision; enough of them hide a comment until somebody has looked."""

from contextlib import suppress

import pytest
from django.test import Client
from django.urls import reverse

from discussions.choices import Reason
from discussions.models import Comment, Decision, Report
from discussions.moderation import queue
from discussions.moderation.log import counts_by_month
from discussions.moderation.queue import queue_items, waiting
from discussions.moderation.services import (
    keep_comment,
    remove_comment,
    report_comment,
    restore_comment,
)
from discussions.services import delete_comment
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.factories import make_comment, make_user
from tests.reading import Page
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db


def report(comment: Comment, *reasons: str) -> None:
    """One report of each reason, each by somebody else."""
    for reason in reasons:
        report_comment(comment, by=make_user(), reason=reason, detail="So it is.")


def state_of(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).state


@pytest.fixture
def moderator():
    return make_user("moderator")


@pytest.fixture
def desk(moderator) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


@pytest.mark.parametrize(
    ("reasons", "state"),
    [
        (["spam"] * 2, "visible"),
        (["spam", "unkind", "other"], "hidden"),
        (["danger"], "visible"),
        (["danger", "spam"], "visible"),
        (["danger", "private"], "hidden"),
        (["emergency"] * 4, "visible"),
        (["emergency", "spam", "spam"], "visible"),
    ],
)
def test_reports_of_different_people_hide_a_comment(reasons, state):
    comment = make_comment()
    report(comment, *reasons)
    assert state_of(comment) == state
    assert Decision.objects.filter(is_automatic=True).count() == (state == "hidden")


def test_the_numbers_are_settings(settings):
    settings.HIDE_AT_REPORTS, settings.HIDE_AT_URGENT_REPORTS = 2, 1
    comment, other = make_comment(), make_comment()
    report(comment, "spam", "spam")
    report(other, "private")
    assert (state_of(comment), state_of(other)) == ("hidden", "hidden")


def test_reports_without_a_name_and_of_one_person_do_not_add_up():
    comment, member = make_comment(), make_user()
    for reason in ("spam", "unkind", "danger"):
        report_comment(comment, by=None, reason=reason)
        report_comment(comment, by=member, reason=reason)
    assert state_of(comment) == "visible"
    assert Report.objects.filter(reporter=member).count() == 1


def test_a_hidden_comment_is_no_reply_any_more_and_comes_back_as_one(moderator):
    root = make_comment()
    reply = make_comment(parent=root, body="Hidden words.")
    report(reply, "spam", "spam", "spam")
    root.refresh_from_db()
    assert root.reply_count == 0
    assert "Hidden words." not in Client().get(root.thread.page_url).content.decode()
    restore_comment(reply, by=moderator)
    root.refresh_from_db()
    assert (root.reply_count, state_of(reply)) == (1, "visible")
    assert waiting() == []


def test_what_was_decided_to_stay_needs_as_many_new_reports(moderator):
    comment = make_comment()
    report(comment, "spam", "spam")
    keep_comment(comment, by=moderator)
    report(comment, "spam", "spam")
    assert state_of(comment) == "visible"
    report(comment, "spam")
    assert state_of(comment) == "hidden"


def test_every_decision_closes_the_reports_and_stands_in_the_log(moderator):
    kept, removed = make_comment(), make_comment()
    report(kept, "spam")
    report(removed, "danger")
    assert set(waiting()) == {kept.pk, removed.pk}
    keep_comment(kept, by=moderator)
    remove_comment(removed, by=moderator, reason="unsafe advice")
    assert waiting() == []
    assert not Report.objects.filter(decision=None).exists()
    restore_comment(removed, by=moderator)
    (month,) = counts_by_month()
    assert (month.kept, month.hidden, month.removed, month.restored) == (1, 0, 1, 1)


def test_a_comment_that_its_author_deleted_waits_no_more():
    comment = make_comment()
    report(comment, "spam")
    delete_comment(comment, by=comment.author)
    assert waiting() == []


def test_only_moderators_decide_and_only_once(moderator):
    comment = make_comment()
    report(comment, "spam")
    for person in (make_user(), make_user("editor")):
        with pytest.raises(NotPermitted):
            keep_comment(comment, by=person)
    keep_comment(comment, by=moderator)
    with pytest.raises(InvalidInput):
        keep_comment(comment, by=moderator)


def test_the_most_urgent_comes_first_then_the_one_that_waits_longest():
    spam, private, emergency, danger, later = (make_comment() for _number in range(5))
    report(spam, "spam")
    report(private, "private")
    report(emergency, "unkind", "emergency")
    report(danger, "danger")
    report(later, "off_topic")
    keys = waiting()
    assert keys == [emergency.pk, danger.pk, private.pk, spam.pk, later.pk]
    items = queue_items(keys)
    assert [item.urgency for item in items] == [0, 1, 2, 3, 3]
    assert items[0].is_emergency
    assert items[1].suggested_reason == Reason.DANGER.label


def test_an_emergency_is_first_however_many_reports_wait(monkeypatch):
    monkeypatch.setattr(queue, "_MOST", 3)
    for _number in range(4):
        report(make_comment(), "spam")
    emergency = make_comment()
    report(emergency, "emergency")
    assert waiting()[0] == emergency.pk


@pytest.mark.parametrize("reasons", [["emergency"], ["other"], ["emergency", "other"]])
def test_nobody_s_crisis_is_suggested_as_the_reason_that_readers_see(reasons):
    comment = make_comment()
    report(comment, *reasons)
    (item,) = queue_items([comment.pk])
    assert item.suggested_reason == ""
    report(comment, "off_topic")
    (item,) = queue_items([comment.pk])
    assert item.suggested_reason == Reason.OFF_TOPIC.label


def test_the_queue_takes_as_many_queries_for_many_as_for_one(desk, django_assert_num_queries):
    report(make_comment(parent=make_comment()), "spam")
    desk.get(reverse("moderation"))
    with django_assert_num_queries(16):
        desk.get(reverse("moderation"))
    for _number in range(8):
        report(make_comment(parent=make_comment()), "spam", "unkind")
    with django_assert_num_queries(16):
        desk.get(reverse("moderation"))


def test_one_press_removes_with_the_reason_of_the_report(desk):
    comment = make_comment(body="Buy it from me.")
    report(comment, "spam")
    page = Page(desk.get(reverse("moderation")))
    assert "Buy it from me." in page.words
    assert "So it is." in page.words
    reason = page.one("input", name="reason").get("value")
    response = desk.post(
        reverse("moderation_decide", args=[comment.pk]), {"action": "remove", "reason": reason}
    )
    assert response.status_code == 303
    comment.refresh_from_db()
    assert (comment.state, comment.removal_reason) == ("removed", Reason.SPAM.label)
    assert "Nothing waits." in Page(desk.get(reverse("moderation"))).words


def test_what_is_hidden_is_readable_on_the_desk_alone(desk):
    comment = make_comment(body="Take fifty of them.")
    report(comment, "danger", "danger")
    assert "Take fifty of them." in desk.get(reverse("moderation")).content.decode()
    assert "Take fifty of them." not in Client().get(comment.thread.page_url).content.decode()


def test_without_a_reason_nothing_is_removed_and_the_page_says_so(desk):
    comment = make_comment()
    report(comment, "other")
    response = desk.post(
        reverse("moderation_decide", args=[comment.pk]), {"action": "remove", "reason": " "}
    )
    assert response.status_code == 400
    assert "Give the reason that readers see." in response.content.decode()
    assert state_of(comment) == "visible"
    url = reverse("moderation_decide", args=[comment.pk])
    assert desk.post(url, {"action": "praise"}).status_code == 400


@pytest.mark.parametrize("name", ["moderation", "moderation_decide"])
def test_nobody_but_moderators_gets_to_the_desk(client, name):
    comment = make_comment()
    url = reverse(name, args=[comment.pk] if name == "moderation_decide" else [])
    assert client.get(url)["Location"].startswith(reverse("account_login"))
    for role in ("member", "editor"):
        client.force_login(make_user(role))
        assert client.get(url).status_code == 403
        assert client.post(url, {"action": "remove", "reason": "x"}).status_code in {403, 405}
    assert state_of(comment) == "visible"


def test_the_log_is_public_and_has_neither_names_nor_words(client, moderator):
    comment = make_comment(body="Words of a member.")
    report(comment, "danger", "danger")
    remove_comment(comment, by=moderator, reason="unsafe advice")
    page = client.get(reverse("moderation_log"))
    words = Page(page).words
    assert "removed (unsafe advice)" in words
    assert "automatically" in words
    for private in ("Words of a member.", moderator.name, comment.author.name, "So it is."):
        assert private not in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_ten_reports_at_once_hide_a_comment_once():
    comment, people = make_comment(), [make_user() for _number in range(8)]
    all_at_once(
        [lambda by=by: _try_to_report(comment, by) for by in people]  # type: ignore[misc]
    )
    assert state_of(comment) == "hidden"
    assert Decision.objects.count() == 1


def _try_to_report(comment: Comment, by) -> None:
    with suppress(NotPermitted):  # hidden by the others already
        report_comment(comment, by=by, reason="danger")
