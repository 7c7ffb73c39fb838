"""Names suggested while one types: by keyboard as the ARIA pattern "combobox" has it, or not at all."""

import pytest
from playwright.sync_api import Page, expect

LEGS = "/conditions/restless-legs-syndrome/"


pytestmark = pytest.mark.usefixtures("content")


def typed(page: Page, text: str):
    page.goto("/")
    field = page.locator("main input[type=search]")
    field.press_sequentially(text)
    expect(page.get_by_role("listbox")).to_be_visible()
    return field


def test_the_field_says_what_it_is_and_whether_its_list_is_open(page):
    page.goto("/")
    field = page.locator("main input[type=search]")
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("rls")
    expect(field).to_have_attribute("aria-expanded", "true")
    listed = page.get_by_role("listbox")
    assert field.get_attribute("aria-controls") == listed.get_attribute("id")


def test_arrows_move_through_the_list_while_the_focus_stays_in_the_field(page):
    field = typed(page, "magne")
    options = page.get_by_role("option")
    count = options.count()
    assert count > 1
    for index in range(count):
        field.press("ArrowDown")
        expect(options.nth(index)).to_have_attribute("aria-selected", "true")
        assert field.get_attribute("aria-activedescendant") == options.nth(index).get_attribute(
            "id"
        )
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    expect(options.nth(count - 1)).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()


def test_enter_opens_what_is_chosen(page):
    field = typed(page, "willis")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(f"**{LEGS}")


def test_enter_with_nothing_chosen_searches(page):
    field = typed(page, "willis")
    field.press("Enter")
    page.wait_for_url("**/search/?q=willis")


def test_escape_closes_the_list_and_then_empties_the_field(page):
    field = typed(page, "willis")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("willis")
    field.press("Escape")
    expect(field).to_have_value("")


def test_a_click_opens_it_too(page):
    typed(page, "willis")
    page.get_by_role("option").first.click()
    page.wait_for_url(f"**{LEGS}")


def test_the_open_list_breaks_no_rule(page, axe):
    field = typed(page, "magne")
    field.press("ArrowDown")
    axe(page)


def test_without_scripts_it_is_a_plain_field(open_page):
    page = open_page(scripts=False, size="phone")
    page.goto("/")
    page.locator("main input[type=search]").fill("willis ekbom")
    page.locator("main input[type=search]").press("Enter")
    page.wait_for_url("**/search/?q=willis+ekbom")
    expect(page.locator(".hit__title a").first).to_have_attribute("href", LEGS)
