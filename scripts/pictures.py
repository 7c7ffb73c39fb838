"""`make pictures`: every type of page as it is, from the running site, under docs/pictures/.

Each page at 360 and 1280 px, light and dark, as far as the second screen; the entry also with forced
colours and in grey, where no meaning may be lost. The people in the pictures are made up and say so.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page

from scripts.chromium import browser, save
from scripts.running_site import running_site

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
ENTRY = "/remedies/magnesium/restless-legs-syndrome/"
SIZES = {360: 1560, 1280: 1400}
PAGES = {
    "home": "/",
    "remedy": "/remedies/magnesium/",
    "entry": ENTRY,
    "condition": "/conditions/restless-legs-syndrome/",
    "discussion": f"{ENTRY}#members",
    "search": "/search/?q=magnesium",
    "log-in": "/accounts/login/",
    "error": "/remedies/magnesium/no-such-condition/",
}
LARGEST = 150_000
"""In bytes; a larger file has no place in a repository that people clone."""


def take(chrome: Browser, url: str) -> list[Path]:
    """Every picture; what was written."""
    taken = []
    for width, height in SIZES.items():
        for scheme in ("light", "dark"):
            page = _page(chrome, url, width, height, color_scheme=scheme)
            for name, address in PAGES.items():
                taken.append(_shoot(page, address, f"{name}-{width}-{scheme}"))
            page.context.close()
        page = _page(chrome, url, width, height, forced_colors="active")
        taken.append(_shoot(page, ENTRY, f"entry-{width}-forced-colours"))
        page.context.close()
        page = _page(chrome, url, width, height)
        taken.append(_shoot(page, ENTRY, f"entry-{width}-grey", grey=True))
        page.context.close()
    return taken


def _page(chrome: Browser, url: str, width: int, height: int, **looks: str) -> Page:
    return chrome.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        **looks,
    ).new_page()


def _shoot(page: Page, address: str, name: str, *, grey: bool = False) -> Path:
    page.goto(address)
    path = PICTURES / f"{name}.png"
    save(page.screenshot(), path, grey=grey)
    return path


def main() -> int:
    """Take them all; 1 where one came out too large."""
    with running_site() as url, browser() as chrome:
        taken = take(chrome, url)
    for path in taken:
        print(f"{path.name:<36} {path.stat().st_size:>8}")
    return int(any(path.stat().st_size > LARGEST for path in taken))


if __name__ == "__main__":
    sys.exit(main())
