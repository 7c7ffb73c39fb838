"""Scales: every value has its place, in order, and labels are round values that lie on the axis."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies.charts.axis_scale import (
    MOST_TICKS,
    Scale,
    log_ticks,
    round_ticks,
    scale_around,
    scale_from_nought,
)

AMOUNTS = st.decimals("0.01", "100000", places=2)
VALUES = st.decimals("-500", "500", places=2)
RATIOS = st.decimals("0.01", "100", places=2)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 416, [0, 100, 200, 300, 400]),
        (0, 524, [0, 200, 400]),
        (-4, "1.5", [-4, -2, 0]),
        (0, "1.7", ["0", "0.5", "1", "1.5"]),
        (0, 104_000, [0, 50_000, 100_000]),
    ],
)
def test_labels_are_round(low, high, ticks):
    assert round_ticks(Decimal(low), Decimal(high)) == [Decimal(tick) for tick in ticks]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        ("0.1", "10", ["0.1", "1", "10"]),
        ("0.4", "6", ["0.5", "1", "2", "5"]),
        ("0.8", "1.3", ["0.8", "1", "1.2"]),
    ],
)
def test_labels_of_ratios_are_round_too(low, high, ticks):
    assert log_ticks(Decimal(low), Decimal(high)) == [Decimal(tick) for tick in ticks]


@given(ends=st.lists(RATIOS, min_size=2, max_size=2, unique=True).map(sorted))
def test_there_are_labels_and_never_too_many(ends):
    for scale in (Scale(*ends), Scale(*ends, is_log=True)):
        ticks = scale.ticks()
        assert len(ticks) <= MOST_TICKS
        assert ticks == sorted(set(ticks))
        assert all(scale.holds(tick) for tick in ticks)


@given(values=st.lists(AMOUNTS, min_size=1))
def test_from_nought_a_place_is_the_share_of_the_length(values):
    scale = scale_from_nought(values)
    assert scale.place(Decimal()) == 0
    for value in values:
        assert abs(scale.place(value) - 100 * value / scale.high) <= Decimal("0.01")
    assert max(scale.place(value) for value in values) < 100


@given(anchors=st.lists(VALUES, min_size=1), ends=st.lists(VALUES))
def test_every_anchor_lies_within_the_axis_and_order_is_kept(anchors, ends):
    scale = scale_around(anchors, ends)
    assert all(scale.holds(value) for value in anchors)
    places = [scale.place(value) for value in sorted([*anchors, *ends])]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)


@given(anchors=st.lists(RATIOS, min_size=1), ends=st.lists(RATIOS))
def test_a_ratio_and_its_inverse_lie_at_the_same_distance_from_one(anchors, ends):
    scale = scale_around([Decimal(1), *anchors], ends, is_log=True)
    assert all(scale.holds(value) for value in anchors)
    middle = scale.place(Decimal(1))
    wide = Scale(Decimal("0.01"), Decimal(100), is_log=True)
    assert wide.place(Decimal(2)) - 50 == 50 - wide.place(Decimal("0.5"))
    assert 0 < middle < 100


def test_one_wide_interval_does_not_squeeze_the_others():
    scale = scale_around([Decimal(0), Decimal(-3)], [Decimal(-90), Decimal(1)])
    assert scale.low > -7
    assert not scale.holds(Decimal(-90))
    assert scale.place(Decimal(-90)) == 0
