"""The header is one row in every window, and its menu opens where it is."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.header import WIDTHS, header_rows
from tests.browser.room import resize

LEGS = "/remedies/magnesium/restless-legs-syndrome/"

pytestmark = pytest.mark.usefixtures("content")


@pytest.mark.parametrize("url", ["/about/", "/search/", LEGS])
def test_the_header_is_one_row_in_every_window(open_page, url):
    page = open_page()
    page.goto(url)
    for width in WIDTHS:
        resize(page, width)
        rows, parts = header_rows(page)
        assert rows == 1, width
        assert parts >= 3, width
        assert page.locator(".site-header").bounding_box()["height"] < 60, width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def open_menu(page: Page) -> dict:
    page.get_by_role("button", name="Menu", exact=True).click()
    menu = page.locator("#site-menu")
    expect(menu).to_be_visible()
    return menu.bounding_box()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_menu_opens_below_its_button_and_nothing_moves(open_page, width, scripts):
    page = open_page(scripts=scripts)
    page.goto(LEGS)
    resize(page, width)
    header = page.locator(".site-header").bounding_box()
    button = page.get_by_role("button", name="Menu", exact=True).bounding_box()
    box = open_menu(page)
    assert abs(box["y"] - (header["y"] + header["height"])) <= 2
    assert 0 <= box["x"] <= button["x"]
    assert box["x"] + box["width"] >= button["x"] + button["width"] - 1
    assert box["x"] + box["width"] <= width
    assert page.url.endswith(LEGS)
    expect(page.locator("#site-menu").get_by_role("link", name="Evidence map")).to_be_visible()


def test_the_menu_closes_by_keyboard_and_gives_the_focus_back(open_page):
    page = open_page(size="phone")
    page.goto(LEGS)
    button = page.get_by_role("button", name="Menu", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    menu = page.locator("#site-menu")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Home")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def test_the_menu_stays_below_the_header_of_a_page_that_was_scrolled(open_page):
    page = open_page(size="phone")
    page.goto(LEGS)
    open_menu(page)
    page.evaluate("scrollTo(0, 20)")
    header = page.locator(".site-header").bounding_box()
    menu = page.locator("#site-menu").bounding_box()
    assert header["y"] < 0
    assert abs(menu["y"] - (header["y"] + header["height"])) <= 2
