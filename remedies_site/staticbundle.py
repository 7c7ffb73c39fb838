"""A staticfiles finder for `css/site.css`, the one stylesheet of readers' pages.

The file is not in the repository: the finder concatenates it from the files under `static/css`, without
their comments and indentation, so that development, tests and `collectstatic` serve the same file, and a
page needs one request.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

BUNDLE = "css/site.css"
SOURCES = settings.BASE_DIR / "static" / "css"
BUILT = settings.VAR_DIR / "bundle"
_FIRST = ("tokens", "reset", "base", "layout")
_LAST = ("utilities", "print")
_GAP = r"(?:\s|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)"  # a comment ends at its first end, whatever follows
_SHORTENED = re.compile(
    rf"""(?P<kept>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    rf"|{_GAP}*(?P<mark>[{{}};,]){_GAP}*|(?P<colon>:){_GAP}+|{_GAP}+",
    re.DOTALL,
)


def stylesheets() -> list[Path]:
    """The source files in the order of their layers, components between layout and utilities."""
    first, last = ([SOURCES / f"{name}.css" for name in names] for names in (_FIRST, _LAST))
    return [*first, *sorted((SOURCES / "components").glob("*.css")), *last]


def minify(css: str) -> str:
    """A stylesheet without comments, indentation, and blanks that mean nothing; strings stay.

    A blank before a colon or around an operator may have a meaning, so there one is left.
    """

    def shorten(match: re.Match[str]) -> str:
        return match["kept"] or match["mark"] or match["colon"] or " "

    return _SHORTENED.sub(shorten, css).strip()


def build_bundle() -> Path:
    """Write the bundle if its text has changed, and return its path."""
    target: Path = BUILT / BUNDLE
    text = "\n".join(minify(part.read_text(encoding="utf-8")) for part in stylesheets()) + "\n"
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(".new")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(target)
    return target


class BundleFinder(BaseFinder):
    """Builds and finds the bundle."""

    def check(self, **kwargs: object) -> list[CheckMessage]:
        """The finder has no settings to check."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> Any:
        """The built file for the path of the bundle; nothing for other paths."""
        matches = [str(build_bundle())] if path == BUNDLE else []
        return matches if find_all or not matches else matches[0]

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        """The bundle, with the storage that `collectstatic` copies it from."""
        build_bundle()
        yield BUNDLE, FileSystemStorage(location=BUILT)
