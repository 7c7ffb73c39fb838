"""Examples of experience reports."""

from collections.abc import Iterator
from types import SimpleNamespace

from remedies.experience.services import Counted, Distribution, Question
from workbench.gallery.example import Example, example
from workbench.gallery.examples.sample_documents import MOMENT, sample_entry


def examples() -> Iterator[Example]:
    """The distribution of reports, one question of it, the list of one's own reports."""
    member = SimpleNamespace(consented_at=MOMENT)
    lines = [Counted("much better", 9, 75, 750), Counted("no change", 3, 25, 250)]
    outcome = Question("outcome", "How they felt", lines)
    distribution = Distribution(12, [outcome])
    context = {"entry": sample_entry(), "distribution": distribution}
    yield example("remedies/_experience.html", "a reader", **context, member=None, own=None)
    yield example("remedies/_experience.html", "reported", **context, member=member, own=True)
    none = Distribution(0, [])
    yield example("remedies/_experience.html", "none", entry=sample_entry(), distribution=none)
    yield example("remedies/_experience_question.html", "", question=outcome, shares=True)
    yield example("remedies/_experience_question.html", "few", question=outcome, shares=False)
    reports = [SimpleNamespace(entry=sample_entry())]
    yield example("remedies/_own_experiences.html", "", reports=reports)
    yield example("remedies/_own_experiences.html", "none", reports=[])
