"""How long the pages of conditions and remedies are, on the shipped content, and what comes first."""

import pytest
from playwright.sync_api import Page

LEGS = "/conditions/restless-legs-syndrome/"
MAGNESIUM = "/remedies/magnesium/"

pytestmark = pytest.mark.usefixtures("content")


def opened(open_page, address: str, width: int) -> Page:
    page = open_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    return page


def bottom(page: Page, selector: str) -> float:
    """Where a part ends, in pixels from the top of the page."""
    box = page.locator(selector).bounding_box()
    assert box is not None, selector
    return box["y"] + box["height"]


@pytest.mark.parametrize(("width", "most"), [(1280, 4150), (360, 7500)])
def test_a_condition_compares_its_remedies_within_a_few_screens(open_page, width, most):
    """With every stop and sign of each remedy whole, on a line of its own.

    The design's aims are 3,500 and 6,000 px; without those warnings they hold (test_lengths.py).
    """
    page = opened(open_page, LEGS, width)
    assert page.evaluate("document.documentElement.scrollHeight") <= most


@pytest.mark.parametrize(("width", "most"), [(1280, 1000), (360, 2100)])
def test_red_flags_and_the_ladder_stand_on_the_first_screens(open_page, width, most):
    page = opened(open_page, LEGS, width)
    flags, ladder = bottom(page, ".red-flags"), bottom(page, "#ladder")
    assert max(flags, ladder) <= most
    assert page.locator(".red-flags").bounding_box()["y"] < 400


@pytest.mark.parametrize(("width", "most"), [(1280, 1850), (360, 4000)])
def test_board_stops_and_every_use_of_a_remedy_come_before_all_else(open_page, width, most):
    page = opened(open_page, MAGNESIUM, width)
    board, stops = bottom(page, ".remedy-board"), bottom(page, ".callout--stop >> nth=0")
    assert board < stops < bottom(page, "#studied-for") <= most


@pytest.mark.parametrize("width", [320, 360, 680, 768, 900, 1024, 1280, 1400])
@pytest.mark.parametrize("address", [LEGS, MAGNESIUM])
def test_no_name_is_torn_and_nothing_scrolls_sideways(open_page, address, width):
    """A torn name would be narrower than its longest word set on one line."""
    page = opened(open_page, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    torn = page.evaluate(
        """() => [...document.querySelectorAll(
          '.ladder th, .comparison th, .scoreboard th, .ladder__words, .remedy-board__answer')]
          .filter(part => getComputedStyle(part).position !== 'absolute')
          .filter(part => part.scrollWidth > part.clientWidth + 1
            || [...part.querySelectorAll('a')].some(link => link.getClientRects().length
              > link.textContent.trim().split(/\\s+/).length))
          .map(part => part.textContent.trim())"""
    )
    assert torn == []


def test_a_hidden_text_opens_at_its_link_and_at_a_mark_inside(open_page):
    page = opened(open_page, LEGS, 360)
    text, references = page.locator(".overview__text"), page.locator(".reference")
    assert not text.is_visible()
    assert not references.first.is_visible()
    page.locator(".overview__open").click()
    assert text.is_visible()
    page.locator(".condition__all a").click()
    assert references.first.is_visible()
    assert references.last.is_visible()
