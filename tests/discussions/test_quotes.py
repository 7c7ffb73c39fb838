"""A reply that begins with the words it answers, by a plain link."""

import pytest
from django.test import Client

from discussions.bodies import quote
from discussions.models import Comment
from discussions.moderation.services import remove_comment
from discussions.policies import MAX_QUOTE
from discussions.services import delete_comment
from remedies_site.markup import render_comment
from tests.factories import make_comment, make_entry, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged_in(client) -> Client:
    client.force_login(make_user())
    return client


def quote_url(comment: Comment) -> str:
    return f"{comment.thread.page_url}comments/?parent={comment.pk}&quote=1"


def typed(response) -> str:
    return Page(response).one("textarea", id="id_body").text or ""


def test_each_comment_has_a_link_that_quotes_it(logged_in) -> None:
    comment = make_comment(by=make_user(name="Ana"), body="It helped me.\n\nAt night.")
    page = Page(logged_in.get(comment.thread.page_url))
    [link] = [a.get("href", "") for a in page.all("a") if a.text == "Quote"]
    assert link == quote_url(comment)
    response = logged_in.get(link)
    assert Page(response).h1 == "Write a reply"
    assert typed(response).strip() == "Ana wrote:\n\n> It helped me.\n>\n> At night."


def test_a_reply_that_quotes_is_sent_like_any_other(logged_in) -> None:
    comment = make_comment(body="It helped me.")
    form = Page(logged_in.get(quote_url(comment))).one("form", id="comment-form")
    fields = {box.get("name", ""): box.get("value", "") for box in form.iter("input")}
    body = typed(logged_in.get(quote_url(comment))) + "Me too."
    logged_in.post(form.get("action"), {**fields, "body": body})
    reply = Comment.objects.get(parent=comment)
    assert "<blockquote>\n<p>It helped me.</p>\n</blockquote>\n<p>Me too.</p>" in reply.html


def test_without_a_quote_the_form_is_empty(logged_in) -> None:
    comment = make_comment()
    response = logged_in.get(quote_url(comment).removesuffix("&quote=1"))
    assert typed(response).strip() == ""


@pytest.mark.parametrize("how", ["deleted", "removed", "hidden", "held"])
def test_what_is_gone_is_not_quoted(logged_in, how) -> None:
    comment = make_comment(body="quitesecretword")
    if how == "deleted":
        delete_comment(comment, by=comment.author)
    elif how == "removed":
        remove_comment(comment, by=make_user("moderator"), reason="unsafe dose")
    else:
        Comment.objects.update(state=how)
    response = logged_in.get(quote_url(comment))
    assert response.status_code == 302
    assert response["Location"] == f"{comment.thread.page_url}#discussion"
    assert b"quitesecretword" not in logged_in.get(quote_url(comment), follow=True).content


def test_a_comment_is_not_quoted_in_the_discussion_of_another_page(logged_in) -> None:
    comment, other = make_comment(body="quitesecretword"), make_entry()
    url = f"{other.get_absolute_url()}comments/?parent={comment.pk}&quote=1"
    assert logged_in.get(url)["Location"] == f"{other.get_absolute_url()}#discussion"


@pytest.mark.parametrize("parent", ["", "x", "0", "9" * 40])
def test_a_parent_that_is_none_leads_to_the_discussion(logged_in, parent) -> None:
    entry = make_entry()
    url = f"{entry.get_absolute_url()}comments/?parent={parent}&quote=1"
    assert logged_in.get(url)["Location"] == f"{entry.get_absolute_url()}#discussion"


def test_who_is_not_logged_in_is_led_to_the_discussion(client) -> None:
    comment = make_comment(body="quitesecretword")
    assert client.get(quote_url(comment)).status_code == 302


def test_the_name_of_somebody_who_left_is_not_in_the_quote(logged_in) -> None:
    comment = make_comment(by=make_user(name="Ana"), body="It helped me.")
    Comment.objects.update(author=None)
    assert typed(logged_in.get(quote_url(comment))).strip().startswith("A former member wrote:")


@pytest.mark.parametrize("body", ["word " * 2000, "w" * 5000, "```\n" + "code\n" * 500])
def test_a_long_text_is_quoted_by_its_beginning(body) -> None:
    text = quote(body, "Ana")
    assert len(text.replace("> ", "")) < MAX_QUOTE + 50
    assert render_comment(f"{text}Mine.").endswith("</blockquote>\n<p>Mine.</p>\n")


@pytest.mark.parametrize(
    "body", ["> older words", "- a point", "    code", "# heading", "*open", "`open", "<b>x</b>"]
)
def test_no_text_breaks_out_of_its_quote(body) -> None:
    html = render_comment(f"{quote(body, 'Ana')}Mine.")
    assert html.startswith("<p>Ana wrote:</p>\n<blockquote>")
    assert html.endswith("</blockquote>\n<p>Mine.</p>\n")
