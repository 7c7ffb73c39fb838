"""A made-up remedy, condition and entry: documents, unsaved rows and the composed parts of pages."""

from datetime import UTC, datetime

from citations.choices import StudyType
from citations.references import PageReferences
from conditions.schema import ConditionDocument
from remedies.grading.inputs import WorkFacts
from remedies.grading.record import grade_entry
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.entry import EntryPart, compose_entry
from remedies.pages.remedy import RemedyPart, compose_remedy
from remedies.schema import EntryDocument, RemedyDocument
from remedies_site.markup import render, render_inline
from workbench.gallery.examples.citation_parts import sample_work
from workbench.gallery.examples.condition_parts import sample_condition

CITED = {"citations": ["Example2020"]}
NAMES = {"remedy_name": "Example", "condition_name": "Example condition"}
MOMENT = datetime(2026, 5, 4, tzinfo=UTC)

REMEDY = RemedyDocument.model_validate(
    {
        "slug": "example",
        "name": "Example",
        "kind": "mineral",
        "one_line": "What an example is, in one line.",
        "limits": [
            {
                "kind": kind,
                "authority": "An example authority",
                "population": "adults",
                "amount": amount,
                "unit": "mg",
                "basis": "elemental",
                "counts": "supplements, not food",
                "adults": True,
                **CITED,
            }
            for kind, amount in (("upper", "100"), ("recommended", "80"))
        ],
        "interactions": [
            {
                "substance": f"an example medicine ({action})",
                "effect": "The medicine may act less.",
                "severity": severity,
                "action": action,
                "advice": "Ask a pharmacist how long to wait between them.",
                **how,
            }
            for action, severity, how in (
                ("avoid", "major", CITED),
                ("apart", "major", CITED),
                ("ask", "moderate", CITED),
                ("know", "minor", {"checked": False}),
            )
        ],
        "precautions": [
            {"kind": kind, "severity": severity, "who": who, "text": "What may happen then.", **how}
            for kind, severity, who, how in (
                ("contraindication", "stop", "you have an example disease", CITED),
                ("contraindication", "stop", "you have another disease", {"checked": False}),
                ("caution", "ask", "you take an example medicine", CITED),
                ("pregnancy", "caution", "you are pregnant", {"checked": False}),
                ("side_effect", "note", "", CITED),
                ("get_help", "ask", "you feel worse", {"checked": False}),
            )
        ],
        "products": [
            {"name": "Example tablets", "url": "https://example.org/", "disclosure": "none"}
        ],
    }
)
FIGURES = {
    "n_analysed": 75,
    "remedy_people": 38,
    "remedy_events": 12,
    "control_people": 37,
    "control_events": 20,
    "measure": "MD",
    "effect_value": -3.8,
    "effect_low": -6,
    "effect_high": -1.6,
    "better": "lower",
    "scale": "points on a scale from 0 to 40",
}
ENTRY = EntryDocument.model_validate(
    {
        "remedy": "example",
        "condition": "example-condition",
        "verdict": "It may help a little [@Example2020].",
        "effect": "benefit",
        "certainty": "low",
        "evidence_items": [
            {
                "citation": key,
                "outcome": "how bad it was",
                "arms": "an example or placebo",
                "direction": direction,
                "result": "A little better after two months.",
                "limits": "One small trial.",
                **more,
            }
            for key, direction, more in (
                ("Example2020", "benefit", {**FIGURES, "risk_of_bias": "high"}),
                ("Review2021", "unclear", {**FIGURES, "components": ["one thing", "another"]}),
            )
        ],
        "smallest_differences": [
            {"measure": "MD", "value": 3, "scale": FIGURES["scale"], "citations": ["Review2021"]}
        ],
        "guidelines": [
            {
                "body": "An example body",
                "year": 2024,
                "says": "Its experts suggest it for some people.",
                "statement": "for",
                "strength": "conditional",
                "rating": "low",
                "citations": ["Review2021"],
            }
        ],
        "next_steps": [
            {"text": "Ask for an example of a blood test.", "citations": ["Review2021"]},
        ],
        "first_question": "Does the example help adults more than placebo?",
        "search": {
            "searched_on": "2026-01-01",
            "searched_where": "an example library",
            "search_queries": 4,
            "searched_null": True,
            "unread_works": ["An example of a trial, 1990"],
        },
        "regimens": [
            {
                "form": "example salt",
                "amount": amount,
                "unit": "mg",
                "per": "day",
                "basis": basis,
                "timing": "in the evening",
                "duration": "8 weeks",
                "population": "75 adults",
                "citation": "Example2020",
            }
            for amount, basis in (("50", "elemental"), ("150", "elemental"), ("9", "not_stated"))
        ],
    }
)
CONDITION = ConditionDocument.model_validate(
    {
        "slug": "example-condition",
        "name": "Example condition",
        "category": "other",
        "one_line": "What it is.",
        "red_flags": [{"text": "it begins all at once", **CITED}],
    }
)
WORKS = {
    "Example2020": WorkFacts(StudyType.RANDOMISED_TRIAL, retracted=False),
    "Review2021": WorkFacts(StudyType.SYSTEMATIC_REVIEW, retracted=False),
}
TEXTS = ("what_it_is", "how_it_works", "why_it_matters", "considerations")
REASONS = ("mechanism", "observational", "clinical")


def sample_remedy() -> Remedy:
    """A made-up remedy, not stored."""
    return Remedy(
        pk=0,
        slug="example",
        name="Example",
        shown_name="Example",
        shown_one_line=REMEDY.one_line,
        shown_stops=[
            ["stop", "you have an example disease", []],
            ["major", "an example medicine", []],
        ],
    )


def sample_entry(
    effect: str = "benefit", certainty: str = "low", **values: object
) -> RemedyConditionEntry:
    """A made-up entry, not stored; `values` are further fields of the model."""
    fields = {
        "pk": 0,
        "remedy": sample_remedy(),
        "condition": sample_condition(),
        "shown_effect": effect,
        "shown_certainty": certainty,
        "shown_teaser": "It may help a little.",
        "shown_cautions": [["ask", "you are pregnant", []]],
        "published_at": MOMENT,
    }
    return RemedyConditionEntry(**fields | values)


def sample_library() -> PageReferences:
    """Made-up works, without a query."""
    library = PageReferences([])
    works = [sample_work(), sample_work("Review2021", study_type="systematic_review")]
    library.works = {work.key: work for work in works}
    return library


def sample_parts() -> tuple[EntryPart, RemedyPart]:
    """The composed parts of the entry's and the remedy's pages, without a query."""
    text = render("An example of a text [@Example2020].")
    library = sample_library()
    html = dict.fromkeys(("dosing", "evidence", "warnings", *REASONS), text)
    html["verdict"] = render_inline(ENTRY.verdict)
    general = dict.fromkeys(TEXTS, text)
    grade = grade_entry(ENTRY, WORKS)
    composed = compose_entry(ENTRY, html, grade, REMEDY, general, CONDITION, library)
    return composed, compose_remedy(REMEDY, general, library)
