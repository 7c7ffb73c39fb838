import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies_site.sorting import fold, search_text, search_words


def test_case_and_accents_do_not_order_names():
    names = ["Zinc", "Épilepsie", "eczema", "Ménière", "Magnesium"]
    assert sorted(names, key=fold) == ["eczema", "Épilepsie", "Magnesium", "Ménière", "Zinc"]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ménière\u2019s  Disease", "meniere's disease"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("  St. John's wort ", "st. john's wort"),
        ("ﬁbre", "fibre"),
        ("", ""),
    ],
)
def test_a_name_has_one_spelling_to_sort_by(name, folded):
    assert fold(name) == folded


def test_hyphens_part_words_for_search():
    assert search_words("Willis-Ekbom disease") == ["willis", "ekbom", "disease"]


def test_a_query_of_signs_has_no_words():
    assert search_words(" -%'\"!\x00 ") == []


def test_every_word_of_every_name_is_found_by_its_beginning():
    text = search_text("Restless legs", "RLS\nWillis-Ekbom")
    assert text == " restless legs rls willis ekbom"


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more_for_search(name):
    words = search_words(name)
    assert search_words(" ".join(words)) == words
    assert all(f" {word}" in search_text(name) for word in words)
