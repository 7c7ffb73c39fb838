"""How long an entry is with a discussion, with every warning whole.

The design's aims are 9,000 px on a wide screen and 14,000 on a phone. The warnings alone take 6,100 and
10,000 of them, so these limits are what was reached; they keep the page from growing again.
"""

import pytest

ENTRY = "/remedies/magnesium/restless-legs-syndrome/"
COMMENTS = 16


@pytest.mark.parametrize(("width", "most"), [(1280, 17_800), (360, 28_400)])
def test_an_entry_with_a_discussion_is_not_endless(site, open_page, width, most) -> None:
    page = open_page(scripts=False)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(ENTRY)
    assert page.locator("#discussion .comment:not(.comment--gone)").count() >= COMMENTS
    assert page.evaluate("document.documentElement.scrollHeight") <= most


@pytest.mark.parametrize("width", [1280, 360])
def test_no_warning_is_folded(site, open_page, width) -> None:
    page = open_page(scripts=False)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(ENTRY)
    texts = ".callout--stop li, .warned__item, .interaction__heading, .interaction__advice"
    assert page.locator(texts).count() > 50
    assert page.locator(f":is({texts}):visible").count() == page.locator(texts).count()
    assert page.locator("#warnings details[open]").count() == 0
