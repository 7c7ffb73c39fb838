"""The study chart: a column for each direction, area by people, hollow where these are not given."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies.charts.study_chart import (
    LARGEST,
    SMALLEST,
    StudyInput,
    circle_radius,
    study_chart,
)
from remedies.schema import EvidenceRow


def result(direction="benefit", people=75, **values) -> StudyInput:
    row = {"citation": "A1", "outcome": "sleep", "result": "Some.", "n_analysed": people}
    return StudyInput(
        "A 2020", EvidenceRow.model_validate({**row, "direction": direction, **values})
    )


@given(people=st.integers(1, 100_000), most=st.integers(1, 100_000))
def test_areas_are_in_the_proportion_of_the_people(people, most):
    people = min(people, most)
    radius = circle_radius(people, most)
    assert SMALLEST <= radius <= LARGEST
    if radius > SMALLEST:
        assert abs(radius**2 / LARGEST**2 - Decimal(people) / most) < Decimal("0.01")


@pytest.mark.parametrize(
    ("direction", "place", "tone"),
    [
        ("harm", "12.50", "harms"),
        ("none", "37.50", "none"),
        ("unclear", "62.50", "unknown"),
        ("mixed", "62.50", "mixed"),
        ("benefit", "87.50", "helps"),
    ],
)
def test_each_direction_has_its_column_and_its_hue(direction, place, tone):
    chart = study_chart([("Trials", [result(direction)])])
    assert chart is not None
    dot = chart.groups[0].dots[0]
    assert (dot.place, dot.tone, dot.is_hollow) == (Decimal(place), tone, False)


def test_people_that_are_not_given_make_a_hollow_circle():
    chart = study_chart([("Trials", [result(people=None), result()])])
    assert chart is not None
    assert [dot.is_hollow for dot in chart.groups[0].dots] == [True, False]


def test_what_does_not_count_is_left_out_and_counted():
    inputs = [result(), result(role="other"), result(role="context"), result(status="ongoing")]
    chart = study_chart([("Trials", inputs), ("Other", [])], left_out=2)
    assert chart is not None
    assert (len(chart.groups), chart.left_out) == (1, 5)
    assert study_chart([("Trials", inputs[1:])]) is None


def test_the_sentence_counts_what_was_found():
    chart = study_chart([("Trials", [result(), result(people=1_200), result("none", None)])])
    assert chart is not None
    assert chart.sentence == (
        "3 results: 2 better with it, 1 no difference shown. The largest has 1,200 people."
    )
