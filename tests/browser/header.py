"""What stands in the header of a page, and in how many rows."""

from playwright.sync_api import Page

WIDTHS = (320, 360, 768, 820, 1024, 1280, 1440)
"""Windows in pixels: phones, tablets on either side of where the header broke, desks."""

# A row is what overlaps vertically; an icon and a button of other heights are in one row.
ROWS = """() => {
  const parts = [...document.querySelectorAll(
    ".site-header__name, .site-header__search, .site-header__link, .site-header__menu")]
    .map(part => part.getBoundingClientRect())
    .filter(box => box.width && box.height)
    .sort((one, other) => one.top - other.top);
  let rows = 0;
  let bottom = -1;
  for (const box of parts) {
    if (box.top >= bottom) { rows += 1; bottom = box.bottom; }
    bottom = Math.min(bottom, box.bottom);
  }
  return [rows, parts.length];
}"""


def header_rows(page: Page) -> tuple[int, int]:
    """In how many rows the visible parts of the header stand, and how many parts there are."""
    rows, parts = page.evaluate(ROWS)
    return rows, parts
