"""Text has room on every page, whatever the reader does to it: a small window, large text, wide
spacing (WCAG 1.4.4, 1.4.10, 1.4.12). The page stays open and is changed as a reader changes it.
"""

from contextlib import contextmanager

from playwright.sync_api import Page

from tests.browser.walk import measure, open_everything, settle

# WCAG 1.4.12, word for word, without a breach of the policy.
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
AS_WRITTEN = "() => { document.adoptedStyleSheets = [] }"


def faults_of(page: Page, case: str, **options: bool) -> list[str]:
    """With the list of conditions closed, and open where it is behind its button."""
    settle(page)
    found = measure(page, "room", **options)
    button = page.locator("[popovertarget]").first
    if button.count() and button.is_visible():
        button.evaluate("button => button.popoverTargetElement.showPopover()")
        found += [fault for fault in measure(page, "room", **options) if fault not in found]
        button.evaluate("button => button.popoverTargetElement.hidePopover()")
    return [f"{case}: {fault}" for fault in found]


def resize(page: Page, width: int, height: int = 800) -> None:
    page.set_viewport_size({"width": width, "height": height})


@contextmanager
def larger_letters(page: Page):
    """The reader's own setting: letters of twice the size, in the same window."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    yield
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    session.detach()


@contextmanager
def zoomed(page: Page):
    """A window of 1280 × 800 at 400 %."""
    session = page.context.new_cdp_session(page)
    session.send(
        "Emulation.setDeviceMetricsOverride",
        {"width": 320, "height": 200, "deviceScaleFactor": 4, "mobile": False},
    )
    yield
    session.send("Emulation.clearDeviceMetricsOverride")
    session.detach()


def test_text_has_room_in_every_window_and_at_every_size(walk) -> None:
    for page, faults in walk():
        open_everything(page)
        for width in (320, 768):
            resize(page, width)
            faults += faults_of(page, f"{width} px")
        with zoomed(page):
            faults += faults_of(page, "400 %")
        for width in (360, 1280):
            resize(page, width)
            with larger_letters(page):
                faults += faults_of(page, f"{width} px, large letters")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        faults += faults_of(page, "1280 px, text at 200 %")
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.evaluate(SPACING)
        for width in (1280, 320):
            resize(page, width)
            faults += faults_of(page, f"{width} px, wide spacing")
        page.evaluate(AS_WRITTEN)
        resize(page, 1280)
