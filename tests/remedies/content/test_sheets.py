"""Published content as CSV, and CSV as a content pack: the same documents come back."""

import csv
import io
from itertools import count as numbers

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remedies.content.exporting import published_documents, published_pack
from remedies.content.files import read_pack
from remedies.content.sheets.columns import guarded, unguarded
from remedies.content.sheets.pack_from_tables import pack_from_sheets
from remedies.content.sheets.sheet_writing import csv_lines
from tests.factories import make_entry, make_user

pytestmark = pytest.mark.django_db


def tables(folder, *arguments: str) -> dict[str, str]:
    call_command("export_tables", folder, *arguments, verbosity=0)
    return {path.stem: path.read_bytes().decode() for path in folder.glob("*.csv")}


def table(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def test_a_pack_made_of_all_tables_loads_without_a_change(pack, tmp_path, capsys):
    pack.load()
    tables(tmp_path / "sheets", "--bom")
    call_command("pack_from_sheets", tmp_path / "sheets", tmp_path / "again", verbosity=0)
    assert read_pack(tmp_path / "again")
    call_command("load_content", tmp_path / "again", "--plan", verbosity=0)
    assert "Nothing would change." in capsys.readouterr().out


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+49",
        "-0.5",
        "@SUM(A1)",
        "\t=1",
        "'=1",
        "''-",
        " =x",
        "plain",
        "'quoted'",
        "",
        "- a\n- b",
    ],
)
def test_no_cell_is_a_formula_and_every_cell_comes_back(cell):
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r", " ="))
    assert unguarded(guarded(cell)) == cell


def test_formulas_in_published_words_are_guarded(pack, tmp_path):
    pack.edit("conditions.yaml", "A headache that comes back.", '"=HYPERLINK(1)"')
    pack.load()
    assert "'=HYPERLINK(1)" in tables(tmp_path)["conditions"]
    assert ",=HYPERLINK" not in tables(tmp_path)["conditions"]


def test_a_mark_for_spreadsheets_stands_first_where_it_is_wanted(pack, tmp_path):
    pack.load()
    assert tables(tmp_path / "a", "--bom")["entries"].startswith("\ufeffremedy,condition,")
    assert tables(tmp_path / "b")["entries"].startswith("remedy,condition,")


def test_sheets_and_columns_that_are_not_there_change_nothing(pack):
    pack.load()
    changed = pack_from_sheets(
        {
            "entries": table(
                [["remedy", "condition", "first_question"], ["magnesium", "insomnia", "Sleep?"]]
            )
        }
    )
    (part,) = changed.remedies
    (entry,) = part.entries
    (before,) = [one for one in published_pack().remedies[0].entries if one.condition == "insomnia"]
    assert entry == before.model_copy(update={"first_question": "Sleep?"})
    assert [one.slug for one in changed.conditions] == ["insomnia"]
    assert {one.key for one in changed.citations} == {"A1", "B2"}


def test_rows_without_their_main_sheet_belong_to_what_is_published(pack):
    pack.load()
    rows = [
        ["remedy", "condition", "citation", "outcome", "direction", "result"],
        ["magnesium", "insomnia", "A1", "waking", "none", "No change."],
    ]
    (entry,) = pack_from_sheets({"evidence": table(rows)}).remedies[0].entries
    (item,) = entry.evidence_items
    assert (item.citation, item.result) == ("A1", "No change.")
    assert entry.regimens


WRONG = {
    "an unknown sheet": ({"doses2": "a\n"}, "doses2.csv: (sheet): (row): is no sheet"),
    "an unknown column": (
        {"references": table([["key", "titel"]])},
        "references.csv: row 1: titel: is no column",
    ),
    "a key that is missing": (
        {"evidence": table([["remedy", "result"]])},
        "evidence.csv: row 1: condition: is missing",
    ),
    "a bad word": (
        {
            "references": table(
                [["key", "title", "url", "study_type"], ["K", "T", "https://e.org", "story"]]
            )
        },
        "references.csv: row 2: study_type: ",
    ),
    "a bad amount": (
        {
            "doses": table(
                [
                    ["remedy", "condition", "form", "amount", "unit", "per", "basis", "citation"],
                    [],
                    ["magnesium", "insomnia", "oxide", "lots", "mg", "day", "salt", "A1"],
                ]
            )
        },
        "doses.csv: row 3: amount: ",
    ),
    "a row of nothing": (
        {"doses": table([["remedy", "condition", "form"], ["iron", "insomnia", "x"]])},
        "doses.csv: row 2: condition: entries.csv has no such row",
    ),
    "a row that stands twice": (
        {"conditions": table([["slug"], ["migraine"], ["migraine"]])},
        "conditions.csv: row 3: slug: stands in this sheet twice",
    ),
    "too many cells": (
        {"conditions": "slug\nmigraine,more\n"},
        "conditions.csv: row 2: (row): has more cells",
    ),
    "a claim without a source": (
        {"conditions": table([["slug", "overview"], ["migraine", "It affects 20 % of people."]])},
        "conditions.csv: row 2: overview",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_error_names_sheet_row_and_column(pack, tmp_path, wrong):
    pack.load()
    texts, sentence = WRONG[wrong]
    (tmp_path / "in").mkdir()
    for name, text in texts.items():
        (tmp_path / "in" / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError) as error:
        call_command("pack_from_sheets", tmp_path / "in", tmp_path / "out")
    assert sentence in str(error.value)
    assert not (tmp_path / "out").exists()


def test_sheets_with_semicolons_are_read(pack):
    pack.load()
    text = "slug;one_line\r\nmigraine;It comes, and goes.\r\n"
    (condition,) = [
        one for one in pack_from_sheets({"conditions": text}).conditions if one.slug == "migraine"
    ]
    assert condition.one_line == "It comes, and goes."


def test_tables_are_streamed_with_as_many_queries_for_many_rows(client):
    client.force_login(make_user("editor"))
    made = numbers()
    costs = []
    for _size in range(3):
        for _entry in range(next(made) * 3 + 1):
            make_entry()
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/admin/remedies/remedyconditionentry/tables/entries.csv")
            assert response.streaming
            rows = b"".join(response.streaming_content).decode().splitlines()
        costs.append(len(queries))
        assert rows[0].startswith("\ufeffremedy,condition,verdict")
    assert len(set(costs)) == 1, costs


def test_tables_are_for_staff_and_have_names(client):
    url = "/admin/remedies/remedyconditionentry/tables/{}.csv"
    assert client.get(url.format("entries")).status_code == 302
    client.force_login(make_user("editor"))
    assert client.get(url.format("secrets")).status_code == 404
    plain = b"".join(client.get(url.format("references") + "?bom=no").streaming_content)
    assert plain.startswith(b"key,title,")


def test_every_published_warning_is_in_the_table_of_warnings(pack):
    pack.load()
    rows = list(
        csv.DictReader(
            "".join(csv_lines("warnings", published_documents("warnings"), bom=False)).splitlines()
        )
    )
    assert [(row["remedy"], row["condition"], row["applies_to"]) for row in rows] == [
        ("magnesium", "migraine", "pregnancy")
    ]
