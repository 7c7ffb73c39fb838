"""docs/asvs.md and docs/security.md are whole and honest: every number once, every named place real; and the
few rules of the standard that only the source can show."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
PROSE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
PRODUCTION = (  # and not the workbench, which makes samples by chance
    *("accounts", "api", "citations", "conditions", "discussions", "publishing", "remedies"),
    *("remedies_site", "search"),
)
STATES = {"met", "not met", "not applicable", "operator"}

# The numbers of OWASP ASVS 5.0.0, and nothing else of it:
_NUMBERS = (Path(__file__).parent / "asvs_numbers.txt").read_text(encoding="utf-8")
LEVEL_1, LEVEL_2 = (part.split()[1:] for part in _NUMBERS.split("level")[1:])

_PLACE = re.compile(r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|md|html|txt|toml)|Makefile)(?:::(\w+))?`")
_TEST = re.compile(r"`tests/[\w/]+\.py::test_\w+`")
BY_NATURE = {"1.4.1", "1.4.3"}
"""Requirements that the language meets; no test could fail."""


def section(title: str) -> str:
    """The text below a heading that begins with `title`, up to the next heading."""
    return re.split(r"(?m)^## ", PAGE.partition(f"\n## {title}\n")[2])[0]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables' rows, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("| ") and "| --- |" not in line]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


def test_the_standard_has_70_and_183_numbers_of_its_two_levels():
    assert (len(LEVEL_1), len(LEVEL_2)) == (70, 183)
    assert len({*LEVEL_1, *LEVEL_2}) == 253


@pytest.mark.parametrize(("level", "numbers"), [("Level 1", LEVEL_1), ("Level 2", LEVEL_2)])
def test_every_number_of_a_level_has_exactly_one_row(level, numbers):
    assert [row[0] for row in rows(section(level))] == numbers


def test_each_row_says_how_it_stands_and_names_its_test_or_its_reason():
    for number, asks, state, place in [*rows(section("Level 1")), *rows(section("Level 2"))]:
        assert asks, number
        assert state in STATES, number
        if state == "met" and number not in BY_NATURE:
            is_writing = (
                number.split(".")[1] == "1" and ".md`" in place
            )  # a section on documentation
            assert _TEST.search(place) or is_writing, f"{number}: name the test that shows it"
        elif state == "not met":
            assert len(place) > 20, number
        else:
            assert place, number


def test_every_place_that_the_page_names_is_there():
    named = set(_PLACE.findall(PAGE + PROSE))
    assert len(named) > 120
    missing = [f"{path}::{name}" for path, name in sorted(named) if not is_there(path, name)]
    assert missing == []


def is_there(path: str, name: str) -> bool:
    file = next((place for place in (ROOT / path, ROOT / "docs" / path) if place.is_file()), None)
    if file is None:
        return path == "schema.py"  # one in each app
    return (
        not name or re.search(rf"(?m)^def {name}\(", file.read_text(encoding="utf-8")) is not None
    )


def test_a_place_that_is_not_there_is_found():
    assert is_there("tests/repository/test_security_page.py", "is_there")
    assert not is_there("tests/repository/test_security_page.py", "is_nowhere")
    assert not is_there("accounts/nowhere.py", "")


def test_the_page_is_linked_and_links_to_where_weaknesses_are_reported():
    for name in ("README.md", "SECURITY.md"):
        assert "docs/security.md" in (ROOT / name).read_text(encoding="utf-8")
    assert "(security.md)" in (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert "(../SECURITY.md)" in PROSE
    assert all(f"({name})" in PROSE for name in ("asvs.md", "threat-model.md"))


# ---- what only the source can show ---------------------------------------------------------


def sources() -> Iterator[tuple[str, ast.AST]]:
    for package in PRODUCTION:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def imports_and_calls() -> Iterator[tuple[str, str]]:
    for name, tree in sources():
        for node in ast.walk(tree):
            match node:
                case ast.Import():
                    yield from ((name, alias.name) for alias in node.names)
                case ast.ImportFrom(module=str(module)):
                    yield from ((name, f"{module}.{alias.name}") for alias in node.names)
                case ast.Call(func=ast.Name(id=str(called))):
                    yield name, f"{called}()"
                case ast.Call(func=ast.Attribute(value=ast.Name(id=str(owner)), attr=str(called))):
                    yield name, f"{owner}.{called}()"


def found(pattern: str) -> list[tuple[str, str]]:
    return [use for use in imports_and_calls() if re.match(pattern, use[1])]


def test_the_walk_over_the_sources_finds_imports_and_calls():
    assert len(list(sources())) > 200
    assert ("remedies_site/yaml_format.py", "yaml") in found("yaml$")
    assert found(r"os\.getpid\(\)")


def test_production_code_starts_no_process_and_runs_no_text_as_code():
    starts = found(r"subprocess|os\.(system|popen|exec|spawn)|pty\b|(eval|exec|compile)\(\)")
    operators = "remedies_site/backups/postgresql_dumps.py"  # with words of the operator's alone
    assert [place for place, _what in starts if place != operators] == []


def test_production_code_reads_no_xml_and_no_pickles():
    assert found(r"xml\b|lxml|pickle|marshal|shelve|dill|yaml\.(unsafe_load|full_load)") == []


def test_no_weak_hash_protects_anything():
    assert found(r"hashlib\.(md5|sha1)|hashlib\.new\(\)|random\b") == []


def test_scripts_write_text_and_keep_nothing_but_drafts():
    scripts = sorted((ROOT / "static" / "js").rglob("*.js"))
    assert len(scripts) > 5
    unsafe = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage"
        r"|localStorage|sessionStorage|indexedDB|document\.cookie"
    )
    found = {path.name: set(unsafe.findall(path.read_text(encoding="utf-8"))) for path in scripts}
    assert {name: words for name, words in found.items() if words} == {
        "drafts.js": {"localStorage"},
        "form_jumps.js": {"sessionStorage"},  # which section of a form is open, by its id
        "page_pair.js": {"outerHTML"},  # a page of the site for a frame without scripts
        "row_lists.js": {"innerHTML", "outerHTML"},  # the form's own empty row, copied
    }
