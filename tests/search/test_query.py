"""Words and identifiers of a query, spellings, highlighting. Pure."""

import re
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from citations.identifiers import Identifier
from search import highlighting, spelling
from search.normalizing import search_words
from search.query import clean_query, parse_identifier, query_words


def test_hyphens_separate_words():
    assert search_words("Willis-Ekbom disease") == ["willis", "ekbom", "disease"]


def test_a_query_of_punctuation_has_no_words():
    assert query_words(clean_query(" -%'\"!\x00 ")) == []


def test_stop_words_are_left_out():
    words = query_words("Does magnesium help with the restless legs?")
    assert [word.typed for word in words] == ["magnesium", "restless", "legs"]


def test_a_possessive_is_no_word():
    assert search_words("Ménière’s disease") == ["meniere", "disease"]


def test_identifiers_are_recognised_in_their_usual_forms():
    for text, column, value in (
        ("10.1000/x(1)", "doi", "10.1000/x(1)"),
        ("https://doi.org/10.1000/x", "doi", "10.1000/x"),
        ("DOI: 10.1000/x.", "doi", "10.1000/x"),
        ("nct04462796", "nct", "NCT04462796"),
        ("PMID 12345", "pmid", "12345"),
        ("38738598", "pmid", "38738598"),
        ("PMC6692166", "pmcid", "PMC6692166"),
    ):
        assert parse_identifier(text) == Identifier(column, value), text


def test_other_numbers_are_no_identifiers():
    for text in ("350", "12 magnesium", "vitamin d3", "10.5", "NCT1"):
        assert parse_identifier(text) is None, text


def test_spellings_go_both_ways():
    for british, american in (
        ("anaemia", "anemia"), ("oestrogens", "estrogen"), ("fibre", "fiber"),
        ("diarrhoea", "diarrhea"), ("sulphate", "sulfate"), ("generalised", "generalized"),
    ):  # fmt: skip
        assert american in spelling.spellings(british)
        back = spelling.spellings(american)
        assert british in back or british.removesuffix("s") in back


def test_the_nearest_word_is_one_letter_off_and_two_in_long_words():
    vocabulary = spelling.count_words(["magnesium", "melatonin", "iron", "insomnia"])
    assert spelling.nearest_words("irn", vocabulary) == ["iron"]
    assert spelling.nearest_words("magnezuim", vocabulary) == ["magnesium"]
    assert spelling.nearest_words("irxy", vocabulary) == []
    assert spelling.nearest_words("ir", vocabulary) == []


@given(st.text(max_size=300), st.text(max_size=60))
def test_fragments_are_the_text_letter_for_letter(text, query):
    words = query_words(clean_query(query))
    assert (
        "".join(fragment.text for fragment in highlighting.Highlighter(words).fragments(text))
        == text
    )


@given(st.text(max_size=600), st.text(max_size=60))
def test_an_excerpt_is_short(text, query):
    excerpt = highlighting.Highlighter(query_words(clean_query(query))).excerpt(text)
    assert sum(len(fragment.text) for fragment in excerpt) <= 170


PIECES = (
    *(
        "magnesium",
        "Magnesium's",
        "non-magnesium",
        "magnesiums",
        "mag",
        "sleep",
        "a",
        "vit_a",
        "b12",
    ),
    *("anaemia", "Anemia", "“iron”", "≥5", "–", "…", "x", "of the study", "légs", "200 µg", "1²"),
)


@given(
    st.lists(st.sampled_from(PIECES), min_size=30, max_size=120),
    st.sampled_from(
        ["magnesium", "mag", "iron sleep", "anemia", "b1", "vitamin a", "legs", "studies"]
    ),
    st.sampled_from([" ", "  ", ", ", "-", "_", "'"]),
)
def test_an_excerpt_is_the_same_whether_words_are_looked_for_or_read_one_by_one(
    pieces, query, between
):
    text, words = between.join(pieces), query_words(query)
    quick = highlighting.Highlighter(words).excerpt(text)
    with patch.object(highlighting, "_BEYOND_PLAIN", re.compile("")):  # no text is plain
        assert highlighting.Highlighter(words).excerpt(text) == quick


@given(st.text(max_size=3_000))
def test_whatever_is_typed_gives_letters_and_digits_only(query):
    for word in query_words(clean_query(query)):
        assert all(form.replace("\u0345", "").isalnum() for form in word.spellings)
