"""What stands beside the evidence: the figures of the first question as a table."""

from datetime import date
from types import SimpleNamespace

from citations.models import Citation
from citations.references import PageReferences
from remedies.pages.guidance import figures_of
from remedies.schema import EvidenceRow
from tests.factories import make_citation

RESULT = {
    "outcome": "sleep",
    "direction": "unclear",
    "result": "Some.",
    "measure": "MD",
    "scale": "points",
    "better": "lower",
}


def test_a_retracted_result_is_no_figure(db):
    for key in ("A1", "B2", "C3"):
        make_citation(key)
    rows = [EvidenceRow(citation=key, effect_value="-3", **RESULT) for key in ("A1", "B2", "C3")]
    entry = SimpleNamespace(evidence_items=rows, smallest_differences=[])
    Citation.objects.filter(key="B2").update(retracted_on=date(2026, 1, 1))
    figures = figures_of(entry, PageReferences(["A1", "B2", "C3"]))
    assert [line.name for line in figures.lines] == [
        Citation.objects.get(key=key).short_name for key in ("A1", "C3")
    ]
    Citation.objects.filter(key="C3").update(retracted_on=date(2026, 1, 1))
    assert figures_of(entry, PageReferences(["A1", "B2", "C3"])) is None


def test_an_interval_that_ends_at_nought_says_so(db):
    for key in ("A1", "B2"):
        make_citation(key)
    rows = [
        EvidenceRow(citation="A1", effect_value="-3", effect_low="-6", effect_high="0", **RESULT),
        EvidenceRow(citation="B2", effect_value="2", effect_low="0", effect_high="4", **RESULT),
    ]
    entry = SimpleNamespace(evidence_items=rows, smallest_differences=[])
    figures = figures_of(entry, PageReferences(["A1", "B2"]))
    assert {line.interval for line in figures.lines} == {"−6 to 0", "0 to 4"}
