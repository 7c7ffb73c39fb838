"""The colours of both schemes against each other, by the formula of WCAG 2.2."""

import re

import pytest

from remedies_site.staticbundle import SOURCES

TEXT, EDGE = 4.5, 3.0

# What stands on what: (foreground, background, least contrast).
GROUNDS = ("bg", "surface", "sunken")
PAIRS = [
    *((word, ground, TEXT) for word in ("text", "muted", "link", "visited") for ground in GROUNDS),
    *((word, "note-bg", TEXT) for word in ("text", "muted", "link")),
    ("on-brand", "brand", TEXT),
    *(("danger", ground, TEXT) for ground in ("bg", "surface", "danger-bg")),
    ("danger-text", "danger-bg", TEXT),
    ("link", "danger-bg", TEXT),
    *(("caution", ground, TEXT) for ground in ("bg", "surface")),
    ("caution-text", "caution-bg", TEXT),
    ("link", "caution-bg", TEXT),
    # edges of fields, boxes and pips; the bar of the current item; the focus ring
    *(("line-strong", ground, EDGE) for ground in GROUNDS),
    *(("brand", ground, EDGE) for ground in GROUNDS),
    *(("focus", ground, EDGE) for ground in (*GROUNDS, "danger-bg", "caution-bg", "note-bg")),
    ("danger", "danger-bg", EDGE),
    ("caution", "caution-bg", EDGE),
    ("link", "note-bg", EDGE),
]


def blocks() -> dict[str, dict[str, str]]:
    """The colours of tokens.css by the selector of their block."""
    css = re.sub(
        r"/\*.*?\*/", "", (SOURCES / "tokens.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    found = {}
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        colours = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", body))
        if colours:
            found[" ".join(selector.split())] = colours
    return found


LIGHT = blocks()[':root, [data-scheme="light"]']
DARK = blocks()['[data-scheme="dark"]']


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, “relative luminance”)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_what_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_it_can_be_seen(scheme, front, back, least):
    assert contrast(scheme[front], scheme[back]) >= least


def test_both_dark_blocks_and_the_light_one_name_the_same_colours():
    assert blocks()[":root:not([data-scheme])"] == DARK
    assert LIGHT.keys() == DARK.keys()
    assert len(blocks()) == 3


def test_every_colour_is_in_a_pair():
    judged = {name for front, back, _least in PAIRS for name in (front, back)}
    assert LIGHT.keys() - judged == {"line"}  # rules between rows: decoration only
