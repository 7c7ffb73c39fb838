"""The evidence map as a figure: nothing is left out unseen, nothing lies outside, nothing overlaps."""

from itertools import pairwise

import pytest

from remedies.charts.answer_map import (
    MOST_CONDITIONS,
    MOST_REMEDIES,
    SHAPES,
    Answer,
    MapLabel,
    answer_map,
)
from remedies.charts.direction_marks import DirectionMark
from remedies.choices import Certainty

LEVELS = ("no_studies", "very_low", "low", "moderate", "high")


def answers(remedies: int, conditions: int) -> list[Answer]:
    return [
        Answer(
            MapLabel(0, f"{remedy:02}", f"Remedy {remedy} (also called something)"),
            MapLabel(condition // 3, f"{condition:02}", f"Condition of name {condition:02}"),
            "benefit",
            LEVELS[(remedy + condition) % 5],
        )
        for remedy in range(remedies)
        for condition in range(conditions)
    ]


@pytest.mark.parametrize("size", [(1, 1), (8, 19), (10, 20), (40, 60)])
@pytest.mark.parametrize("name", ["wide", "narrow"])
def test_every_mark_and_label_is_inside_its_drawing(size, name):
    drawing = getattr(answer_map(answers(*size)), name)
    for mark in drawing.marks:
        side = 16 * mark.scale
        assert 0 <= mark.x <= mark.x + side <= drawing.width + 0.5
        assert 0 <= mark.y <= mark.y + side <= drawing.height + 0.5
    for label in drawing.labels:
        assert 0 <= label.x <= drawing.width
        assert 0 <= label.y <= drawing.height


@pytest.mark.parametrize("name", ["wide", "narrow"])
def test_no_two_marks_lie_on_each_other(name):
    marks = getattr(answer_map(answers(10, 20)), name).marks
    middles = sorted((mark.x + 8 * mark.scale, mark.y + 8 * mark.scale) for mark in marks)
    apart = [max(abs(x - to_x), abs(y - to_y)) for (x, y), (to_x, to_y) in pairwise(middles)]
    assert len(marks) == 200
    assert min(apart) > 15


def test_the_narrow_one_fits_a_screen_of_320_px_and_the_wide_one_its_half_of_a_desk():
    drawn = answer_map(answers(8, 19))
    assert drawn.narrow.width <= 288
    assert drawn.wide.width <= 740


def test_the_surer_the_larger():
    remedy = MapLabel(0, "a", "A")
    drawn = answer_map(
        [
            Answer(remedy, MapLabel(0, str(Certainty(each).level), each), "benefit", each)
            for each in LEVELS
        ]
    )
    for drawing in (drawn.wide, drawn.narrow):
        scales = [mark.scale for mark in drawing.marks]
        assert scales == sorted(set(scales))


def test_a_direction_has_its_own_shape():
    assert SHAPES.keys() == set(DirectionMark)
    assert len(set(SHAPES.values())) == len(DirectionMark)


def test_both_drawings_hold_every_answer_of_a_site_of_usual_size():
    drawn = answer_map(answers(MOST_REMEDIES, MOST_CONDITIONS))
    assert drawn.is_whole
    assert len(drawn.wide.marks) == len(drawn.narrow.marks) == drawn.answers == 200


def test_of_a_large_site_it_shows_what_has_the_most_answers_and_says_so():
    many = answers(3, MOST_CONDITIONS)
    lonely = Answer(MapLabel(0, "z", "Z"), MapLabel(0, "00z", "Only once"), "harm", "low")
    drawn = answer_map([*many, lonely])
    assert not drawn.is_whole
    assert drawn.conditions == MOST_CONDITIONS
    assert drawn.counts[DirectionMark.HARMS] == 0


def test_without_answers_there_is_nothing_to_draw():
    assert answer_map([]).answers == 0


def test_what_stands_in_brackets_is_left_to_the_page():
    assert MapLabel(0, "o", "Omega-3 (fish oil)").lines(13) == ["Omega-3"]
    assert MapLabel(0, "t", "Temporomandibular Joint Disorder").lines(24) == [
        "Temporomandibular Joint",
        "Disorder",
    ]
