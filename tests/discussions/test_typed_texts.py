"""What members type and paste into comments, and links to comments in very long threads."""

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings

from discussions import branches
from discussions.models import Comment
from discussions.services import edit_comment, post_comment
from remedies_site.exceptions import InvalidInput
from remedies_site.markup import RENDERER_VERSION, is_blank_comment, render_comment
from tests.counts import count
from tests.factories import make_comment, make_entry, make_user
from tests.site.test_comment_text import TYPED, letters, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return make_entry()


@pytest.mark.parametrize(
    "body", ["\u200b", ">", "&nbsp;", "1.", "```\n```", "[](https://example.org)", "\ufe0f"]
)
def test_a_comment_that_would_show_an_empty_box_is_an_error(client, body) -> None:
    entry, member = make_entry(), make_user()
    client.force_login(member)
    response = client.post(f"{entry.get_absolute_url()}comments/", {"body": body, "consent": "1"})
    assert response.status_code == 400
    assert "Write something first." in response.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "5*3*2 mg",
        "2019. It helped.",
        "> " * 25 + "deep",
        "    x = 5\ny",
        "שלום עולם 5 mg",
        "B₁₂ CO² &amp; <b>",
        "a\n\n\n- b",
    ],
)
def test_what_is_stored_is_what_was_typed(body) -> None:
    posted = post_comment(by=make_user(), subject=make_entry(), body=body, consent=True)
    assert Comment.objects.get(pk=posted.comment.pk).body == body


@settings(
    max_examples=count(small=30, full=400),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(typed=TYPED)
def test_any_text_is_stored_as_typed_and_shown_with_every_letter(entry, typed) -> None:
    """Blank space around it, NUL and the CR of a line end aside, which no reader sees."""
    kept = typed.replace("\r\n", "\n").replace("\x00", "")
    try:
        comment = make_comment(entry, body=typed or " ")
    except InvalidInput:
        assert is_blank_comment(render_comment(kept))
        return
    stored = Comment.objects.get(pk=comment.pk)
    assert stored.body.strip() == kept.strip()
    assert stored.body in kept
    shown = iter(text_of(stored.html))
    assert all(char in shown for char in letters(kept))


@pytest.mark.parametrize("parent", ["x", "0", "-1", "1e3", "\x005", " ", "9" * 30, "１"])
def test_a_malformed_parent_is_an_error_and_posts_no_new_thread(client, parent) -> None:
    entry = make_entry()
    client.force_login(make_user())
    form = {"body": "A reply", "parent": parent, "consent": "1"}
    response = client.post(f"{entry.get_absolute_url()}comments/", form)
    assert response.status_code == 400
    assert "A reply" in response.content.decode()
    assert not Comment.objects.exists()


def test_a_text_with_a_nul_is_posted_without_it(client) -> None:
    entry = make_entry()
    client.force_login(make_user())
    form = {"body": "5\x00 mg", "consent": "1"}
    assert client.post(f"{entry.get_absolute_url()}comments/", form).status_code == 303
    assert Comment.objects.get().body == "5 mg"


def test_the_direction_follows_the_text(client) -> None:
    comment = make_comment(body="שלום עולם 5 mg")
    page = client.get(comment.thread.page_url).content.decode()
    assert '<div class="comment__text" dir="auto"><p>שלום' in page


def test_a_very_long_comment_is_folded_without_a_script(client) -> None:
    short = make_comment(body="Short words")
    long = make_comment(subject=short.thread.subject, body="long words " * 800)
    page = client.get(long.thread.page_url).content.decode()
    assert page.count('<details class="comment__long">') == 1
    assert "Show all" in page
    assert page.count("long words") >= 800


def test_the_fields_count_characters_and_cut_nothing_off(client) -> None:
    comment = make_comment()
    client.force_login(make_user())
    page = client.get(comment.thread.page_url).content.decode()
    assert page.count('data-limit="10000"') == page.count("<textarea")
    assert "maxlength" not in page[page.index('class="talk"') :]


def test_a_text_over_the_limit_comes_back_whole(client) -> None:
    entry = make_entry()
    client.force_login(make_user())
    body = "x" * 10_500
    response = client.post(f"{entry.get_absolute_url()}comments/", {"body": body, "consent": "1"})
    assert response.status_code == 400
    assert body in response.content.decode()


def test_a_reply_beyond_the_limit_of_a_thread_is_reached_by_its_own_link(
    client, monkeypatch
) -> None:
    monkeypatch.setattr(branches, "REPLIES_OF_PART", 3)
    root = make_comment(body="The root")
    replies = [make_comment(parent=root, body=f"Reply {number}") for number in range(5)]
    nested = make_comment(parent=replies[4], body="A nested reply")
    for comment in (root, *replies, nested):
        response = client.get(comment.get_absolute_url(), follow=True)
        page = response.content.decode()
        assert f'id="{comment.anchor}"' in page
        assert f'id="{root.anchor}"' in page


@pytest.mark.drill
def test_the_reply_after_the_first_three_thousand_is_there_by_its_own_link(client) -> None:
    root = make_comment(body="The root")
    last = 3_001
    Comment.objects.bulk_create(
        Comment(
            thread=root.thread, parent=root, root=root, depth=1, author=root.author, score=0,
            body=f"Reply {number}", html=f"<p>Reply {number}</p>",
            renderer_version=RENDERER_VERSION,
        )
        for number in range(1, last + 1)
    )  # fmt: skip
    reply = Comment.objects.get(body=f"Reply {last}")
    response = client.get(reply.get_absolute_url(), follow=True)
    assert response.status_code == 200
    page = response.content.decode()
    assert f'id="{reply.anchor}"' in page
    assert f"Reply {last}" in page
    assert response.redirect_chain[-1][0].endswith(f"#{reply.anchor}")


def test_the_thread_of_another_page_is_not_shown_by_a_replys_number(client) -> None:
    root = make_comment()
    reply = make_comment(parent=root)
    other = make_entry()
    page = client.get(f"{other.get_absolute_url()}?thread={reply.pk}").content.decode()
    assert f'id="{reply.anchor}"' not in page


def test_comments_of_an_older_renderer_are_rendered_anew(capsys) -> None:
    comment = make_comment(body="5*3*2 mg")
    current = make_comment(body="current")
    Comment.objects.filter(pk=comment.pk).update(html="<p>532 mg</p>", renderer_version=1)
    Comment.objects.filter(pk=current.pk).update(html="by hand")
    call_command("rerender_comments")
    comment.refresh_from_db()
    assert (comment.html, comment.renderer_version) == ("<p>5*3*2 mg</p>\n", RENDERER_VERSION)
    assert (comment.body, comment.edited_at) == ("5*3*2 mg", None)
    assert "1 redrawn" in capsys.readouterr().out
    current.refresh_from_db()
    assert current.html == "by hand"


def test_a_blank_edit_is_an_error_and_keeps_the_comment() -> None:
    comment = make_comment(body="Words")
    with pytest.raises(InvalidInput):
        edit_comment(comment, by=comment.author, body="&nbsp;")
    comment.refresh_from_db()
    assert comment.body == "Words"
