"""The statistics and the mechanics of votes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies_site.voting import Z_DISPLAY, Z_ORDER, InvalidVote, parse_value, wilson


@pytest.mark.parametrize(
    ("up", "down", "low"),
    [(1, 0, 0.378), (3, 0, 0.646), (9, 1, 0.718), (18, 6, 0.623), (60, 40, 0.536), (90, 10, 0.855)],
)
def test_the_lower_bound_orders_as_the_methods_page_computed(up, down, low) -> None:
    assert wilson(up, down, Z_ORDER).low == pytest.approx(low, abs=0.0006)


@pytest.mark.parametrize(
    ("up", "down", "shown"), [(18, 6, (55, 88)), (3, 0, (44, 100)), (9, 1, (60, 98))]
)
def test_the_range_for_readers_is_the_95_percent_interval(up, down, shown) -> None:
    assert tuple(round(100 * end) for end in wilson(up, down, Z_DISPLAY)) == shown


def test_nothing_is_known_without_votes() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_range_lies_between_0_and_1_and_holds_the_share(up, down) -> None:
    low, high = wilson(up, down)
    assert 0 <= low <= high <= 1
    if up + down:
        assert low - 1e-9 <= up / (up + down) <= high + 1e-9


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("0", 0), ("-1", -1)])
def test_a_value_is_one_of_three(text, value) -> None:
    assert parse_value(text) == value


@pytest.mark.parametrize("text", [None, "", "2", "-2", "1.0", "+1", "01", "up", "1 ", "١"])
def test_any_other_value_is_refused(text) -> None:
    with pytest.raises(InvalidVote):
        parse_value(text)
