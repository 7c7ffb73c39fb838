"""What is shipped comes back whole from its tables, and its grades say the same wherever they are computed."""

import pytest
from django.core.management import call_command

from remedies.content.exporting import published_pack
from remedies.content.files import read_pack, write_pack
from remedies.content.sheets.columns import SHEET_NAMES
from remedies.content.sheets.pack_from_tables import pack_from_sheets
from remedies.models import RemedyConditionEntry
from remedies.services import grade_document
from tests.remedies.content.shipped import ENTRIES
from tests.remedies.content.test_sheets import tables

pytestmark = [pytest.mark.usefixtures("content"), pytest.mark.every_page]


def test_what_is_shipped_comes_back_from_its_tables_as_it_was(tmp_path):
    texts = tables(tmp_path)
    assert texts.keys() == set(SHEET_NAMES)
    original = write_pack(published_pack())
    again = write_pack(pack_from_sheets(texts))
    assert {path: sorted_blocks(text) for path, text in again.items()} == {
        path: sorted_blocks(text) for path, text in original.items()
    }


def sorted_blocks(text: str) -> list[str]:
    """Documents may stand in another order."""
    return sorted(text.split("\n  - "))


def test_a_pack_made_of_its_tables_changes_nothing(tmp_path, capsys):
    tables(tmp_path / "sheets", "--bom")
    call_command("pack_from_sheets", tmp_path / "sheets", tmp_path / "again", verbosity=0)
    call_command("load_content", tmp_path / "again", "--plan", verbosity=0)
    assert "Nothing would change." in capsys.readouterr().out


def test_a_grade_is_the_same_from_a_file_from_rows_and_from_a_revision(settings, capsys):
    for part in read_pack(settings.CONTENT_PACK).remedies:
        for document in part.entries:
            pair = {"remedy__slug": document.remedy, "condition__slug": document.condition}
            stored = RemedyConditionEntry.objects.get(**pair).current_revision
            assert grade_document(document).grade == stored.grade
    call_command("regrade")
    assert f"0 of {len(ENTRIES)} changed" in capsys.readouterr().out


def test_a_second_load_changes_nothing(settings, capsys):
    call_command("load_content", settings.CONTENT_PACK, "--plan", verbosity=0)
    assert "Nothing would change." in capsys.readouterr().out
