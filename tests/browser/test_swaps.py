"""Whoever takes part by keyboard and by ear: where the focus is after each deed, and what is said."""

import pytest
from playwright.sync_api import Page, expect

from discussions.models import Comment
from tests.browser.test_taking_part import log_in
from tests.factories import make_comment, make_entry, make_user

# Everything that the live region said, one after the other; an empty region says nothing.
LISTEN = """
  window.said = [];
  addEventListener("DOMContentLoaded", () => {
    const live = document.getElementById("live");
    if (!live) return;
    new MutationObserver(() => { if (live.textContent.trim()) said.push(live.textContent.trim()) })
      .observe(live, { childList: true, characterData: true, subtree: true });
  });
"""


@pytest.fixture
def entry(live_server):
    return make_entry()


@pytest.fixture
def talk(entry):
    """A comment of somebody else, with a reply."""
    comment = make_comment(entry, by=make_user(name="Ben"), body="Something to answer.")
    make_comment(parent=comment, body="A reply.")
    return comment


@pytest.fixture
def member(talk, open_page) -> Page:
    make_user(name="Ana")
    page = open_page()
    page.add_init_script(LISTEN)
    log_in(page, "Ana")
    return page


def press(page: Page, selector: str) -> None:
    page.locator(selector).focus()
    page.keyboard.press("Enter")


def said(page: Page, *sentences: str) -> None:
    """Just these, each once."""
    page.wait_for_function("number => said.length >= number", arg=len(sentences))
    page.wait_for_timeout(100)
    assert page.evaluate("said.splice(0)") == list(sentences)


def test_a_vote_keeps_the_focus_and_is_told_once(member, entry) -> None:
    member.goto(entry.get_absolute_url())
    for sentence in (
        "Your vote is counted. 1 up • 0 down",
        "Your vote was taken back. 0 up • 0 down",
        "Your vote is counted. 1 up • 0 down",
    ):
        press(member, "#vote-up")
        said(member, sentence)
        expect(member.locator("#vote-up")).to_be_focused()


def test_a_vote_on_a_comment_keeps_the_focus_and_is_told_once(member, entry, talk) -> None:
    member.goto(entry.get_absolute_url())
    for sentence in ("Your vote is counted. 0 up • 1 down", "Vote taken back. 0 up • 0 down"):
        press(member, f"#c-{talk.pk}-down")
        said(member, sentence)
        expect(member.locator(f"#c-{talk.pk}-down")).to_be_focused()


def test_the_focus_goes_to_a_new_comment_and_to_a_new_reply(member, entry, talk) -> None:
    member.goto(entry.get_absolute_url())
    member.locator("#discussion-body").fill("My own comment.")
    press(member, "#discussion-box .box__form > .button")
    said(member, "Your comment is there.")
    expect(member.locator(f"#c-{Comment.objects.latest('pk').pk}")).to_be_focused()

    press(member, f"#c-{talk.pk} .reply:last-of-type summary")
    member.locator(f"#c-{talk.pk}-reply").fill("My own reply.")
    press(member, f"#c-{talk.pk} .reply__form > .button")
    said(member, "Your comment is there.")
    expect(member.locator(f"#c-{Comment.objects.latest('pk').pk}")).to_be_focused()


@pytest.mark.parametrize(
    ("deed", "button", "sentence"),
    [
        ("edit", "Save the change", "Your comment was changed."),
        ("delete", "Delete it for good", "Your comment was deleted."),
    ],
)
def test_the_focus_comes_back_to_the_comment(member, entry, deed, button, sentence) -> None:
    own = make_comment(entry, by=make_user(name="Cleo"), body="Mine.")
    member.context.clear_cookies()
    log_in(member, "Cleo")
    member.goto(own.get_absolute_url())
    press(member, f"#c-{own.pk} a[href$='/{deed}/']")
    member.wait_for_url(f"**/{deed}/")
    member.get_by_role("button", name=button).focus()
    member.keyboard.press("Enter")
    expect(member.locator(f"#c-{own.pk}")).to_be_focused()
    said(member, sentence)
    expect(member.locator(".messages")).to_have_text(sentence)


def test_a_refusal_takes_the_focus_and_stays_beside_the_text(member, entry, watch) -> None:
    watch.expect("400")
    member.goto(entry.get_absolute_url())
    box = member.locator("#discussion-body")
    box.evaluate("box => box.removeAttribute('required')")
    box.fill("   ")
    press(member, "#discussion-box .box__form > .button")
    message = member.get_by_text("Write something first.")
    expect(message).to_be_focused()
    assert box.get_attribute("aria-describedby") == message.get_attribute("id")
    assert box.get_attribute("aria-invalid") == "true"


def test_another_order_brings_the_focus_to_the_heading_of_the_discussion(member, entry) -> None:
    make_comment(entry, body="Another.")
    member.goto(entry.get_absolute_url())
    press(member, "#discussion .choices__item >> text=Newest")
    member.wait_for_url("**order=new**")
    expect(member.locator("#discussion-heading")).to_be_focused()
    said(member, "Loading discussion…")


def test_escape_closes_what_was_opened_and_gives_the_focus_back(member, entry) -> None:
    member.set_viewport_size({"width": 360, "height": 780})
    member.goto(entry.get_absolute_url())
    press(member, ".conditions-nav__button")
    expect(member.locator("#condition-list")).to_be_visible()
    member.keyboard.press("Tab")
    member.keyboard.press("Escape")
    expect(member.locator("#condition-list")).to_be_hidden()
    expect(member.locator(".conditions-nav__button")).to_be_focused()
