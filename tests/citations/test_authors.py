"""People and organisations on the lines of the library."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.authors import (
    Author,
    display_name,
    format_line,
    organisation,
    parse_line,
    person,
    read_name,
)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Jadidi A", Author("Jadidi", "A")),
        ("van der Berg JP", Author("van der Berg", "JP")),
        ("King ML Jr", Author("King", "ML", "Jr")),
        ("Ångström Å", Author("Ångström", "Å")),
        ("OSF Healthcare System", Author("OSF Healthcare System")),
        ("{Food Standards Agency UK}", Author("Food Standards Agency UK")),
        ("et al.", Author("et al.")),
    ],
)
def test_a_line_is_a_person_a_body_or_et_al(line, author):
    assert parse_line(line) == author
    assert format_line(author) == line


def test_readers_see_no_braces():
    assert display_name("{Food Standards Agency UK}") == "Food Standards Agency UK"
    assert display_name("Jadidi A") == "Jadidi A"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Müller, Jörg Anton", "Müller JA"),
        ("García, José-Luis M.", "García JLM"),
        ("Ohm,C.", "Ohm C"),
        ("King, M. L., Jr", "King ML Jr"),
        ("King, Jr., M.L.", "King ML Jr"),
        ("Smith J.A.", "Smith JA"),
        ("Li, 伟", "Li 伟"),
        ("World Health Organization", "World Health Organization"),
        ("World Health Organization,", "World Health Organization"),
        ("{Barnes and Noble}", "Barnes and Noble"),
        ("National Heart, Lung, and Blood Institute", "National Heart, Lung, and Blood Institute"),
        ("Food Standards Agency UK", "{Food Standards Agency UK}"),
        ("and others", "et al."),
        ("et al", "et al."),
        ("Lopez, JOSEFINA", "Lopez J"),
    ],
)
def test_a_name_in_a_file_becomes_a_line(written, line):
    author = read_name(written)
    assert author is not None
    assert format_line(author) == line


@pytest.mark.parametrize("nothing", ["", " ", ",", "{}", ";"])
def test_no_name_is_no_author(nothing):
    assert read_name(nothing) is None


@given(st.text())
def test_any_body_comes_back_whole(name):
    body = organisation(name.strip("{} "))
    if body.family and not body.is_et_al:
        assert parse_line(format_line(body)) == body


LETTERS = st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F)


@given(st.text(LETTERS, min_size=1, max_size=12), st.text(LETTERS, min_size=1, max_size=12))
def test_any_person_comes_back(family, given_name):
    author = person(family, given_name)
    if author.is_person:
        assert parse_line(format_line(author)) == author
