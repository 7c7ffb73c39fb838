"""A handful of shapes that made-up pages have, each drawn and graded once for a kit of works.

The library is cut into kits of `KIT` works, by place: a review, two trials, a laboratory study and
a reference work. Whatever cites kit 7 has the same text and the same grade, so 20,000 entries cost
no more rendering than there are kits.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from citations.choices import StudyType
from conditions.schema import ConditionDocument
from remedies.choices import Certainty, Effect
from remedies.document import entry_grade, entry_html
from remedies.grading.verdicts import verdict_errors
from remedies.models import RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies.services import ENTRIES, grade_document
from remedies_site.rows import column_values

STUDIES = (
    StudyType.META_ANALYSIS,
    StudyType.RANDOMISED_TRIAL,
    StudyType.RANDOMISED_TRIAL,
    StudyType.LABORATORY_STUDY,
    StudyType.REFERENCE_WORK,
)
"""The kinds of study of one kit, by place."""

KIT = len(STUDIES)
WRITTEN, DUE = date(2026, 1, 1), date(2027, 1, 1)


class Study(NamedTuple):
    """What one work of a kit found, in one shape of entry."""

    place: int
    direction: str
    people: int
    bias: str = "low"


SHAPES: tuple[tuple[Study, ...], ...] = (
    (Study(0, "benefit", 2400), Study(1, "benefit", 320), Study(2, "benefit", 180, "some")),
    (Study(1, "benefit", 640, "some"), Study(2, "benefit", 900)),
    (Study(1, "benefit", 60, "high"),),
    (Study(1, "benefit", 410), Study(2, "harm", 420)),
    (Study(0, "none", 1800), Study(1, "none", 700), Study(2, "none", 500)),
    (),
)


@dataclass(frozen=True)
class EntryShape:
    """All of an entry but the names of its two sides."""

    rest: dict[str, Any]
    html: dict[str, str]
    grade: dict[str, Any] | None
    columns: dict[str, Any]

    def document(self, remedy: str, condition: str) -> dict[str, Any]:
        """The canonical document of one pair."""
        return {"remedy": remedy, "condition": condition, **self.rest}


def entry_shape(number: int, keys: list[str]) -> EntryShape:
    """Draw and grade one shape with the works of one kit, which must be in the library."""
    studies = SHAPES[number % len(SHAPES)]
    draft = _entry(keys, studies, Certainty.VERY_LOW, Effect.UNKNOWN)
    grade = entry_grade(draft)
    document = _entry(keys, studies, grade.certainty, grade.effect)
    final = grade_document(document).grade
    canonical = document.canonical()
    rest = {name: value for name, value in canonical.items() if name not in _PAIR}
    columns = column_values(document, RemedyConditionEntry, leave_out=_PAIR)
    columns |= ENTRIES.shown_columns(document, final)
    return EntryShape(rest, entry_html(document), final, columns)


_PAIR = ("remedy", "condition")
_VERDICTS = {
    Certainty.HIGH: "This example remedy does something in this example",
    Certainty.MODERATE: "This example remedy probably does something in this example",
    Certainty.LOW: "This example remedy may do something in this example",
    Certainty.VERY_LOW: "We do not know whether this example remedy does anything",
    Certainty.NO_STUDIES: "There are no studies in people of this example",
}


def _verdict(certainty: Certainty, effect: Effect, key: str) -> str:
    """A sentence that fits the grade, in words that are plainly no advice."""
    said = _VERDICTS[certainty]
    if effect is Effect.MIXED and certainty is not Certainty.NO_STUDIES:
        said = "The results of this example are mixed"
    verdict = f"{said} [@{key}]. All of it is made up for measuring [@{key}]."
    wrong = list(verdict_errors(verdict, certainty, effect))
    assert not wrong, wrong  # noqa: S101  (a change of the words must change these)
    return verdict


def _entry(
    keys: list[str], studies: tuple[Study, ...], certainty: Certainty, effect: Effect
) -> EntryDocument:
    review, trial, _other, laboratory, reference = keys
    return EntryDocument.model_validate(
        {
            "remedy": "example",
            "condition": "example",
            "verdict": _verdict(
                certainty, effect, (studies and keys[studies[0].place]) or reference
            ),
            "effect": effect,
            "certainty": certainty,
            "rationale": {
                "mechanism": f"An example of a mechanism, made up for measuring [@{laboratory}].",
                "clinical": f"An example of a clinical reason [@{reference}].",
            },
            "dosing": f"The example trial names a dose [@{trial}]. It is made up [@{trial}].",
            "evidence": _evidence(review, trial),
            "warnings": f"An example of a warning, which warns of nothing [@{reference}].",
            "evidence_items": [_row(study, keys) for study in studies],
            "regimens": [_regimen(trial, study) for study in studies[:1]],
            "precautions": _precautions("you read this example entry", reference),
            "written_on": WRITTEN,
            "review_due": DUE,
        }
    )


def _evidence(review: str, trial: str) -> str:
    return (
        f"**Example review.** It joins example trials [@{review}].\n\n"
        f"- The first list item is made up [@{review}; @{trial}].\n"
        f"- The second list item is made up as well [@{trial}].\n"
    )


def _row(study: Study, keys: list[str]) -> dict[str, Any]:
    return {
        "citation": keys[study.place],
        "outcome": "Example outcome",
        "arms": "example remedy or dummy",
        "n_analysed": study.people,
        "direction": study.direction,
        "size": "trivial" if study.direction == "none" else "moderate",
        "risk_of_bias": study.bias,
        "directness": "direct",
        "result": "An example of a result, made up for measuring.",
    }


def _regimen(key: str, study: Study) -> dict[str, Any]:
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


def _precautions(who: str, key: str) -> list[dict[str, Any]]:
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
    """An example remedy; `other` is its other name."""
    laboratory, reference = keys[3], keys[4]
    return RemedyDocument.model_validate(
        {
            **_named(name, other),
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


def _named(name: str, other: str) -> dict[str, Any]:
    return {
        "slug": name.lower().replace(" ", "-"),
        "name": name,
        "aliases": [f"Made-up {other}", f"{other} (example)"],
        "written_on": WRITTEN,
        "review_due": DUE,
    }


def _limit(key: str) -> dict[str, Any]:
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


def _interaction(key: str) -> dict[str, Any]:
    return {
        "substance": "example medicine",
        "effect": "An example of what happens, made up for measuring.",
        "severity": "moderate",
        "action": "ask",
        "advice": "This is no advice.",
        "citations": [key],
    }


def condition_document(name: str, other: str, category: str, keys: list[str]) -> ConditionDocument:
    """An example condition; `other` is its other name."""
    reference = keys[4]
    return ConditionDocument.model_validate(
        {
            **_named(name, other),
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
