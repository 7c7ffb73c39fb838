"""What a member types as a comment outlives a closed tab, in their own browser alone."""

import pytest
from playwright.sync_api import Page, expect

from discussions.models import Comment
from tests.browser.test_taking_part import log_in
from tests.factories import make_comment, make_entry, make_user

BOX = "#discussion-body"
TEXT = "It helped *me*.\n\nAt night."
LINE = "Draft kept in this browser."


@pytest.fixture
def entry(live_server):
    return make_entry()


def writing_page(open_page, entry, name: str = "Ana", **how) -> Page:
    make_user(name=name)
    page = open_page(**how)
    log_in(page, name)
    page.goto(entry.get_absolute_url())
    return page


def stored(page: Page) -> list[str]:
    return page.evaluate("Object.values(localStorage)")


def another_tab(page: Page, watch) -> Page:
    """The same page in a new tab, after this one is closed without a question."""
    url, context = page.url, page.context
    page.close(run_before_unload=False)
    tab = context.new_page()
    watch.over(tab)
    tab.goto(url)
    return tab


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_draft_outlives_the_tab_until_it_is_sent(entry, open_page, watch, axe, size) -> None:
    page = writing_page(open_page, entry, size=size)
    page.locator(BOX).fill(TEXT)
    expect(page.locator("#discussion-box")).to_contain_text(LINE)
    tab = another_tab(page, watch)
    expect(tab.locator(BOX)).to_have_value(TEXT)
    expect(tab.locator("#discussion-box")).to_contain_text(LINE)
    axe(tab)
    tab.locator("#discussion-box").get_by_role("button", name="Send the comment").click()
    expect(tab.locator("#discussion article")).to_contain_text("It helped me.")
    expect(tab.locator(BOX)).to_have_value("")
    expect(tab.locator("#discussion-box")).not_to_contain_text(LINE)
    assert stored(tab) == []
    assert Comment.objects.get().body == TEXT


def test_a_draft_is_deleted_by_its_button(entry, open_page) -> None:
    page = writing_page(open_page, entry)
    page.locator(BOX).fill(TEXT)
    assert len(stored(page)) == 1
    page.locator("#discussion-box").get_by_role("button", name="Delete it").click()
    expect(page.locator(BOX)).to_have_value("")
    expect(page.locator(BOX)).to_be_focused()
    expect(page.locator("#discussion-box")).not_to_contain_text(LINE)
    assert stored(page) == []


def test_the_draft_of_a_reply_opens_its_form_and_no_other(entry, open_page, watch) -> None:
    first, second = make_comment(entry), make_comment(entry)
    page = writing_page(open_page, entry)
    page.locator(f"#c-{first.pk} .reply summary").click()
    page.locator(f"#c-{first.pk}-reply").fill(TEXT)
    tab = another_tab(page, watch)
    expect(tab.locator(f"#c-{first.pk}-reply")).to_be_visible()
    expect(tab.locator(f"#c-{first.pk}-reply")).to_have_value(TEXT)
    assert tab.locator(f"#c-{second.pk}-reply").input_value() == ""
    assert tab.locator(BOX).input_value() == ""


def test_a_page_with_a_draft_that_nobody_touched_is_left_without_a_question(
    entry, open_page, watch
) -> None:
    page = writing_page(open_page, entry)
    page.locator(BOX).fill(TEXT)
    tab = another_tab(page, watch)
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    tab.locator(BOX).click()
    tab.goto("/about/")
    assert asked == []


def test_a_comment_that_the_server_refuses_keeps_its_draft(entry, open_page, watch) -> None:
    watch.expect("400")
    page = writing_page(open_page, entry)
    page.locator(BOX).fill("x" * 10_001)
    page.locator("#discussion-box").get_by_role("button", name="Send the comment").click()
    expect(page.locator("#discussion-box .field__error")).to_be_visible()
    assert len(stored(page)) == 1
    expect(page.locator("#discussion-box")).to_contain_text(LINE)


def test_a_preview_keeps_the_draft(entry, open_page) -> None:
    page = writing_page(open_page, entry)
    page.locator(BOX).fill(TEXT)
    page.locator("#discussion-box").get_by_role("button", name="Preview").click()
    expect(page.locator(".comment-preview")).to_be_visible()
    assert len(stored(page)) == 1


def test_logging_out_deletes_drafts(entry, open_page) -> None:
    page = writing_page(open_page, entry)
    page.locator(BOX).fill(TEXT)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Log out").click()
    page.wait_for_url("**/")
    assert stored(page) == []


def test_another_member_of_the_browser_finds_no_draft(entry, open_page) -> None:
    page = writing_page(open_page, entry)
    page.locator(BOX).fill(TEXT)
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.clear_cookies()  # the session ran out
    make_user(name="Berta")
    log_in(page, "Berta")
    page.goto(entry.get_absolute_url())
    expect(page.locator(BOX)).to_have_value("")
    assert stored(page) == []


def test_a_draft_is_deleted_after_a_week(entry, open_page, watch) -> None:
    page = writing_page(open_page, entry)
    page.locator(BOX).fill(TEXT)
    page.evaluate(
        "for (const key of Object.keys(localStorage)) localStorage.setItem(key, JSON.stringify("
        "{text: 'Old.', at: Date.now() - 8 * 24 * 3600 * 1000}))"
    )
    tab = another_tab(page, watch)
    expect(tab.locator(BOX)).to_have_value("")
    assert stored(tab) == []


def test_readers_load_no_script_that_stores_anything(entry, open_page) -> None:
    page = open_page()
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(entry.get_absolute_url())
    assert not any("members" in url for url in loaded if url.endswith(".js"))
    assert stored(page) == []
