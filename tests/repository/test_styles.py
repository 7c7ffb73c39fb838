"""Rules about the stylesheets: colours have names, names exist, and no side is called left or right."""

import re
from pathlib import Path

import pytest
from django.contrib import admin

from tests.stylesheets import TOKENS, Declaration, declarations, stylesheets

# Paper is white and its ink is black, whatever the screen's colours are called.
WITH_COLOURS = {*(path.name for path in TOKENS), "print.css"}
NO_COLOUR = {"currentcolor", "transparent", "inherit", "none"}
# What a person has chosen for forced colours; the only place for them is a query that asks for it.
SYSTEM = {
    "canvas",
    "canvastext",
    "linktext",
    "highlight",
    "highlighttext",
    "buttontext",
    "graytext",
}
NAMED = r"white|black|red|green|blue|gr[ae]y|silver|yellow|orange|purple|navy|teal|maroon|lime"
LITERAL = re.compile(
    rf"#[0-9a-f]{{3,8}}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|(?<![\w-])(?:{NAMED})(?![\w-])",
    re.I,
)
SIDES = re.compile(r"(?<![a-z])(?:left|right)(?![a-z])")

EVERYTHING = [each for path in stylesheets() for each in declarations(path)]


def told(found: list[Declaration]) -> list[str]:
    return [str(each) for each in found]


def test_the_stylesheets_are_found_and_read():
    """The rules below hold of an empty list too."""
    assert len(stylesheets()) > 40
    assert {each.path for each in EVERYTHING} > {*TOKENS}
    assert len(EVERYTHING) > 1000
    assert len({each.name for each in EVERYTHING if each.path in TOKENS}) > 40


def has_colour(value: str) -> bool:
    """Whether a value, strings apart, holds a colour without a name."""
    return LITERAL.search(re.sub(r'"[^"]*"', "", value)) is not None


@pytest.mark.parametrize(
    "value", ["#fff", "1px solid red", "rgb(0 0 0)", "color-mix(in oklab, white, #123456)"]
)
def test_a_colour_without_a_name_is_seen(value):
    assert has_colour(value)


@pytest.mark.parametrize("value", ["var(--ink)", '"red"', "white-space", "var(--on-red)"])
def test_a_name_or_a_word_is_no_colour(value):
    assert not has_colour(value)


def test_a_colour_stands_among_the_tokens_alone():
    assert (
        told(
            [
                each
                for each in EVERYTHING
                if each.path.name not in WITH_COLOURS
                and not each.name.startswith("content")
                and has_colour(each.value)
            ]
        )
        == []
    )


def test_system_colours_stand_where_colours_are_forced():
    words = re.compile(rf"(?<![\w-])(?:{'|'.join(SYSTEM)})(?![\w-])", re.I)
    with_system = [each for each in EVERYTHING if words.search(each.value)]
    assert with_system
    assert told([each for each in with_system if "forced-colors" not in " ".join(each.rules)]) == []


def admin_names() -> set[str]:
    """The colours of Django's admin, which the sheets of its pages use, by their names."""
    base = Path(admin.__path__[0]) / "static" / "admin" / "css" / "base.css"
    return {each.name for each in declarations(base) if each.name.startswith("--")}


def is_of_admin(path: Path) -> bool:
    return path.name == "admin.css" or path.parent.name == "admin"


def test_every_name_that_is_used_exists():
    known = {each.name for each in EVERYTHING if each.name.startswith("--")}
    of_admin = admin_names()
    assert len(of_admin) > 20
    assert (
        told(
            [
                each
                for each in EVERYTHING
                if not set(re.findall(r"var\((--[\w-]+)", each.value))
                <= (known | of_admin if is_of_admin(each.path) else known)
            ]
        )
        == []
    )


def test_every_token_is_used():
    used = {name for each in EVERYTHING for name in re.findall(r"var\((--[\w-]+)", each.value)}
    assert (
        sorted(
            {each.name for each in EVERYTHING if each.path in TOKENS and each.name.startswith("--")}
            - used
        )
        == []
    )


def test_sides_are_named_as_the_text_runs():
    """Where people read from right to left, the page is mirrored by itself."""
    assert (
        told([each for each in EVERYTHING if SIDES.search(each.name) or SIDES.search(each.value)])
        == []
    )


@pytest.mark.parametrize(
    "name", ["margin", "padding", "inset", "border-width", "border-color", "border-style"]
)
def test_a_short_form_is_alike_on_both_sides(name):
    assert told([each for each in EVERYTHING if each.name == name and lopsided(each.value)]) == []


def lopsided(value: str) -> bool:
    """With four values, the second is the right and the fourth the left."""
    values = re.findall(r"(?:[^\s()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+", value)
    return len(values) == 4 and values[1] != values[3]


@pytest.mark.parametrize("value", ["0 1px 0 2px", "0 calc(1px + (2 * 1px)) 0 calc(1px + 1px)"])
def test_a_lopsided_short_form_is_seen(value):
    assert lopsided(value)
    assert not lopsided("0 1px 2px 1px")


@pytest.mark.parametrize("text", ["margin-left", "left", "float: right", "text-align: right"])
def test_a_side_named_as_it_is_on_a_screen_is_seen(text):
    assert SIDES.search(text)
    assert not SIDES.search("upright")
