"""A remedy stands in the column of its mark, with as many boxes filled as its certainty has levels."""

import pytest

from remedies.charts.ladder_columns import boxes, ladder_column
from remedies.choices import Certainty, Effect


@pytest.mark.parametrize(
    ("effect", "column"),
    [
        ("benefit", "helps"),
        ("corrects", "helps"),
        ("none", "none"),
        ("harm", "harms"),
        ("causes", "harms"),
        ("mixed", "open"),
        ("unknown", "open"),
    ],
)
def test_the_column_is_that_of_the_mark(effect, column):
    assert ladder_column(effect, "low") == column
    assert ladder_column(effect, "high") == column


@pytest.mark.parametrize("effect", Effect)
def test_below_low_certainty_every_remedy_stands_in_the_column_of_what_is_not_known(effect):
    assert ladder_column(effect, "very_low") == "open"


@pytest.mark.parametrize("certainty", Certainty)
def test_as_many_boxes_are_filled_as_the_certainty_has_levels(certainty):
    filled = boxes(certainty)
    assert (len(filled), sum(filled)) == (4, certainty.level)
    assert filled == sorted(filled, reverse=True)
