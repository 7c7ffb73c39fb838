"""What was typed, as words and as numbers of works; spellings; marked words. Pure."""

from hypothesis import given
from hypothesis import strategies as st

from search import highlighting, spelling
from search.query import Identifier, bare_words, clean_query, parse_identifier, query_words


def test_hyphens_part_words():
    assert bare_words("Willis-Ekbom disease") == ["willis", "ekbom", "disease"]


def test_a_query_of_signs_has_no_words():
    assert query_words(clean_query(" -%'\"!\x00 ")) == []


def test_words_of_a_question_are_left_out():
    asked = query_words("Does magnesium help with the restless legs?")
    assert [word.typed for word in asked] == ["magnesium", "restless", "legs"]


def test_a_possessive_is_no_word():
    assert bare_words("Ménière’s disease") == ["meniere", "disease"]


def test_numbers_of_works_are_known_in_their_usual_forms():
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


def test_other_numbers_are_words():
    for text in ("350", "12 magnesium", "vitamin d3", "10.5", "NCT1"):
        assert parse_identifier(text) is None, text


def test_spellings_go_both_ways():
    for one, other in (
        ("anaemia", "anemia"), ("oestrogens", "estrogen"), ("fibre", "fiber"),
        ("diarrhoea", "diarrhea"), ("sulphate", "sulfate"), ("generalised", "generalized"),
    ):  # fmt: skip
        assert other in spelling.spellings(one)
        assert one in spelling.spellings(other) or one.removesuffix("s") in spelling.spellings(
            other
        )


def test_the_nearest_word_is_one_letter_off_and_two_in_long_words():
    known = spelling.counted(["magnesium", "melatonin", "iron", "insomnia"])
    assert spelling.nearest("irn", known) == ["iron"]
    assert spelling.nearest("magnezuim", known) == ["magnesium"]
    assert spelling.nearest("irxy", known) == []
    assert spelling.nearest("ir", known) == []


@given(st.text(max_size=300), st.text(max_size=60))
def test_pieces_are_the_text_letter_for_letter(text, query):
    asked = query_words(clean_query(query))
    assert "".join(piece.text for piece in highlighting.pieces(text, asked)) == text


@given(st.text(max_size=600), st.text(max_size=60))
def test_a_line_is_short(text, query):
    line = highlighting.line(text, query_words(clean_query(query)))
    assert sum(len(piece.text) for piece in line) <= 170


@given(st.text(max_size=3_000))
def test_whatever_is_typed_gives_letters_and_digits_only(query):
    for word in query_words(clean_query(query)):
        assert all(form.replace("\u0345", "").isalnum() for form in word.spellings)
