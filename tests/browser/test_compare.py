"""Remedies side by side on a phone: one question after another, and not without end."""

import pytest
from playwright.sync_api import Page

TALLEST = 10_400
"""Pixels of a page that compares three remedies in a window of 360 px. The design's aim is 9,000; the
stops and signs of all three, one below the other, take 1,400 more than side by side."""
THREE = "/conditions/restless-legs-syndrome/compare/?r=magnesium&r=iron&r=vitamin-d"

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def page(open_page) -> Page:
    page = open_page(size="phone")
    page.goto(THREE)
    return page


def test_three_remedies_fit_a_page_that_a_thumb_can_read(page):
    assert page.evaluate("document.documentElement.scrollHeight") <= TALLEST
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_short_answers_stand_side_by_side_in_sight(page):
    for row in ("effect", "certainty", "counted"):
        boxes = [cell.bounding_box() for cell in page.locator(f"#row-{row} td").all()]
        assert len({box["y"] for box in boxes}) == 1
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)


@pytest.mark.parametrize("row", ["stops", "get-help"])
def test_what_forbids_a_remedy_or_wants_help_is_in_sight_for_each(page, row):
    boxes = [cell.bounding_box() for cell in page.locator(f"#row-{row} td").all()]
    assert len(boxes) == 3
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
    assert len({box["y"] for box in boxes}) == 3


def test_long_answers_are_whole_and_reached_to_the_side(page):
    cells = page.locator("#row-cautions td").all()
    assert len({cell.bounding_box()["y"] for cell in cells}) == 1
    cells[-1].scroll_into_view_if_needed()
    box = cells[-1].bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    heading = page.locator("#row-cautions th").bounding_box()
    assert heading["x"] >= 0, "the question stays in sight"
    assert page.locator("details #row-cautions").count() == 0


def test_a_mark_brings_its_reference_into_sight(page):
    assert page.locator("#references .reference").first.is_hidden()
    page.locator("#row-verdict .cite a").first.click()
    assert page.locator("#references .reference:target").is_visible()
