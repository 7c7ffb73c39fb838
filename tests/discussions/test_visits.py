"""What is new since a member's last visit: marked, counted, seldom written, and stored with consent only."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.privacy.export import export_of
from accounts.privacy.services import erase_member, withdraw_consent
from discussions.models import Comment, LastVisit
from discussions.services import delete_comment
from discussions.visits import VISIT
from tests.factories import make_comment, make_entry, make_user
from tests.reading import Page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> User:
    return make_user()


@pytest.fixture
def browser(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def entry(member):
    """One in whose discussion the member takes part."""
    return make_comment(make_entry(), by=member, body="The first.").thread.subject


def visit(browser: Client, entry, query: str = "") -> Page:
    return Page(browser.get(entry.get_absolute_url() + query))


def come_back_later() -> None:
    LastVisit.objects.update(seen_at=timezone.now() - VISIT - timedelta(seconds=1))


def strip(page: Page) -> str:
    return " ".join(words(line) for line in page.all("p", class_="talk__new"))


def marked(page: Page) -> list[str]:
    return [
        article.get("id", "")
        for article in page.all("article", class_="comment")
        if any(tag.text == "New" for tag in article.iter("span"))
    ]


def test_at_the_first_visit_nothing_is_new(browser, entry) -> None:
    page = visit(browser, entry)
    assert (strip(page), marked(page)) == ("", [])


def test_what_came_since_the_last_visit_is_counted_and_marked(browser, member, entry) -> None:
    visit(browser, entry)
    newer = [make_comment(entry), make_comment(parent=Comment.objects.earliest("pk"))]
    make_comment(entry, by=member)
    come_back_later()
    for _again in range(2):  # as long as the visit lasts
        page = visit(browser, entry)
        assert strip(page).startswith("2 comments are new since your last visit.")
        assert sorted(marked(page)) == sorted(comment.anchor for comment in newer)
    [link] = [a.get("href") for p in page.all("p", class_="talk__new") for a in p.iter("a")]
    assert link == "?order=new#discussion"
    come_back_later()
    assert strip(visit(browser, entry)) == ""


def test_what_is_gone_is_not_new(browser, entry) -> None:
    visit(browser, entry)
    comment = make_comment(entry)
    Comment.objects.filter(pk=comment.pk).update(state="hidden")
    come_back_later()
    page = visit(browser, entry)
    assert (strip(page), marked(page)) == ("", [])


def test_one_thread_marks_what_is_new_and_has_no_strip(browser, entry) -> None:
    visit(browser, entry)
    reply = make_comment(parent=Comment.objects.earliest("pk"))
    come_back_later()
    page = Page(browser.get(reply.get_absolute_url(), follow=True))
    assert (strip(page), marked(page)) == ("", [reply.anchor])


def test_a_reply_by_script_keeps_the_marks(browser, entry) -> None:
    visit(browser, entry)
    newer = make_comment(entry)
    come_back_later()
    visit(browser, entry)
    url = f"{entry.get_absolute_url()}comments/"
    sent = {"body": "Me too.", "parent": newer.pk, "anchor": "discussion", "whole": "1"}
    response = browser.post(url, sent, headers={"HX-Request": "true"})
    assert marked(Page(f"<body>{response.content.decode()}</body>")) == [newer.anchor]


def test_a_visit_is_written_once(browser, entry) -> None:
    visit(browser, entry)
    make_comment(entry)
    before = LastVisit.objects.values().get()
    for query in ("", "?order=new", "?page=2"):
        with CaptureQueriesContext(connection) as queries:
            visit(browser, entry, query)
        assert not [q for q in queries if q["sql"].startswith(("UPDATE", "INSERT"))]
    assert LastVisit.objects.values().get() == before


@pytest.mark.parametrize("who", ["reader", "member without consent", "member without words"])
def test_of_others_nothing_is_stored(browser, entry, who) -> None:
    if who == "member without consent":
        User.objects.update(consented_at=None)
    elif who == "member without words":
        browser.force_login(make_user())
    visit(Client() if who == "reader" else browser, entry)
    assert not LastVisit.objects.exists()


def test_once_the_own_words_are_deleted_nothing_is_stored(browser, member, entry) -> None:
    visit(browser, entry)
    delete_comment(Comment.objects.get(), by=member)
    come_back_later()
    visit(browser, entry)
    assert not LastVisit.objects.exists()


@pytest.mark.parametrize("how", ["consent", "keep", "erase"])
def test_it_goes_with_the_consent_and_with_the_account(browser, member, entry, how) -> None:
    visit(browser, entry)
    other = Client()
    other.force_login(make_comment(entry).author)
    visit(other, entry)
    if how == "consent":
        withdraw_consent(member)
    else:
        erase_member(member, words=how == "erase")
    assert list(LastVisit.objects.filter(user_id=member.pk)) == []
    assert LastVisit.objects.count() == 1


def test_it_is_in_the_file_of_own_data(browser, member, entry) -> None:
    visit(browser, entry)
    [row] = export_of(member)["rows"]["discussions.lastvisit"]
    assert row["thread"] == Comment.objects.earliest("pk").thread_id
