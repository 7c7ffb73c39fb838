"""A reference beside its mark: after a pause, on focus, never on touch, and never in the way."""

import pytest
from playwright.sync_api import Page, expect

from citations.models import Citation

ENTRY = "/remedies/magnesium/restless-legs-syndrome/"
BOX = ".cite-preview"


def opened(page: Page, clock: bool = True) -> Page:
    """The page; with `clock` its time stands still but for what `run_for` lets go by."""
    if clock:
        page.clock.install(time="2026-01-01T12:00:00Z")
    page.goto(ENTRY)
    if clock:
        page.clock.pause_at("2026-01-01T13:00:00Z")
    return page


def test_it_comes_after_a_pause_and_not_before(content, open_page) -> None:
    page = opened(open_page())
    page.locator(".verdict sup.cite a").first.hover()
    page.clock.run_for(450)
    expect(page.locator(BOX)).to_be_hidden()
    page.clock.run_for(100)
    expect(page.locator(BOX)).to_be_visible()
    expect(page.locator(BOX)).to_contain_text("Jadidi")
    expect(page.locator(BOX)).not_to_contain_text("back to")


def test_who_passes_over_a_mark_sees_nothing(content, open_page) -> None:
    page = opened(open_page())
    page.locator(".verdict sup.cite a").first.hover()
    page.clock.run_for(300)
    page.locator("h1").hover()
    page.clock.run_for(2000)
    expect(page.locator(BOX)).to_be_hidden()


def test_the_pointer_can_go_into_it_and_it_lingers_when_left(content, open_page) -> None:
    page = opened(open_page())
    page.locator(".verdict sup.cite a").first.hover()
    page.clock.run_for(600)
    page.locator(BOX).hover()
    page.clock.run_for(2000)
    expect(page.locator(BOX)).to_be_visible()
    page.locator("h1").hover()
    page.clock.run_for(250)
    expect(page.locator(BOX)).to_be_visible()
    page.clock.run_for(100)
    expect(page.locator(BOX)).to_be_hidden()


def test_escape_closes_it(content, open_page) -> None:
    page = opened(open_page())
    page.locator(".verdict sup.cite a").first.hover()
    page.clock.run_for(600)
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).to_be_hidden()


def test_by_keyboard_it_is_there_at_once_and_leaves_with_the_focus(content, open_page) -> None:
    page = opened(open_page(), clock=False)
    marks = page.locator(".verdict sup.cite a")
    page.locator(".board__cell a").last.focus()
    page.keyboard.press("Tab")
    expect(marks.first).to_be_focused()
    expect(page.locator(BOX)).to_contain_text("Jadidi")
    page.keyboard.press("Tab")
    expect(page.locator(BOX)).to_contain_text("Marshall")
    page.locator("h1 ~ * a, .callout__more a").last.focus()
    expect(page.locator(BOX)).to_be_hidden()


def test_a_finger_gets_none(content, open_page) -> None:
    page = opened(open_page(size="phone", has_touch=True, is_mobile=True))
    page.locator(".verdict sup.cite a").first.tap()
    page.clock.run_for(2000)
    expect(page.locator(BOX)).to_be_hidden()
    assert page.url.endswith("#ref-1")


@pytest.mark.parametrize(("width", "height"), [(320, 560), (1280, 700)])
def test_it_never_leaves_the_window(content, open_page, width, height) -> None:
    page = opened(open_page(), clock=False)
    page.set_viewport_size({"width": width, "height": height})
    marks = page.locator("main sup.cite a")
    assert marks.count() > 18
    for index in range(0, marks.count(), 9):
        page.keyboard.press("Shift")  # so that the focus counts as one by keyboard
        marks.nth(index).focus()
        box = page.locator(BOX).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height


def test_an_open_preview_breaks_no_rule_and_hides_from_screen_readers(
    content, open_page, axe
) -> None:
    page = opened(open_page(), clock=False)
    mark = page.locator(".verdict sup.cite a").first
    page.keyboard.press("Shift")
    mark.focus()
    expect(page.locator(BOX)).to_be_visible()
    axe(page)
    assert page.locator(BOX).get_attribute("aria-hidden") == "true"
    assert mark.get_attribute("title") is None
    assert mark.get_attribute("aria-description") == "Jadidi A et al., 2022"


def test_it_says_that_a_work_was_retracted(content, open_page) -> None:
    Citation.objects.filter(key="Jadidi2022").update(retracted_on="2026-01-01")
    page = opened(open_page(), clock=False)
    page.keyboard.press("Shift")
    page.locator(".verdict sup.cite a").first.focus()
    expect(page.locator(BOX)).to_contain_text("Retracted")


def test_only_pages_with_marks_ask_for_it(content, open_page) -> None:
    page = open_page()
    for path, scripts in {ENTRY: 1, "/": 0, "/remedies/": 0, "/about/grading/": 0}.items():
        page.goto(path)
        assert page.locator("script[src*=previews]").count() == scripts, path
