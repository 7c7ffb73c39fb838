"""`make identity`: mark, wordmark and plates from their strokes, and the pictures made of them.

The letters are lines of one width on a grid of 24: baseline 20, x-height 10, ascenders 4. Written
here once; the header's template, the favicon and the pictures all come from it.
"""

import sys
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

from scripts.chromium import picture_of
from scripts.plates import NAMES, plates, sprite
from scripts.plates import strokes as plate_strokes

ROOT = Path(__file__).resolve().parent.parent
NAME = "Plain Remedies"
TAGLINE = "What supplements do, and how sure anyone is"
BRAND, PAPER, INK, NIGHT, CHALK = "#1f5c3f", "#fbfaf7", "#1d2422", "#14191a", "#e6eae8"
SUNKEN = "#f1efe8"
GAP, SPACE = 4.3, 5.5

_BOWL = " 20V4h5.6a4.6 4.6 0 0 1 0 9.2h-5.6"
_ROUND = " 15a5 5 0 1 0-10 0 5 5 0 1 0 10 0"
_ARCH = "m0-5.7a3.9 4.3 0 0 1 7.8 0V20"
LETTERS = {  # where the pen begins from the letter's left edge, its way from there, and the width
    "P": (0, _BOWL, 10.2),
    "R": (0, f"{_BOWL}m5 0 5 6.8", 10.2),
    "a": (10, f"{_ROUND}m0-5V20", 10),
    "d": (10, f"{_ROUND}m0-11V20", 10),
    "e": (0.1, " 15h9.9a5 5 0 1 0-1.6 3.7", 10),
    "i": (0, " 10V20m0-15v.01", 0),
    "l": (0, " 4V20", 0),
    "m": (0, f" 10V20{_ARCH}{_ARCH}", 15.6),
    "n": (0, " 10V20m0-5.4a4.5 4.6 0 0 1 9 0V20", 9),
    "s": (
        7.6,
        " 11.5c-.8-1-2-1.5-3.4-1.5-2 0-3.3 1-3.3 2.5 0 3.7 7.1 1.3 7.1 4.9"
        "c0 1.6-1.5 2.6-3.7 2.6-1.7 0-3.2-.6-4.1-1.8",
        8.2,
    ),
}
# A leaf, and the small 1 that leads to its source.
LEAF = "M1 20C1 10 7 4.5 18 4c0 10-5 15.5-13.5 15.5M1 20C4 15 7.5 12 12 9.5"
ONE = "M20.6 4.4 22.8 2.9V9.8"
MARK_WIDTH = 24.0


def strokes(name: str, left: float) -> tuple[str, float]:
    """The letters of a name from `left` on, and where they end."""
    drawn = []
    for letter in name:
        if letter == " ":
            left += SPACE
            continue
        begin, way, width = LETTERS[letter]
        drawn.append(f"M{left + begin:.4g}{way}")
        left += width + GAP
    return f'<path d="{"".join(drawn)}"/>', left - GAP


def mark(thin: float = 1.9) -> str:
    """The leaf with its reference."""
    return (
        f'<g class="wordmark__mark"><path d="{LEAF}"/><path stroke-width="{thin}" d="{ONE}"/></g>'
    )


def drawing(body: str, width: float, attributes: str) -> str:
    """Strokes on the grid, in the colour of the text around them."""
    return (
        f'<svg {attributes} viewBox="-1.5 0 {width:.0f} 24" fill="none" stroke="currentColor" '
        f'stroke-width="2.3" stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
    )


def wordmark(attributes: str, before: str | None = None) -> str:
    """A mark (ours, unless told otherwise) and the name."""
    letters, end = strokes(NAME, MARK_WIDTH + 7)
    return drawing((mark() if before is None else before) + letters, end + 3, attributes)


def favicon() -> str:
    """White on the brand's green, so that it stands on light and dark tabs."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\n'
        f'  <rect width="32" height="32" rx="6" fill="{BRAND}"/>\n'
        '  <g transform="translate(4.2 4.4)" fill="none" stroke="#ffffff" stroke-width="2.5" '
        'stroke-linecap="round" stroke-linejoin="round">\n'
        f"    {mark(2.3)}\n"
        "  </g>\n"
        "</svg>\n"
    )


def header_part() -> str:
    """The template of the header: drawn for our name, mark and text for any other."""
    attributes = 'class="wordmark" aria-hidden="true"'
    return (
        "{# Inputs: site_name, has_wordmark. Written by `make identity` from scripts/identity.py. #}\n"
        "{% if has_wordmark %}\n"
        f"  {wordmark(attributes)}\n"
        '  <span class="visually-hidden">{{ site_name }}</span>\n'
        "{% else %}\n"
        f"  {drawing(mark(), MARK_WIDTH + 3, attributes)}\n"
        "  <span>{{ site_name }}</span>\n"
        "{% endif %}\n"
    )


TEXTS: dict[Path, Callable[[], str]] = {
    ROOT / "templates/layout/_wordmark.html": header_part,
    ROOT / "static/img/favicon.svg": favicon,
    ROOT / "static/img/plates.svg": sprite,
    **{ROOT / f"static/img/plates/{slug}.svg": partial(sprite, slug) for slug in NAMES},
}
"""What is written as text; a test holds the files to it."""


def sharing_card() -> str:
    """The page whose picture links to this site carry."""
    body = (
        f"margin:0;width:1200px;height:630px;background:{PAPER};color:{INK};display:flex;"
        "flex-direction:column;justify-content:center;box-sizing:border-box;padding:0 96px;"
        "font:52px/1.3 'Liberation Sans',Arial,sans-serif"
    )
    title = wordmark(f'width="1000" style="color:{BRAND}"')
    return (
        f'<body style="{body}">{title}'
        f'<p style="margin:72px 0 0;max-width:720px">{escape(TAGLINE)}</p></body>'
    )


def plate_card(slug: str) -> str:
    """The page whose picture links to a remedy's page carry: its plate, its name, and whose it is."""
    drawing = plates()[slug]
    plate = (
        f'<svg viewBox="{drawing.view_box}" width="440" height="440" style="color:{BRAND}">'
        f"{plate_strokes(drawing)}</svg>"
    )
    title = wordmark(f'width="420" style="color:{BRAND}"')
    return (
        f'<body style="margin:0;width:1200px;height:630px;background:{PAPER};color:{INK};'
        "display:grid;grid-template-columns:520px 1fr;align-items:stretch;"
        "font:34px/1.35 'Liberation Sans',Arial,sans-serif\">"
        f'<div style="background:{SUNKEN};display:grid;place-items:center">{plate}</div>'
        '<div style="display:flex;flex-direction:column;justify-content:center;padding:0 64px">'
        f'<p style="margin:0;font-size:68px;line-height:1.1;font-weight:700">{escape(NAMES[slug])}</p>'
        '<p style="margin:28px 0 72px;text-wrap:balance">What it does, and how sure anyone is</p>'
        f"{title}</div></body>"
    )


DIRECTIONS = {
    "pips": '<g stroke-width="1.8" stroke-linejoin="miter"><path fill="currentColor" d="M0 6h4v14H0zM6.5 6h4v14h-4z"/>'
    '<path d="M13 6h4v14h-4zM19.5 6h4v14h-4z"/></g>',
    "half known": '<g stroke-width="1.9"><circle cx="12" cy="12" r="8.5"/>'
    '<path fill="currentColor" d="M12 3.5a8.5 8.5 0 0 0 0 17z"/></g>',
    "a leaf with its source": mark(),
}
"""The three marks that were put side by side: docs/adr/0009."""


def directions() -> str:
    """All three at the sizes of a tab, a header and a poster, on light and dark."""
    rows = []
    for label, drawn in DIRECTIONS.items():
        for ground, ink in ((PAPER, INK), (NIGHT, CHALK)):
            sizes = [
                drawing(drawn, MARK_WIDTH + 3, 'height="16"'),
                wordmark('height="26"', drawn),
                wordmark('height="52"', drawn),
            ]
            rows.append(
                f'<div style="background:{ground};color:{ink};padding:22px 32px;display:flex;'
                f'align-items:center;gap:40px"><span style="width:190px">{label}</span>{"".join(sizes)}</div>'
            )
    return f"<body style=\"margin:0;font:17px 'Liberation Sans',Arial\">{''.join(rows)}</body>"


def main() -> int:
    """Write every file again."""
    for path, text in TEXTS.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text(), encoding="utf-8")
    picture_of(sharing_card(), ROOT / "static/img/sharing.png", width=1200, height=630)
    for slug in NAMES:
        path = ROOT / f"static/img/sharing/{slug}.png"
        picture_of(plate_card(slug), path, width=1200, height=630)
    picture_of(directions(), ROOT / "docs/identity/directions.png", width=1060, height=580)
    return 0


if __name__ == "__main__":
    sys.exit(main())
