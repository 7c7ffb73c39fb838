"""Sheets for a doctor: complete in what warns, and a way back to the very version."""

import re
from html import unescape
from io import StringIO

import pytest
import segno

from remedies import sheets
from remedies.models import RemedyConditionEntry
from remedies.selectors import entry_page, find_entry
from remedies.services import withdraw_entry
from remedies.vocabulary import InteractionSeverity, PrecautionSeverity
from tests.factories import make_entry, make_user

LOUD = {PrecautionSeverity.STOP, PrecautionSeverity.ASK}


def text_of(response) -> str:
    return unescape(response.content.decode())


def test_every_severe_warning_of_every_shipped_entry_stands_on_both_sheets(
    content, client, settings
):
    missing = []
    entries = list(RemedyConditionEntry.objects.published().select_related("remedy", "condition"))
    assert len(entries) >= 47
    for entry in entries:
        found = find_entry(entry.remedy.slug, entry.condition.slug)
        assert found is not None
        page = entry_page(found)
        warnings = page.part.warnings
        rows = [
            *warnings.contraindications,
            *warnings.cautions,
            *warnings.pregnancy,
            *warnings.side_effects,
            *warnings.get_help,
        ]
        words = [stop.who for stop in page.part.stops]
        words += [one.row.text for one in rows if one.row.severity in LOUD]
        for one in warnings.interactions:
            if one.row.severity == InteractionSeverity.MAJOR:
                words += [one.row.effect, one.row.advice]
        assert page.revision is not None
        words.append(f"{settings.SITE_URL}{entry.get_absolute_url()}r/{page.revision.number}/")
        for kind in sheets.KINDS:
            text = text_of(client.get(f"{entry.get_absolute_url()}?print={kind}"))
            missing += [(str(entry), kind, one) for one in words if one not in text]
    assert missing == []


def drawn_cells(path: str) -> set[tuple[int, int]]:
    """Column and line of every square that an SVG path fills; it may hold nothing but squares."""
    assert re.fullmatch(r"(?:M\d+ \d+h1v1h-1z)+", path)
    return {(int(column), int(line)) for column, line in re.findall(r"M(\d+) (\d+)", path)}


def test_the_qr_code_is_drawn_as_segno_itself_draws_that_of_the_address():
    """Segno's writer of text draws it too, border and all: nothing of our own loop is in it."""
    address = "https://example.org/remedies/magnesium/asthma/r/1/"
    text = StringIO()
    segno.make(address).save(text, kind="txt", border=4)
    lines = text.getvalue().splitlines()
    dark = {
        (column, line)
        for line, modules in enumerate(lines)
        for column, module in enumerate(modules)
        if module == "1"
    }
    drawn = sheets.qr_code(address)
    assert drawn_cells(drawn.path) == dark
    assert drawn.size == len(lines) == len(lines[0])
    assert {(4, 4), (10, 4), (4, 10)} <= dark  # the corners of the marks that a camera looks for
    assert drawn.path.count("M") == len(dark)


def test_another_address_has_another_qr_code():
    assert sheets.qr_code("https://example.org/a/") != sheets.qr_code("https://example.org/b/")


@pytest.mark.django_db
def test_a_sheet_is_not_indexed_and_names_the_entry_as_its_address(client, settings):
    entry = make_entry()
    address = entry.get_absolute_url()
    for kind in sheets.KINDS:
        text = text_of(client.get(f"{address}?print={kind}"))
        assert '<meta name="robots" content="noindex">' in text
        assert f'<link rel="canonical" href="{settings.SITE_URL}{address}">' in text
        assert "csrf" not in text
        assert 4 <= text.split('class="sheet__questions"')[1].split("</ol>")[0].count("<li>") <= 6


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["", "pdf", "%00", "9" * 400])
def test_an_unknown_kind_of_sheet_is_the_page_itself(client, kind):
    response = client.get(f"{make_entry().get_absolute_url()}?print={kind}")
    assert response.status_code == 200
    assert 'class="sheet ' not in text_of(response)
    assert "?print=patient" in text_of(response)


@pytest.mark.django_db
def test_sheets_are_as_hidden_as_their_entry(client):
    draft, gone = make_entry(published=False), make_entry()
    withdraw_entry(gone, by=make_user("editor"), reason="Being rewritten.")
    for kind in sheets.KINDS:
        assert client.get(f"{draft.get_absolute_url()}?print={kind}").status_code == 404
        assert client.get(f"{gone.get_absolute_url()}?print={kind}").status_code == 410
