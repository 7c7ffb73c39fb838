"""Verdicts that were labelled by hand, judged by the check; and what each kind of error says."""

from pathlib import Path

import pytest
import yaml

from remedies.choices import Certainty, Effect
from remedies.grading.verdicts import Hedge, Pointing, statements, verdict_errors

LABELLED = yaml.safe_load(Path(__file__).with_name("verdicts.yaml").read_text(encoding="utf-8"))
GINGER = LABELLED[:3]


def errors_of(row) -> list[str]:
    remedy = "iron" if "iron" in row["text"].lower() else "ginger"
    return list(
        verdict_errors(row["text"], Certainty(row["certainty"]), Effect(row["effect"]), remedy)
    )


def test_at_least_95_percent_are_judged_as_a_person_judged_them():
    right = [row for row in LABELLED if (errors_of(row) == []) is row["fits"]]
    assert len(LABELLED) >= 43
    assert len(right) >= 0.95 * len(LABELLED)


@pytest.mark.parametrize("row", GINGER, ids=["hedge elsewhere", "denial", "harmless"])
def test_the_three_that_once_got_through_do_not(row):
    assert "ginger" in row["text"].lower()
    assert errors_of(row)


@pytest.mark.parametrize(
    ("text", "certainty", "effect", "words"),
    [
        ("Ginger reduces nausea.", "low", "benefit", "says more than its grade allows"),
        ("Ginger may ease nausea.", "high", "benefit", "says less than its grade allows"),
        ("Ginger probably harms.", "moderate", "none", "denies the computed effect"),
        ("Ginger may help. It is harmless.", "low", "benefit", "must not say “harmless”"),
        ("Ginger helps.", "no_studies", "unknown", "must say “no studies in people”"),
        ("Ginger helps.", "not_searched", "unknown", "must say “not searched”"),
        ("Ginger may help.", "low", "mixed", "must say that results are mixed"),
    ],
)
def test_an_editor_reads_what_is_wrong(text, certainty, effect, words):
    messages = list(verdict_errors(text, Certainty(certainty), Effect(effect), "ginger"))
    assert any(words in message for message in messages), messages


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ginger may ease nausea.", [(Hedge.MAY, Pointing.GOOD)]),
        ("Ginger probably does not prevent it.", [(Hedge.PROBABLY, Pointing.NO_DIFFERENCE)]),
        ("We do not know whether it helps.", [(Hedge.UNSURE, Pointing.GOOD)]),
        ("Nausea fell in 12 of 30 people.", []),
        ("Ask a doctor who helps you.", []),
        ("It is of little help.", []),
        (
            "Ginger helps, but it may harm.",
            [(Hedge.BARE, Pointing.GOOD), (Hedge.MAY, Pointing.BAD)],
        ),
    ],
)
def test_a_statement_has_the_hedge_that_governs_its_verb(sentence, expected):
    found = statements(sentence, "ginger")
    assert [(statement.hedge, statement.pointing) for statement in found] == expected


def test_a_statement_about_something_else_is_left_alone():
    text = "Iron may make little or no difference here; the gluten-free diet treats it and helps."
    assert not list(verdict_errors(text, Certainty.LOW, Effect.NONE, "iron"))
