"""The colours of tokens.css can be told apart, in light and in dark (WCAG 1.4.3 and 1.4.11)."""

import re

import pytest

from tests.stylesheets import Declaration, colours, contrast, declarations, stylesheets

SCHEMES = colours()

DIRECTIONS = ("helps", "harms", "none", "mixed")
# What is written on each ground. Both lists are held complete by the tests below.
INKS = {
    "bg": ("text", "muted", "link", "visited", "danger", "brand", *DIRECTIONS),
    "surface": ("text", "muted", "link", "visited", "danger", "brand", *DIRECTIONS),
    "sunken": ("text", "muted", "link", "visited", "brand"),
    "hero": ("hero-text", "hero-muted"),
    "hero-raised": ("hero-text", "hero-muted"),
    "hero-action": ("on-hero-action",),
    "opinion": ("text", "muted", "link", "visited", "danger"),
    "note-bg": ("text", "muted", "link", "visited", "danger"),
    "brand": ("on-brand",),
    "paper": ("ink",),
    "danger-bg": ("danger-text", "link", "danger"),
    "caution-bg": ("caution-text", "link"),
}
# Edges of controls and boxes, marks of what is current, and the ring of the focus.
EDGES = {
    "bg": ("line-strong", "brand", "danger", "caution", "link", "focus", *DIRECTIONS, "unknown"),
    "surface": (
        *("line-strong", "brand", "danger", "caution", "link", "focus"),
        *(*DIRECTIONS, "unknown"),
    ),
    "sunken": ("line-strong", "brand", "focus"),
    "note-bg": ("line-strong", "link", "focus"),
    "danger-bg": ("danger", "focus"),
    "caution-bg": ("caution", "focus"),
    "opinion": ("line-strong", "focus", "link"),
    "hero": ("hero-helps", "hero-harms", "hero-none", "hero-mixed", "hero-unknown", "hero-focus"),
    "hero-raised": (
        "hero-helps",
        "hero-harms",
        "hero-none",
        "hero-mixed",
        "hero-unknown",
        "hero-focus",
    ),
}
# They cannot be told from the page by these: rules between rows, and grounds that hold no control.
DECORATION = {"line", "hero-line", "opinion-line"}
ELSEWHERE = {"print.css", "tokens.css", "tokens_hero.css"}  # paper has colours of its own


def pairs(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    return [
        (scheme, ink, ground)
        for scheme in SCHEMES
        for ground, inks in table.items()
        for ink in inks
    ]


def ratio(scheme: str, ink: str, ground: str) -> float:
    return contrast(SCHEMES[scheme][f"--{ink}"], SCHEMES[scheme][f"--{ground}"])


def used(*names: str) -> list[tuple[str, Declaration]]:
    """Where the colours of these properties are taken from, by the names of the tokens."""
    return [
        (token, each)
        for path in stylesheets()
        if path.name not in ELSEWHERE
        for each in declarations(path)
        if re.fullmatch("|".join(names), each.name)
        for token in re.findall(r"var\(--([\w-]+)\)", each.value)
        if f"--{token}" in SCHEMES["system light"]
    ]


@pytest.mark.parametrize("name", ["color", "background", r"border[\w-]*", r"outline[\w-]*"])
def test_the_stylesheets_take_colours_by_their_tokens(name):
    assert len(used(name)) > 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chosen_scheme_is_that_of_the_system(scheme):
    assert SCHEMES[f"fixed {scheme}"] == SCHEMES[f"system {scheme}"]


def test_both_schemes_have_every_colour_and_differ():
    assert len(SCHEMES["system light"]) >= 19
    assert SCHEMES["system light"].keys() == SCHEMES["system dark"].keys()
    assert SCHEMES["system light"] != SCHEMES["system dark"]


@pytest.mark.parametrize(("scheme", "ink", "ground"), pairs(INKS))
def test_text_can_be_read(scheme, ink, ground):
    assert ratio(scheme, ink, ground) >= 4.5


@pytest.mark.parametrize(("scheme", "edge", "ground"), pairs(EDGES))
def test_edges_and_the_ring_can_be_seen(scheme, edge, ground):
    assert ratio(scheme, edge, ground) >= 3


def test_every_ink_that_the_stylesheets_use_has_its_grounds():
    inks = {ink for inks in INKS.values() for ink in inks}
    assert [str(each) for ink, each in used("color") if ink not in inks] == []


def test_every_ground_that_the_stylesheets_use_has_its_inks():
    assert [
        str(each) for ground, each in used("background|background-color") if ground not in INKS
    ] == []


def test_every_edge_that_the_stylesheets_use_has_its_grounds():
    edges = {edge for edges in EDGES.values() for edge in edges} | DECORATION
    found = used(r"border[\w-]*", r"outline[\w-]*", "text-decoration-color", "accent-color")
    assert [str(each) for edge, each in found if edge not in edges] == []


def test_ink_and_ground_of_one_rule_are_a_pair():
    inks = {each.rules: ink for ink, each in used("color")}
    unknown = [
        f"{inks[each.rules]} on {ground}: {each}"
        for ground, each in used("background|background-color")
        if each.rules in inks and inks[each.rules] not in INKS.get(ground, ())
    ]
    assert unknown == []


def test_every_colour_is_in_a_pair():
    judged = {
        name for table in (INKS, EDGES) for ground in table for name in (ground, *table[ground])
    }
    assert {name.removeprefix("--") for name in SCHEMES["system light"]} - judged == DECORATION


def test_the_formula_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
