"""Moderators in the admin: remove with a reason, restore."""

import pytest
from django.test import Client

from discussions.moderation.services import remove_comment
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/discussions/comment/"


@pytest.fixture
def moderator_client() -> Client:
    client = Client()
    client.force_login(make_user("moderator"))
    return client


def test_a_comment_is_removed_with_the_reason_asked_for(moderator_client) -> None:
    comment = make_comment(body="Take fifty.")
    chosen = {"action": "remove", "_selected_action": [comment.pk]}
    confirmation = moderator_client.post(LIST, chosen)
    assert "Take fifty." in confirmation.content.decode()
    comment.refresh_from_db()
    assert comment.is_visible
    moderator_client.post(LIST, {**chosen, "reason": "unsafe dose"})
    comment.refresh_from_db()
    assert (comment.state, comment.removal_reason) == ("removed", "unsafe dose")


def test_without_a_reason_it_stays(moderator_client) -> None:
    comment = make_comment()
    moderator_client.post(
        LIST, {"action": "remove", "_selected_action": [comment.pk], "reason": " "}
    )
    comment.refresh_from_db()
    assert comment.is_visible


def test_a_removed_comment_is_restored(moderator_client) -> None:
    comment = make_comment()
    remove_comment(comment, by=make_user("moderator"), reason="a mistake")
    moderator_client.post(LIST, {"action": "restore", "_selected_action": [comment.pk]})
    comment.refresh_from_db()
    assert comment.is_visible


def test_an_editor_moderates_nothing() -> None:
    client = Client()
    client.force_login(make_user("editor"))
    assert client.get(LIST).status_code == 403
