"""Examples of the parts of the home page, the plates and the icons."""

from collections import Counter
from collections.abc import Iterator

from conditions.choices import Category
from remedies.charts.answer_map import Answer, MapLabel, answer_map
from remedies.charts.direction_marks import DirectionMark, mark_of
from remedies.choices import Certainty
from remedies.models import Remedy
from remedies.pages.home import shares
from remedies.pages.home_data import (
    CountedMark,
    Numbers,
    PartOfMedicine,
    ReviewedCondition,
    ReviewedRemedy,
    SurestAnswer,
)
from remedies.pages.lists import Correction, ReviewedEntry
from remedies.pages.map_data import MapEntry, MapSubject
from remedies.pages.plates import plate_of
from workbench.gallery.example import Example, example
from workbench.gallery.examples.condition_parts import sample_condition
from workbench.gallery.examples.sample_documents import MOMENT, sample_entry, sample_remedy

GRADES = (
    ("benefit", "moderate"),
    ("corrects", "low"),
    ("harm", "high"),
    ("none", "low"),
    ("mixed", "low"),
    ("unknown", "very_low"),
)


def examples() -> Iterator[Example]:
    """The sections of the home page from its head to its foot."""
    for category in Category:
        yield example("components/_icon.html", category.value, name=category.value)
    yield example("components/_plate.html", "drawn", plate=plate_of("melatonin", "Melatonin"))
    yield example("components/_plate.html", "not drawn", plate=plate_of("example", "Example herb"))
    yield from _map()
    answers = [_answer(*grade) for grade in GRADES]
    yield example("remedies/pages/_worked_examples.html", "", examples=answers[:3])
    yield example("remedies/pages/_answer_marks.html", "", answers=answers)
    yield example("remedies/pages/_answer_marks.html", "none", answers=[])
    yield example("remedies/pages/_numbers.html", "", numbers=Numbers(1234, 5678, 910, True))
    yield example("remedies/pages/_numbers.html", "a shop", numbers=Numbers(1, 1, 1, False))
    yield from _sections(answers)
    names = ("example", "Example", "example-condition", "Example condition")
    yield example(
        "remedies/pages/_last_changes.html",
        "",
        reviewed=ReviewedEntry(sample_entry("benefit", "low", pk=1), MOMENT.date()),
        corrected=Correction(MOMENT, 2, 3, "A dose was mended.", "example-editor", None, *names),
    )
    yield example("remedies/pages/_last_changes.html", "none", reviewed=None, corrected=None)


def _answer(effect: str, certainty: str) -> MapEntry:
    remedy = MapSubject("example", "example", "Example (made up)", "mineral")
    condition = MapSubject("condition", "example-condition", "Example condition", "sleep")
    return MapEntry(remedy, condition, effect, Certainty(certainty), 0)


def _map() -> Iterator[Example]:
    drawn = answer_map(
        [
            Answer(
                MapLabel(0, str(number % 3), f"Remedy {number % 3}"),
                MapLabel(number, str(number), f"A condition with number {number}"),
                effect,
                certainty,
            )
            for number, (effect, certainty) in enumerate(GRADES)
        ]
    )
    yield example("remedies/pages/_answer_map.html", "", map=drawn)
    for name in ("wide", "narrow"):
        yield example(
            "remedies/pages/_answer_map_drawing.html",
            name,
            drawing=getattr(drawn, name),
            **{"class": f"answer-map__{name}"},
        )
    yield example("remedies/pages/_mark_legend.html", "", counts=drawn.counts)


def _sections(answers: list[MapEntry]) -> Iterator[Example]:
    surest = [
        SurestAnswer(sample_entry("harm", "moderate", pk=1), "It probably harms.", 1234),
        SurestAnswer(sample_entry("benefit", "high", pk=2), "It helps.", 0),
    ]
    yield example("remedies/pages/_surest.html", "", answers=surest, total=7)
    marks = Counter(mark_of(answer.effect, answer.certainty) for answer in answers)
    yield example(
        "remedies/pages/_record.html", "", shares=shares(marks), without_answer=2, total=6
    )
    part = PartOfMedicine(
        Category.SLEEP,
        [ReviewedCondition(sample_condition(), answers), ReviewedCondition(sample_condition(), [])],
        12,
    )
    yield example("remedies/pages/_parts_of_medicine.html", "", parts=[part])
    yield example("remedies/pages/_parts_of_medicine.html", "none", parts=[])
    yield example("remedies/pages/_conditions_of_part.html", "", part=part)
    counts = [CountedMark(mark, 2) for mark in DirectionMark]
    magnesium = Remedy(slug="magnesium", shown_name="Magnesium", shown_one_line="A mineral.")
    remedies = [ReviewedRemedy(magnesium, counts), ReviewedRemedy(sample_remedy(), [])]
    yield example("remedies/pages/_remedy_cards.html", "", remedies=remedies)
    yield example("remedies/pages/_remedy_cards.html", "none", remedies=[])
    yield example("remedies/pages/_counted_marks.html", "", counts=counts)
    yield example("remedies/pages/_counted_marks.html", "none", counts=[])
