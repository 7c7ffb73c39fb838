"""What import-linter cannot say: pure modules know no request either.

The contracts between the packages stand in pyproject.toml and are checked by `make check`.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ("citations", "conditions", "remedies", "discussions")
PURE = ("marks.py", "vocabulary.py", "schema.py", "threads.py", "policies.py")
PURE_FOLDERS = ("evidence", "safety")
REQUEST_MODULES = (
    "django.http", "django.shortcuts", "django.urls", "django.views", "django.contrib",
    "django.db.transaction", "django.db.connection", "django.template",
)  # fmt: skip


def pure_modules() -> list[Path]:
    return sorted(
        path
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if path.name in PURE or path.parent.name in PURE_FOLDERS
    )


def imported_names(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", pure_modules(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pure_modules_know_no_request(path):
    assert not [name for name in imported_names(path) if name.startswith(REQUEST_MODULES)]


def test_every_name_and_folder_of_pure_modules_is_found_somewhere():
    """A name that no module has any more would be held to nothing."""
    found = pure_modules()
    assert {path.name for path in found} >= set(PURE)
    assert {path.parent.name for path in found} >= set(PURE_FOLDERS)


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
