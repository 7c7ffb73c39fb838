"""Replies, comments and new versions are told to whom they concern, once, and never before readers see them."""

import pytest

from accounts.models import Notification
from accounts.notifications.choices import NotificationKind
from conditions.services import publish_condition, withdraw_condition
from discussions.choices import State
from discussions.following.services import announce, follow
from discussions.models import Comment
from discussions.moderation.services import remove_comment, restore_comment
from discussions.services import post_comment, thread_of
from remedies.services import publish_entry, publish_remedy, regrade_entry, withdraw_entry
from tests.factories import make_comment, make_condition, make_entry, make_remedy, make_user

pytestmark = pytest.mark.django_db
REPLY, COMMENT, UPDATE = (
    NotificationKind.REPLY,
    NotificationKind.FOLLOWED_COMMENT,
    NotificationKind.FOLLOWED_UPDATE,
)


def told(person) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(user=person).order_by("pk")
    return [(NotificationKind(kind), url) for kind, url in rows.values_list("kind", "url")]


def test_the_author_of_the_parent_hears_of_a_reply_and_nobody_of_the_own_one():
    entry, author, other = make_entry(), make_user(), make_user()
    root = make_comment(entry, by=author)
    make_comment(by=author, parent=root, body="To myself.")
    assert told(author) == []
    reply = make_comment(by=other, parent=root)
    assert told(author) == [(REPLY, reply.get_absolute_url())]
    assert Notification.objects.get().title == entry.shown_title
    make_comment(by=author, parent=reply, body="Thank you.")
    assert [kind for kind, _url in told(other)] == [REPLY]


def test_those_who_follow_a_discussion_hear_of_each_comment_but_their_own_and_once_of_a_reply():
    entry, follower, other = make_entry(), make_user(), make_user()
    follow(thread_of(entry), by=follower)
    first = make_comment(entry, by=other)
    own = make_comment(entry, by=follower)
    reply = make_comment(by=other, parent=own)
    assert told(follower) == [
        (COMMENT, first.get_absolute_url()),
        (REPLY, reply.get_absolute_url()),
    ]


def test_the_discussion_of_a_remedy_and_that_of_its_entry_are_two():
    entry, follower = make_entry(), make_user()
    follow(thread_of(entry.remedy), by=follower)
    make_comment(entry)
    assert told(follower) == []
    comment = make_comment(entry.remedy)
    assert told(follower) == [(COMMENT, comment.get_absolute_url())]


def test_the_same_form_sent_twice_is_told_once():
    entry, author, other = make_entry(), make_user(), make_user()
    root = make_comment(entry, by=author)
    for _time in range(2):
        post_comment(by=other, subject=entry, body="Sent twice.", parent=root)
    assert len(told(author)) == 1


@pytest.mark.parametrize("state", set(State) - {State.VISIBLE, State.DELETED, State.REMOVED})
def test_a_comment_that_waits_is_told_once_it_stands_and_only_once(state):
    entry, author, other, moderator = make_entry(), make_user(), make_user(), make_user("moderator")
    root = make_comment(entry, by=author)
    waiting = Comment.objects.create(
        thread=root.thread, parent=root, root=root, depth=1, author=other, body="x", state=state
    )
    announce(waiting)
    assert told(author) == []
    standing = restore_comment(waiting, by=moderator)
    announce(standing)
    announce(standing)
    assert told(author) == [(REPLY, waiting.get_absolute_url())]


def test_one_that_was_taken_away_and_put_back_is_not_told_again():
    entry, author, moderator = make_entry(), make_user(), make_user("moderator")
    root = make_comment(entry, by=author)
    reply = make_comment(by=make_user(), parent=root)
    Notification.objects.all().delete()
    remove_comment(reply, by=moderator, reason="Off topic.")
    announce(restore_comment(reply, by=moderator))
    assert told(author) == []


def test_a_reply_to_a_comment_without_an_author_is_told_to_nobody():
    root = make_comment(make_entry())
    Comment.objects.filter(pk=root.pk).update(author=None)
    make_comment(by=make_user(), parent=root)
    assert not Notification.objects.exists()


def test_those_who_follow_a_remedy_or_a_condition_hear_of_its_new_versions_and_of_its_entries():
    entry = make_entry()
    by_remedy, by_condition, by_both, stranger = (make_user() for _number in range(4))
    for person in (by_remedy, by_both):
        follow(entry.remedy, by=person)
    for person in (by_condition, by_both):
        follow(entry.condition, by=person)
    entry.verdict = "We do not know whether it helps. Much is open."
    publish_entry(entry, by=None)
    assert told(by_remedy) == told(by_condition) == told(by_both)
    assert told(by_both) == [(UPDATE, entry.get_absolute_url())]
    assert told(stranger) == []
    assert Notification.objects.first().title == entry.shown_title
    Notification.objects.all().delete()
    entry.remedy.one_line = "Another line."
    publish_remedy(entry.remedy, by=None)
    entry.condition.one_line = "Another line."
    publish_condition(entry.condition, by=None)
    assert told(by_remedy) == [(UPDATE, entry.remedy.get_absolute_url())]
    assert told(by_condition) == [(UPDATE, entry.condition.get_absolute_url())]


def test_a_new_name_is_the_one_that_is_told():
    remedy, follower = make_remedy(), make_user()
    follow(remedy, by=follower)
    remedy.name = "A new name"
    publish_remedy(remedy, by=None)
    assert Notification.objects.get().title == "A new name"


def test_publishing_again_what_stands_and_grading_again_is_no_news():
    entry, follower = make_entry(), make_user()
    follow(entry.remedy, by=follower)
    publish_entry(entry, by=None)
    regrade_entry(entry, note="A new rule.")
    assert told(follower) == []


def test_who_published_it_knows_and_is_not_told():
    editor = make_user("editor")
    remedy = make_remedy()
    follow(remedy, by=editor)
    remedy.one_line = "Another line."
    publish_remedy(remedy, by=editor)
    assert told(editor) == []


def test_what_readers_cannot_see_is_not_told():
    remedy, follower = make_remedy(), make_user()
    follow(remedy, by=follower)
    make_entry(remedy, make_condition(published=False))
    assert told(follower) == []
    entry = make_entry(remedy)
    assert told(follower) == [(UPDATE, entry.get_absolute_url())]
    withdraw_entry(entry, by=None, reason="It was wrong.")
    withdraw_condition(entry.condition, by=None, reason="It was wrong.")
    entry.verdict = "We do not know whether it helps. Much is open."
    publish_entry(entry, by=None)
    assert len(told(follower)) == 1
