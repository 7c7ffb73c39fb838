"""The intake chart: every official figure of the unit at its place, on one axis."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from remedies.charts.intake_chart import intake_chart
from remedies.schema import LimitRow


def figure(amount, unit="mg", kind="recommended") -> LimitRow:
    return LimitRow.model_validate(
        {
            **{"kind": kind, "authority": "An agency (US)", "population": "adults"},
            **{"amount": amount, "unit": unit, "basis": "elemental", "citations": ["A1"]},
        }
    )


@given(amounts=st.lists(st.decimals("0.1", "5000", places=1), min_size=1))
def test_figures_are_to_scale(amounts):
    chart = intake_chart([figure(amount) for amount in amounts])
    assert chart is not None
    length = max(amounts) * Decimal("1.04")
    for amount, place in zip(amounts, chart.places, strict=True):
        assert place is not None
        assert abs(place.place - 100 * amount / length) <= Decimal("0.01")


def test_another_unit_of_mass_is_converted_and_one_of_another_kind_has_no_place():
    rows = [figure(400), figure(300), figure("0.35", "g", "upper"), figure(4000, "IU", "upper")]
    chart = intake_chart(rows)
    assert chart is not None
    assert [place and place.amount for place in chart.places] == ["400", "300", "350", None]
    assert chart.sentences == {
        "recommended": "Recommended intake: 300 to 400 mg a day.",
        "upper": "Upper limits: 350 mg a day.",
    }


def test_without_figures_there_is_no_chart():
    assert intake_chart([]) is None
