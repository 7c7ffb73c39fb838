"""No letter that an editor types is lost: a closed tab, a server that is gone, a session that ended, two editors."""

import re

import pytest
from playwright.sync_api import Page, Response, expect

from accounts.models import Session
from publishing.models import AutosavedForm
from remedies.models import Remedy
from tests.admin_forms import admin_url
from tests.factories import PASSWORD, make_entry, make_user

BOX = "#id_what_it_is"
STATE = "[data-writing-state]"


@pytest.fixture
def entry(live_server):
    return make_entry()


def enter(page: Page, name: str, url: str) -> None:
    """Log in and go to a page."""
    page.goto(f"/accounts/login/?next={url}")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda at: at.endswith(url))


def another_tab(page: Page, watch, url: str) -> Page:
    """A tab of the same browser."""
    tab = page.context.new_page()
    watch.over(tab)
    tab.goto(url)
    return tab


def write(page: Page, text: str, box: str = BOX) -> None:
    """Letter by letter, as a person does."""
    page.locator(box).evaluate("box => { box.closest('details.form-section').open = true }")
    page.locator(box).press_sequentially(text)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue with it").first.click()
    expect(page.locator("body")).to_contain_text("Nothing is saved yet")


def test_a_tab_that_is_closed_while_somebody_types_loses_nothing(entry, open_page, watch) -> None:
    make_user("editor", name="Edda")
    page = open_page()
    url = admin_url(entry.remedy)
    enter(page, "Edda", url)
    write(page, "Written in a tab that is gone, to the last letter")
    page.close(run_before_unload=False)
    # A browser that is killed sends nothing; one that closes a tab sends what was typed.
    page = open_page()
    for _try in range(20):
        if AutosavedForm.objects.filter(saved_at__isnull=False).exists():
            break
        page.wait_for_timeout(100)
    enter(page, "Edda", url)
    go_on(page)
    expect(page.locator(BOX)).to_have_value("Written in a tab that is gone, to the last letter")
    assert Remedy.objects.get().what_it_is == ""
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success").first).to_be_visible()
    assert Remedy.objects.get().what_it_is.startswith("Written in a tab that is gone")
    page.goto(url)
    expect(page.get_by_role("button", name="Continue with it")).to_have_count(0)


def test_text_is_kept_while_somebody_types_and_a_killed_browser_loses_nothing_of_it(
    entry, open_page
) -> None:
    make_user("editor", name="Edda")
    page = open_page()
    url = admin_url(entry.remedy)
    enter(page, "Edda", url)
    write(page, "Kept after a pause")
    expect(page.locator(STATE)).to_have_text(re.compile(r"Kept at \d\d:\d\d, not saved"))
    kept = dict(AutosavedForm.objects.get(saved_at__isnull=False).fields)
    assert kept["what_it_is"] == "Kept after a pause"
    assert "csrfmiddlewaretoken" not in kept


def test_what_is_taken_back_is_no_text_to_go_on_with(entry, open_page) -> None:
    make_user("editor", name="Edda")
    page = open_page()
    enter(page, "Edda", admin_url(entry.remedy))
    write(page, "It")
    expect(page.locator(STATE)).to_contain_text("Kept at")
    page.locator(BOX).fill("")
    expect(page.locator(STATE)).to_have_text("")
    assert not AutosavedForm.objects.filter(saved_at__isnull=False).exists()
    write(page, "Again")
    expect(page.locator(STATE)).to_contain_text("Kept at")
    assert AutosavedForm.objects.filter(saved_at__isnull=False).count() == 1


def test_two_tabs_of_one_editor_keep_both_texts(entry, open_page, watch) -> None:
    make_user("editor", name="Edda")
    first = open_page()
    url = admin_url(entry.remedy)
    enter(first, "Edda", url)
    second = another_tab(first, watch, url)
    for tab, text in ((first, "In the first tab"), (second, "In the second tab")):
        tab.bring_to_front()
        write(tab, text)
        expect(tab.locator(STATE)).to_contain_text("Kept at")
    expect(second.locator("[data-writing-others]")).to_contain_text("You have this form open")
    third = another_tab(first, watch, url)
    expect(third.get_by_role("button", name="Continue with it")).to_have_count(2)


def test_an_editor_who_comes_back_in_the_same_tab_has_no_other_one(entry, open_page) -> None:
    make_user("editor", name="Edda")
    page = open_page()
    url = admin_url(entry.remedy)
    with page.expect_response(is_told_of_others):
        enter(page, "Edda", url)
    page.goto("/admin/")  # looked at, nothing typed
    with page.expect_response(is_told_of_others) as answer:
        page.goto(url)
    assert answer.value.json()["others"] == []
    expect(page.locator("[data-writing-others]")).to_have_text("")


def is_told_of_others(response: Response) -> bool:
    """Whether a form that is open hears who else has it open."""
    is_leaving = "_leaving" in (response.request.post_data or "")
    return "/autosave/" in response.url and not is_leaving


def test_two_editors_are_warned_of_each_other_and_keep_their_text(entry, open_page, watch) -> None:
    watch.expect("409")
    url = admin_url(entry.remedy)
    pages = {}
    for name in ("Ana", "Ben"):
        make_user("editor", name=name)
        pages[name] = open_page()
        enter(pages[name], name, url)
        write(pages[name], f"Of {name}.")
        expect(pages[name].locator(STATE)).to_contain_text("Kept at")
    notice = pages["Ben"].locator("[data-writing-others]")
    expect(notice).to_contain_text("Ana has this form open, and changed something")
    pages["Ana"].locator("[name=_save]").first.click()
    expect(pages["Ana"].locator(".messagelist .success").first).to_be_visible()
    write(pages["Ben"], " More.")
    expect(notice).to_contain_text("Ana saved this after you opened it")
    pages["Ben"].locator("[name=_save]").first.click()
    expect(pages["Ben"].locator(".conflict")).to_contain_text("Of Ana.")
    expect(pages["Ben"].locator(BOX)).to_have_value("Of Ben. More.")
    pages["Ben"].close(run_before_unload=False)
    again = open_page()
    enter(again, "Ben", url)
    again.get_by_role("button", name="Continue with it").first.click()
    expect(again.locator(BOX)).to_have_value("Of Ben. More.")


def test_no_script_is_needed_to_see_who_has_the_form_open(entry, open_page) -> None:
    url = admin_url(entry.remedy)
    for name in ("Ana", "Ben"):
        make_user("editor", name=name)
    page = open_page()
    enter(page, "Ana", url)
    write(page, "Of Ana.")
    expect(page.locator(STATE)).to_contain_text("Kept at")
    other = open_page(scripts=False)
    enter(other, "Ben", url)
    expect(other.locator("[data-writing-others]")).to_contain_text("Ana has this form open")


def test_an_ended_session_is_named_and_a_log_in_in_another_tab_goes_on(
    entry, open_page, watch
) -> None:
    watch.expect("403")
    make_user("editor", name="Edda")
    page = open_page()
    url = admin_url(entry.remedy)
    enter(page, "Edda", url)
    Session.objects.all().delete()
    write(page, "Written without a session")
    expect(page.locator(STATE)).to_contain_text("you are logged out")
    enter(another_tab(page, watch, "/about/"), "Edda", "/about/")
    page.bring_to_front()
    write(page, ", and after it")
    expect(page.locator(STATE)).to_contain_text("Kept at", timeout=20_000)
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success").first).to_be_visible()
    assert Remedy.objects.get().what_it_is == "Written without a session, and after it"


def test_text_typed_before_the_session_ended_is_there_after_the_log_in(entry, open_page) -> None:
    make_user("editor", name="Edda")
    page = open_page()
    url = admin_url(entry.remedy)
    enter(page, "Edda", url)
    write(page, "Before the end")
    expect(page.locator(STATE)).to_contain_text("Kept at")
    page.close(run_before_unload=False)
    Session.objects.all().delete()
    page = open_page()
    enter(page, "Edda", url)
    go_on(page)
    expect(page.locator(BOX)).to_have_value("Before the end")


def test_a_server_that_does_not_answer_is_named_and_tried_again(entry, open_page, watch) -> None:
    watch.expect("net::ERR")
    make_user("editor", name="Edda")
    page = open_page()
    enter(page, "Edda", admin_url(entry.remedy))
    page.route("**/autosave/", lambda route: route.abort("connectionrefused"))
    page.route("**/typed/", lambda route: route.abort("connectionrefused"))
    write(page, "Nobody hears this")
    expect(page.locator(STATE)).to_contain_text("Not kept yet: the server does not answer")
    assert not AutosavedForm.objects.filter(saved_at__isnull=False).exists()
    page.unroute("**/autosave/")
    page.unroute("**/typed/")
    expect(page.locator(STATE)).to_contain_text("Kept at", timeout=20_000)
    kept = dict(AutosavedForm.objects.get(saved_at__isnull=False).fields)
    assert kept["what_it_is"] == "Nobody hears this"


def test_a_form_that_is_too_long_is_named(entry, open_page, watch) -> None:
    watch.expect("413")
    make_user("editor", name="Edda")
    page = open_page()
    enter(page, "Edda", admin_url(entry.remedy))
    write(page, "x")
    page.locator(BOX).evaluate("box => { box.value = 'x'.repeat(1_100_000) }")
    expect(page.locator(STATE)).to_contain_text("too long")
