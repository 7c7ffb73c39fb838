import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies.services import TEASER_LENGTH, teaser
from remedies_site.markup import plain_text

SENTENCE = "Magnesium may help a little with restless legs, but the studies are few and small. "


def test_a_short_verdict_stands_whole():
    assert teaser("It *may* help [@A1].") == "It may help."


def test_a_long_verdict_is_cut_at_a_word():
    text = teaser(SENTENCE * 3)
    assert text.endswith("…")
    assert TEASER_LENGTH - 15 < len(text) <= TEASER_LENGTH
    assert SENTENCE.strip() in text
    assert text.removesuffix("…").split()[-1] in SENTENCE.split()


def test_the_mark_of_a_cut_stands_only_where_there_was_one():
    assert teaser("x" * TEASER_LENGTH) == "x" * TEASER_LENGTH
    assert teaser("x" * (TEASER_LENGTH + 1)) == "x" * (TEASER_LENGTH - 1) + "…"


@pytest.mark.parametrize("end", [" ", ", ", "; ", " – "])
def test_a_cut_leaves_no_loose_sign(end):
    assert teaser(f"one two{end}three", length=11).rstrip("…")[-1].isalpha()


def test_a_word_that_ends_at_the_cut_stays():
    assert teaser("one two three", length=8) == "one two…"


def test_paragraphs_become_spaces_and_nothing_of_their_marks_leaks():
    text = teaser("**One** [@A1].\n\n- two\n- <b>three</b>\n\n[four](https://example.org) & five")
    assert text == "One. two <b>three</b> four & five"


def test_no_verdict_has_no_teaser():
    assert teaser("") == ""


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30)))
def test_a_teaser_is_the_beginning_of_the_words_in_one_short_line(words):
    markdown = " ".join(words)
    text, whole = teaser(markdown), plain_text(markdown)
    assert len(text) <= TEASER_LENGTH
    assert whole.startswith(text.removesuffix("…"))
    assert (text != whole) == (len(whole) > TEASER_LENGTH)
