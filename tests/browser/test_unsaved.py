"""No text is lost: two editors, two tabs, an ended session, leaving the page; scripts on and off."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Session
from discussions.models import Comment
from remedies.models import Remedy
from tests.admin_forms import admin_url
from tests.factories import PASSWORD, make_comment, make_entry, make_user

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def entry(live_server):
    return make_entry()


def log_in(page: Page, name: str, *, field: str = "login") -> None:
    page.locator(f"[name={field}]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def enter(page: Page, name: str, url: str) -> None:
    """Log in and go to a page."""
    page.goto(f"/accounts/login/?next={url}")
    log_in(page, name)
    page.wait_for_url(lambda at: at.endswith(url))


def open_section(page: Page, box: str) -> None:
    """Of a form in sections, the one with this box."""
    page.locator(box).evaluate("box => { box.closest('details')?.setAttribute('open', '') }")


def end_sessions() -> None:
    Session.objects.all().delete()


@SCRIPTS
def test_two_editors_of_one_page_both_keep_their_text(
    entry, open_page, watch, axe, scripts
) -> None:
    watch.expect("409")
    url = admin_url(entry.remedy)
    pages = []
    for name in ("Edda", "Emil"):
        make_user("editor", name=name)
        pages.append(open_page(scripts=scripts))
        enter(pages[-1], name, url)
    first, second = pages
    first.locator("#id_one_line").fill("A mineral that nerves need.")
    first.locator("[name=_save]").first.click()
    expect(first.locator(".messagelist .success").first).to_be_visible()
    second.locator("#id_one_line").fill("A mineral that bones need.")
    open_section(second, "#id_what_it_is")
    second.locator("#id_what_it_is").fill("Mine alone.")
    second.locator("[name=_save]").first.click()
    conflict = second.locator(".conflict")
    expect(conflict).to_contain_text("Edda saved it (")
    expect(conflict.locator("del")).to_contain_text("nerves")
    expect(conflict.locator("ins")).to_contain_text("bones")
    expect(second.locator("#id_one_line")).to_have_value("A mineral that bones need.")
    expect(second.locator("#id_what_it_is")).to_have_value("Mine alone.")
    second.get_by_role("button", name="Keep mine: save the form below").click()
    expect(second.locator(".messagelist .success").first).to_be_visible()
    remedy = Remedy.objects.get()
    assert (remedy.one_line, remedy.what_it_is) == ("A mineral that bones need.", "Mine alone.")


@SCRIPTS
def test_two_tabs_with_one_comment_lose_no_text(entry, open_page, watch, axe, scripts) -> None:
    watch.expect("409")
    comment = make_comment(entry, by=make_user(name="Ana"), body="It helped me.")
    url = reverse("comment_edit", args=[comment.pk])
    page = open_page(size="phone", scripts=scripts)
    enter(page, "Ana", url)
    other = page.context.new_page()
    watch.over(other)
    other.goto(url)
    for tab, text in ((page, "It helped me at night."), (other, "It helped me a lot.")):
        tab.locator("textarea").fill(text)
        tab.get_by_role("button", name="Save the change").click()
    expect(other.locator(".differences")).to_contain_text("at night")
    expect(other.locator("textarea")).to_have_value("It helped me a lot.")
    if scripts:
        axe(other)
    other.get_by_role("button", name="Save the change").click()
    expect(other.locator(f"#c-{comment.pk}")).to_contain_text("It helped me a lot.")


@SCRIPTS
def test_a_comment_is_kept_where_the_session_ended(entry, open_page, watch, axe, scripts) -> None:
    make_user(name="Ana")
    page = open_page(size="phone", scripts=scripts)
    enter(page, "Ana", entry.get_absolute_url())
    box = page.locator("#discussion textarea[name=body]").last
    box.fill("It helped *me*.\n\nAt night.")
    end_sessions()
    page.locator("#discussion form[data-sends] button").last.click()
    expect(page.locator("h1")).to_have_text("Log in")
    expect(page.locator("main")).to_contain_text("your text is kept in this page")
    if scripts:
        axe(page)
    log_in(page, "Ana")
    expect(page.locator("h1")).to_have_text("You are logged in, and your text is kept")
    if scripts:
        axe(page)
    page.get_by_role("button", name="Show the form with my text").click()
    expect(page.locator("textarea")).to_have_value("It helped *me*.\n\nAt night.")
    assert not Comment.objects.exists()
    page.get_by_role("button", name="Send the comment").click()
    expect(page.locator("#discussion")).to_contain_text("It helped me.")
    assert Comment.objects.get().body == "It helped *me*.\n\nAt night."


@SCRIPTS
def test_an_editor_s_text_is_kept_where_the_session_ended(entry, open_page, scripts) -> None:
    make_user("editor", name="Edda")
    page = open_page(scripts=scripts)
    url = admin_url(entry.remedy)
    enter(page, "Edda", url)
    open_section(page, "#id_what_it_is")
    page.locator("#id_what_it_is").fill("Newly written.")
    end_sessions()
    page.locator("[name=_save]").first.click()
    expect(page.locator("body")).to_contain_text("your text is kept in this page")
    log_in(page, "Edda", field="username")
    page.get_by_role("button", name="Show the form with my text").click()
    expect(page.locator("#id_what_it_is")).to_have_value("Newly written.")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success").first).to_be_visible()
    assert Remedy.objects.get().what_it_is == "Newly written."


def test_a_log_in_in_another_tab_keeps_what_is_being_written(entry, open_page, watch) -> None:
    watch.expect("403")
    make_user(name="Ana")
    page = open_page()
    enter(page, "Ana", entry.get_absolute_url())
    page.locator("#discussion textarea[name=body]").last.fill("It helped me.")
    end_sessions()
    other = page.context.new_page()
    watch.over(other)
    enter(other, "Ana", "/about/")
    page.locator("#discussion form[data-sends] button").last.click()
    expect(page.locator("h1")).to_have_text("The form could not be checked")
    page.get_by_role("button", name="Show the form with my text").click()
    expect(page.locator("textarea")).to_have_value("It helped me.")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.locator("#discussion")).to_contain_text("It helped me.")


def leave(page: Page, *, stay: bool = True) -> list[str]:
    """Try to leave the page by a link; the questions that were asked."""
    asked = []

    def answer(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss() if stay else dialog.accept()

    page.once("dialog", answer)
    page.evaluate("setTimeout(() => location.assign('/about/'))")
    if stay:
        page.wait_for_timeout(500)
    else:
        page.wait_for_url("**/about/")
    page.remove_listener("dialog", answer) if not asked else None
    return asked


def test_leaving_with_unsaved_text_asks(entry, open_page) -> None:
    make_user("editor", name="Edda")
    page = open_page()
    for url, box in (
        (entry.get_absolute_url(), "#discussion textarea[name=body] >> nth=-1"),
        (admin_url(entry.remedy), "#id_what_it_is"),
    ):
        enter(page, "Edda", url) if url == entry.get_absolute_url() else page.goto(url)
        open_section(page, box)
        page.locator(box).click()
        assert leave(page, stay=False) == []
        page.goto(url)
        open_section(page, box)
        page.locator(box).press_sequentially("It")
        assert leave(page) == ["beforeunload"]
        assert page.url.endswith(url)
        assert leave(page, stay=False) == ["beforeunload"]


def test_sending_does_not_ask(entry, open_page) -> None:
    make_user("editor", name="Edda")
    page = open_page()
    enter(page, "Edda", admin_url(entry.remedy))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_section(page, "#id_what_it_is")
    page.locator("#id_what_it_is").press_sequentially("It is.")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success").first).to_be_visible()
    page.goto(entry.get_absolute_url())
    page.locator("#discussion textarea[name=body]").last.press_sequentially("It helped.")
    page.locator("#discussion form[data-sends] button").last.click()
    expect(page.locator("#discussion")).to_contain_text("It helped.")
    page.goto("/about/")
    assert asked == []
