"""How long an entry is with a discussion. Safety text stands whole, so its length has no limit here."""

import pytest
from playwright.sync_api import Page

ENTRY = "/remedies/magnesium/restless-legs-syndrome/"
SAFETY = "#warnings"
"""Every warning, none of it folded: as long as the content makes it."""
COMMENTS = 16


def heights(page: Page) -> tuple[int, int]:
    """The height of the page, and of its warnings."""
    answer = page.evaluate(
        "part => [document.documentElement.scrollHeight, document.querySelector(part).offsetHeight]",
        SAFETY,
    )
    return answer[0], answer[1]


@pytest.mark.parametrize(("width", "most"), [(1280, 9_000), (360, 14_000)])
def test_an_entry_with_a_discussion_is_not_endless(site, open_page, width, most) -> None:
    page = open_page(scripts=False)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(ENTRY)
    assert page.locator("#discussion .comment:not(.comment--gone)").count() >= COMMENTS
    whole, warnings = heights(page)
    assert warnings > 1_000
    assert whole - warnings <= most


@pytest.mark.parametrize("width", [1280, 360])
def test_no_warning_is_folded(site, open_page, width) -> None:
    page = open_page(scripts=False)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(ENTRY)
    texts = ".callout--stop li, .warned__item, .interaction__heading, .interaction__advice"
    assert page.locator(texts).count() > 50
    assert page.locator(f":is({texts}):visible").count() == page.locator(texts).count()
    assert page.locator("#warnings details[open]").count() == 0
