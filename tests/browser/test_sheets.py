"""Sheets for a doctor are one side of paper, for every shipped entry."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from remedies.models import RemedyConditionEntry
from remedies.pages.sheets import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_sheet_is_one_side_of_a4(site, open_page, kind) -> None:
    page = open_page()
    long, entries = {}, list(RemedyConditionEntry.objects.published())
    assert len(entries) > 40
    for entry in entries:
        page.goto(f"{entry.get_absolute_url()}?print={kind}")
        sides = len(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages)
        if sides != 1:
            long[str(entry)] = sides
    assert long == {}
