"""Examples of the page of a grade and of the grading rule."""

from collections.abc import Iterator
from types import SimpleNamespace

from remedies.charts.staircase import staircase
from remedies.choices import Certainty, Effect
from remedies.grading.method import grading_method
from remedies.grading.record import SecondGrade
from remedies.grading.scale import ExclusionReason
from remedies.grading.wording import exclusion_label, format_next_trial
from workbench.gallery.example import Example, example
from workbench.gallery.examples.sample_documents import sample_entry, sample_parts


def examples() -> Iterator[Example]:
    """The ledger of a grade, what counted and what did not, the rule."""
    part, _remedy_part = sample_parts()
    grade = part.grade
    ledger = staircase(grade.steps)
    line, other = grade.inputs
    study = {
        "name": "Example 2020",
        "kind": "randomised trial",
        "marks": "",
        "funding": "an example",
    }
    counted = [SimpleNamespace(line=line, **study)]
    excluded = [
        SimpleNamespace(line=other, exclusion=exclusion_label(ExclusionReason.CONTEXT), **study)
    ]
    judgement = SimpleNamespace(name="override: one step down", reason="An example of a reason.")
    next_trial = format_next_trial(grade.next_trial) if grade.next_trial else ""
    yield example("remedies/pages/_grade_ledger.html", "", ledger=ledger, next_trial=next_trial)
    yield example("remedies/pages/_under_revision.html")
    yield example("remedies/pages/_grade_counted.html", "", counted=counted, funded=1, people=75)
    yield example("remedies/pages/_grade_counted.html", "none", counted=[], people=0)
    yield example("remedies/pages/_grade_excluded.html", "", excluded=excluded)
    yield example("remedies/pages/_grade_judgements.html", "", judgements=[judgement])
    own = SimpleNamespace(
        effect="May help",
        certainty=grade.certainty,
        differs=True,
        ledger=staircase(grade.steps[:2]),
    )
    yield example("remedies/pages/_grade_own.html", "adopted", own=own, by_route=[])
    route = SimpleNamespace(route="into a vein", effect="Probably helps", grade=grade)
    yield example("remedies/pages/_grade_own.html", "another route", own=None, by_route=[route])
    second = SimpleNamespace(
        effect="Little or no difference",
        grade=SecondGrade(
            question="Does it help those who are ill?", certainty=Certainty.LOW, effect=Effect.NONE
        ),
    )
    yield example("remedies/pages/_grade_own.html", "a second question", own=None, second=second)
    yield example("remedies/pages/_grade_version.html", "", version="1", revision=None)
    page = SimpleNamespace(
        entry=sample_entry(),
        remedy_name="Example",
        condition_name="Example condition",
        next_trial=next_trial,
        counted=counted,
        excluded=excluded,
        by_route=[route],
        second=second,
    )
    yield example("remedies/pages/_grade_nav.html", "", page=page)
    rule = grading_method()
    yield example("about/_grading_rule.html", "", method=rule)
    yield example("about/_grading_who.html", "", method=rule)
