"""Export files in the shapes of thirteen programs, written for these tests, with the works in them.

Beside each file stands what it holds: `works` as documents without their key (`retracted` says
whether the work has to be marked), and `warnings`, parts of sentences that have to be told.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from citations.importing import ImportedRecord, read_references
from citations.importing.encoding import decode
from citations.importing.services import import_works

CORPUS = Path(__file__).parent / "corpus"
EXPECTED = ".expected.json"
FILES = sorted(path for path in CORPUS.rglob("*.*") if not path.name.endswith(EXPECTED))
TOOLS = {
    "cinahl", "cochrane", "crossref", "embase", "endnote", "google-scholar", "jabref", "mendeley",
    "ovid", "pubmed", "scopus", "web-of-science", "zotero",
}  # fmt: skip


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def expected(path: Path) -> dict[str, Any]:
    return json.loads(path.with_name(path.name + EXPECTED).read_text(encoding="utf-8"))


def as_expected(document: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """A document as the files beside the exports have it: a day only where one is expected."""
    values = {name: value for name, value in document.items() if name != "key"}
    day = values.pop("retracted_on", None)
    values["retracted"] = day is not None
    return values | ({"retracted_on": day} if "retracted_on" in known else {})


def test_the_corpus_is_large_and_holds_every_program_and_format():
    assert len(FILES) >= 60
    assert {path.parent.name for path in FILES} == TOOLS
    assert {path.suffix for path in FILES} == {".ris", ".bib", ".nbib", ".json"}


@pytest.mark.parametrize("path", FILES, ids=label)
def test_an_export_gives_the_works_in_it(path):
    text, warning = decode(path.read_bytes())
    records = list(read_references(text))
    beside = expected(path)
    works = [record for record in records if isinstance(record, ImportedRecord)]
    found = [
        as_expected(work.document.canonical(), known)
        for work, known in zip(works, beside["works"], strict=True)
    ]
    assert found == beside["works"]
    told = [warning, *(sentence for work in works for sentence in work.warnings)]
    told += [record.reason for record in records if not isinstance(record, ImportedRecord)]
    for part in beside["warnings"]:
        assert any(part in sentence for sentence in told), (part, told)
    if not beside["warnings"]:
        assert "".join(told) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_every_file_of_a_program_is_stored_and_then_known(tool):
    for path in (path for path in FILES if path.parent.name == tool):
        text, _warning = decode(path.read_bytes())
        first = import_works(read_references(text))
        works = len(expected(path)["works"])
        assert len(first.added) + len(first.known) == works, label(path)
        again = import_works(read_references(text))
        assert (len(again.added), len(again.known)) == (0, works), label(path)
