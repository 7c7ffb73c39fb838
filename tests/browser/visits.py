"""One visit of every type of page, in which everything is measured; the tests then ask what came of it.

    def test_a_thumb_hits_every_control_of_a_phone(visits):
        visits.check("targets", "phone")

Opening a page and everything on it takes longer than most measures, so a page is opened once a
window and not once a measure. What a measure found stands under its name with the page that it was
found on; how many things it looked at stands beside it, since a measure of nothing proves nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Error, Page

from tests.browser.room import resize, rooms
from tests.browser.rules import violations
from tests.browser.walk import SIZES, Measured, Walk, ask, measure, open_everything, settle
from tests.counts import FULL
from tests.populated_site import PAGE_TYPES, PageType

Sheet = Iterator[tuple[str, Measured]]
"""Names of measures with what they found."""

RECORD_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver(list => window.shifts.push(...list.getEntries())).observe(
    { type: "layout-shift", buffered: true });
"""
POPOVERS = "[popover]:not(.cite-preview)"
TALL = 2400
SPARE = 12
"""Presses beyond the number of stops: parts that scroll are stops too."""

# One of each sort of template: the others differ from these in their words and the length of their lists.
ONE_OF_EACH = {
    *("home", "remedies", "remedy", "entry, member", "why this grade", "condition"),
    *("history", "difference", "compare", "evidence map", "search", "reference", "check"),
    *("discussion, member", "report", "edit", "challenge", "requests", "ask for a page", "grading"),
    *("help now", "trust", "log-in", "account", "passkeys", "notifications", "consent"),
    *("experience report", "moderation queue", "not found"),
}
LONG_LOOKS = [kind.name for kind in PAGE_TYPES if FULL or kind.name in ONE_OF_EACH]
"""On these the long looks are taken: rules, rings, grey, the path of the keyboard, lines and room."""
# The way back by keyboard: a long page, a form with choices, and one of each other sort.
BACK = {"home", "remedy", "report", "log-in"}
# On a phone these show the list of conditions over the page, in colours that were forced too.
WITH_LIST = {"entry, member", "remedy"}
WITH_POPOVERS = {"entry, member", "remedy"}


def on_a_phone(page: Page, kind: PageType) -> Sheet:
    """What a window of 360 px is measured for. The first parts see the page as it came."""
    yield "moved", moved_while_loading(page)
    if FULL or kind.name in ONE_OF_EACH:
        yield "keyboard", path_of(page, "Tab")
    if FULL or kind.name in BACK:
        yield "keyboard back", way_back(page)
    yield "jumps", measure(page, "jumps")
    open_everything(page)
    yield from rules_of(page, kind)
    show_popovers(page)
    yield "targets", measure(page, "targets", control=44, link=24)
    if FULL or kind.name in WITH_LIST:
        yield from where_colours_are_forced(page)


def at_a_desk(page: Page, kind: PageType) -> Sheet:
    """What a window of 1280 px is measured for, and then the others that it is made into."""
    yield "moved", moved_while_loading(page)
    yield "jumps", measure(page, "jumps")
    open_everything(page)
    yield from rules_of(page, kind)
    for scheme in ("dark", "light") if FULL else ("dark",):
        page.emulate_media(color_scheme=scheme)
        yield "rings", rings(page)
        yield "grey", measure(page, "told_apart", forced=False)
    show_popovers(page)
    yield from where_colours_are_forced(page)
    hide_popovers(page)
    for width in (1280, 768):
        resize(page, width)
        for font in ask(page, "fonts"):
            yield "lines", measure(page, "lines", font=font, least=45, most=80)
    widths = (320, 360, 768, 1280) if FULL else (320, 768)
    for found in rooms(page, widths, popovers=FULL or kind.name in WITH_POPOVERS):
        yield "room", found


def moved_while_loading(page: Page) -> Measured:
    """What moved by itself. What is wrong with a page moves each time, what a slow machine did does not."""
    for _attempt in range(3):
        settle(page)
        found = measure(page, "moved")
        if not found.faults:
            break
        open_again(page)
    return found


def open_again(page: Page) -> None:
    """The page as it first came. A reload may put the focus back, and late: in the middle of a path."""
    url = page.url
    page.goto("about:blank")
    page.goto(url)


def way_back(page: Page) -> Measured:
    """The path of Shift and Tab, from a page on which nobody has been.

    Chromium at times moves the place from which it goes on while it still lays a page out. A fault of
    the page itself is there each time.
    """
    for _attempt in range(3):
        open_again(page)
        settle(page)
        found = path_of(page, "Shift+Tab")
        if not found.faults:
            break
    return found


def path_of(page: Page, key: str) -> Measured:
    """Where this key leads, pressed until the page is over."""
    number = ask(page, "path", backwards=key != "Tab")
    for _press in range(number + SPARE):
        page.keyboard.press(key)
    found = measure(page, "arrived")
    page.evaluate("document.activeElement.blur()")
    return found


def rules_of(page: Page, kind: PageType) -> Sheet:
    """The page as it stands, and each part that opens over it: the menu is the same on every page.

    Those parts scroll, and the link at their edge is cut: they are judged in a window that holds them whole.
    """
    if FULL or kind.name in ONE_OF_EACH:
        yield "rules", violations(page)
    if not FULL and kind.name not in WITH_POPOVERS:
        return
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"], "height": TALL})
    for popover in page.locator(POPOVERS).all():
        if not popover.is_visible():
            popover.evaluate("part => part.showPopover()")
            yield "rules of popovers", violations(page, ":popover-open")
            popover.evaluate("part => part.hidePopover()")
    page.set_viewport_size(size)


def rings(page: Page) -> Measured:
    """The ring of everything that takes the focus; in the usual run of the first and last of each sort."""
    return measure(page, "rings", width=2, ratio=3, each=FULL)


def where_colours_are_forced(page: Page) -> Sheet:
    """In the colours that a person has chosen for everything."""
    page.emulate_media(forced_colors="active")
    yield "forced colours", measure(page, "told_apart", forced=True)
    yield "forced rings", rings(page)
    page.emulate_media(forced_colors="none")


def show_popovers(page: Page) -> None:
    """All but the preview of a citation, which a script fills: it has tests of its own."""
    page.evaluate(f"document.querySelectorAll('{POPOVERS}').forEach(part => part.showPopover())")


def hide_popovers(page: Page) -> None:
    page.evaluate("document.querySelectorAll(':popover-open').forEach(part => part.hidePopover())")


@dataclass(frozen=True)
class Window:
    """In which window and scheme pages are visited, which of them, and for what."""

    size: str
    scheme: str
    sheet: Callable[[Page, PageType], Sheet]
    kinds: Sequence[str]

    def __str__(self) -> str:
        return f"{self.size}, {self.scheme}"

    def set_back(self, page: Page) -> None:
        """After a visit has changed it, for the next one."""
        page.set_viewport_size(SIZES[self.size])
        page.emulate_media(color_scheme=self.scheme, forced_colors="none")


EVERY = [kind.name for kind in PAGE_TYPES]
WINDOWS = [
    Window("phone", "light", on_a_phone, EVERY),
    Window("desk", "dark", at_a_desk, LONG_LOOKS),
]
if FULL:
    WINDOWS += [
        Window("phone", "dark", on_a_phone, EVERY),
        Window("desk", "light", at_a_desk, EVERY),
    ]


@dataclass
class Visits:
    """What the visits found, by measure and window."""

    faults: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    looked_at: dict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    unfinished: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def make(self, walk: Walk) -> None:
        """Visit everything in every window."""
        for window in WINDOWS:
            how = {"size": window.size, "scheme": window.scheme, "prepare": RECORD_SHIFTS}
            kinds = [kind for kind in PAGE_TYPES if kind.name in window.kinds]
            for kind, page in walk.pages(kinds, **how):
                self._visit(window, kind, page)

    def _visit(self, window: Window, kind: PageType, page: Page) -> None:
        """A page that cannot be measured to its end is a fault, and the others are still visited."""
        try:
            for name, found in window.sheet(page, kind):
                self.add(name, window.size, kind.name, found)
        except Error as error:
            self.unfinished.append(f"{kind.name} ({window}): {error.message}")
        finally:
            window.set_back(page)

    def add(self, name: str, size: str, kind: str, found: Measured) -> None:
        """What one measure found on one page."""
        self.faults[name, size] += [f"{kind}: {fault}" for fault in found.faults]
        self.looked_at[name, size][kind] += found.number

    def check(self, name: str, size: str, *, kinds: Iterable[str] = (), least: int = 1) -> None:
        """Fails with all that the measure found; it has to have looked at something on each of `kinds`.

        `least` is the number of things that it must have looked at on all pages together.
        """
        looked_at = self.looked_at[name, size]
        told = self.faults[name, size] + self.unfinished
        told += [f"{kind}: nothing was measured" for kind in kinds if not looked_at[kind]]
        if looked_at.total() < least:
            told.append(f"only {looked_at.total()} things were measured in all")
        if told:
            pytest.fail("\n".join(told), pytrace=False)
