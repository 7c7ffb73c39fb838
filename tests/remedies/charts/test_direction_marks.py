"""A mark shows a direction, and only where there is one to show."""

import pytest

from remedies.charts.direction_marks import DirectionMark, mark_of
from remedies.choices import Certainty, Effect


@pytest.mark.parametrize("effect", Effect)
@pytest.mark.parametrize("certainty", [each for each in Certainty if each.level < 2])
def test_below_low_certainty_no_direction_is_shown(effect, certainty):
    assert mark_of(effect, certainty) is DirectionMark.UNKNOWN


@pytest.mark.parametrize("certainty", ["low", "moderate", "high"])
@pytest.mark.parametrize(
    ("effect", "mark"),
    [
        ("benefit", "helps"),
        ("corrects", "corrects"),
        ("none", "none"),
        ("harm", "harms"),
        ("causes", "harms"),
        ("mixed", "mixed"),
        ("unknown", "unknown"),
    ],
)
def test_every_effect_has_its_mark_at_every_certainty_from_low_on(effect, mark, certainty):
    assert mark_of(effect, certainty) == mark
