"""A mark shows a direction, and only where there is one to show."""

import pytest

from remedies.charts.direction_marks import DirectionMark, mark_of
from remedies.choices import Certainty, Effect
from remedies.grading.wording import effect_label


@pytest.mark.parametrize("effect", [each for each in Effect if each is not Effect.MIXED])
@pytest.mark.parametrize("certainty", [each for each in Certainty if each.level < 2])
def test_below_low_certainty_no_direction_is_shown(effect, certainty):
    assert mark_of(effect, certainty) is DirectionMark.UNKNOWN


@pytest.mark.parametrize("certainty", Certainty)
def test_what_is_called_mixed_has_the_mark_of_it(certainty):
    assert effect_label("mixed", certainty) == "Mixed results"
    assert mark_of("mixed", certainty) is DirectionMark.MIXED


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


@pytest.mark.parametrize("certainty", Certainty)
@pytest.mark.parametrize("effect", Effect)
def test_the_ring_stands_just_where_the_words_say_not_known(effect, certainty):
    unknown = mark_of(effect, certainty) is DirectionMark.UNKNOWN
    assert unknown is (effect_label(effect, certainty) == "Not known")
