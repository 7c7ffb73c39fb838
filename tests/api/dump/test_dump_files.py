"""The dump: the same bytes each time, whole in itself, without drafts and without people."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from remedies.services import publish_entry, vote_on_entry
from search.citing import published_works
from tests.factories import make_citation, make_comment, make_review
from tests.marking import MARKER, SLUG_MARKER
from tests.remedies.conftest import files_below
from tests.site.test_surfaces import HIDDEN, name_of


def dump(folder: Path, *options: str) -> dict[str, bytes]:
    call_command("export_open_data", folder, *options, verbosity=0)
    return files_below(folder)


@pytest.fixture
def world(standing_world):
    return standing_world


def test_two_dumps_of_one_database_are_byte_equal(world, tmp_path):
    first, second = dump(tmp_path / "a", "--fhir"), dump(tmp_path / "b", "--fhir")
    assert first == second
    assert {"records/entries.jsonl", "tables/evidence.csv", "fhir/magnesium.json"} <= set(first)


def test_the_sums_are_those_of_every_other_file(world, tmp_path):
    files = dump(tmp_path / "out", "--fhir")
    lines = files.pop("SHA256SUMS").decode().splitlines()
    sums = {path: digest for digest, path in (line.split("  ") for line in lines)}
    assert sums == {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}


def test_lines_are_the_records_of_the_api(world, tmp_path, client):
    files = dump(tmp_path / "out")
    compared = 0
    for kind in ("remedies", "conditions", "entries", "citations"):
        for line in files[f"records/{kind}.jsonl"].decode().splitlines():
            record = json.loads(line)
            path = record["api_url"].removeprefix("http://127.0.0.1:8000")
            assert record == client.get(path).json(), path
            compared += 1
    assert compared == 1 + 2 + 2 + published_works().count()


def test_tables_have_a_row_for_each_row_and_the_grades_with_their_steps(world, tmp_path):
    files = dump(tmp_path / "out")
    tables = {
        path.removeprefix("tables/"): list(csv.DictReader(io.StringIO(data.decode())))
        for path, data in files.items()
        if path.startswith("tables/")
    }
    assert [row["citation"] for row in tables["evidence.csv"]].count("Ahlberg2020") == 1
    assert {row["condition"] for row in tables["grades.csv"]} == {
        "insomnia",
        "restless-legs-syndrome",
    }
    assert tables["grade_steps.csv"]
    assert "products.csv" not in tables


def test_the_dictionary_names_every_field_and_table(world, tmp_path):
    files = dump(tmp_path / "out")
    dictionary = files["DATA-DICTIONARY.md"].decode()
    for path in files:
        if path.startswith(("records/", "tables/")):
            assert path in dictionary

    entries = files["records/entries.jsonl"].decode().splitlines()
    named = {name for line in entries for name in names_in(json.loads(line))}
    assert len(named) > 50
    assert [name for name in named if f"`{name}`" not in dictionary] == []


def names_in(value) -> Iterator[str]:
    """The names of all fields of a JSON value."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield name
            if name != "facts":  # of a step: names of its own
                yield from names_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from names_in(part)


def test_the_licence_is_what_the_operator_states_or_not_stated(world, tmp_path, settings):
    text = dump(tmp_path / "a")["LICENCE.txt"].decode()
    assert "not stated by the operator" in text
    settings.DATA_LICENCE = "CC-BY-4.0"
    settings.DATA_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
    files = dump(tmp_path / "b")
    assert "CC-BY-4.0\nhttps://creativecommons.org/" in files["LICENCE.txt"].decode()
    cff = yaml.safe_load(files["CITATION.cff"])
    assert cff["cff-version"] == "1.2.0"
    assert cff["type"] == "dataset"
    assert cff["license-url"] == settings.DATA_LICENCE_URL
    assert cff["authors"] == [{"name": settings.SITE_NAME}]


def test_no_person_is_in_it(world, tmp_path):
    make_review(world.legs_entry)
    make_comment(world.legs_entry, by=world.mara, body="Something that Mara said.")
    vote_on_entry(world.legs_entry, by=world.mara, value=1, consent=True)
    world.legs_entry.verdict += " It may be."
    world.legs_entry.save()
    publish_entry(world.legs_entry, by=world.edda)
    text = b"\n".join(dump(tmp_path / "out", "--fhir").values()).decode().lower()
    people = {person.name for person in (world.mara, world.edda, world.morten)}
    assert [name for name in people if re.search(rf"\b{name}\b", text)] == []
    assert "example.org" not in text.replace("example.org/works", "")
    assert "up_count" not in text


@pytest.mark.parametrize("hidden", HIDDEN, ids=name_of)
def test_no_draft_and_nothing_withdrawn_is_in_it(world, tmp_path, hidden, settings):
    settings.PRODUCTS = True
    for hide in HIDDEN[hidden]:
        hide(world)
    make_citation(f"{MARKER}Uncited", title=f"{MARKER} uncited")
    text = b"\n".join(dump(tmp_path / "out", "--fhir").values()).decode()
    assert MARKER not in text
    assert SLUG_MARKER not in text


def test_a_folder_that_holds_something_is_left_alone(world, tmp_path):
    (tmp_path / "mine.txt").write_text("Mine.")
    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("export_open_data", tmp_path)
    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("export_open_data", tmp_path / "mine.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_progress_stands_on_stderr_and_the_sum_on_stdout(world, tmp_path, capsys):
    call_command("export_open_data", tmp_path / "out")
    said = capsys.readouterr()
    assert re.fullmatch(r"\d+ files in .*\n", re.sub(r"\x1b\[[\d;]*m", "", said.out))
