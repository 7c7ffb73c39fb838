"""Discussions for machines: threads as posts, replies nested, and nothing of what was taken out."""

import pytest
from django.test import Client

from discussions.choices import State
from discussions.models import Comment
from discussions.moderation.services import remove_comment
from discussions.services import delete_comment
from tests.factories import make_comment, make_entry, make_user
from tests.reading import Page


def posts(subject) -> list[dict]:
    page = Page(Client().get(subject.get_absolute_url()))
    return [node for node in page.graph if node["@type"] == "DiscussionForumPosting"]


@pytest.fixture
def entry(db):
    return make_entry()


def test_no_comments_no_posts(entry):
    assert posts(entry) == []


def test_a_thread_is_a_post_with_its_replies_nested(entry, settings):
    author = make_user(name="nadia")
    root = make_comment(entry, by=author, body="It **helped** me.\n\nA little.")
    reply = make_comment(parent=root, body="For how long?")
    make_comment(parent=reply, body="A week.")
    make_comment(parent=root, body="Not me.")
    (post,) = posts(entry)
    page = f"{settings.SITE_URL}{entry.get_absolute_url()}"
    assert post["isPartOf"] == {"@id": page}
    assert post["author"] == {"@type": "Person", "name": "nadia"}
    assert post["text"] == "It helped me. A little."
    assert post["datePublished"] == root.moment
    assert root.moment.endswith("+00:00")
    assert post["url"] == f"{settings.SITE_URL}{root.get_absolute_url()}"
    assert [comment["@type"] for comment in post["comment"]] == ["Comment", "Comment"]
    by_text = {comment["text"]: comment for comment in post["comment"]}
    assert set(by_text) == {"For how long?", "Not me."}
    assert [nested["text"] for nested in by_text["For how long?"]["comment"]] == ["A week."]


def test_a_remedy_s_discussion_is_on_its_own_page_alone(entry):
    make_comment(entry.remedy, body="In general.")
    assert [post["text"] for post in posts(entry.remedy)] == ["In general."]
    assert posts(entry) == []


def test_deleted_and_removed_comments_have_no_author_and_no_text(entry):
    root = make_comment(entry, body="A secret.")
    removed = make_comment(parent=root, body="Buy this.")
    make_comment(parent=removed, body="No.")
    delete_comment(root, by=root.author)
    remove_comment(removed, by=make_user("moderator"), reason="It sells something.")
    (post,) = posts(entry)
    for gone in (post, post["comment"][0]):
        assert gone["creativeWorkStatus"] == "Deleted"
        assert {"author", "text"} & set(gone) == set()
        assert gone["url"]
        assert gone["datePublished"]
    assert post["comment"][0]["comment"][0]["text"] == "No."


def test_what_waits_for_a_moderator_is_not_told(entry):
    hidden = make_comment(entry, body="Hidden words.")
    make_comment(parent=hidden, body="A reply.")
    held = make_comment(entry, body="Held words.")
    Comment.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)
    Comment.objects.filter(pk=held.pk).update(state=State.HELD)
    (post,) = posts(entry)
    assert post["creativeWorkStatus"] == "Hidden"
    assert {"author", "text"} & set(post) == set()
    assert [reply["text"] for reply in post["comment"]] == ["A reply."]


def test_a_long_comment_gives_its_first_words_as_the_page_does(entry):
    make_comment(entry, body="Words again and again. " * 300)
    (post,) = posts(entry)
    assert post["text"].endswith("…")
    assert len(post["text"]) <= 400


def test_hostile_words_stay_inside(entry):
    body = "`</script><script>alert(1)</script>` & <!-- <script>"
    make_comment(entry, body=body)
    (post,) = posts(entry)
    assert "</script><script>alert(1)</script>" in post["text"]
