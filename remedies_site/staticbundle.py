"""One stylesheet for readers, joined from the files of `static/css` without a build step.

`css/site.css` does not lie in the tree: this finder joins it from its parts whenever one of them is
newer, so that development, tests and `collectstatic` all meet the same file and pages ask once.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

BUNDLE = "css/site.css"
SOURCES = settings.BASE_DIR / "static" / "css"
BUILT = settings.VAR_DIR / "bundle"
_FIRST = ("tokens", "reset", "base", "layout")
_LAST = ("utilities", "print")


def parts() -> list[Path]:
    """The stylesheets in the order of their layers, components between layout and utilities."""
    first, last = ([SOURCES / f"{name}.css" for name in names] for names in (_FIRST, _LAST))
    return [*first, *sorted((SOURCES / "components").glob("*.css")), *last]


def build() -> Path:
    """Write the bundle where its text would differ from what is there, and return its path."""
    target: Path = BUILT / BUNDLE
    text = "\n".join(part.read_text(encoding="utf-8").strip() for part in parts()) + "\n"
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".new")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(target)
    return target


class BundleFinder(BaseFinder):
    """Finds the bundle, building it first."""

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing can be set wrong."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The built file, for the bundle's own path only."""
        found = [str(build())] if path == BUNDLE else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """The one file, with the storage that `collectstatic` copies it from."""
        build()
        yield BUNDLE, FileSystemStorage(location=BUILT)
