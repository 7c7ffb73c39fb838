"""Examples of experience reports."""

from collections.abc import Iterator
from types import SimpleNamespace

from remedies.experience.selectors import AnswerCount, Distribution, QuestionCounts
from workbench.gallery.example import Example, example
from workbench.gallery.examples.sample_documents import sample_entry


def examples() -> Iterator[Example]:
    """The distribution of reports, one question of it, the list of one's own reports."""
    lines = [AnswerCount("much better", 9, 75, 750), AnswerCount("no change", 3, 25, 250)]
    outcome = QuestionCounts("outcome", "How they felt", lines)
    distribution = Distribution(12, [outcome])
    context = {"entry": sample_entry(), "distribution": distribution}
    yield example("remedies/experience/_experience.html", "a reader", **context)
    yield example(
        "remedies/experience/_experience.html", "reported", **context, is_member=True, has_own=True
    )
    none = Distribution(0, [])
    yield example(
        "remedies/experience/_experience.html", "none", entry=sample_entry(), distribution=none
    )
    yield example("remedies/experience/_felt.html", "", question=outcome, total=12, shares=True)
    yield example("remedies/experience/_question.html", "", question=outcome, shares=True)
    yield example("remedies/experience/_question.html", "few", question=outcome, shares=False)
    reports = [SimpleNamespace(entry=sample_entry())]
    yield example("remedies/experience/_own.html", "", reports=reports)
    yield example("remedies/experience/_own.html", "none", reports=[])
