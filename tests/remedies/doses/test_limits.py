from decimal import Decimal

import pytest

from remedies.choices import Compound
from remedies.doses.elements import ATOMIC_MASS, FORMULAS, VITAMINS, mineral_share
from remedies.doses.limits import (
    LimitComparison,
    NotComparable,
    compare_with_limits,
    elemental_amount,
    round_amount,
)
from remedies.doses.wording import (
    format_elemental,
    format_excess,
    format_limit_shares,
    not_comparable_label,
)
from remedies.pages.amounts import dose_bar
from remedies.schema import LimitRow, RegimenRow

OXIDE = {
    **{"form": "oxide", "amount": 250, "unit": "mg", "per": "day", "basis": "salt"},
    **{"compound": "magnesium_oxide", "citation": "A1"},
}


def regimen(**values) -> RegimenRow:
    given = {"form": "x", "amount": 200, "unit": "mg", "per": "day", "basis": "elemental"}
    return RegimenRow.model_validate({**given, "citation": "A1", **values})


def limit(amount=350, unit="mg", basis="elemental", authority="An agency (US)", **values):
    given = {"kind": "upper", "population": "adults", "adults": True, "citations": ["A1"]}
    return LimitRow.model_validate(
        {**given, "amount": amount, "unit": unit, "basis": basis, "authority": authority, **values}
    )


def test_250_mg_of_oxide_is_about_151_mg_and_43_percent_of_350():
    dose = RegimenRow.model_validate(OXIDE)
    assert "about 151 mg elemental" in format_elemental(dose, "magnesium")
    compared = compare_with_limits(dose, [limit()])
    assert isinstance(compared, LimitComparison)
    assert compared.limits[0].percent == 43
    assert format_limit_shares(compared) == (
        "Against the limit for adults: 151 mg a day is 43 % of 350 mg (US)"
    )
    assert format_excess(compared) == ""


@pytest.mark.parametrize(
    ("values", "limits", "reason"),
    [
        ({"basis": "not_stated"}, [limit()], NotComparable.UNKNOWN_BASIS),
        ({"basis": "salt"}, [limit()], NotComparable.UNKNOWN_BASIS),
        ({"per": "dose"}, [limit()], NotComparable.UNKNOWN_TIMES),
        ({"route": "intravenous"}, [limit()], NotComparable.NOT_BY_MOUTH),
        ({"route": "diet"}, [limit()], NotComparable.IN_FOOD),
        ({"adults": False}, [limit()], NotComparable.NOT_ADULTS),
        ({"basis": "extract"}, [limit()], NotComparable.OTHER_MEASURE),
        ({"unit": "IU"}, [limit()], NotComparable.OTHER_MEASURE),
        ({}, [], NotComparable.NO_LIMIT),
        ({}, [limit(adults=False)], NotComparable.NO_LIMIT),
        ({}, [limit(kind="recommended")], NotComparable.NO_LIMIT),
    ],
)
def test_what_cannot_be_compared_says_why(values, limits, reason):
    assert compare_with_limits(regimen(**values), limits) is reason


def test_an_amount_that_nobody_stated_is_not_compared():
    assert (
        compare_with_limits(RegimenRow(form="x", citation="A1"), [limit()])
        is NotComparable.NO_AMOUNT
    )


def test_each_reason_has_words_where_there_is_a_limit():
    silent = {NotComparable.NO_AMOUNT, NotComparable.NO_LIMIT}
    assert {reason for reason in NotComparable if not not_comparable_label(reason)} == silent


@pytest.mark.parametrize(
    ("amount", "above", "above_all"),
    [(250, 0, False), (250.001, 1, False), (350, 1, False), (351, 2, True)],
)
def test_a_dose_at_a_limit_is_not_above_it(amount, above, above_all):
    compared = compare_with_limits(
        regimen(amount=amount), [limit(350), limit(250, authority="Another (EU)")]
    )
    assert isinstance(compared, LimitComparison)
    assert len(compared.above) == above
    assert compared.above_all is above_all
    caution = format_excess(compared)
    assert ("more than an upper limit allows (EU)" in caution) is (above == 1)
    assert ("Do this only with a doctor" in caution) is above_all
    assert dose_bar(compared).caution == caution


def test_the_upper_end_of_a_range_is_what_counts():
    compared = compare_with_limits(regimen(amount=200, amount_max=700), [limit(350)])
    assert isinstance(compared, LimitComparison)
    assert compared.above_all
    assert compared.limits[0].percent == 200


def test_a_little_above_never_reads_as_all_of_it():
    compared = compare_with_limits(regimen(amount=350.5), [limit(350)])
    assert isinstance(compared, LimitComparison)
    assert compared.limits[0].percent == 101


def test_doses_of_a_day_are_added_up():
    compared = compare_with_limits(
        regimen(amount=0.1, unit="g", per="dose", doses_per_day=3), [limit(400)]
    )
    assert isinstance(compared, LimitComparison)
    assert compared.limits[0].percent == 75


def test_the_editors_figure_stands_where_no_compound_is_named():
    assert elemental_amount(regimen(basis="salt", elemental_mg=151)) == (Decimal(151), Decimal(151))
    assert elemental_amount(regimen()) is None


@pytest.mark.parametrize(
    ("compound", "percent"),
    [
        # As pharmacopoeias and handbooks print them, to a tenth of a percent.
        ("magnesium_oxide", "60.3"),
        ("magnesium_hydroxide", "41.7"),
        ("magnesium_carbonate", "28.8"),
        ("magnesium_chloride", "12.0"),
        ("magnesium_sulfate", "9.9"),
        ("magnesium_citrate", "16.2"),
        ("magnesium_glycinate", "14.1"),
        ("magnesium_lactate", "10.2"),
        ("ferrous_sulfate", "20.1"),
        ("ferrous_sulfate_dried", "32.9"),
        ("ferrous_fumarate", "32.9"),
        ("ferrous_gluconate", "11.6"),
        ("calcium_carbonate", "40.0"),
        ("calcium_citrate", "21.1"),
        ("zinc_sulfate", "22.7"),
        ("zinc_gluconate", "14.3"),
        ("zinc_oxide", "80.3"),
        ("potassium_chloride", "52.4"),
        ("potassium_citrate", "36.2"),
        ("pyridoxine_hydrochloride", "82.3"),
    ],
)
def test_the_share_of_the_mineral(compound, percent):
    assert round(mineral_share(Compound(compound)) * 100, 1) == Decimal(percent)


def test_every_compound_has_a_formula_of_known_atoms():
    assert set(FORMULAS) == set(Compound)
    for counted, atoms in FORMULAS.values():
        assert set(atoms) <= set(ATOMIC_MASS)
        for atom, number in VITAMINS.get(counted, {counted: 1}).items():
            assert atoms[atom] >= number


def test_a_salt_of_a_vitamin_is_compared_as_the_vitamin_that_the_limit_counts():
    pills = regimen(amount=30, basis="salt", compound="pyridoxine_hydrochloride")
    found = compare_with_limits(pills, [limit(12, basis="substance")])
    assert isinstance(found, LimitComparison)
    assert round_amount(found.dose.high) == Decimal("24.7")
    assert found.above_all
    assert (
        format_elemental(pills, "vitamin B6")
        == "about 24.7 mg of vitamin B6 itself, by our arithmetic"
    )


@pytest.mark.parametrize(
    ("exact", "shown"), [("150.76", "151"), ("904.56", "905"), ("15.07", "15.1"), ("1507", "1510")]
)
def test_about_is_three_figures(exact, shown):
    assert round_amount(Decimal(exact)) == Decimal(shown)
