"""Citation marks in text and the reference list of a page. Pure functions: no database, no request.

A mark is written `[@Key]`, or `[@KeyA; @KeyB, p. 3]` for several works with a place in one of them.
The renderer (remedies_site.markup) turns it into a neutral placeholder that keeps the keys, so that
stored HTML never holds a number: one page joins several stored texts and numbers them in one series.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from remedies_site.markup import MARK, PLACEHOLDER

_BEFORE_MARK = re.compile(r"\s*" + PLACEHOLDER.pattern)


class Cited(NamedTuple):
    """One work named in a mark, with the place in it ("p. 3") or an empty string."""

    key: str
    locator: str


def parse_mark(inside: str) -> list[Cited]:
    """`@A; @B, p. 3` as its works, in the order written."""
    works = []
    for part in inside.split(";"):
        key, _comma, locator = part.strip().removeprefix("@").partition(",")
        works.append(Cited(key.strip(), locator.strip()))
    return works


def keys_in(text: str) -> Iterator[str]:
    """Every key that the Markdown `text` cites, in order, repeats included."""
    for mark in MARK.finditer(text):
        for work in parse_mark(mark[1]):
            yield work.key


@dataclass
class Reference:
    """One numbered entry of a page's reference list and the marks that point at it."""

    number: int
    key: str
    mark_ids: list[str] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"ref-{self.number}"


class ReferenceList:
    """Numbers works in the order in which one page first cites them."""

    def __init__(self, labels: dict[str, str] | None = None, prefix: str = "") -> None:
        """`labels`: a short name per key ("Jadidi 2022"), shown when pointing at a mark.
        `prefix`: put before every id, for a second list on one page."""
        self._labels = labels or {}
        self._prefix = prefix
        self._references: dict[str, Reference] = {}

    def __iter__(self) -> Iterator[Reference]:
        return iter(self._references.values())

    def __len__(self) -> int:
        return len(self._references)

    def mark(self, works: Iterable[Cited]) -> SafeString:
        """The numbered links for some works, as HTML."""
        links = format_html_join(" ", "{}", ((self._link(work),) for work in works))
        return format_html('<sup class="cite">{}</sup>', links) if links else SafeString("")

    def mark_keys(self, keys: Iterable[str]) -> SafeString:
        """The numbered links for the citations of a row."""
        return self.mark(Cited(key, "") for key in keys)

    def number_html(self, html: str) -> SafeString:
        """Stored HTML of our own renderer with its placeholders turned into numbered links."""
        # The blank before a mark goes with it: a number never begins a line.
        numbered = _BEFORE_MARK.sub(lambda found: self.mark(parse_mark(unescape(found[1]))), html)
        return mark_safe(numbered)  # noqa: S308  (html is the sanitiser's output, links are escaped)

    def _link(self, work: Cited) -> SafeString:
        reference = self._references.setdefault(
            work.key, Reference(len(self._references) + 1, work.key)
        )
        mark_id = f"{self._prefix}cite-{reference.number}-{len(reference.mark_ids) + 1}"
        reference.mark_ids.append(mark_id)
        return format_html(
            '<a id="{}" href="#{}{}" title="{}"><span class="visually-hidden">{} </span>{}</a>{}',
            mark_id,
            self._prefix,
            reference.anchor,
            self._labels.get(work.key, ""),
            _("Reference"),
            reference.number,
            f" ({work.locator})" if work.locator else "",
        )
