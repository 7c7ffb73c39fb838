import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies_site.sorting import fold


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


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)
