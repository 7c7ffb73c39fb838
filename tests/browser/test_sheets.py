"""Sheets for a doctor are one sheet of paper: one side, or both where the warnings need them."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from remedies.models import RemedyConditionEntry
from remedies.pages.sheets import KINDS

BOTH_SIDES = 2


@pytest.mark.parametrize("kind", KINDS)
def test_every_sheet_is_one_sheet_of_a4(site, open_page, kind) -> None:
    page = open_page()
    sides, entries = {}, list(RemedyConditionEntry.objects.published())
    assert len(entries) > 40
    for entry in entries:
        page.goto(f"{entry.get_absolute_url()}?print={kind}")
        paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
        sides[str(entry)] = len(paper.pages)
    assert {name: number for name, number in sides.items() if number > BOTH_SIDES} == {}
    assert sum(number == 1 for number in sides.values()) > 20
