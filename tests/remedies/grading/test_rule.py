"""The rule: made cases from end to end, its boundaries, and what must always hold."""

from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.choices import StudyType
from remedies.choices import (
    GRADED,
    Better,
    Certainty,
    Direction,
    Directness,
    Effect,
    EntryUse,
    EvidenceStatus,
    JudgementKind,
    Measure,
    RiskOfBias,
    Role,
    Route,
    Size,
)
from remedies.grading import scale
from remedies.grading.inputs import EditorOverride, EditorVerdict, EntryFacts, EvidenceInput
from remedies.grading.rule import Grade, grade, grade_by_route, grade_second_question
from remedies.grading.scale import ExclusionReason, StepName
from remedies.schema import SmallestDifferenceRow

JUDGED = EditorVerdict(Effect.BENEFIT, Certainty.HIGH)
PLUS, NULL, MINUS = Direction.BENEFIT, Direction.NONE, Direction.HARM
MIXED, UNCLEAR = Direction.MIXED, Direction.UNCLEAR
LOW, SOME, HIGH, UNKNOWN = RiskOfBias.LOW, RiskOfBias.SOME, RiskOfBias.HIGH, RiskOfBias.NOT_ASSESSED
_keys = count(1)


def trial(
    people=None, direction=PLUS, bias=LOW, kind=StudyType.RANDOMISED_TRIAL, **values
) -> EvidenceInput:
    key = values.pop("key", f"Work{next(_keys)}")
    return EvidenceInput(
        key=key, study_type=kind, direction=direction, people=people, bias=bias, **values
    )


def review(people=None, direction=PLUS, bias=LOW, **values) -> EvidenceInput:
    return trial(people, direction, bias, StudyType.META_ANALYSIS, **values)


def cohort(people=5000, direction=PLUS, bias=LOW, **values) -> EvidenceInput:
    return trial(people, direction, bias, StudyType.COHORT, **values)


def reports(people=3, direction=PLUS, bias=LOW, **values) -> EvidenceInput:
    return trial(people, direction, bias, StudyType.CASE_SERIES, **values)


def interval(value, low, high, measure=Measure.RR, better=Better.LOWER) -> dict[str, object]:
    return {
        "measure": measure,
        "effect_value": Decimal(str(value)),
        "effect_low": Decimal(str(low)),
        "effect_high": Decimal(str(high)),
        "better": better,
    }


INDIRECT = {"directness": Directness.INDIRECT}
CASES = {
    # the prototype's
    "the seed: one trial of 50, some concerns": ([trial(50, bias=SOME)], "very_low", "benefit"),
    "the seed with 75": ([trial(75, bias=SOME)], "very_low", "benefit"),
    "the seed and a null trial of 60": (
        [trial(60, bias=SOME), trial(60, NULL, SOME)],
        "very_low",
        "mixed",
    ),
    "five good trials": ([trial(n) for n in (100, 150, 200, 250, 300)], "high", "benefit"),
    "three and two null": (
        [trial(200), trial(200), trial(200), trial(200, NULL), trial(200, NULL)],
        "moderate",
        "benefit",
    ),
    "one large good trial": ([trial(800)], "moderate", "benefit"),
    "four null trials": ([trial(150, NULL) for _ in range(4)], "high", "none"),
    "a cohort": ([cohort()], "low", "benefit"),
    "case reports": ([reports()], "very_low", "benefit"),
    "only a registered trial": (
        [trial(100, kind=StudyType.REGISTRY_ENTRY)],
        "not_searched",
        "unknown",
    ),
    "a large retracted trial and a small one": (
        [trial(900, retracted=True), trial(80), trial(120)],
        "moderate",
        "benefit",
    ),
    "a large retracted trial and one of 80": (
        [trial(900, retracted=True), trial(80)],
        "low",
        "benefit",
    ),
    # people
    "399 people": ([trial(200), trial(199)], "moderate", "benefit"),
    "400 people": ([trial(200), trial(200)], "high", "benefit"),
    "99 people": ([trial(50), trial(49)], "low", "benefit"),
    "100 people": ([trial(50), trial(50)], "moderate", "benefit"),
    "no number given": ([trial(), trial()], "low", "benefit"),
    "one number given": ([trial(400), trial()], "high", "benefit"),
    # bias
    "half of the people at high risk": ([trial(200, bias=HIGH), trial(200)], "high", "benefit"),
    "more than half at high risk": ([trial(201, bias=HIGH), trial(200)], "low", "benefit"),
    "more than half not low": ([trial(201, bias=SOME), trial(200)], "moderate", "benefit"),
    "bias not assessed": (
        [trial(300, bias=UNKNOWN), trial(300, bias=UNKNOWN)],
        "moderate",
        "benefit",
    ),
    "all at high risk": ([trial(300, bias=HIGH), trial(300, bias=HIGH)], "low", "benefit"),
    "bias of those that disagree is not ours": (
        [*[trial(200) for _ in range(4)], trial(200, NULL, HIGH)],
        "high",
        "benefit",
    ),
    # consistency
    "exactly three of five": (
        [trial(400) for _ in range(3)] + [trial(400, NULL) for _ in range(2)],
        "moderate",
        "benefit",
    ),
    "just below three of five": (
        [trial(400), trial(400), trial(399), trial(400, NULL), trial(400, NULL)],
        "low",
        "mixed",
    ),
    "exactly three of four": (
        [trial(400) for _ in range(3)] + [trial(400, NULL)],
        "high",
        "benefit",
    ),
    "just below three of four": (
        [trial(400), trial(400), trial(399), trial(400, NULL)],
        "moderate",
        "benefit",
    ),
    "one for and one against": ([trial(500), trial(500, MINUS)], "low", "mixed"),
    "one for and one unclear": ([trial(500), trial(500, UNCLEAR)], "low", "mixed"),
    "all unclear": ([trial(500, UNCLEAR), trial(500, UNCLEAR)], "high", "unknown"),
    "all mixed": ([trial(500, MIXED), trial(500, MIXED)], "high", "mixed"),
    "harm": ([trial(500, MINUS), trial(500, MINUS)], "high", "harm"),
    "above 1000 people weighs no more": (
        [trial(100_000), trial(1000, NULL)],
        "low",
        "mixed",
    ),
    # directness
    "half of the weight indirect": ([trial(400, **INDIRECT), trial(400)], "high", "benefit"),
    "more than half indirect": ([trial(401, **INDIRECT), trial(400)], "moderate", "benefit"),
    "directness not assessed": ([trial(400), trial(400)], "high", "benefit"),
    # kinds of evidence
    "trials outrank cohorts": ([trial(400, NULL), trial(400, NULL), cohort()], "high", "none"),
    "a cohort outranks reports": ([cohort(direction=NULL), reports()], "low", "none"),
    "a biased cohort": ([cohort(bias=HIGH)], "very_low", "benefit"),
    "crossover trials count as randomised": (
        [trial(400, kind=StudyType.CROSSOVER_TRIAL) for _ in range(2)],
        "high",
        "benefit",
    ),
    "an open trial alone": ([trial(12, kind=StudyType.OPEN_LABEL_TRIAL)], "very_low", "benefit"),
    "a register is no study": ([trial(kind=StudyType.REGISTRY_ENTRY)], "not_searched", "unknown"),
    "a guideline alone lets the editors' word stand": (
        [trial(kind=StudyType.GUIDELINE)],
        "moderate",
        "benefit",
    ),
    "beside a trial a guideline is background": (
        [trial(kind=StudyType.GUIDELINE), trial(12, NULL, kind=StudyType.OPEN_LABEL_TRIAL)],
        "very_low",
        "none",
    ),
    "context does not count": ([trial(500, role=Role.CONTEXT)], "not_searched", "unknown"),
    "another outcome does not count": (
        [trial(500, role=Role.OTHER_OUTCOME), trial(50, NULL)],
        "low",
        "none",
    ),
    "injected does not count": ([trial(500, route=Route.INJECTION)], "not_by_mouth", "unknown"),
    "food does": ([cohort(route=Route.DIET)], "low", "benefit"),
    "nothing on file": ([], "not_searched", "unknown"),
    # reviews
    "a review alone is one body": ([review(2000)], "moderate", "benefit"),
    "a review of many trials is not one study": ([review(2000, trials=9)], "high", "benefit"),
    # a rating that somebody else gave
    "its own rating is the word": ([review(2000, rating=Certainty.LOW)], "low", "benefit"),
    "a rating above ours as well": ([review(300, rating=Certainty.HIGH)], "high", "benefit"),
    "a guideline that rates is adopted": (
        [trial(kind=StudyType.GUIDELINE, rating=Certainty.LOW), trial(900)],
        "low",
        "benefit",
    ),
    "of two ratings the lower": (
        [review(9, rating=Certainty.HIGH), review(9, rating=Certainty.LOW, direction=NULL)],
        "low",
        "none",
    ),
    "of two ratings the newer that includes the older": (
        [
            review(9, key="New", rating=Certainty.HIGH),
            review(9, key="Old", rating=Certainty.LOW, reviews=("New",)),
        ],
        "high",
        "benefit",
    ),
    "a rating of a combination is not adopted": (
        [review(900, rating=Certainty.HIGH, combination=True), trial(450)],
        "moderate",
        "benefit",
    ),
    "nor one of other people": (
        [review(900, rating=Certainty.HIGH, other_people=True), trial(450)],
        "moderate",
        "benefit",
    ),
    "nor one of another outcome": (
        [review(900, rating=Certainty.HIGH, role=Role.OTHER_OUTCOME), trial(450)],
        "moderate",
        "benefit",
    ),
    "nor one that was replaced": (
        [review(900, rating=Certainty.HIGH, status=EvidenceStatus.SUPERSEDED), trial(450)],
        "moderate",
        "benefit",
    ),
    "a newer trial of a quarter of its people that points another way": (
        [review(400, rating=Certainty.MODERATE, year=2010), trial(100, NULL, year=2015)],
        "low",
        "benefit",
    ),
    "one of fewer people": (
        [review(400, rating=Certainty.MODERATE, year=2010), trial(99, NULL, year=2015)],
        "moderate",
        "benefit",
    ),
    "an older one": (
        [review(400, rating=Certainty.MODERATE, year=2010), trial(100, NULL, year=2010)],
        "moderate",
        "benefit",
    ),
    "one that is unclear": (
        [review(400, rating=Certainty.MODERATE, year=2010), trial(100, UNCLEAR, year=2015)],
        "moderate",
        "benefit",
    ),
    "very low goes no lower": (
        [review(400, rating=Certainty.VERY_LOW, year=2010), trial(100, NULL, year=2015)],
        "very_low",
        "benefit",
    ),
    # not the same thing
    "a combination does not vote": (
        [trial(400), trial(400), trial(900, NULL, combination=True)],
        "high",
        "benefit",
    ),
    "children do not vote for adults": (
        [trial(400), trial(400), trial(900, NULL, other_people=True)],
        "high",
        "benefit",
    ),
    "alone they count with one step down": (
        [trial(400, combination=True), trial(400, other_people=True)],
        "moderate",
        "benefit",
    ),
    "a trial that still runs": (
        [trial(900, NULL, status=EvidenceStatus.ONGOING), trial(400), trial(400)],
        "high",
        "benefit",
    ),
    # intervals
    "an interval clear of no effect": (
        [trial(200, **interval(0.5, 0.4, 0.6)), trial(200)],
        "high",
        "benefit",
    ),
    "clear of it, with fewer than 100 people": (
        [trial(50, **interval(0.5, 0.4, 0.6)), trial(49)],
        "moderate",
        "benefit",
    ),
    "clear of it, with 100 people": (
        [trial(50, **interval(0.5, 0.4, 0.6)), trial(50)],
        "high",
        "benefit",
    ),
    "no effect lies in it": (
        [trial(900, **interval(0.9, 0.7, 1)), trial(900)],
        "moderate",
        "benefit",
    ),
    "no difference, and a benefit lies in it": (
        [trial(900, NULL, **interval(0.9, 0.75, 1.24)), trial(800, NULL)],
        "moderate",
        "none",
    ),
    "no difference, and both a benefit and a harm do": (
        [trial(900, NULL, **interval(0.9, 0.75, 1.25)), trial(800, NULL)],
        "low",
        "none",
    ),
    "no difference, and neither does": (
        [trial(90, NULL, **interval(0.9, 0.76, 1.24)), trial(80, NULL)],
        "high",
        "none",
    ),
    "a review without numbers leaves it to the editors": ([review()], "moderate", "benefit"),
    "two such reviews too": ([review(), review(direction=NULL)], "moderate", "benefit"),
    "a trial is better than a review without numbers": (
        [review(direction=NULL), trial(50)],
        "low",
        "benefit",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_case_gives_its_grade(case):
    items, certainty, effect = case
    result = grade(items, JUDGED)
    assert (result.certainty.value, result.effect.value) == (certainty, effect)


def test_there_are_enough_cases():
    assert len(CASES) >= 40


def test_trials_in_a_review_of_more_people_are_not_counted_again():
    whole = review(900, key="Whole")
    part = trial(100, key="Part", reviews=("Whole",))
    result = grade([whole, part], JUDGED)
    assert result.counted == ("Whole",)
    assert result.excluded == (("Part", ExclusionReason.IN_REVIEW),)


def test_a_review_whose_people_are_all_on_file_gives_way_to_its_trials():
    whole = review(300, key="Whole")
    parts = [trial(150, key=key, reviews=("Whole",)) for key in ("A", "B")]
    result = grade([whole, *parts], JUDGED)
    assert result.counted == ("A", "B")
    assert ("Whole", ExclusionReason.EXPANDED) in result.excluded


def test_beside_an_adopted_rating_stands_what_our_own_rule_gives():
    rated = review(300, key="Rated", rating=Certainty.VERY_LOW)
    result = grade([rated, trial(900, key="Trial")], JUDGED)
    assert result.counted == ("Rated",)
    assert result.excluded == (("Trial", ExclusionReason.BESIDE),)
    assert [step.name for step in result.steps] == [StepName.ADOPTED]
    assert result.own is not None
    assert result.own.certainty is Certainty.HIGH
    assert set(result.own.counted) == {"Rated", "Trial"}


def test_a_newer_trial_is_named_in_the_ledger():
    rated = review(400, rating=Certainty.HIGH, year=2010)
    result = grade([rated, trial(100, NULL, year=2015, key="Newer")], JUDGED)
    assert result.steps[-1].facts == {"works": "Newer"}
    assert result.steps[-1].change == -1


def test_what_was_not_read_is_one_step_down_and_a_line():
    studies = [trial(400), trial(400)]
    result = grade(studies, JUDGED, facts=EntryFacts(unread=2))
    assert result.certainty is Certainty.MODERATE
    step = next(step for step in result.steps if step.name is StepName.UNREAD)
    assert (step.change, step.facts) == (-1, {"works": "2"})


@pytest.mark.parametrize(
    ("items", "searched", "certainty"),
    [
        ([], False, Certainty.NOT_SEARCHED),
        ([], True, Certainty.NO_STUDIES),
        ([trial(90, route=Route.INTRAVENOUS)], False, Certainty.NOT_BY_MOUTH),
        ([trial(90, route=Route.INTRAVENOUS)], True, Certainty.NOT_BY_MOUTH),
        ([trial(90, status=EvidenceStatus.ONGOING)], True, Certainty.NO_STUDIES),
    ],
)
def test_no_studies_in_people_needs_a_search_on_record(items, searched, certainty):
    result = grade(items, JUDGED, facts=EntryFacts(looked_for_none=searched))
    assert (result.certainty, result.effect) == (certainty, Effect.UNKNOWN)


@pytest.mark.parametrize(
    ("use", "direction", "effect"),
    [
        (EntryUse.DEFICIENCY, PLUS, Effect.CORRECTS),
        (EntryUse.DEFICIENCY, NULL, Effect.NONE),
        (EntryUse.SIDE_EFFECT, MINUS, Effect.CAUSES),
        (EntryUse.SIDE_EFFECT, NULL, Effect.NONE),
        (EntryUse.TREATS, MINUS, Effect.HARM),
    ],
)
@pytest.mark.parametrize("rating", [None, Certainty.LOW])
def test_a_lack_corrected_and_a_side_effect_have_words_of_their_own(use, direction, effect, rating):
    result = grade([review(500, direction, rating=rating)], JUDGED, facts=EntryFacts(use=use))
    assert result.effect is effect


MD = {"measure": Measure.MD, "better": Better.LOWER}


@pytest.mark.parametrize(
    ("direction", "low", "high", "smallest", "steps"),
    [
        (PLUS, -9, -4, 3, 0),
        (PLUS, -9, -3, 3, 0),  # an end that touches the smallest difference is not across it
        (PLUS, -9, -2, 3, -1),
        (PLUS, -9, 0, 3, -2),
        (PLUS, -2, 0, 3, -1),  # all of it is below what matters: only no effect is held
        (PLUS, -9, -2, None, 0),
        (PLUS, -9, 1, None, -1),
        (MINUS, 4, 9, 3, 0),
        (MINUS, 2, 9, 3, -1),
        (MINUS, -1, 9, 3, -2),
        (NULL, -2, 2, 3, 0),
        (NULL, -3, 2, 3, -1),
        (NULL, -2, 3, 3, -1),
        (NULL, -3, 3, 3, -2),
    ],
)
@pytest.mark.parametrize("better", Better)
def test_an_interval_costs_a_step_for_each_thing_that_it_should_not_hold(
    direction, low, high, smallest, steps, better
):
    if better is Better.HIGHER:
        low, high = -high, -low
    values = interval((low + high) / 2, low, high, Measure.MD, better)
    facts = EntryFacts(smallest=(smallest_difference(smallest),) if smallest else ())
    result = grade([trial(400, direction, **values) for _ in range(2)], JUDGED, facts=facts)
    step = next(step for step in result.steps if step.name is StepName.IMPRECISION)
    assert "held" in step.facts
    assert step.change == steps


def smallest_difference(value, scale=""):
    return SmallestDifferenceRow(measure=Measure.MD, value=value, scale=scale, citations=["S"])


def test_a_smallest_difference_of_another_scale_costs_nothing():
    values = interval(-5, -9, -2, Measure.MD, Better.LOWER) | {"scale": "points"}
    rows = [trial(400, PLUS, **values) for _ in range(2)]
    for smallest, steps in (
        ([smallest_difference(3, "minutes")], 0),
        ([smallest_difference(3, "points"), smallest_difference(99, "minutes")], -1),
        ([smallest_difference(3)], -1),
    ):
        result = grade(rows, JUDGED, facts=EntryFacts(smallest=tuple(smallest)))
        step = next(step for step in result.steps if step.name is StepName.IMPRECISION)
        assert step.change == steps


def test_a_difference_without_a_smallest_one_is_judged_by_its_people():
    values = interval(0, -3, 3, Measure.MD)
    result = grade([trial(150, NULL, **values) for _ in range(2)], JUDGED)
    step = next(step for step in result.steps if step.name is StepName.IMPRECISION)
    assert (step.change, step.facts["people"]) == (-1, "300")


@pytest.mark.parametrize(
    ("people", "near"), [(89, False), (90, True), (110, True), (111, False), (360, True)]
)
def test_a_figure_close_to_a_boundary_is_called_so(people, near):
    result = grade([trial(people)], JUDGED)
    step = next(step for step in result.steps if step.name is StepName.IMPRECISION)
    assert ("near" in step.facts) is near


def test_bias_that_is_not_stated_counts_as_some_and_is_named():
    result = grade([trial(300, bias=UNKNOWN), trial(100)], JUDGED)
    step = next(step for step in result.steps if step.name is StepName.BIAS)
    assert (step.change, step.facts["not_stated"]) == (-1, "300")


def test_another_route_has_a_grade_of_its_own():
    by_vein = [trial(300, route=Route.INTRAVENOUS) for _ in range(2)]
    by_mouth = trial(300, NULL)
    grades = grade_by_route([*by_vein, by_mouth], JUDGED, EntryFacts())
    assert {route: (result.certainty, result.effect) for route, result in grades.items()} == {
        Route.INTRAVENOUS: (Certainty.HIGH, Effect.BENEFIT)
    }
    assert grade([*by_vein, by_mouth], JUDGED).effect is Effect.NONE


def test_the_second_question_has_a_grade_of_its_own_and_leaves_the_first_alone():
    second = [trial(300, NULL, key=f"S{number}", role=Role.SECOND) for number in range(2)]
    first = trial(300)
    result = grade_second_question([first, *second], JUDGED, EntryFacts(unread=1))
    assert (result.certainty, result.effect) == (Certainty.HIGH, Effect.NONE)
    alone, beside = grade([first], JUDGED), grade([first, *second], JUDGED)
    assert (alone.certainty, alone.effect) == (beside.certainty, beside.effect)
    assert dict(beside.excluded)["S0"] is ExclusionReason.SECOND_QUESTION
    assert grade_second_question([first], JUDGED, EntryFacts()) is None
    bare = review(key="Bare", role=Role.SECOND)
    assert grade_second_question([first, bare], JUDGED, EntryFacts()) is None


def test_the_editors_word_alone_is_moderate_at_most_and_the_ledger_says_so():
    result = grade([review(key="Bare")], EditorVerdict(Effect.NONE, Certainty.HIGH))
    assert (result.certainty, result.effect) == (Certainty.MODERATE, Effect.NONE)
    assert [step.name for step in result.steps] == [StepName.JUDGEMENT]
    assert result.counted == ("Bare",)


@pytest.mark.parametrize(
    ("kind", "items", "certainty"),
    [
        ("publication_bias", [trial(400), trial(400)], "moderate"),
        ("very_indirect", [trial(400), trial(400)], "low"),
        ("large_effect", [cohort()], "moderate"),
        ("dose_response", [cohort()], "moderate"),
        ("large_effect", [trial(50)], "low"),  # only other studies are raised
        ("large_effect", [cohort(bias=HIGH)], "very_low"),  # and only where nothing was wrong
        ("raise", [cohort()], "moderate"),
        ("lower", [cohort()], "very_low"),
        ("lower", [reports()], "very_low"),
        ("raise", [trial(400), trial(400)], "high"),
    ],
)
def test_what_editors_judge_moves_the_grade_as_far_as_the_rule_lets_it(kind, items, certainty):
    override = EditorOverride(kind=JudgementKind(kind), reason="Because of this.")
    result = grade(items, JUDGED, [override])
    assert result.certainty.value == certainty
    reasons = [step.facts["reason"] for step in result.steps if "reason" in step.facts]
    moved = result.certainty is not grade(items, JUDGED).certainty
    assert reasons == ["Because of this."] or not moved


def test_every_line_of_the_ledger_starts_where_the_one_before_ended():
    result = grade([trial(75, bias=SOME), trial(60, NULL, SOME)], JUDGED)
    assert [(step.name.value, step.change, step.level) for step in result.steps] == [
        ("start", 0, 4),
        ("bias", -1, 3),
        ("inconsistency", -2, 1),
        ("indirectness", 0, 1),
        ("imprecision", -2, 1),
    ]
    assert result.steps[2].facts == {"share": "52"}


def test_the_size_is_the_weighted_middle_of_what_was_reported():
    small, large = trial(100, size=Size.SMALL), trial(400, size=Size.LARGE)
    assert grade([small, large, trial(900)], JUDGED).size is Size.LARGE
    assert grade([small, large.model_copy(update={"people": 100})], JUDGED).size is Size.SMALL
    assert grade([trial(100)], JUDGED).size is Size.NOT_REPORTED


ITEMS = st.lists(
    st.builds(
        EvidenceInput,
        key=st.integers().map(str),
        study_type=st.sampled_from(StudyType),
        direction=st.sampled_from(Direction),
        people=st.none() | st.integers(1, 5000),
        size=st.sampled_from(Size),
        bias=st.sampled_from(RiskOfBias),
        directness=st.sampled_from(Directness),
        route=st.sampled_from(Route),
        role=st.sampled_from(Role),
        retracted=st.booleans(),
        rating=st.none() | st.sampled_from(GRADED),
        year=st.none() | st.integers(1980, 2026),
        status=st.sampled_from(EvidenceStatus),
        combination=st.booleans(),
        other_people=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda item: item.key,
)


@given(items=ITEMS, data=st.data())
def test_the_order_of_items_never_matters(items, data):
    shuffled = data.draw(st.permutations(items))
    assert grade(shuffled, JUDGED) == grade(items, JUDGED)


@given(
    items=ITEMS,
    kind=st.sampled_from(list(scale.TIER_OF)),
    people=st.none() | st.integers(1, 5000),
    bias=st.sampled_from(RiskOfBias),
)
def test_a_null_study_never_raises_the_certainty_of_benefit(items, kind, people, bias):
    def certainty_of_benefit(result: Grade) -> int:
        if result.effect is not Effect.BENEFIT:
            return 0
        return result.certainty.level

    before = grade(items, JUDGED)
    after = grade([*items, trial(people, NULL, bias, kind, key="null")], JUDGED)
    assert certainty_of_benefit(after) <= certainty_of_benefit(before)


@given(items=ITEMS, data=st.data())
def test_what_does_not_count_never_changes_the_word(items, data):
    before = grade(items, JUDGED)
    barred = data.draw(
        st.sampled_from(
            [
                {"role": Role.CONTEXT},
                {"role": Role.OTHER_OUTCOME},
                {"retracted": True},
                {"status": EvidenceStatus.ONGOING},
                {"status": EvidenceStatus.SUPERSEDED},
                {"kind": StudyType.LABORATORY_STUDY},
            ]
        )
    )
    direction = data.draw(st.sampled_from(Direction))
    after = grade([*items, trial(3000, direction, key="barred", **barred)], JUDGED)
    assert (after.certainty, after.effect, after.steps) == (
        before.certainty,
        before.effect,
        before.steps,
    )


@given(items=ITEMS)
def test_every_item_is_accounted_for_once(items):
    result = grade(items, JUDGED)
    named = [*result.counted, *(key for key, _reason in result.excluded)]
    assert sorted(named) == sorted(item.key for item in items)
    assert result.version == scale.VERSION


def test_every_study_type_has_a_tier_or_is_named_as_no_study_in_people():
    """A new study type fails here until the rule says what it does with it."""
    placed = [*scale.TIER_OF, *scale.REVIEWS, *scale.OVERVIEWS, *scale.NO_STUDY_IN_PEOPLE]
    assert len(placed) == len(set(placed)), "a study type stands in two places of the scale"
    assert set(placed) == set(StudyType)


@pytest.mark.parametrize("study_type", sorted(scale.NO_STUDY_IN_PEOPLE))
def test_what_is_no_study_in_people_never_counts(study_type):
    result = grade([trial(500, kind=study_type)], JUDGED)
    assert result.certainty is Certainty.NOT_SEARCHED
    assert [reason for _key, reason in result.excluded] == [ExclusionReason.NO_STUDY]
