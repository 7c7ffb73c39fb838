"""Typed names: each is recognised or reported as unknown; nothing is dropped silently."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies.check.guesses import correct_spelling
from remedies.check.label_words import DIRECTION_WORDS, SALTS
from remedies.check.names import parse_names
from remedies.check.vocabulary import Term, build_vocabulary

TERMS = [
    Term("tetracyclines", "medicine", "tetracycline antibiotics", ("doxycycline", "tetracycline")),
    Term("thyroid", "medicine", "levothyroxine (for the thyroid)", ("levothyroxine",)),
    Term("anticoagulants", "medicine", "blood thinners", ("warfarin",)),
    Term("warfarin", "medicine", "warfarin", ("warfarin",)),
    Term("laxatives", "medicine", "laxatives", ("milk of magnesia", "magnesium sulfate")),
    Term("magnesium", "substance", "magnesium", ("magnesium",)),
    Term("herbs", "substance", "herbs", ("st john's wort",)),
    Term("pregnancy", "life", "pregnant"),
]
VOCABULARY = build_vocabulary(TERMS)


@pytest.mark.parametrize(
    ("text", "recognised", "unknown"),
    [
        ("", [], []),
        (" ,;\r\n, \u200b", [], []),
        ("doxycycline", ["doxycycline"], []),
        ("DOXYCYCLINE  100 mg twice a day", ["DOXYCYCLINE"], []),
        ("warfarin sodium", ["warfarin"], []),
        ("Tetracycline Antibiotics", ["Tetracycline Antibiotics"], []),
        ("levothyroxine 50mcg tablets", ["levothyroxine"], []),
        ("warfarin 3 mg levothyroxine 50 mcg", ["warfarin", "levothyroxine"], []),
        ("doxycycline and warfarin", ["doxycycline", "warfarin"], []),
        ("metformin 500 mg/warfarin 5 mg + foo", ["warfarin"], ["metformin", "foo"]),
        ("milk of magnesia", ["milk of magnesia"], []),
        ("magnesium sulfate", ["magnesium sulfate"], []),
        ("warfarin magnesium", ["warfarin", "magnesium"], []),
        ("St John\u2019s Wort", ["St John\u2019s Wort"], []),
        ("vitamin a 500 IU", [], ["vitamin a"]),
        ("sodium", [], ["sodium"]),
        ("a b foo bar 5 mg baz", [], ["b foo bar", "baz"]),
        ("warfarin; warfarin\nwarfarin", ["warfarin"], []),
        ("doxycyclines", [], ["doxycyclines"]),
        ("100 mg, twice a day", [], []),
    ],
)
def test_names_are_read_as_people_write_them(text, recognised, unknown):
    parsed = parse_names(text, VOCABULARY)
    assert (parsed.recognised, parsed.unknown) == (recognised, unknown)
    assert parsed.is_empty == (not recognised and not unknown)


def test_a_name_of_two_classes_is_found_in_both():
    assert parse_names("Warfarin", VOCABULARY).names_by_term == {
        "anticoagulants": ["Warfarin"],
        "warfarin": ["Warfarin"],
    }


WORDS = st.sampled_from(
    [
        "warfarin",
        "foo",
        "milk",
        "of",
        "magnesia",
        "magnesium",
        "sulfate",
        "5",
        "mg",
        "and",
        "sodium",
    ]
)


@given(st.lists(WORDS), st.sampled_from([" ", ", ", "/", " + ", "\n"]))
def test_every_word_is_known_or_unknown_or_says_how_much(words, between):
    parsed = parse_names(between.join(words), VOCABULARY)
    listed = set(re.findall(r"\w+", " ".join([*parsed.recognised, *parsed.unknown])))
    assert {word for word in words if not word.isdigit()} - listed <= DIRECTION_WORDS | SALTS
    if "warfarin" in words:
        assert "warfarin" in parsed.names_by_term
    if "foo" in words:
        assert any("foo" in name for name in parsed.unknown)


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("doxycyclin", "doxycycline"),
        ("warfarine", "warfarin"),
        ("warf", "warfarin"),
        ("wax", ""),
        ("paracetamol", ""),
        ("oxycycline", ""),
    ],
)
def test_a_misspelt_name_is_only_a_question(text, guess):
    parsed = parse_names(text, VOCABULARY)
    assert parsed.unknown == [text]
    assert parsed.guesses.get(text, []) == ([guess] if guess else [])


def test_guesses_are_put_where_the_wrong_names_stood():
    text = "doxycyclin 100 mg; (warfarine)"
    parsed = parse_names(text, VOCABULARY)
    assert correct_spelling(text, parsed.guesses) == "doxycycline 100 mg; (warfarin)"


def test_thousands_of_letters_are_read_in_a_moment():
    assert parse_names("x y " * 1000, VOCABULARY).unknown
