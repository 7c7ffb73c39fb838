"""A quiet Chromium for scripts that take pictures, and small files of what it shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.plugins import chromium

COLOURS = 128
"""In a palette that is enough for our pages, and makes a file a third as large."""


@contextmanager
def browser() -> Iterator[Browser]:
    """The machine's Chromium, installed where there is none."""
    program = chromium.ensure()
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=list(chromium.ARGUMENTS))


def save(png: bytes, path: Path, *, grey: bool = False) -> None:
    """Keep a screenshot with a palette instead of every shade, or with its greys alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(BytesIO(png)).convert("L" if grey else "RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def picture_of(html: str, path: Path, *, width: int, height: int) -> None:
    """Draw a page that stands for itself; sizes in pixels."""
    with browser() as chrome:
        page = chrome.new_page(viewport={"width": width, "height": height})
        page.set_content(html)
        save(page.screenshot(), path)
