from decimal import Decimal
from itertools import product
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from citations.choices import StudyType
from remedies.choices import GRADED, Basis, Certainty, Effect
from remedies.doses.wording import basis_label, format_dose, format_elemental, format_limit
from remedies.grading.wording import effect_label
from remedies.pages.groups import EVIDENCE_GROUPS, by_certainty, evidence_heading, list_group
from remedies.schema import LimitRow, RegimenRow
from remedies_site.numbers import format_number, format_range

UNSURE = ("Not known",) * 4
WORDS = {
    # effect: high, moderate, low, then very low and the three without studies
    "benefit": ("Helps", "Probably helps", "May help", *UNSURE),
    "none": (
        "Makes little or no difference",
        "Probably little or no difference",
        "May make little or no difference",
        *UNSURE,
    ),
    "harm": ("Harms", "Probably harms", "May harm", *UNSURE),
    "mixed": ("Mixed results",) * 7,
    "unknown": ("Not known",) * 7,
    "corrects": (
        "Corrects a deficiency",
        "Probably corrects a deficiency",
        "May correct a deficiency",
        *UNSURE,
    ),
    "causes": ("Causes it", "Probably causes it", "May cause it", *UNSURE),
}
UNCLEAR = ("unclear",) * 4
GROUPS = {
    "benefit": ("help", "help", "help", *UNCLEAR),
    "none": ("no_difference", "no_difference", "no_difference", *UNCLEAR),
    "harm": ("harm", "harm", "harm", *UNCLEAR),
    "mixed": ("unclear",) * 7,
    "unknown": ("unclear",) * 7,
    "corrects": ("corrects", "corrects", "corrects", *UNCLEAR),
    "causes": ("causes", "causes", "causes", *UNCLEAR),
}
DOSE = {"form": "oxide", "amount": 250, "unit": "mg", "per": "day", "basis": "salt"}


def cases(table) -> list[tuple[str, str, str]]:
    return [
        (effect, certainty, expected)
        for effect, row in table.items()
        for certainty, expected in zip(Certainty.values, row, strict=True)
    ]


def entry(effect: str, certainty: str) -> SimpleNamespace:
    return SimpleNamespace(shown_effect=effect, shown_certainty=certainty)


def regimen(**values) -> RegimenRow:
    return RegimenRow.model_validate(DOSE | {"citation": "A1"} | values)


def limit(amount: float, unit: str = "mg", basis: str = "elemental") -> LimitRow:
    return LimitRow(
        kind="upper",
        authority="An agency",
        population="adults",
        amount=amount,
        unit=unit,
        basis=basis,
        citations=["A1"],
    )


def test_the_tables_hold_every_pair():
    pairs = set(product(Effect.values, Certainty.values))
    assert {case[:2] for case in cases(WORDS)} == {case[:2] for case in cases(GROUPS)} == pairs
    assert len(pairs) == 49


@pytest.mark.parametrize(("effect", "certainty", "words"), cases(WORDS))
def test_an_effect_is_hedged_by_its_certainty(effect, certainty, words):
    assert effect_label(effect, certainty) == words


@pytest.mark.parametrize(("effect", "certainty", "group"), cases(GROUPS))
def test_an_entry_stands_under_the_heading_of_decision_5(effect, certainty, group):
    assert list_group(entry(effect, certainty)) == group


def test_votes_have_no_part_in_a_list():
    loved, unloved = entry("benefit", "low"), entry("benefit", "low")
    loved.up_count, unloved.down_count = 1_000, 1_000
    assert by_certainty([unloved, loved]) == [unloved, loved]
    assert list_group(loved) == list_group(unloved)


def test_the_surest_come_first_and_equals_keep_their_order():
    grades = ["low", "no_studies", "high", "very_low", "low", "moderate"]
    entries = [entry("benefit", grade) for grade in grades]
    ordered = by_certainty(entries)
    assert [row.shown_certainty for row in ordered] == [
        *("high", "moderate", "low", "low", "very_low", "no_studies")
    ]
    assert [row for row in ordered if row.shown_certainty == "low"] == [entries[0], entries[4]]


def test_a_certainty_has_the_level_that_its_badge_and_the_rule_use():
    assert [grade.level for grade in Certainty] == [4, 3, 2, 1, 0, 0, 0]
    assert [str(grade.label) for grade in Certainty] == [
        *("High certainty", "Moderate certainty", "Low certainty", "Very low certainty"),
        *("No studies in people", "No studies by mouth", "Not searched yet"),
    ]
    assert all(Certainty.at_level(grade.level) is grade for grade in GRADED)
    assert Certainty.at_level(0) is Certainty.NO_STUDIES
    for level in (-1, 5):
        with pytest.raises(KeyError):
            Certainty.at_level(level)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("250.000", "250"),
        ("12.400", "12.4"),
        ("0.001", "0.001"),
        ("1500", "1,500"),
        ("100", "100"),
        ("1234567.5", "1,234,567.5"),
    ],
)
def test_a_number_has_no_needless_noughts(value, words):
    assert format_number(Decimal(value)) == words


def test_a_number_is_written_as_the_language_does():
    with override("de"):
        assert format_number(Decimal("1234.5")) == "1.234,5"


def test_a_range_names_both_ends():
    assert format_range(Decimal(320), Decimal(729)) == "320 to 729"
    assert format_range(Decimal(320), None) == "320"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "250 mg a day"),
        ({"doses_per_day": 1}, "250 mg a day"),
        ({"doses_per_day": 2}, "250 mg a day, in 2 doses"),
        ({"per": "dose", "doses_per_day": 3}, "250 mg, 3 times a day"),
        ({"per": "dose", "doses_per_day": 1}, "250 mg, once a day"),
        ({"per": "dose"}, "250 mg, each dose"),
        ({"amount": 320, "amount_max": 729}, "320 to 729 mg a day"),
        ({"amount": 1.5, "unit": "g"}, "1.5 g a day"),
        ({"unit": "mcg"}, "250 micrograms a day"),
    ],
)
def test_a_dose_is_put_in_words(values, words):
    assert format_dose(regimen(**values)) == words


def test_an_amount_that_nobody_stated_is_not_made_up():
    row = RegimenRow(form="oxide", citation="A1")
    assert format_dose(row) == "amount not stated in what we read"
    assert format_elemental(row, "magnesium") == basis_label(row, "magnesium") == ""


def test_250_mg_of_oxide_is_about_151_mg_of_magnesium():
    row = regimen(compound="magnesium_oxide")
    assert format_elemental(row, "magnesium") == (
        "about 151 mg elemental (magnesium itself), by our arithmetic"
    )


def test_a_range_of_a_compound_is_a_range_of_its_element():
    row = regimen(elemental_mg=193, elemental_mg_max=440)
    assert format_elemental(row, "magnesium").startswith("about 193 to 440 mg")


def test_an_elemental_amount_is_not_restated():
    assert format_elemental(regimen(basis="elemental"), "magnesium") == ""


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("elemental", "counted as magnesium itself (elemental)"),
        ("salt", "weight of the whole compound, not of magnesium alone"),
        ("substance", "weight of the substance itself"),
        ("extract", "weight of extract or marker"),
        (
            "not_stated",
            "the study does not say whether this is the compound or magnesium",
        ),
    ],
)
def test_the_basis_is_explained_to_people_who_read_labels(basis, words):
    assert basis_label(regimen(basis=basis), "magnesium") == words


def test_every_basis_has_its_words():
    assert all(basis_label(regimen(basis=basis), "zinc") for basis in Basis)


def test_a_limit_is_of_a_day():
    assert format_limit(limit(350)) == "350 mg a day"


def test_every_kind_of_study_stands_under_one_heading():
    kinds = [kind for _key, group in EVIDENCE_GROUPS for kind in group]
    assert sorted(kinds) == sorted(StudyType)
    headings = [evidence_heading(key) for key, _group in EVIDENCE_GROUPS]
    assert len(set(headings)) == len(headings)
    assert headings[:2] == ["Reviews of several studies", "Randomised trials"]
