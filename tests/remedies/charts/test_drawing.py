"""Labels stay apart and inside the drawing; places are written as SVG reads them in any language."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from remedies.charts.axis_scale import Scale
from remedies.charts.drawing import (
    Axis,
    Label,
    Line,
    LineKind,
    columns,
    interval_on,
    kept_apart,
    svg_percent,
    tick_labels,
)

PLACES = st.decimals("0", "100", places=2)


def line(place, text="350") -> Line:
    return Line(LineKind.LIMIT, Label(Decimal(place), text, "US"))


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize(
    ("place", "text"), [("43.25", "43.25%"), ("100", "100%"), ("0.00", "0%"), ("0.50", "0.5%")]
)
def test_a_place_has_a_point_in_every_language(place, text, language):
    with translation.override(language):
        assert svg_percent(Decimal(place)) == text


@given(places=st.lists(PLACES, max_size=6))
def test_labels_of_one_level_do_not_touch(places):
    lines = kept_apart(line(place) for place in places)
    assert sorted(each.label.place for each in lines) == sorted(places)
    for first in lines:
        for other in lines:
            if first is not other and first.label.level == other.label.level:
                (begin, end), (other_begin, other_end) = first.label.ends, other.label.ends
                assert end < other_begin or other_end < begin


@given(place=PLACES, text=st.text("abc", min_size=1, max_size=20))
def test_a_label_begins_and_ends_in_the_drawing(place, text):
    begin, end = Label(place, text).ends
    assert begin >= -4
    assert end <= 104


def test_labels_that_are_far_apart_share_a_level():
    lines = kept_apart([line(60), line(84), line(96)])
    assert [each.label.level for each in lines] == [0, 0, 0]
    axis = Axis(lines=kept_apart([line(60), line(63)]))
    assert [each.label.level for each in axis.lines] == [0, 1]
    assert axis.head_height == "5.00em"


@given(low=st.integers(-50, 50), length=st.integers(0, 100))
def test_an_arrow_says_that_an_interval_leaves_the_axis(low, length):
    scale = Scale(Decimal(-10), Decimal(10))
    interval = interval_on(scale, Decimal(low), Decimal(low + length))
    assert interval.leaves_low is (low < -10)
    assert interval.leaves_high is (low + length > 10)
    assert 0 <= interval.start <= interval.end <= 100


def test_columns_have_their_names_in_the_middle_and_edges_between():
    axis, places = columns([("worse", ""), ("better", "")])
    assert places == [25, 75]
    assert [tick.place for tick in axis.ticks] == [0, 50, 100]
    assert [each.label.text for each in axis.lines] == ["worse", "better"]


def test_a_label_below_nought_has_a_real_minus():
    assert tick_labels(Scale(Decimal(-4), Decimal(4)))[0].text == "−4"
