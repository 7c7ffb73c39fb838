"""Examples of the parts of a condition's page, and a made-up condition."""

from collections.abc import Iterator
from types import SimpleNamespace

from citations.references import PageReferences
from conditions.models import Condition
from conditions.selectors import CitedSentence
from remedies_site.markup import render
from workbench.gallery.example import Example, example


def sample_condition(**values: object) -> Condition:
    """A made-up condition, not stored; `values` replace its fields."""
    fields = {
        "pk": 0,
        "slug": "example-condition",
        "shown_name": "Example condition",
        "shown_one_line": "What an example condition is, in one line.",
        "shown_aliases": "Sample\nSpecimen",
    }
    return Condition(**fields | values)


def examples() -> Iterator[Example]:
    """Red flags, first care, overview, lists of names."""
    marks = PageReferences(["Example2020"])
    checked = CitedSentence(
        "it begins all at once", marks.marks(["Example2020"]), caution_only=False
    )
    unchecked = CitedSentence("it keeps you awake", marks.marks([]), caution_only=True)
    yield example(
        "conditions/_red_flags.html",
        "",
        flags=[checked, unchecked],
        level="h4",
        emergency_number="",
    )
    yield example("conditions/_first_care.html", "", first_care=[checked])
    text = marks.html(render("An example condition is **common** [@Example2020]."))
    yield example("conditions/_overview.html", "", overview=text, aliases=["Sample", "Specimen"])
    about = SimpleNamespace(
        red_flags=[checked], overview=text, document=SimpleNamespace(aliases=["Sample"])
    )
    yield example("conditions/_about.html", "", page=about, emergency_number="")
    subjects = [
        sample_condition(),
        sample_condition(shown_name="Another condition", shown_aliases=""),
    ]
    yield example("components/_az_list.html", "", subjects=subjects)
    yield example("components/_az_list.html", "empty", subjects=[])
    yield example("components/_name_list.html", "", subjects=subjects)
    yield example("components/_name_list.html", "empty", subjects=[])
