"""Walks over every type of page, and measures what the browser made of it.

    def test_room(walk):
        for page, faults in walk(size="phone"):
            faults += measure(page, "room").faults

A measure is a function in `measures/<name>.js` that answers with its faults in words and with the
number of things that it looked at: a measure that looked at none proves nothing. The walk goes on
to the end and then tells all faults together, each under the page that it is on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.populated_site import PAGE_TYPES, PageType, PopulatedSite

MEASURES = Path(__file__).parent / "measures"
SIZES = {"phone": {"width": 360, "height": 780}, "desk": {"width": 1280, "height": 800}}


@cache
def _source(name: str) -> str:
    shared, measure = (
        (MEASURES / f"{part}.js").read_text(encoding="utf-8") for part in ("_shared", name)
    )
    code = "\n".join(line for line in measure.splitlines() if not line.startswith("//"))
    return f"(options) => {{ {shared}\nreturn ({code.strip()})(options); }}"


@dataclass(frozen=True)
class Measured:
    """What a measure found wrong, and how many things it looked at."""

    faults: list[str]
    number: int


def ask(page: Page, name: str, **options: Any) -> Any:
    """What the script of this name answers on the page as it stands."""
    return page.evaluate(_source(name), options)


def measure(page: Page, name: str, **options: Any) -> Measured:
    """What the measure of this name says of the page as it stands."""
    answer = ask(page, name, **options)
    return Measured(answer["faults"], answer["measured"])


def open_everything(page: Page) -> None:
    """Every part that a reader can open in the text of the page."""
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")


def settle(page: Page) -> None:
    """Until what was changed has been painted."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


class Walk:
    """Opens one page after another, each as the person who opens it."""

    def __init__(self, site: PopulatedSite, open_page: Callable[..., Page], origin: str) -> None:
        self._site = site
        self._open_page = open_page
        self._origin = origin

    def __call__(
        self, kinds: Iterable[PageType] = PAGE_TYPES, *, prepare: str = "", **how: Any
    ) -> Iterator[tuple[Page, list[str]]]:
        """Each page with an empty list for its faults.

        `prepare` is a script that runs before those of the page; `how` is for `open_page`.
        """
        told: list[str] = []
        for kind, page in self.pages(kinds, prepare=prepare, **how):
            faults: list[str] = []
            yield page, faults
            told += [f"{kind.name}: {fault}" for fault in faults]
        if told:
            pytest.fail("\n".join(told), pytrace=False)

    def pages(
        self, kinds: Iterable[PageType], *, prepare: str = "", **how: Any
    ) -> Iterator[tuple[PageType, Page]]:
        """Each type of page, opened by whom it is for."""
        pages: dict[str, Page] = {}
        for kind in kinds:
            if kind.viewer not in pages:
                pages[kind.viewer] = self._open_page(**how)
                pages[kind.viewer].add_init_script(prepare)
                self._log_in(pages[kind.viewer], kind)
            page = pages[kind.viewer]
            answer = page.goto(kind.address(self._site))
            assert answer is not None
            assert answer.status == kind.status, kind.name
            yield kind, page

    def address(self, name: str) -> str:
        """Where the type of page of this name is."""
        return next(kind for kind in PAGE_TYPES if kind.name == name).address(self._site)

    def _log_in(self, page: Page, kind: PageType) -> None:
        person = kind.person(self._site)
        if person is None:
            return
        browser = Client()
        browser.force_login(person)
        for name, cookie in browser.cookies.items():
            page.context.add_cookies([{"name": name, "value": cookie.value, "url": self._origin}])
