"""Examples of the page of a grade and of the grading rule."""

from collections.abc import Iterator
from types import SimpleNamespace

from remedies.grading.method import method
from remedies.grading.rule import Left
from remedies.grading.wording import exclusion_label, format_next_trial, ledger_line
from workbench.gallery.example import Example, example
from workbench.gallery.examples.sample_documents import sample_parts


def examples() -> Iterator[Example]:
    """The ledger of a grade, what counted and what did not, the rule."""
    part, _remedy_part = sample_parts()
    grade = part.grade
    ledger = [ledger_line(step) for step in grade.steps]
    line, other = grade.inputs
    study = {"name": "Example 2020", "kind": "randomised trial", "marks": ""}
    counted = [SimpleNamespace(line=line, **study)]
    excluded = [SimpleNamespace(line=other, why_left=exclusion_label(Left.CONTEXT), **study)]
    judgement = SimpleNamespace(name="override: one step down", reason="An example of a reason.")
    next_trial = format_next_trial(grade.next_trial) if grade.next_trial else ""
    yield example("remedies/_grade_ledger.html", "", ledger=ledger, next_trial=next_trial)
    yield example("remedies/_grade_counted.html", "", counted=counted, people=75)
    yield example("remedies/_grade_counted.html", "none", counted=[], people=0)
    yield example("remedies/_grade_left_out.html", "", left_out=excluded)
    yield example("remedies/_grade_judgements.html", "", judgements=[judgement])
    yield example("remedies/_grade_version.html", "", version="1", revision=None)
    rule = method()
    yield example("about/_grading_rule.html", "", method=rule)
    yield example("about/_grading_who.html", "", method=rule)
