"""Citation marks and the reference list of a page. Pure functions.

A mark is `[@Key]`, or `[@KeyA; @KeyB, p. 3]` for several works, with an optional locator. The renderer
(remedies_site.markup) turns it into a placeholder that keeps the keys; stored HTML holds no numbers,
because a page consists of several stored texts and numbers their marks in one series.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from remedies_site.markup import MARK, PLACEHOLDER

_BEFORE_MARK = re.compile(r"\s*" + PLACEHOLDER.pattern)


class CitedWork(NamedTuple):
    """A work in a mark, with its locator ("p. 3") or an empty string."""

    key: str
    locator: str


def parse_mark(content: str) -> list[CitedWork]:
    """The works of the mark content `@A; @B, p. 3`, in their order."""
    works = []
    for part in content.split(";"):
        key, _comma, locator = part.strip().removeprefix("@").partition(",")
        works.append(CitedWork(key.strip(), locator.strip()))
    return works


def keys_in(text: str) -> Iterator[str]:
    """The keys that the Markdown `text` cites, in order, with repetitions."""
    for mark in MARK.finditer(text):
        for work in parse_mark(mark[1]):
            yield work.key


def replace_in_marks(text: str, keys: Mapping[str, str]) -> str:
    """The Markdown with other keys in its marks; a work that a mark then names twice stands once."""
    if "[@" not in text:
        return text

    def replaced(mark: re.Match[str]) -> str:
        works = parse_mark(mark[1])
        if not any(work.key in keys for work in works):
            return mark[0]
        parts = [
            f"@{keys.get(work.key, work.key)}{work.locator and f', {work.locator}'}"
            for work in works
        ]
        return f"[{'; '.join(dict.fromkeys(parts))}]"

    return MARK.sub(replaced, text)


@dataclass
class Reference:
    """A numbered work of a page's reference list, with the ids of the marks that it links back to.

    These are the first in each part of the page, and every mark outside of all parts. `places` names for
    each of them its part; empty where none was named.
    """

    number: int
    key: str
    mark_ids: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"ref-{self.number}"


class ReferenceList:
    """Numbers works in the order in which a page first cites them."""

    def __init__(
        self,
        labels: dict[str, str] | None = None,
        prefix: str = "",
        former_keys: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`labels`: the title attribute of marks, by key ("Jadidi 2022").
        `prefix`: of all ids, for a second list on one page.
        `former_keys`: keys that stand for another one since two works were merged."""
        self._former_keys = former_keys
        self.place = ""
        self._labels = labels or {}
        self._prefix = prefix
        self._references: dict[str, Reference] = {}

    def __iter__(self) -> Iterator[Reference]:
        return iter(self._references.values())

    def __len__(self) -> int:
        return len(self._references)

    def mark(self, works: Iterable[CitedWork]) -> SafeString:
        """The numbered links of a mark, as HTML."""
        links = format_html_join(" ", "{}", ((self._link(work),) for work in works))
        return format_html('<sup class="cite">{}</sup>', links) if links else SafeString("")

    def mark_keys(self, keys: Iterable[str]) -> SafeString:
        """The numbered links of a row's citations, as HTML."""
        return self.mark(CitedWork(key, "") for key in keys)

    def number_html(self, html: str) -> SafeString:
        """Stored HTML with its placeholders replaced by numbered links."""
        # The whitespace before a mark is dropped: a number never begins a line.
        numbered = _BEFORE_MARK.sub(lambda match: self.mark(parse_mark(unescape(match[1]))), html)
        return mark_safe(numbered)  # noqa: S308  (html is the sanitiser's output, links are escaped)

    def _link(self, work: CitedWork) -> SafeString:
        key = self._former_keys.get(work.key, work.key)
        reference = self._references.setdefault(key, Reference(len(self._references) + 1, key))
        return format_html(
            '<a{} href="#{}{}" title="{}"><span class="visually-hidden">{} </span>{}</a>{}',
            self._id(reference),
            self._prefix,
            reference.anchor,
            self._labels.get(key, ""),
            _("Reference"),
            reference.number,
            f" ({work.locator})" if work.locator else "",
        )

    def _id(self, reference: Reference) -> SafeString:
        """The id of the next mark as an attribute; empty where the reference does not link back to it."""
        if self.place and self.place in reference.places:
            return SafeString("")
        mark_id = f"{self._prefix}cite-{reference.number}-{len(reference.mark_ids) + 1}"
        reference.mark_ids.append(mark_id)
        reference.places.append(self.place)
        return format_html(' id="{}"', mark_id)
