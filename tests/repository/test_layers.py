"""What import-linter cannot say: the drawing in docs, pure modules, sizes, and names that mean one thing.

The contracts between the packages stand in pyproject.toml and are checked by `make check`.
"""

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]
PACKAGES = CONTRACTS["root_packages"]
PURE = ("marks.py", "choices.py", "schema.py", "threads.py", "policies.py")
PURE_FOLDERS = ("remedies/grading", "remedies/doses", "publishing/claims")
REQUEST_MODULES = (
    "django.http", "django.shortcuts", "django.urls", "django.views", "django.contrib",
    "django.db.transaction", "django.db.connection", "django.template",
)  # fmt: skip
LONGEST_MODULE = 300
LONG_FOR_A_REASON = "over 300 lines"
"""What the docstring of a longer module says, with its reason."""

# Names that Django or the structure of the packages gives to many modules.
HABITS = {
    *(
        "__init__",
        "admin",
        "admin_panels",
        "admin_urls",
        "apps",
        "choices",
        "decorators",
        "document",
        "forms",
    ),
    *("middleware", "models", "schema", "selectors", "services", "signals", "sitemaps", "urls"),
    "views",
}
# The same thing seen from two sides: what is read and what is written, a table and its admin.
PAIRS = {
    *("bibtex", "csl", "ris", "works", "entry", "remedy", "revision", "wording"),
    *("circumstance", "evidence", "guidance"),
    "structured_data",  # what each package has to tell machines of its own rows
}


def production_modules(*, workbench: bool = True) -> Iterator[Path]:
    packages = [name for name in PACKAGES if workbench or name != "workbench"]
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported_names(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def pure_modules() -> list[Path]:
    return [
        path
        for path in production_modules()
        if path.name in PURE or name_of(path.parent) in PURE_FOLDERS
    ]


def test_every_pure_folder_holds_modules():
    folders = {name_of(path.parent) for path in pure_modules()}
    assert set(PURE_FOLDERS) <= folders


@pytest.mark.parametrize("path", pure_modules(), ids=name_of)
def test_pure_modules_know_no_request(path):
    assert not [name for name in imported_names(path) if name.startswith(REQUEST_MODULES)]


def layers_of(name: str) -> list[str]:
    contract = next(c for c in CONTRACTS["contracts"] if c["name"].startswith(name))
    return contract["layers"]


def drawing_after(heading: str) -> list[str]:
    """The first word or words of each line of the first indented block after some words."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    lines = text[text.index(heading) :].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("    "))
    block = []
    for line in lines[start:]:
        if not line.startswith("    "):
            break
        block.append(line.strip().partition("  ")[0])
    return block


def test_the_drawing_of_the_packages_is_the_contract():
    assert drawing_after("Ten packages in a line") == layers_of("Packages in a line")


def test_the_drawing_of_remedies_is_the_contract():
    layers = layers_of("Inside remedies")
    assert (
        drawing_after("Inside `remedies/`")
        == layers[layers.index(drawing_after("Inside `remedies/`")[0]) :]
    )


def test_no_module_is_long_without_a_reason():
    long = []
    for path in production_modules():
        text = path.read_text(encoding="utf-8")
        doc = ast.get_docstring(ast.parse(text)) or ""
        if text.count("\n") > LONGEST_MODULE and LONG_FOR_A_REASON not in doc:
            long.append(f"{name_of(path)}: {text.count(chr(10))}")
    assert long == []


def test_a_module_name_means_one_thing():
    by_name = defaultdict(list)
    for path in production_modules():
        folders = {"management", "templatetags", "examples", "settings"} & set(path.parts)
        if not folders and path.stem not in HABITS | PAIRS:
            by_name[path.stem].append(name_of(path))
    assert len(by_name) > 50
    assert {name: paths for name, paths in by_name.items() if len(paths) > 1} == {}


def test_a_class_name_means_one_thing():
    by_name = defaultdict(list)
    for path in production_modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name != "Command":
                by_name[node.name].append(name_of(path))
    assert len(by_name) > 150
    assert {name: paths for name, paths in by_name.items() if len(paths) > 1} == {}


def lines_of(paths: Iterator[Path]) -> int:
    return sum(path.read_text(encoding="utf-8").count("\n") for path in paths)


def test_remedies_holds_at_most_35_percent_of_production_code():
    """Code is Python, templates, styles and scripts; sample data of the workbench is none of it."""
    python = list(production_modules(workbench=False))
    other = [
        path
        for folder, endings in (("templates", {".html"}), ("static", {".css", ".js"}))
        for path in (ROOT / folder).rglob("*")
        if path.suffix in endings
    ]
    of_remedies = [path for path in python if name_of(path).startswith("remedies/")]
    of_remedies += [path for path in other if name_of(path).startswith("templates/remedies/")]
    share = lines_of(iter(of_remedies)) / lines_of(iter([*python, *other]))
    print(f"remedies holds {share:.1%} of production code")
    assert share <= 0.35


def test_every_name_of_a_pure_module_is_found_somewhere():
    """A name that no module has any more would be held to nothing."""
    assert {path.name for path in pure_modules()} >= set(PURE)


@pytest.mark.parametrize(
    "line",
    [
        "import django.http",
        "from django.http import HttpResponse",
        "from django import shortcuts",
        "def f():\n    from django.db import transaction",
    ],
)
def test_an_import_of_the_request_is_seen(tmp_path, line):
    path = tmp_path / "module.py"
    path.write_text(line)
    assert [name for name in imported_names(path) if name.startswith(REQUEST_MODULES)]
