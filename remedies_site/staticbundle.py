"""A staticfiles finder for files that are joined from many, so that a page needs one request for them.

They are not in the repository: the finder concatenates them from the files under `static`, without their
comments and indentation, so that development, tests and `collectstatic` serve the same files.

- `css/site.css`, the stylesheet of readers' pages, and `css/entry.css`, that of entries, with another one
  for members. A page links one of them. An entry is the page that search engines lead to, and the heaviest:
  its stylesheet leaves out the components that only other pages have, a third of all.
- `js/members.js`, what members' pages do beside htmx, and `js/previews.js`, the previews of citations,
  and `js/passkeys.js`, which asks the browser for a passkey.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

_NOT_ON_ENTRIES = frozenset(
    (
        *(
            "answer_map",
            "care",
            "case",
            "challenge",
            "chart_intake",
            "check",
            "compare",
            "comparison",
            "condition",
        ),
        *("differences", "error_summary", "evidence_map", "facts", "figures", "form"),
        *("gallery", "hits"),
        *(
            "history",
            "home",
            "inline_links",
            "ladder",
            "link_list",
            "lists",
            "notifications",
            "numbers",
            "parts",
        ),
        *("plates", "remedy", "scoreboard", "search_form_large", "second_step", "sheet", "surest"),
        *("tokens_hero", "uses", "with_side"),
    )
)
_FOR_MEMBERS = frozenset(("comment_preview", "consent", "field", "follow", "messages", "unread"))
"""What somebody sees who writes or votes."""
BUNDLE = "css/site.css"
STYLESHEETS = {
    BUNDLE: frozenset[str](),
    "css/entry.css": _NOT_ON_ENTRIES | _FOR_MEMBERS,
    "css/entry_members.css": _NOT_ON_ENTRIES,
}
"""Stylesheets, and the sources that each leaves out, since no rule of them meets an element of its pages.

tests/site/test_staticbundle.py and tests/browser/test_stylesheet.py fail where one does.
"""
SCRIPTS = {
    "js/members.js": (
        *("sending", "service_errors", "discussion", "announcements", "counting", "unsaved"),
        "drafts",
    ),
    "js/previews.js": ("citation_preview",),
    "js/passkeys.js": ("passkeys",),
}
"""Joined scripts, and the behaviours that each is made of. Each behaviour keeps its names to itself."""
BUNDLES = (*STYLESHEETS, *SCRIPTS)
SOURCES = settings.BASE_DIR / "static" / "css"
BEHAVIOURS = settings.BASE_DIR / "static" / "js" / "behaviours"
BUILT = settings.VAR_DIR / "bundle"
_FIRST = ("tokens", "tokens_hero", "reset", "base", "layout")
_LAST = ("utilities", "print")
_GAP = r"(?:\s|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)"  # a comment ends at its first end, whatever follows
_SHORTENED = re.compile(
    rf"""(?P<kept>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    rf"|{_GAP}*(?P<mark>[{{}};,]){_GAP}*|(?P<colon>:){_GAP}+|{_GAP}+",
    re.DOTALL,
)
_LAYER = re.compile(r"(@layer \w+\{)(.*)\}", re.DOTALL)
_SCRIPT_GAP = re.compile(r"(?:\s*\n\s*(?://.*|/\*(?s:.*?)\*/)?)+")


def stylesheets(bundle: str = BUNDLE) -> list[Path]:
    """The source files in the order of their layers, components between layout and utilities."""
    first, last = ([SOURCES / f"{name}.css" for name in names] for names in (_FIRST, _LAST))
    paths = [*first, *sorted((SOURCES / "components").glob("*.css")), *last]
    return [path for path in paths if path.stem not in STYLESHEETS[bundle]]


def minify(css: str) -> str:
    """A stylesheet without comments, indentation, and blanks that mean nothing; strings stay.

    A blank before a colon or around an operator may have a meaning, so there one is left.
    """

    def shorten(match: re.Match[str]) -> str:
        return match["kept"] or match["mark"] or match["colon"] or " "

    return _SHORTENED.sub(shorten, css).strip()


def join_layers(parts: Iterable[str]) -> Iterator[str]:
    """Shortened files; neighbours that are each one block of the same layer become one block."""
    blocks = [(part, _LAYER.fullmatch(part)) for part in parts]
    for opening, group in groupby(blocks, key=lambda block: block[1][1] if block[1] else ""):
        if opening:
            rules = "\n".join(match[2] for _part, match in group if match)
            yield f"{opening}{rules}}}"
        else:
            yield from (part for part, _match in group)


def minify_script(script: str) -> str:
    """A module without the lines that are comments, indentation and empty lines.

    No text may span lines in it, so that a line means the same wherever it begins.
    """
    return _SCRIPT_GAP.sub("\n", f"\n{script}").strip()


def build_bundle(bundle: str = BUNDLE) -> Path:
    """Write a bundle if its text has changed, and return its path."""
    target: Path = BUILT / bundle
    text = "\n".join(_parts(bundle)) + "\n"
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(".new")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(target)
    return target


def _parts(bundle: str) -> list[str]:
    """The sources of a bundle, shortened. Each of several scripts is a block: its names stay its own."""
    if bundle in SCRIPTS:
        paths = [BEHAVIOURS / f"{name}.js" for name in SCRIPTS[bundle]]
        scripts = [minify_script(path.read_text(encoding="utf-8")) for path in paths]
        return [f"{{\n{script}\n}}" for script in scripts] if len(scripts) > 1 else scripts
    return list(
        join_layers(minify(path.read_text(encoding="utf-8")) for path in stylesheets(bundle))
    )


class BundleFinder(BaseFinder):
    """Builds and finds the bundles."""

    def check(self, **kwargs: object) -> list[CheckMessage]:
        """The finder has no settings to check."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> Any:
        """The built file for the path of a bundle; nothing for other paths."""
        matches = [str(build_bundle(path))] if path in BUNDLES else []
        return matches if find_all or not matches else matches[0]

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        """The bundles, with the storage that `collectstatic` copies them from."""
        for bundle in BUNDLES:
            build_bundle(bundle)
            yield bundle, FileSystemStorage(location=BUILT)
