"""Pages hold in languages that run from right to left, and in those with long words."""

import unicodedata
from collections.abc import Callable

import pytest
from django.utils import translation
from playwright.sync_api import Page

from tests.browser.header import WIDTHS, header_rows
from tests.browser.room import resize, room
from tests.browser.visits import LONG_LOOKS
from tests.browser.walk import open_everything
from tests.counts import FULL
from tests.populated_site import PAGE_TYPES, PageType
from tests.pseudo import ARABIC, LATIN, long_words, right_to_left

SPOKEN = {"ar": right_to_left, "de": long_words}


@pytest.fixture
def speak(monkeypatch, settings) -> Callable[[str], None]:
    """The whole site in one of the made-up languages."""

    def speak(code: str) -> None:
        change = SPOKEN[code]

        def many(singular: str, plural: str, number: int) -> str:
            return change(singular if number == 1 else plural)

        settings.LANGUAGE_CODE = code
        engine = translation._trans
        said = {
            "gettext": change,
            "ngettext": many,
            "pgettext": lambda _context, message: change(message),
            "npgettext": lambda _context, *arguments: many(*arguments),
        }
        for name, function in said.items():
            monkeypatch.setattr(engine, name, function, raising=False)

    return speak


# Editors write in the language of their site; the works that they cite keep their titles.
WRITTEN = """([latin, arabic]) => {
  const letters = new Map([...latin].map((letter, index) => [letter, arabic[index]]));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.parentElement.closest(".reference, script, style")) continue;
    text.data = [...text.data].map(letter => letters.get(letter.toLowerCase()) ?? letter).join("");
  }
}"""


def kinds_in(code: str) -> list[PageType]:
    """In the usual run one page of each sort in one of the languages; in the drill all in both."""
    if FULL:
        return PAGE_TYPES
    turn = list(SPOKEN).index(code)
    return [kind for kind in PAGE_TYPES if kind.name in LONG_LOOKS][turn :: len(SPOKEN)]


def test_every_sort_of_page_is_seen_in_another_language() -> None:
    seen = {kind.name for code in SPOKEN for kind in kinds_in(code)}
    assert seen == set(LONG_LOOKS)


@pytest.mark.parametrize("code", SPOKEN)
def test_every_page_has_room_for_another_language(walk, speak, code) -> None:
    speak(code)
    for page, faults in walk(kinds_in(code)):
        assert page.locator("html").get_attribute("lang") == code
        open_everything(page)
        if code == "ar":
            page.evaluate(WRITTEN, [LATIN, ARABIC])
        for width in (1280, 360, 320):
            resize(page, width)
            found = room(page, f"{width} px", popovers=FULL or width == 360, placeholders=False)
            faults += found.faults if found.number else [f"{width} px: no text was seen"]
        resize(page, 1280)


@pytest.mark.parametrize("code", SPOKEN)
def test_the_header_is_one_row_in_another_language(walk, speak, open_page, code) -> None:
    speak(code)
    page = open_page()
    page.goto(walk.address("entry"))
    for width in WIDTHS:
        resize(page, width)
        assert header_rows(page)[0] == 1, width


def box(page: Page, selector: str) -> dict:
    return page.locator(selector).first.bounding_box()


def style(page: Page, selector: str, name: str, part: str | None = None) -> str:
    code = "(element, [name, part]) => getComputedStyle(element, part)[name]"
    return page.locator(selector).first.evaluate(code, [name, part])


def test_a_page_that_runs_from_right_to_left_is_mirrored(walk, speak, open_page) -> None:
    speak("ar")
    page = open_page()
    page.goto(walk.address("entry"))
    assert page.locator("html").get_attribute("dir") == "rtl"
    rail, text = box(page, "#condition-list"), box(page, ".with-rail__body")
    assert rail["x"] > text["x"] + text["width"]
    assert style(page, ".callout--stop", "borderRightWidth") == "6px"
    assert style(page, ".callout--stop", "borderLeftWidth") == "1px"
    assert style(page, ".conditions-nav__link[aria-current]", "borderRightWidth") == "4px"
    assert style(page, ".conditions-nav__link[aria-current]", "borderLeftWidth") == "0px"
    home, last = box(page, ".breadcrumbs a"), box(page, ".breadcrumbs__here")
    assert home["x"] > last["x"]
    replies = page.locator(".thread__replies").first
    assert replies.evaluate("part => getComputedStyle(part).borderRightWidth") == "2px"


def test_the_arrow_up_points_the_way_that_the_text_comes_from(walk, speak, open_page) -> None:
    speak("ar")
    page = open_page(size="phone")
    page.goto(walk.address("entry"))
    arrow = style(page, ".breadcrumbs__up", "content", "::before").split('"')[1]
    assert unicodedata.mirrored(arrow)  # browsers turn it where the text runs the other way
    assert style(page, ".breadcrumbs__up", "direction", "::before") == "rtl"
