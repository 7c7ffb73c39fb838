"""A moderator's whole day with the keyboard alone, with scripts and without, on a phone and at a desk."""

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import Sanction
from discussions.models import Appeal, Comment, Report
from discussions.moderation.appeals import appeal
from discussions.moderation.services import remove_comment, report_comment
from tests.browser.test_taking_part import WAYS, log_in
from tests.factories import make_comment, make_entry, make_user

_MOST_TABS = 150


@pytest.fixture
def day(live_server) -> list[Comment]:
    """Ten comments with a report each: the last is an emergency, and three people report the fifth."""
    entry = make_entry()
    comments = [make_comment(entry, body=f"Words of comment {number}.") for number in range(10)]
    for comment in comments[:9]:
        report_comment(comment, by=make_user(), reason="spam")
    report_comment(comments[9], by=make_user(), reason="emergency", detail="She says goodbye.")
    for reason in ("spam", "unkind"):
        report_comment(comments[4], by=make_user(), reason=reason)
    return comments


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the element has the focus."""
    expect(target).to_be_visible()
    for _press in range(_MOST_TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{_MOST_TABS} presses of Tab do not reach {target}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Go to a link or button with Tab, and press it."""
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press(key)


def type_into(page: Page, target: Locator, text: str) -> None:
    tab_to(page, target)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def decide(page: Page, key: str) -> None:
    """One press of an access key decides on the comment that is first."""
    # `keyboard.press` leaves out the letter of a key with Alt, by which Chromium finds access keys.
    event = {"modifiers": 1, "key": key, "windowsVirtualKeyCode": ord(key.upper())}
    letter = {"text": key, "unmodifiedText": key}
    session = page.context.new_cdp_session(page)
    with page.expect_navigation():
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", **event, **letter})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})
    session.detach()


@pytest.mark.parametrize(("size", "scripts"), WAYS)
def test_a_moderators_day_takes_the_keyboard_alone(day, open_page, size, scripts) -> None:
    moderator = make_user("moderator", name="Mona")
    page = open_page(size=size, scripts=scripts)
    log_in(page, "Mona")
    page.goto("/moderation/")
    ten_reports(page, day)
    message_and_suspend(page, day[5])
    restore(page, day[1])
    answer_an_appeal(page, day[2])
    the_public_log(page)
    assert not Report.objects.filter(decision=None).exists()
    assert Comment.objects.filter(decisions__by=moderator).exists()


def ten_reports(page: Page, day: list[Comment]) -> None:
    cases = page.locator("article.case")
    expect(page.locator("main")).to_contain_text("10 comments wait, the most urgent first.")
    expect(cases.first).to_contain_text("Words of comment 9.")
    expect(cases.first).to_contain_text("Somebody may be in danger. Look at this first.")
    decide(page, "k")
    for comment in day[:9]:
        expect(page.locator("article.case").first).to_contain_text(comment.body)
        decide(page, "b" if comment == day[4] else "r" if comment in day[1:4] else "k")
    expect(page.locator("main")).to_contain_text("Nothing waits. Thank you.")
    states = {comment.pk: comment.state for comment in Comment.objects.all()}
    removed = {day[number].pk for number in (1, 2, 3)}
    assert {pk for pk, state in states.items() if state == "removed"} == removed
    assert {state for pk, state in states.items() if pk not in removed} == {"visible"}


def message_and_suspend(page: Page, comment: Comment) -> None:
    page.goto(comment.thread.page_url)
    press(page, page.locator(f"#c-{comment.pk}").get_by_role("link", name="Moderate"))
    type_into(page, page.get_by_label("Your message: what broke which rule"), "Please be kind.")
    press(page, page.get_by_role("button", name="Remind of the rules"))
    page.goto(f"/moderation/{comment.pk}/")
    type_into(page, page.get_by_label("Your message: what broke which rule"), "Unkind again.")
    press(page, page.get_by_role("button", name="Suspend"))
    kinds = Sanction.objects.filter(user=comment.author).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["reminder", "suspended"]


def restore(page: Page, comment: Comment) -> None:
    page.goto(f"/moderation/{comment.pk}/")
    decide(page, "b")
    comment.refresh_from_db()
    assert comment.is_visible


def answer_an_appeal(page: Page, own_decision: Comment) -> None:
    """Another moderator removed a comment; the appeal against the own decision has no way to be decided."""
    comment = make_comment(own_decision.thread.subject, body="Removed by another.")
    remove_comment(comment, by=make_user("moderator"), reason="selling")
    appeal(comment.decisions.get(), by=comment.author, text="I sell nothing.")
    page.goto("/moderation/")
    press(page, page.get_by_role("link", name="1 appeal waits for an answer"))
    type_into(page, page.get_by_label("Your answer to the member"), "You are right.")
    press(page, page.get_by_role("button", name="Take the decision back"))
    expect(page.locator("main")).to_contain_text("No appeal waits.")
    assert Appeal.objects.get().outcome == "overturned"
    comment.refresh_from_db()
    assert comment.is_visible


def the_public_log(page: Page) -> None:
    page.goto("/about/moderation/")
    expect(page.locator("main")).to_contain_text("a member was suspended (Unkind again.)")
    expect(page.locator("main")).to_contain_text("an appeal was looked at")
    expect(page.locator("main")).not_to_contain_text("Words of comment")
