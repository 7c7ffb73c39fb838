"""What a member deleted, what was removed and what is held shows nowhere it must not."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from accounts.services import set_shows_comments
from discussions.models import Comment
from discussions.moderation.services import remove_comment, report_comment
from discussions.services import delete_comment
from tests.counts import FULL
from tests.factories import make_comment, make_entry, make_user
from tests.surfaces import TALK, addresses_of

pytestmark = [pytest.mark.django_db, pytest.mark.every_page]
MARKER = "quitesecretword"
GONE = ["deleted", "removed", "held", "hidden"]


@pytest.fixture
def comment():
    """A marked comment in the middle of a thread, by somebody with a marked name."""
    root = make_comment(make_entry())
    author = make_user(name=f"{MARKER}name")
    set_shows_comments(author, shown=True)
    middle = make_comment(parent=root, by=author, body=f"My {MARKER}.")
    make_comment(parent=middle)
    report_comment(middle, by=make_user(), reason="other", detail=f"It says {MARKER}")
    return middle


def make_gone(comment: Comment, how: str) -> None:
    if how == "deleted":
        delete_comment(comment, by=comment.author)
    elif how == "removed":
        remove_comment(comment, by=make_user("moderator"), reason="unsafe dose")
    else:
        Comment.objects.filter(pk=comment.pk).update(state=how)


def people() -> list[Client]:
    """A reader, a member and an editor."""
    member, editor = Client(), Client()
    member.force_login(make_user())
    editor.force_login(make_user("editor"))
    return [Client(), member, editor]


def talk_of(comment: Comment) -> list[str]:
    return [url for places in TALK.values() for url in places(comment)]


def all_addresses(comment: Comment) -> list[str]:
    return talk_of(comment) + [url for _name, url in addresses_of(comment.thread.entry)]


@pytest.mark.parametrize("how", GONE)
def test_what_is_gone_shows_on_no_surface(comment, how) -> None:
    make_gone(comment, how)
    talk = talk_of(comment)
    for client in people():
        for url in all_addresses(comment):
            # Scripts ask for parts of a discussion; of the other pages only the drill asks so too.
            by_script = [{"HX-Request": "true"}] if FULL or url in talk else []
            for headers in ({}, *by_script):
                response = client.get(url, headers=headers)
                content = response.content.decode()
                if url.startswith("/members/"):  # who asks for a member is told the name
                    content = content.replace(f"{MARKER}name", "")
                assert MARKER not in content, url
                assert response.status_code < 500


def test_it_showed_before(comment) -> None:
    for url in (comment.thread.page_url, f"/members/{comment.author.name}/"):
        assert f"My {MARKER}." in Client().get(url).content.decode()


def test_what_is_deleted_is_gone_from_the_tables_and_the_moderators_list(comment) -> None:
    make_gone(comment, "deleted")
    moderator = Client()
    moderator.force_login(make_user("moderator"))
    for url in (
        "/admin/discussions/comment/",
        f"/admin/discussions/comment/?q={MARKER[:5]}",
        "/admin/discussions/report/",
        f"/admin/discussions/comment/{comment.pk}/change/",
    ):
        assert MARKER not in moderator.get(url).content.decode(), url
    rows = str([*Comment.objects.values(), *comment.reports.values(), *LogEntry.objects.values()])
    assert MARKER not in rows


def test_a_moderator_still_reads_what_was_removed(comment) -> None:
    make_gone(comment, "removed")
    moderator = Client()
    moderator.force_login(make_user("moderator"))
    assert MARKER in moderator.get("/admin/discussions/comment/").content.decode()


def test_the_author_alone_sees_a_held_comment(comment) -> None:
    make_gone(comment, "held")
    author = Client()
    author.force_login(comment.author)
    page = author.get(comment.thread.page_url).content.decode()
    assert f"My {MARKER}." in page
    assert "Waiting for a moderator. Only you can see this." in page
