"""What a result means for people: every figure comes from the row, and odds are never told as a risk."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from citations.choices import StudyType
from remedies.choices import Better, Direction, Measure
from remedies.effects.forest import forest_plot
from remedies.effects.frequencies import LEAST_FOR_PERCENT, natural_frequency
from remedies.effects.smallest import Reach, compare_with_smallest
from remedies.effects.wording import format_comparison, format_effect, format_frequency, signed
from remedies.grading.precision import smallest_for
from remedies.schema import EvidenceRow, SmallestDifferenceRow

ROW = {"citation": "A1", "outcome": "sleep", "direction": "unclear", "result": "Some."}
POINTS = {"measure": "MD", "better": "lower", "scale": "points from 0 to 40"}


def row(**values) -> EvidenceRow:
    return EvidenceRow.model_validate(ROW | values)


def smallest(value, measure="MD", scale="") -> SmallestDifferenceRow:
    return SmallestDifferenceRow.model_validate(
        {"measure": measure, "value": value, "scale": scale, "citations": ["B2"]}
    )


def arms(remedy: tuple[int, int], control: tuple[int, int]) -> EvidenceRow:
    return row(
        remedy_events=remedy[0],
        remedy_people=remedy[1],
        control_events=control[0],
        control_people=control[1],
    )


@pytest.mark.parametrize(
    ("remedy", "control", "text"),
    [
        ((13, 31), (21, 33), "13 of 31 with it, against 21 of 33 without it."),
        ((13, 49), (21, 500), "13 of 49 with it, against 21 of 500 without it."),
        ((65, 500), (320, 500), "Of 100 people, about 13 with it and 64 without it."),
        ((1, 50), (0, 50), "Of 100 people, about 2 with it and 0 without it."),
        ((5, 200), (1, 200), "Of 100 people, about 3 with it and 1 without it."),  # 2.5 and 0.5
    ],
)
def test_events_are_told_as_people(remedy, control, text):
    frequency = natural_frequency(arms(remedy, control))
    assert frequency is not None
    assert format_frequency(frequency) == text


@pytest.mark.parametrize("comparator", ["dose", "none"])
def test_an_arm_that_took_the_remedy_too_is_not_called_without_it(comparator):
    arms = {"remedy_events": 3, "remedy_people": 60, "control_events": 9, "control_people": 60}
    assert natural_frequency(row(**arms)) is not None
    assert natural_frequency(row(**arms, comparator=comparator)) is None


@pytest.mark.parametrize("missing", ["remedy_events", "control_events"])
def test_one_arm_alone_tells_nothing(missing):
    values = arms((1, 60), (2, 60)).canonical()
    del values[missing]
    assert natural_frequency(EvidenceRow.model_validate(values)) is None
    assert natural_frequency(arms((0, 0), (0, 60))) is None


ARM = st.integers(1, 3_000).flatmap(
    lambda people: st.tuples(st.integers(0, people), st.just(people))
)


@given(remedy=ARM, control=ARM)
def test_natural_frequencies_are_the_rows_own_figures(remedy, control):
    frequency = natural_frequency(arms(remedy, control))
    assert frequency is not None
    if min(remedy[1], control[1]) < LEAST_FOR_PERCENT:
        assert frequency.of_hundred is None
        assert f"{remedy[0]} of {remedy[1]}" in format_frequency(frequency)
        return
    assert frequency.of_hundred is not None
    for told, (events, people) in zip(frequency.of_hundred, (remedy, control), strict=True):
        assert abs(told - Fraction(100 * events, people)) <= Fraction(1, 2)


@given(value=st.decimals("0.01", "50", places=2), better=st.sampled_from(Better))
def test_an_odds_ratio_is_called_odds_and_never_a_risk(value, better):
    text = format_effect(row(measure="OR", effect_value=value, better=better))
    assert text.startswith("Odds ratio")
    assert "risk" not in text.lower()


def test_every_measure_has_a_name_of_its_own():
    texts = {
        format_effect(row(measure=measure, effect_value=2, better="lower")) for measure in Measure
    }
    assert len(texts) == len(Measure)


def test_an_effect_is_told_with_interval_and_scale():
    shown = format_effect(
        row(effect_value=Decimal("-3.8"), effect_low=-6, effect_high=Decimal("-1.6"), **POINTS)
    )
    assert shown == "Mean difference −3.8 (95 % interval −6 to −1.6), points from 0 to 40"
    assert format_effect(row()) == ""


@pytest.mark.parametrize(
    ("value", "better", "least", "reach"),
    [
        ("-3.8", "lower", 3, Reach.AT_LEAST),
        ("-3", "lower", 3, Reach.AT_LEAST),
        ("-2.9", "lower", 3, Reach.BELOW),
        ("2.9", "higher", 3, Reach.BELOW),
        ("3", "higher", 3, Reach.AT_LEAST),
        ("1", "lower", 3, Reach.WORSE),
        ("0", "lower", 3, Reach.BELOW),
    ],
)
def test_a_difference_is_held_against_the_one_that_people_notice(value, better, least, reach):
    result = row(measure="MD", effect_value=Decimal(value), better=better)
    comparison = compare_with_smallest(result, smallest(least))
    assert comparison is not None
    assert comparison.reach is reach
    assert comparison.distance == abs(Decimal(value))


def test_a_ratio_is_held_by_its_distance_from_one():
    result = row(measure="RR", effect_value=Decimal("0.7"), better="lower")
    comparison = compare_with_smallest(result, smallest("0.25", "RR"))
    assert comparison is not None
    assert (comparison.distance, comparison.reach) == (Decimal("0.3"), Reach.AT_LEAST)


def test_the_sentence_holds_both_figures():
    result = row(effect_value=Decimal("-3.8"), **POINTS)
    comparison = compare_with_smallest(result, smallest(3, scale=POINTS["scale"]))
    assert comparison is not None
    assert format_comparison(comparison) == (
        "3.8 is at least the 3 that people notice (points from 0 to 40)."
    )


def test_a_smallest_difference_of_another_scale_is_not_taken():
    result = row(effect_value=-3, **POINTS)
    other, general = smallest(9, scale="minutes"), smallest(2)
    assert smallest_for(result, [other]) is None
    assert smallest_for(result, [other, general]) is general
    assert smallest_for(result, [smallest(9, "SMD")]) is None


def effect(value, low=None, high=None, **values) -> EvidenceRow:
    return row(effect_value=value, effect_low=low, effect_high=high, **(POINTS | values))


def test_a_plot_needs_two_results_on_one_measure():
    one = effect(-3)
    assert forest_plot([], {}, []) is None
    assert forest_plot([one], {}, []) is None
    assert forest_plot([one, effect(2, measure="SMD")], {}, []) is None
    assert forest_plot([one, effect(2, scale="minutes")], {}, []) is None
    assert forest_plot([one, effect(-1, role="other")], {}, []) is None
    assert forest_plot([one, effect(-1)], {}, []) is not None


def test_what_is_not_the_same_thing_stands_last_and_apart():
    rows = [
        effect(-9, components=["magnesium", "vitamin B6"]),
        effect(-8, route="intravenous"),
        effect(-7, other_people=True),
        effect(-3, citation="Review"),
    ]
    plot = forest_plot(rows, {"Review": StudyType.META_ANALYSIS}, [smallest(3)])
    assert plot is not None
    assert [item.is_apart for item in plot.rows] == [False, True, True, True]
    assert [item.is_review for item in plot.rows] == [True, False, False, False]
    assert (plot.no_effect, plot.smallest) == (0, -3)


VALUES = st.decimals("-90", "90", places=1)


@given(ends=st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=2, max_size=6))
def test_a_plot_holds_the_rows_own_figures(ends):
    rows = [effect(*(sorted(three)[place] for place in (1, 0, 2))) for three in ends]
    plot = forest_plot(rows, {}, [])
    assert plot is not None
    assert [(item.value, item.low, item.high) for item in plot.rows] == [
        (each.effect_value, each.effect_low, each.effect_high) for each in rows
    ]


def test_a_minus_is_a_minus_sign():
    assert signed(Decimal("-1.50")) == "−1.5"
    assert signed(Decimal(0)) == "0"


@pytest.mark.parametrize(
    ("direction", "low", "high", "contradicts"),
    [
        ("benefit", -3, -1, False),
        ("benefit", -3, 0, True),
        ("benefit", 1, 3, True),
        ("harm", 1, 3, False),
        ("harm", -1, 3, True),
        ("none", -1, 3, False),
        ("none", 1, 3, True),
        ("unclear", -3, -1, False),
        ("mixed", 1, 3, False),
    ],
)
@pytest.mark.parametrize("better", Better)
def test_a_direction_has_to_fit_its_interval(direction, low, high, contradicts, better):
    if better is Better.HIGHER:
        low, high = -high, -low
    values = {"measure": "MD", "better": better, "direction": Direction(direction)}
    shown = row(effect_value=Decimal(low + high) / 2, effect_low=low, effect_high=high, **values)
    assert bool(shown.contradiction) is contradicts
    explained = shown.model_copy(update={"direction_reason": "The review says so."})
    assert explained.contradiction == ""


@pytest.mark.parametrize(
    "values",
    [
        {"remedy_events": 3},
        {"remedy_people": 2, "remedy_events": 3},
        {"n_analysed": 90, "remedy_people": 20, "control_people": 20},
        {"measure": "MD"},
        {"effect_value": 3},
        {"measure": "MD", "effect_value": 3},
        {"measure": "MD", "effect_value": 3, "better": "lower", "effect_low": 2},
        {"measure": "MD", "effect_value": 3, "better": "lower", "effect_low": 4, "effect_high": 5},
        {"measure": "RR", "effect_value": 0, "better": "lower"},
        {"measure": "RR", "effect_value": 1, "better": "lower", "effect_low": 0, "effect_high": 2},
        {"status": "superseded"},
        {"superseded_by": ["B2"]},
    ],
)
def test_what_does_not_belong_together_is_refused(values):
    with pytest.raises(ValidationError):
        row(**values)
