import json

import pytest

from citations.choices import StudyType
from remedies.choices import Certainty, Effect
from remedies.grading.inputs import WorkFacts
from remedies.grading.ledger import LedgerStep
from remedies.grading.ledger_wording import ledger_line, step_label
from remedies.grading.method import grading_method
from remedies.grading.record import GradeRecord, grade_entry
from remedies.grading.scale import ExclusionReason, StepName
from remedies.grading.wording import exclusion_label, format_next_trial
from remedies.schema import EntryDocument

WORKS = {
    "Trial": WorkFacts(StudyType.RANDOMISED_TRIAL, retracted=False),
    "Gone": WorkFacts(StudyType.RANDOMISED_TRIAL, retracted=True),
    "Open": WorkFacts(StudyType.OPEN_LABEL_TRIAL, retracted=False),
    "Review": WorkFacts(StudyType.SYSTEMATIC_REVIEW, retracted=False),
    "Register": WorkFacts(StudyType.REGISTRY_ENTRY, retracted=False),
}


def entry(*rows, **values) -> EntryDocument:
    given = {"outcome": "symptoms", "result": "Better.", "direction": "benefit"}
    return EntryDocument.model_validate(
        {
            **{"remedy": "a", "condition": "b", "verdict": "v"},
            **{"effect": "unknown", "certainty": "very_low"},
            "evidence_items": [{**given, "citation": key, **row} for key, row in rows],
            **values,
        }
    )


SEED = entry(
    ("Trial", {"n_analysed": 75, "risk_of_bias": "some", "directness": "direct"}),
    ("Open", {"n_analysed": 12}),
    ("Review", {"direction": "unclear"}),
    ("Register", {"role": "context"}),
)


def test_the_seed_case_step_by_step():
    record = grade_entry(SEED, WORKS)
    assert (record.certainty, record.effect) == (Certainty.VERY_LOW, Effect.BENEFIT)
    assert [(step.name.value, step.change, step.level) for step in record.steps] == [
        ("start", 0, 4),
        ("bias", -1, 3),
        ("indirectness", 0, 3),
        ("imprecision", -2, 1),
    ]
    assert [line.key for line in record.counted] == ["Trial"]
    assert {line.key: line.exclusion for line in record.excluded} == {
        "Open": ExclusionReason.WEAKER_KIND,
        "Review": ExclusionReason.BARE_REVIEW,
        "Register": ExclusionReason.NO_STUDY,
    }
    assert record.people == 75


def test_a_record_is_plain_values_and_reads_back():
    record = grade_entry(SEED, WORKS)
    stored = json.loads(json.dumps(record.canonical()))
    assert stored == record.canonical()
    assert GradeRecord.model_validate(stored) == record


def test_a_stored_record_keeps_the_keys_that_pages_of_old_revisions_are_read_from():
    record = grade_entry(
        entry(
            ("Trial", {"n_analysed": 75, "reviews": ["Review"], "risk_of_bias": "some"}),
            ("Review", {}),
            judgements=[{"kind": "lower", "reason": "Why.", "citations": ["Trial"]}],
        ),
        WORKS,
    )
    stored = record.canonical()
    assert stored["inputs"] == [
        {
            "key": "Trial",
            "study_type": "randomised_trial",
            "direction": "benefit",
            "people": 75,
            "bias": "some",
            "reviews": ["Review"],
            "weight": "6.5",
        },
        {
            "key": "Review",
            "study_type": "systematic_review",
            "direction": "benefit",
            "weight": "0.8",
            "left": "bare_review",
        },
    ]
    assert stored["judgements"] == [{"kind": "lower", "reason": "Why.", "citations": ["Trial"]}]
    assert stored["steps"][0] == {
        "name": "start",
        "level": 4,
        "facts": {"kind": "randomised", "direction": "benefit"},
    }


def test_the_next_trial_would_really_raise_it():
    record = grade_entry(SEED, WORKS)
    trial = record.next_trial
    assert trial is not None
    more = {"n_analysed": trial.people, "risk_of_bias": "low", "directness": "direct"}
    works = WORKS | {"Next": WorkFacts(StudyType.RANDOMISED_TRIAL, retracted=False)}
    rows = [(row.citation, row.model_dump(exclude={"citation"})) for row in SEED.evidence_items]
    then = grade_entry(entry(*rows, ("Next", more)), works)
    assert (then.certainty, then.effect) == (trial.certainty, trial.effect)
    assert then.certainty is Certainty.LOW
    fewer = more | {"n_analysed": trial.people - 10}
    assert grade_entry(entry(*rows, ("Next", fewer)), works).certainty is Certainty.VERY_LOW


def test_where_nothing_counts_no_trial_is_named():
    assert grade_entry(entry(), WORKS).next_trial is None
    assert grade_entry(entry(("Review", {})), WORKS).next_trial is None


def test_what_was_retracted_is_named_and_does_not_count():
    record = grade_entry(entry(("Gone", {"n_analysed": 900}), ("Trial", {"n_analysed": 80})), WORKS)
    assert [line.exclusion for line in record.inputs] == [ExclusionReason.RETRACTED, None]


def test_one_work_in_two_rows_is_told_apart():
    both = entry(("Trial", {"n_analysed": 75}), ("Trial", {"n_analysed": 75, "role": "other"}))
    record = grade_entry(both, WORKS)
    assert [line.exclusion for line in record.inputs] == [None, ExclusionReason.OTHER_OUTCOME]


def test_judgements_stand_in_the_record_with_their_reasons():
    judged = entry(
        ("Trial", {"n_analysed": 75}),
        judgements=[{"kind": "publication_bias", "reason": "Two registered trials are overdue."}],
    )
    record = grade_entry(judged, WORKS)
    assert record.judgements[0].reason == "Two registered trials are overdue."
    step = next(step for step in record.steps if step.name is StepName.PUBLICATION_BIAS)
    assert ledger_line(step).explanation == "Two registered trials are overdue."


@pytest.mark.parametrize("document", [SEED, entry(), entry(("Review", {}))])
def test_every_step_of_a_ledger_is_told_in_words(document):
    for step in grade_entry(document, WORKS).steps:
        line = ledger_line(step)
        assert line.name
        assert line.explanation.endswith(".")
        assert "%(" not in line.explanation


def test_every_step_and_every_reason_has_words():
    facts = {
        **{"kind": "randomised", "direction": "benefit", "high": "1", "not_low": "1"},
        **{"people": "1", "share": "1", "reason": "Because.", "work": "A", "reviews": "1"},
        **{"year": "2020", "works": "1"},
    }
    for name in StepName:
        assert step_label(name)
        assert ledger_line(LedgerStep(name=name, change=-1, level=2, facts=facts)).explanation
    assert len({exclusion_label(reason) for reason in ExclusionReason}) == len(ExclusionReason)


def test_the_next_trial_is_told_with_its_number():
    trial = grade_entry(SEED, WORKS).next_trial
    assert trial is not None
    assert f"at least {trial.people} people" in format_next_trial(trial)
    mixed = trial.model_copy(update={"effect": Effect.MIXED})
    assert "still be mixed" in format_next_trial(mixed)


def test_the_method_page_has_every_constant_of_the_rule():
    method = grading_method()
    assert (method.few, method.some, method.split, method.uneven) == (100, 400, 60, 75)
    assert (method.near, method.newer_share, method.ratio_percent) == (10, 25, 25)
    assert [start.certainty.value for start in method.starts] == ["high", "low", "very_low"]
    assert [share.percent for share in method.weights] == [100, 75, 50, 75]
    assert len(method.exclusions) == len(ExclusionReason)
