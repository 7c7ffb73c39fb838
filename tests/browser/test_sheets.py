"""Sheets for a doctor are one sheet of paper: one side, or both where the warnings need them."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from remedies.pages.sheets import KINDS
from tests.browser.papers import SHORTEST, entries_to_print
from tests.counts import count

BOTH_SIDES = 2


@pytest.mark.parametrize("kind", KINDS)
def test_every_sheet_is_one_sheet_of_a4(site, open_page, kind) -> None:
    page = open_page()
    sides = {}
    for entry in entries_to_print():
        page.goto(f"{entry.get_absolute_url()}?print={kind}")
        paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
        sides[str(entry)] = len(paper.pages)
    assert {name: number for name, number in sides.items() if number > BOTH_SIDES} == {}
    on_one_side = sum(number == 1 for number in sides.values())
    assert on_one_side >= count(small=SHORTEST, full=21)
