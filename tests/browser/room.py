"""The ways in which readers change a window and its letters, one after the other on an open page.

A small window, large text, wide spacing (WCAG 1.4.4, 1.4.10, 1.4.12). The page stays open and is
changed as a reader changes it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.browser.walk import Measured, measure, settle
from tests.counts import FULL

# WCAG 1.4.12, word for word, without a breach of the policy.
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
AS_WRITTEN = "() => { document.adoptedStyleSheets = [] }"


def room(page: Page, case: str, *, popovers: bool = True, **options: bool) -> Measured:
    """With every popover closed, and where `popovers` with each open whose button can be seen."""
    settle(page)
    closed = measure(page, "room", **options)
    found, number = list(closed.faults), closed.number
    buttons = page.locator("[popovertarget]:not([popovertargetaction])") if popovers else None
    for button in buttons.all() if buttons else []:
        if not button.is_visible():
            continue
        button.evaluate("button => button.popoverTargetElement.showPopover()")
        opened = measure(page, "room", **options)
        found += [fault for fault in opened.faults if fault not in found]
        number += opened.number
        button.evaluate("button => button.popoverTargetElement.hidePopover()")
    return Measured([f"{case}: {fault}" for fault in found], number)


def resize(page: Page, width: int, height: int = 800) -> None:
    page.set_viewport_size({"width": width, "height": height})


@contextmanager
def larger_letters(page: Page) -> Iterator[None]:
    """The reader's own setting: letters of twice the size, in the same window."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    try:
        yield
    finally:
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
        session.detach()


@contextmanager
def zoomed(page: Page) -> Iterator[None]:
    """A window of 1280 × 800 at 400 %."""
    session = page.context.new_cdp_session(page)
    session.send(
        "Emulation.setDeviceMetricsOverride",
        {"width": 320, "height": 200, "deviceScaleFactor": 4, "mobile": False},
    )
    try:
        yield
    finally:
        session.send("Emulation.clearDeviceMetricsOverride")
        session.detach()


def rooms(
    page: Page, widths: Iterable[int] = (320, 768), *, popovers: bool = True
) -> Iterator[Measured]:
    """The room that text has in every window and at every size; the page ends at 1280 px."""

    def look(case: str) -> Measured:
        return room(page, case, popovers=popovers)

    for width in widths:
        resize(page, width)
        yield look(f"{width} px")
    if FULL:  # a window of 320 px by another name
        with zoomed(page):
            yield look("400 %")
    for width in (360, 1280) if FULL else (360,):
        resize(page, width)
        with larger_letters(page):
            yield look(f"{width} px, large letters")
    resize(page, 1280)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    yield look("1280 px, text at 200 %")
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.evaluate(SPACING)
    for width in (1280, 320):
        resize(page, width)
        yield look(f"{width} px, wide spacing")
    page.evaluate(AS_WRITTEN)
    resize(page, 1280)
