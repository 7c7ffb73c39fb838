"""What would change a grade is what the rule says with one thing different."""

import pytest

from citations.choices import StudyType
from remedies.grading.inputs import WorkFacts
from remedies.grading.record import grade_entry
from remedies.grading.sensitivity import Supposition, format_change_of_grade, what_would_change
from remedies.schema import EntryDocument


def document(*rows: dict, **values: object) -> EntryDocument:
    items = [
        {
            "citation": f"Work{number}",
            "outcome": "sleep",
            "direction": "benefit",
            "result": "Better.",
            "n_analysed": 600,
            "risk_of_bias": "low",
            "directness": "direct",
            **row,
        }
        for number, row in enumerate(rows, start=1)
    ]
    base = {
        "remedy": "magnesium",
        "condition": "insomnia",
        "verdict": "It may help.",
        "effect": "benefit",
        "certainty": "low",
        "evidence_items": items,
    }
    return EntryDocument.model_validate(base | values)


def works(entry: EntryDocument) -> dict[str, WorkFacts]:
    facts = WorkFacts(StudyType.RANDOMISED_TRIAL, False, 2020)
    return {row.citation: facts for row in entry.evidence_items}


def test_each_change_is_what_the_rule_says_of_the_changed_entry():
    entry = document({"risk_of_bias": "high"}, {"direction": "none", "directness": "indirect"})
    changes = {
        (each.supposition, each.key): each for each in what_would_change(entry, works(entry))
    }
    assert changes
    better = document({"risk_of_bias": "low"}, {"direction": "none", "directness": "indirect"})
    alone = document({"risk_of_bias": "high"})
    for key, other in {
        (Supposition.LOW_BIAS, "Work1"): better,
        (Supposition.LEFT_OUT, "Work2"): alone,
    }.items():
        record = grade_entry(other, works(other))
        if key in changes:
            assert (changes[key].certainty, changes[key].effect) == (
                record.certainty,
                record.effect,
            )
        else:
            current = grade_entry(entry, works(entry))
            assert (current.certainty, current.effect) == (record.certainty, record.effect)


def test_what_changes_nothing_is_not_named():
    entry = document({}, {}, {})
    current = grade_entry(entry, works(entry))
    for change in what_would_change(entry, works(entry)):
        assert (change.certainty, change.effect) != (current.certainty, current.effect)


@pytest.mark.parametrize(
    ("rows", "values", "expected"),
    [
        ([{"risk_of_bias": "high"}], {}, (Supposition.LOW_BIAS, "Work1")),
        (
            [{"directness": "indirect", "n_analysed": 900}, {}],
            {},
            (Supposition.DIRECT, "Work1"),
        ),
        (
            [{"directness": "indirect"}, {"directness": "indirect"}],
            {},
            (Supposition.ALL_DIRECT, ""),
        ),
        (
            [{"risk_of_bias": "high"}, {"risk_of_bias": "high"}, {"risk_of_bias": "high"}],
            {},
            (Supposition.ALL_LOW_BIAS, ""),
        ),
        (
            [{}, {}],
            {"judgements": [{"kind": "publication_bias", "reason": "Small trials are missing."}]},
            (Supposition.NO_OVERRIDE, "publication_bias"),
        ),
        ([{}], {}, (Supposition.LEFT_OUT, "Work1")),
    ],
)
def test_single_differences_are_named(rows, values, expected):
    entry = document(*rows, **values)
    changes = what_would_change(entry, works(entry))
    assert expected in [(change.supposition, change.key) for change in changes]


def test_without_evidence_nothing_is_named():
    entry = document()
    assert what_would_change(entry, {}) == []


def test_a_change_is_a_sentence_with_the_name_of_the_work():
    entry = document({"risk_of_bias": "high"})
    change = next(
        each
        for each in what_would_change(entry, works(entry))
        if each.supposition is Supposition.LOW_BIAS
    )
    sentence = format_change_of_grade(change, {"Work1": "Lee A, 2024"})
    assert sentence.startswith("If Lee A, 2024 were at low risk of bias: ")
    assert sentence.endswith(f"{change.certainty.label}.")
