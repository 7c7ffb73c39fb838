"""Documents of the demo site; entries with the same works share their text and their grade.

The library is divided into sets of `WORKS_PER_SET` works, by position: a review, two trials, a
laboratory study and a reference work. All entries that cite one set have the same text, so rendering
and grading are done once for a set and not for each of 20,000 entries.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from citations.choices import StudyType
from conditions.schema import ConditionDocument
from remedies.choices import Certainty, Effect
from remedies.document import entry_grade, entry_html
from remedies.grading.verdicts import verdict_errors
from remedies.models import RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies.services import ENTRIES, grade_document
from remedies_site.rows import column_values

STUDY_TYPES = (
    StudyType.META_ANALYSIS,
    StudyType.RANDOMISED_TRIAL,
    StudyType.RANDOMISED_TRIAL,
    StudyType.LABORATORY_STUDY,
    StudyType.REFERENCE_WORK,
)
"""The study types of the works of a set, by position."""

WORKS_PER_SET = len(STUDY_TYPES)
WRITTEN_ON, REVIEW_DUE = date(2026, 1, 1), date(2027, 1, 1)


class DemoStudy(NamedTuple):
    """An evidence item: the position of its work in the set, and the values that grading reads."""

    position: int
    direction: str
    people: int
    bias: str = "low"


EVIDENCE: tuple[tuple[DemoStudy, ...], ...] = (
    (
        DemoStudy(0, "benefit", 2400),
        DemoStudy(1, "benefit", 320),
        DemoStudy(2, "benefit", 180, "some"),
    ),
    (DemoStudy(1, "benefit", 640, "some"), DemoStudy(2, "benefit", 900)),
    (DemoStudy(1, "benefit", 60, "high"),),
    (DemoStudy(1, "benefit", 410), DemoStudy(2, "harm", 420)),
    (DemoStudy(0, "none", 1800), DemoStudy(1, "none", 700), DemoStudy(2, "none", 500)),
    (),
)
"""The evidence of different entries, chosen so that all certainties and effects occur."""


@dataclass(frozen=True)
class EntryPrototype:
    """A graded entry without remedy and condition.

    `fields` are the other fields of its document; `html`, `grade` and `columns` are the values of the
    revision's and the entry's columns.
    """

    fields: dict[str, object]
    html: dict[str, str]
    grade: dict[str, object] | None
    columns: dict[str, object]

    def document(self, remedy: str, condition: str) -> dict[str, object]:
        """The canonical document for a remedy and a condition, both as slugs."""
        return {"remedy": remedy, "condition": condition, **self.fields}


def entry_prototype(number: int, keys: list[str]) -> EntryPrototype:
    """Render and grade one entry.

    `keys` are the works of a set, which must be stored; `number` selects the evidence.
    """
    studies = EVIDENCE[number % len(EVIDENCE)]
    draft = _entry(keys, studies, Certainty.VERY_LOW, Effect.UNKNOWN)
    grade = entry_grade(draft)
    document = _entry(keys, studies, grade.certainty, grade.effect)
    final = grade_document(document).grade
    canonical = document.canonical()
    fields = {name: value for name, value in canonical.items() if name not in _PAIR}
    columns = column_values(document, RemedyConditionEntry, leave_out=_PAIR)
    columns |= ENTRIES.shown_columns(document, final)
    return EntryPrototype(fields, entry_html(document), final, columns)


_PAIR = ("remedy", "condition")
_VERDICTS = {
    Certainty.HIGH: "This example remedy does something in this example",
    Certainty.MODERATE: "This example remedy probably does something in this example",
    Certainty.LOW: "This example remedy may do something in this example",
    Certainty.VERY_LOW: "We do not know whether this example remedy does anything",
    Certainty.NO_STUDIES: "There are no studies in people of this example",
}


def _verdict(certainty: Certainty, effect: Effect, key: str) -> str:
    """A sentence that fits the grade and is plainly no advice."""
    statement = _VERDICTS[certainty]
    if effect is Effect.MIXED and certainty is not Certainty.NO_STUDIES:
        statement = "The results of this example are mixed"
    verdict = f"{statement} [@{key}]. All of it is made up for measuring [@{key}]."
    errors = list(verdict_errors(verdict, certainty, effect))
    assert not errors, errors  # noqa: S101  (where the rule of wording changes, so must the verdict)
    return verdict


def _entry(
    keys: list[str], studies: tuple[DemoStudy, ...], certainty: Certainty, effect: Effect
) -> EntryDocument:
    review, trial, _other, laboratory, reference = keys
    first_work = keys[studies[0].position] if studies else reference
    return EntryDocument.model_validate(
        {
            "remedy": "example",
            "condition": "example",
            "verdict": _verdict(certainty, effect, first_work),
            "effect": effect,
            "certainty": certainty,
            "rationale": {
                "mechanism": f"An example of a mechanism, made up for measuring [@{laboratory}].",
                "clinical": f"An example of a clinical reason [@{reference}].",
            },
            "dosing": f"The example trial names a dose [@{trial}]. It is made up [@{trial}].",
            "evidence": _evidence(review, trial),
            "warnings": f"An example of a warning, which warns of nothing [@{reference}].",
            "evidence_items": [_evidence_item(study, keys) for study in studies],
            "search": {
                "searched_on": WRITTEN_ON,
                "searched_where": "an example library",
                "searched_null": True,
            },
            "regimens": [_regimen(trial, study) for study in studies[:1]],
            "precautions": _precautions("you read this example entry", reference),
            "written_on": WRITTEN_ON,
            "review_due": REVIEW_DUE,
        }
    )


def _evidence(review: str, trial: str) -> str:
    return (
        f"**Example review.** It joins example trials [@{review}].\n\n"
        f"- The first list item is made up [@{review}; @{trial}].\n"
        f"- The second list item is made up as well [@{trial}].\n"
    )


def _evidence_item(study: DemoStudy, keys: list[str]) -> dict[str, object]:
    return {
        "citation": keys[study.position],
        "outcome": "Example outcome",
        "arms": "example remedy or dummy",
        "n_analysed": study.people,
        "direction": study.direction,
        "size": "trivial" if study.direction == "none" else "moderate",
        "risk_of_bias": study.bias,
        "directness": "direct",
        "result": "An example of a result, made up for measuring.",
    }


def _regimen(key: str, study: DemoStudy) -> dict[str, object]:
    return {
        "form": "example powder",
        "amount": 10 + study.people % 7,
        "unit": "g",
        "per": "day",
        "basis": "substance",
        "duration": "8 weeks",
        "population": f"{study.people} made-up people",
        "citation": key,
    }


def _precautions(who: str, key: str) -> list[dict[str, object]]:
    return [
        {
            "kind": "contraindication",
            "severity": "stop",
            "who": who,
            "text": "An example of a stop, made up for measuring.",
            "citations": [key],
        },
        {
            "kind": "side_effect",
            "severity": "caution",
            "text": "An example of a caution that nobody has checked.",
            "checked": False,
        },
    ]


def remedy_document(name: str, other: str, kind: str, keys: list[str]) -> RemedyDocument:
    """The document of a remedy; `other` becomes part of its aliases."""
    laboratory, reference = keys[3], keys[4]
    return RemedyDocument.model_validate(
        {
            **_subject_fields(name, other),
            "kind": kind,
            "one_line": f"{name} is an example remedy, made up for measuring.",
            "what_it_is": f"{name} is an example and does not exist [@{reference}].",
            "how_it_works": f"This is an example of how something works [@{laboratory}].",
            "why_it_matters": f"This is an example of why it matters [@{reference}].",
            "considerations": f"**Example.** This is made up for measuring [@{reference}].",
            "limits": [_limit(reference)],
            "interactions": [_interaction(reference)],
            "precautions": _precautions("you read this example remedy", reference),
        }
    )


def _subject_fields(name: str, other: str) -> dict[str, object]:
    return {
        "slug": name.lower().replace(" ", "-"),
        "name": name,
        "aliases": [f"Made-up {other}", f"{other} (example)"],
        "written_on": WRITTEN_ON,
        "review_due": REVIEW_DUE,
    }


def _limit(key: str) -> dict[str, object]:
    return {
        "kind": "upper",
        "authority": "Example authority",
        "population": "made-up adults",
        "amount": 25,
        "unit": "g",
        "basis": "substance",
        "adults": True,
        "citations": [key],
    }


def _interaction(key: str) -> dict[str, object]:
    return {
        "substance": "example medicine",
        "effect": "An example of what happens, made up for measuring.",
        "severity": "moderate",
        "action": "ask",
        "advice": "This is no advice.",
        "citations": [key],
    }


def condition_document(name: str, other: str, category: str, keys: list[str]) -> ConditionDocument:
    """The document of a condition; `other` becomes part of its aliases."""
    reference = keys[4]
    return ConditionDocument.model_validate(
        {
            **_subject_fields(name, other),
            "category": category,
            "one_line": f"{name} is an example condition, made up for measuring.",
            "overview": f"{name} is an example and nobody has it [@{reference}].",
            "red_flags": [
                {"text": "an example of a sign", "citations": [reference]},
                {"text": "an example of a sign that nobody has checked", "checked": False},
            ],
            "first_care": [{"text": "An example of first care.", "citations": [reference]}],
        }
    )
