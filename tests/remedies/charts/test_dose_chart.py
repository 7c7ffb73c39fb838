"""The dose chart draws what the rows say: to scale, hatched beyond the lowest limit, hollow where unknown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies.charts.dose_chart import dose_chart
from remedies.charts.drawing import BarKind
from remedies.schema import LimitRow, RegimenRow


def regimen(**values) -> RegimenRow:
    given = {"form": "x", "amount": 200, "unit": "mg", "per": "day", "basis": "elemental"}
    return RegimenRow.model_validate({**given, "citation": "A1", **values})


def limit(amount=350, authority="An agency (US)", **values) -> LimitRow:
    given = {
        **{"kind": "upper", "population": "adults", "adults": True, "citations": ["A1"]},
        **{"unit": "mg", "basis": "elemental"},
    }
    return LimitRow.model_validate({**given, "amount": amount, "authority": authority, **values})


def kinds(row) -> list[str]:
    return [bar.kind.value for bar in row.bars]


AMOUNTS = st.decimals("1", "5000", places=1)


@given(
    doses=st.lists(st.tuples(AMOUNTS, st.one_of(st.none(), AMOUNTS)), min_size=1, max_size=6),
    limits=st.lists(AMOUNTS, max_size=3),
)
def test_bars_are_to_scale_and_hatched_beyond_the_lowest_limit(doses, limits):
    rows = [regimen(amount=low, amount_max=low + more if more else None) for low, more in doses]
    chart = dose_chart(rows, [limit(amount) for amount in limits], "magnesium")
    assert chart is not None
    highest = max([*limits, *(row.amount_max or row.amount for row in rows)])
    for row, drawn in zip(rows, chart.rows, strict=True):
        high = row.amount_max or row.amount
        assert (drawn.low, drawn.high) == (row.amount, high)
        longest = max(bar.end for bar in drawn.bars)
        assert abs(longest - 100 * high / (highest * Decimal("1.04"))) <= Decimal("0.01")
        hatched = [bar for bar in drawn.bars if bar.kind is BarKind.BEYOND]
        above = bool(limits) and high > min(limits)
        if above and longest - chart.axis.lines[0].label.place > Decimal("0.01"):
            assert hatched
            assert hatched[0].start == chart.axis.lines[0].label.place
        if not above:
            assert not hatched
    assert {each.label.second.replace(",", "") for each in chart.axis.lines} == {
        f"{amount.normalize():f}" for amount in limits
    }


def test_a_dose_is_drawn_in_what_the_limit_counts():
    oxide = regimen(amount=250, basis="salt", compound="magnesium_oxide")
    chart = dose_chart([oxide], [limit(350), limit(250, "Another (EU)")], "magnesium")
    assert chart is not None
    assert chart.title == "Magnesium itself (elemental), in mg a day"
    assert chart.rows[0].amount == "151 mg"
    assert [(each.label.text, each.label.second) for each in chart.axis.lines] == [
        ("EU", "250"),
        ("US", "350"),
    ]
    assert chart.sentence == (
        "Studies used 151 mg a day. "
        "0 of 1 dose is above the lowest upper limit for adults, 250 mg (EU)."
    )


@pytest.mark.parametrize(
    "values",
    [{"basis": "not_stated"}, {"basis": "salt"}, {"adults": False}, {"route": "diet"}],
)
def test_what_no_limit_speaks_of_is_hollow(values):
    chart = dose_chart([regimen(), regimen(amount=900, **values)], [limit()], "magnesium")
    assert chart is not None
    assert kinds(chart.rows[0]) == ["solid"]
    assert kinds(chart.rows[1]) == ["hollow"]
    assert chart.has_hollow
    assert "1 dose was measured in another way" in chart.sentence
    assert "Studies used 200 mg a day." in chart.sentence


@pytest.mark.parametrize(
    "values",
    [
        {"route": "intravenous"},
        {"per": "dose"},
        {"unit": "IU"},
        {"amount": None, "unit": None, "per": None, "basis": None},
    ],
)
def test_what_has_no_place_on_the_axis_has_no_bar(values):
    chart = dose_chart([regimen(), regimen(), regimen(**values)], [limit()], "magnesium")
    assert chart is not None
    assert (chart.rows[2].bars, chart.rows[2].amount) == ([], "")
    assert (
        dose_chart(
            [regimen(**{**values, "unit": None, "amount": None, "per": None, "basis": None})],
            [],
            "x",
        )
        is None
    )


def test_a_range_is_thin_and_one_authority_is_named_once():
    chart = dose_chart(
        [regimen(amount=100, amount_max=600)],
        [limit(350), limit("0.35", "Another (EU)", unit="g")],
        "magnesium",
    )
    assert chart is not None
    assert kinds(chart.rows[0]) == ["solid", "range", "beyond"]
    assert [each.label.text for each in chart.axis.lines] == ["US, EU"]


def test_a_limit_of_another_measure_is_no_line():
    others = [limit(basis="substance"), limit(unit="IU"), limit(adults=False)]
    chart = dose_chart([regimen()], [*others, limit(kind="recommended")], "magnesium")
    assert chart is not None
    assert chart.axis.lines == []
