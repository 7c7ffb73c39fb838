"""Threads that are closed to replies, or moved to the page they belong to."""

import pytest
from django.test import Client

from discussions.models import Comment, Decision
from discussions.moderation.queue import move_targets
from discussions.moderation.thread_services import lock_thread, move_thread, unlock_thread
from discussions.services import post_comment
from remedies.services import withdraw_entry
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.factories import make_comment, make_entry, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return make_user("moderator")


def page_of(subject) -> str:
    return Client().get(subject.get_absolute_url()).content.decode()


def test_a_closed_thread_takes_no_replies_until_it_is_opened(moderator):
    root = make_comment()
    reply = make_comment(parent=root)
    lock_thread(root, by=moderator)
    for parent in (root, reply):
        with pytest.raises(InvalidInput, match="closed this thread"):
            post_comment(by=make_user(), subject=root.thread.subject, body="Me too.", parent=parent)
    assert "A moderator closed this thread to replies." in page_of(root.thread.subject)
    unlock_thread(root, by=moderator)
    assert make_comment(parent=reply).depth == 2
    assert not Comment.objects.filter(is_locked=True).exists()


def test_a_closed_thread_offers_no_reply_but_votes(moderator):
    root = make_comment()
    client = Client()
    client.force_login(make_user())
    before = Page(client.get(root.thread.page_url))
    assert before.all("form", id=f"c-{root.pk}-form")
    lock_thread(root, by=moderator)
    after = Page(client.get(root.thread.page_url))
    assert not after.all("form", id=f"c-{root.pk}-form")
    assert after.all("button", id=f"c-{root.pk}-up")


def test_a_moved_thread_leaves_one_page_and_stands_on_the_other(moderator):
    entry = make_entry()
    other = make_entry(entry.remedy)
    root = make_comment(entry, body="Words of the root.")
    make_comment(parent=root, body="Words of the reply.")
    assert "Words of the root." in page_of(entry)
    move_thread(root, to=other, by=moderator)
    assert "Words of the root." not in page_of(entry)
    assert "Words of the reply." not in page_of(entry)
    assert "Words of the root." in page_of(other)
    assert "Words of the reply." in page_of(other)
    response = Client().get(root.get_absolute_url())
    assert response.url.startswith(other.get_absolute_url())
    assert Decision.objects.get().action == "move"


def test_a_thread_moves_to_what_readers_see_and_only_whole(moderator):
    entry = make_entry()
    other = make_entry(entry.remedy)
    root = make_comment(entry)
    reply = make_comment(parent=root)
    with pytest.raises(NotPermitted):
        move_thread(root, to=other, by=make_user())
    with pytest.raises(InvalidInput):
        move_thread(root, to=entry, by=moderator)
    with pytest.raises(InvalidInput):
        move_thread(reply, to=other, by=moderator)
    withdraw_entry(other, by=None, reason="Wrong.")
    other.refresh_from_db()
    with pytest.raises(InvalidInput):
        move_thread(root, to=other, by=moderator)
    assert not Decision.objects.exists()


def test_targets_are_the_other_discussions_of_the_remedy():
    entry = make_entry()
    other, _strange = make_entry(entry.remedy), make_entry()
    root = make_comment(entry)
    assert {target.subject for target in move_targets(root)} == {entry.remedy, other}
    on_remedy = make_comment(entry.remedy)
    assert {target.subject for target in move_targets(on_remedy)} == {entry, other}


def test_who_closes_twice_is_told(moderator):
    root = make_comment()
    lock_thread(root, by=moderator)
    with pytest.raises(InvalidInput):
        lock_thread(root, by=moderator)
    assert Decision.objects.count() == 1
