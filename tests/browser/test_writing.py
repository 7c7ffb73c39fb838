"""Writing a comment: the preview, the counter, the help, the fold, and what Back shows afterwards."""

import re

import pytest
from playwright.sync_api import Page, expect

from discussions.models import Comment
from discussions.policies import MAX_BODY_LENGTH
from tests.browser.test_taking_part import log_in
from tests.browser.walk import measure, open_everything, settle
from tests.factories import make_comment, make_entry, make_user

TEXT = "5*3*2 mg, *twice*.\n\n2019. It helped."
BOX = "#discussion-body"


@pytest.fixture
def entry(live_server):
    return make_entry()


def member_page(open_page, entry, **how) -> Page:
    make_user(name="Ana")
    page = open_page(**how)
    log_in(page, "Ana")
    page.goto(entry.get_absolute_url())
    return page


def button(page: Page, name: str):
    return page.locator("#discussion-box").get_by_role("button", name=name)


def shown(page: Page):
    return page.locator(".comment-preview")


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_preview_without_scripts_is_a_page_with_the_text_in_its_form(entry, open_page, size):
    page = member_page(open_page, entry, size=size, scripts=False)
    page.locator(BOX).fill(TEXT)
    button(page, "Preview").click()
    expect(page.locator("h1")).to_have_text("Preview of your comment")
    expect(shown(page).locator("em")).to_have_text("twice")
    expect(shown(page)).to_contain_text("5*3*2 mg")
    expect(shown(page)).to_contain_text("2019. It helped.")
    expect(page.locator("main textarea")).to_have_value(TEXT)
    above, below = (page.locator(at).bounding_box() for at in (".comment-preview", "main textarea"))
    assert above["y"] + above["height"] <= below["y"]
    assert not Comment.objects.exists()
    page.locator("main textarea").fill("Changed after looking.")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.locator("#discussion")).to_contain_text("Changed after looking.")
    assert Comment.objects.get().body == "Changed after looking."


def test_a_preview_with_scripts_stands_below_and_follows_the_typing(entry, open_page):
    page = member_page(open_page, entry)
    box = page.locator(BOX)
    box.fill("*first*")
    place = page.url
    button(page, "Preview").click()
    expect(shown(page).locator("em")).to_have_text("first")
    expect(page.locator("#live")).to_have_text("The preview is below your text.")
    top = box.bounding_box()["y"]
    box.press_sequentially(" **second**")
    expect(shown(page).locator("strong")).to_have_text("second")
    expect(box).to_be_focused()
    assert (page.url, box.input_value(), box.bounding_box()["y"]) == (
        place, "*first* **second**", top,
    )  # fmt: skip
    assert not Comment.objects.exists()
    button(page, "Send the comment").click()
    expect(page.locator("#discussion article")).to_contain_text("first second")
    expect(shown(page)).to_have_count(0)
    assert Comment.objects.get().body == "*first* **second**"


def test_what_is_typed_while_a_preview_is_on_its_way_is_shown_too(entry, open_page):
    page = member_page(open_page, entry)
    page.locator(BOX).fill("one")
    button(page, "Preview").click()
    expect(shown(page)).to_contain_text("one")
    page.route("**/comments/", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.locator(BOX).press_sequentially(" two")
    page.wait_for_timeout(1_600)  # the request for "two" is under way
    page.locator(BOX).press_sequentially(" three")
    expect(shown(page)).to_contain_text("one two three")


def test_a_preview_of_nothing_says_so_and_leaves_the_focus_while_typing(entry, open_page, watch):
    watch.expect("400")
    page = member_page(open_page, entry)
    box = page.locator(BOX)
    box.fill("Words")
    button(page, "Preview").click()
    expect(shown(page)).to_contain_text("Words")
    box.fill("")
    expect(shown(page)).to_have_text("Write something first.")
    expect(box).to_be_focused()
    button(page, "Preview").click()
    message = page.locator("#discussion-box .field__error")
    expect(message).to_have_text("Write something first.")
    expect(message).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_replies_and_edits_have_a_preview(entry, open_page, scripts):
    parent = make_comment(entry, body="Something to answer.")
    page = member_page(open_page, entry, scripts=scripts)
    page.locator(f"#c-{parent.pk}").get_by_text("Reply", exact=True).click()
    reply = page.locator(f"#c-{parent.pk} .write")
    reply.locator("textarea").fill("A *reply*.")
    reply.get_by_role("button", name="Preview").click()
    expect(shown(page).locator("em")).to_have_text("reply")
    if not scripts:
        expect(page.locator("main")).to_contain_text("Something to answer.")
    page.get_by_role("button", name=re.compile("Send the (reply|comment)")).first.click()
    expect(page.locator("#discussion article")).to_have_count(2)
    expect(page.locator("#discussion article").last).to_contain_text("A reply.")
    own = Comment.objects.get(parent=parent)
    page.goto(f"/comments/{own.pk}/edit/")
    page.locator("main textarea").fill("An **edit**.")
    page.get_by_role("button", name="Preview").click()
    expect(shown(page).locator("strong")).to_have_text("edit")
    page.get_by_role("button", name="Save the change").click()
    expect(page.locator(f"#c-{own.pk}")).to_contain_text("An edit.")


def test_enter_in_the_form_sends_and_does_not_preview(entry, open_page):
    member = make_user(name="Ben")
    member.consented_at = None
    member.save()
    page = open_page(scripts=False)
    log_in(page, "Ben")
    page.goto(entry.get_absolute_url())
    page.locator(BOX).fill("My story.")
    page.locator("#discussion-consent").check()
    page.locator("#discussion-consent").press("Enter")
    expect(page.locator("#discussion article")).to_contain_text("My story.")


def test_the_counter_counts_as_the_server_does_and_nothing_is_cut_off(entry, open_page, watch):
    watch.expect("400")
    page = member_page(open_page, entry)
    box, counter = page.locator(BOX), page.locator("#discussion-box .field__count")
    expect(counter).to_have_count(0)
    box.fill("👍 é\nß")
    expect(counter).to_have_text("5 characters of 10,000")
    long = "x" * 10_500
    box.fill(long)
    expect(counter).to_have_text("10,500 characters of 10,000")
    assert box.get_attribute("data-over") is not None
    assert box.input_value() == long
    button(page, "Send the comment").click()
    expect(page.locator("#discussion-box .field__error")).to_contain_text("10500 characters")
    assert box.input_value() == long
    most = "é" * MAX_BODY_LENGTH
    box.fill(most)
    expect(counter).to_have_text("10,000 characters of 10,000")
    assert box.get_attribute("data-over") is None
    button(page, "Send the comment").click()
    expect(page.locator("#discussion article")).to_have_count(1)
    assert Comment.objects.get().body == most


def test_a_text_that_is_there_already_is_counted_at_the_first_letter(entry, open_page):
    own = make_comment(entry, by=make_user(name="Cleo"), body="twelve chars")
    page = open_page()
    log_in(page, "Cleo")
    page.goto(f"{own.get_absolute_url()}edit/")
    page.locator("textarea[data-limit]").press("!")
    expect(page.locator(".field__count")).to_have_text("13 characters of 10,000")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_long_comment_is_folded_and_opens(entry, open_page, scripts):
    body = "Long words. " * 700 + "\n\nThe very end."
    comment = make_comment(entry, body=body)
    page = open_page(scripts=scripts)
    page.goto(entry.get_absolute_url())
    folded = page.locator(f"#c-{comment.pk}")
    expect(folded.get_by_text("The very end.")).to_be_hidden()
    assert folded.bounding_box()["height"] < 400
    folded.get_by_text("Show all").click()
    expect(folded.get_by_text("The very end.")).to_be_visible()


def test_help_with_formatting_opens_without_scripts(entry, open_page):
    page = member_page(open_page, entry, scripts=False)
    box = page.locator("#discussion-box")
    expect(box.get_by_text("begins a new paragraph")).to_be_hidden()
    box.get_by_text("How to format your text").click()
    expect(box.get_by_text("begins a new paragraph")).to_be_visible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_box_preview_and_help_break_no_rule(entry, open_page, axe, size):
    own = make_comment(entry, by=make_user(name="Cleo"), body="Mine.")
    page = open_page(size=size)
    log_in(page, "Cleo")
    page.goto(entry.get_absolute_url())
    page.locator(BOX).fill(
        f"{TEXT}\n\n> quoted\n\n- {'long' * 40}\n\nhttps://example.org/{'x' * 90}"
    )
    button(page, "Preview").click()
    expect(shown(page)).to_be_visible()
    for url in (None, f"{own.get_absolute_url()}edit/", "/about/rules/"):
        if url:
            page.goto(url)
        open_everything(page)
        settle(page)
        axe(page)
        for name in ("targets", "room") if size == "phone" else ("room",):
            assert measure(page, name).faults == [], (url, name)


def leave(page: Page) -> None:
    page.locator(".site-header__name").click()
    page.wait_for_url(lambda url: url.rstrip("/").count("/") == 2)


@pytest.mark.parametrize("scripts", [True, False])
def test_back_shows_the_page_as_it_is_now(entry, open_page, scripts):
    """Own comment and own vote by htmx are there when a member comes back; also after Forward."""
    other = make_comment(entry, body="Somebody else's.")
    page = member_page(open_page, entry, scripts=scripts)
    page.locator("#vote-up").click()
    expect(page.locator("#votes")).to_contain_text("1 up • 0 down")
    page.locator(f"#c-{other.pk}-down").click()
    expect(page.locator(f"#c-{other.pk}")).to_contain_text("Down (1)")
    page.locator(BOX).fill("My own words.")
    button(page, "Send the comment").click()
    expect(page.locator("#discussion")).to_contain_text("My own words.")
    own = Comment.objects.get(body="My own words.")
    page.locator(f"#c-{own.pk}").get_by_text("Reply", exact=True).click()
    page.locator(f"#c-{own.pk}-reply").fill("My own reply.")
    page.locator(f"#c-{own.pk} .reply__form > .button").click()
    expect(page.locator("#discussion")).to_contain_text("My own reply.")
    page.goto(entry.get_absolute_url()) if not scripts else None  # a redirect led to one thread
    for _time in range(2):
        leave(page)
        make_comment(entry, body="Written meanwhile.")
        page.go_back()
        expect(page.locator("#votes")).to_contain_text("1 up • 0 down")
        expect(page.locator(f"#c-{other.pk}")).to_contain_text("Down (1)")
        expect(page.locator("#discussion")).to_contain_text("My own words.")
        expect(page.locator("#discussion")).to_contain_text("My own reply.")
        page.go_forward()
        page.wait_for_url(lambda url: url.rstrip("/").count("/") == 2)
        page.go_back()
        expect(page.locator("#discussion")).to_contain_text("My own words.")
        page.goto(entry.get_absolute_url())


def test_back_through_an_order_that_htmx_swapped_shows_the_own_comment(entry, open_page):
    for number in range(3):
        make_comment(entry, body=f"Comment {number}.")
    page = member_page(open_page, entry)
    page.locator("#discussion").get_by_role("link", name="Newest").click()
    page.wait_for_url("**order=new**")
    page.locator(BOX).fill("My own words.")
    button(page, "Send the comment").click()
    expect(page.locator("#discussion")).to_contain_text("My own words.")
    page.go_back()
    expect(page.locator("#discussion article").first).to_contain_text("Comment 0.")
    expect(page.locator("#discussion")).to_contain_text("My own words.")
    page.go_forward()
    page.wait_for_url("**order=new**")
    expect(page.locator("#discussion article").first).to_contain_text("My own words.")


def test_back_after_log_out_shows_nothing_of_the_member(entry, open_page):
    page = member_page(open_page, entry)
    page.locator(BOX).fill("A draft that nobody else shall read.")
    page.goto("/accounts/logout/")
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "logout" not in url)
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(BOX)).to_have_count(0)
