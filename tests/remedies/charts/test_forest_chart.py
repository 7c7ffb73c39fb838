"""The forest plot draws the rows' own figures, in order, with arrows where an interval leaves the axis."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.choices import StudyType
from remedies.charts.forest_chart import forest_chart
from remedies.effects.forest import forest_plot
from remedies.schema import EvidenceRow, SmallestDifferenceRow

ROW = {"citation": "A1", "outcome": "sleep", "direction": "unclear", "result": "Some."}


def effect(value, low=None, high=None, measure="MD", **values) -> EvidenceRow:
    return EvidenceRow.model_validate(
        {
            **ROW,
            **{"measure": measure, "better": "lower", "effect_value": value},
            **{"effect_low": low, "effect_high": high},
            **values,
        }
    )


def chart_of(rows, smallest=(), types=None):
    plot = forest_plot(rows, types or {}, list(smallest))
    assert plot is not None
    return forest_chart(plot)


THREE = st.lists(st.decimals("0.05", "20", places=2), min_size=3, max_size=3).map(sorted)


@pytest.mark.parametrize("measure", ["MD", "RR"])
@given(ends=st.lists(THREE, min_size=2, max_size=6))
def test_places_have_the_order_of_the_figures(ends, measure):
    rows = [effect(value, low, high, measure) for low, value, high in ends]
    chart = chart_of(rows)
    for row, mark in zip(rows, chart.marks, strict=True):
        assert mark.interval is not None
        assert mark.interval.start <= mark.place <= mark.interval.end
        for other, other_mark in zip(rows, chart.marks, strict=True):
            if row.effect_value < other.effect_value:
                assert mark.place <= other_mark.place
        assert (mark.interval.start == 0) or not mark.interval.leaves_low
        assert (mark.interval.end == 100) or not mark.interval.leaves_high


def test_ratios_are_on_a_log_axis():
    chart = chart_of([effect("0.5", "0.25", 1, "OR"), effect(2, 1, 4, "OR")])
    half, twice = chart.marks
    one = chart.axis.lines[0].label.place
    assert abs((one - half.place) - (twice.place - one)) <= Decimal("0.02")


def test_the_lines_are_no_effect_and_the_smallest_difference():
    smallest = SmallestDifferenceRow.model_validate(
        {"measure": "MD", "value": 3, "citations": ["B2"]}
    )
    chart = chart_of([effect(-4, -6, -2), effect(-1, -3, 1)], [smallest])
    assert {(each.kind.value, each.label.second) for each in chart.axis.lines} == {
        ("no-effect", "0"),
        ("smallest", "−3"),
    }
    assert (chart.axis.start, chart.axis.end) == ("better with it", "worse with it")
    higher = chart_of([effect(4, better="higher"), effect(1, better="higher")])
    assert (higher.axis.start, higher.axis.end) == ("worse with it", "better with it")


def test_the_sentence_counts_the_sides():
    rows = [
        effect(-4, -6, -2),
        effect(-1, -3, 1),
        effect(2, 1, 3),
        effect(-2),
        effect(-9, components=["magnesium", "vitamin B6"]),
    ]
    chart = chart_of(rows)
    assert chart.sentence == (
        "4 results: 1 wholly on the better side of no effect, 1 wholly on the worse side "
        "of no effect, 1 with an interval that reaches no effect, 1 without an interval. "
        "1 result of a combination, another route or other people: 1 without an interval."
    )
    assert [mark.is_apart for mark in chart.marks] == [False] * 4 + [True]
    assert chart.marks[3].interval is None


def test_a_review_is_a_diamond_as_wide_as_its_interval():
    rows = [effect(-4, -6, -2, citation="R1"), effect(-4, "-4.1", "-3.9", citation="R1"), effect(1)]
    chart = chart_of(rows, types={"R1": StudyType.META_ANALYSIS})
    wide, narrow, study = chart.marks
    assert (wide.is_wide, narrow.is_wide, study.is_wide) == (True, False, False)
    assert abs(Decimal(wide.apex) - 50) < 1


def test_an_interval_that_leaves_the_axis_says_so():
    chart = chart_of([effect(-1, -2, 0), effect(-3, -90, 84)])
    interval = chart.marks[1].interval
    assert interval is not None
    assert (interval.leaves_low, interval.leaves_high) == (True, True)
