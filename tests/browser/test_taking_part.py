"""A person signs up, votes and talks: with scripts and without, on a phone and at a desk."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from discussions.models import Comment
from remedies.models import EntryVote
from tests.counts import FULL
from tests.factories import PASSWORD, make_comment, make_entry, make_user

WAYS = [("phone", False), ("desk", True)]
if FULL:
    WAYS += [("desk", False), ("phone", True)]


@pytest.fixture
def entry(live_server):
    return make_entry()


def sign_up(page: Page, *, consent: bool = True) -> None:
    page.goto("/accounts/signup/")
    page.locator("[name=username]").fill("Ana")
    page.locator("[name=email]").fill("ana@example.org")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    assert not page.locator("[name=consent]").is_checked()
    if consent:
        page.locator("[name=consent]").check()
    page.locator("main form button").click()
    expect(page.locator("h1")).to_be_visible()
    link = re.search(r"https?://\S+/accounts/confirm-email/\S+", mail.outbox[-1].body)
    page.goto("/" + link[0].split("/", 3)[3])
    page.locator("main form button").click()


def log_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


@pytest.mark.parametrize(("size", "scripts"), WAYS)
def test_a_person_signs_up_votes_and_talks(entry, open_page, size, scripts) -> None:
    page = open_page(size=size, scripts=scripts)
    sign_up(page)
    if "/accounts/login/" in page.url:
        log_in(page, "Ana")
    page.goto(entry.get_absolute_url())
    vote_change_and_withdraw(page, entry)
    write_reply_edit_and_delete(page)


def vote_change_and_withdraw(page: Page, entry) -> None:
    votes = page.locator("#votes")
    expect(votes).to_contain_text("0 up • 0 down")
    votes.get_by_role("button", name="Up: it helped me").click()
    expect(votes).to_contain_text("1 up • 0 down")
    votes.get_by_role("button", name="Down: it did not help me").click()
    expect(votes).to_contain_text("0 up • 1 down")
    page.reload()
    expect(votes).to_contain_text("0 up • 1 down")
    votes.locator("button[aria-pressed=true]").click()
    expect(votes).to_contain_text("0 up • 0 down")
    assert not EntryVote.objects.exists()


def write_reply_edit_and_delete(page: Page) -> None:
    talk = page.locator("#discussion")
    expect(talk).to_contain_text("No comments yet. Be the first to start the conversation!")
    box = talk.locator("textarea[name=body]").last
    box.fill("It helped *me*.")
    talk.locator("form:has(textarea[name=body]) button").last.click()
    expect(page.locator("#discussion")).to_contain_text("It helped me.")
    first = Comment.objects.get()

    comment = page.locator(f"#c-{first.pk}")
    comment.get_by_text("Reply", exact=True).first.click()
    comment.locator("textarea[name=body]").first.fill("More about it.")
    comment.get_by_role("button", name="Send the reply").first.click()
    expect(page.locator("#discussion")).to_contain_text("More about it.")
    reply = Comment.objects.get(parent=first)

    page.locator(f"#c-{reply.pk}").get_by_role("link", name=re.compile("Edit")).first.click()
    page.locator("main textarea[name=body]").last.fill("Less about it.")
    page.locator("main form:has(textarea[name=body]) button").last.click()
    expect(page.locator(f"#c-{reply.pk}")).to_contain_text("Less about it.")
    expect(page.locator(f"#c-{reply.pk}")).to_contain_text("edited")

    page.locator(f"#c-{reply.pk}").get_by_role("link", name=re.compile("Delete")).first.click()
    page.get_by_role("button", name=re.compile("Delete")).click()
    expect(page.locator(f"#c-{reply.pk}")).to_contain_text("Removed by the author.")
    reply.refresh_from_db()
    assert reply.body == ""


@pytest.mark.parametrize("scripts", [True, False])
def test_consent_is_asked_where_it_is_needed_and_the_text_is_kept(
    entry, open_page, scripts
) -> None:
    member = make_user(name="Ben")
    member.consented_at = None
    member.save()
    page = open_page(scripts=scripts)
    log_in(page, "Ben")
    page.goto(entry.get_absolute_url())
    talk = page.locator("#discussion")
    talk.locator("textarea[name=body]").last.fill("My story.")
    talk.locator("[name=consent]").last.check()
    talk.locator("form:has(textarea[name=body]) button").last.click()
    expect(page.locator("#discussion")).to_contain_text("My story.")


def test_a_refusal_is_told_beside_the_text_with_scripts_on(entry, open_page, watch) -> None:
    watch.expect("400")
    make_user(name="Ana")
    page = open_page()
    log_in(page, "Ana")
    page.goto(entry.get_absolute_url())
    talk = page.locator("#discussion")
    talk.locator("textarea[name=body]").last.evaluate("box => box.removeAttribute('required')")
    talk.locator("textarea[name=body]").last.fill("   ")
    talk.locator("form:has(textarea[name=body]) button").last.click()
    expect(page.get_by_text("Write something first.").first).to_be_visible()


def test_order_and_pages_change_without_losing_the_place(entry, open_page) -> None:
    for number in range(22):
        make_comment(entry, body=f"Comment {number}.")
    make_user(name="Ana")
    page = open_page()
    log_in(page, "Ana")
    page.goto(entry.get_absolute_url())
    page.locator("#discussion").get_by_role("link", name="Newest").click()
    expect(page.locator("#discussion article").first).to_contain_text("Comment 21.")
    assert "order=new" in page.url
    page.go_back()
    expect(page.locator("#discussion article").first).to_contain_text("Comment 0.")
