from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.document import write_draft
from remedies.document import (
    entry_document,
    entry_html,
    remedy_document,
    remedy_html,
)
from remedies.models import DoseRegimen, Precaution, Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RegimenRow, RemedyDocument
from remedies_site.exceptions import NotPublishable
from tests.factories import make_citation, make_condition, make_entry, make_remedy

REMEDY = RemedyDocument.model_validate(
    {
        "slug": "magnesium",
        "name": "Magnesium",
        "kind": "mineral",
        "aliases": ["Mg", "milk of magnesia"],
        "one_line": "A mineral.",
        "what_it_is": "It is [@A1].",
        "how_it_works": "It works.",
        "why_it_matters": "It matters.",
        "considerations": "Consider.",
        "limits": [
            {
                "kind": "upper",
                "authority": "An agency",
                "population": "adults",
                "amount": 12.4,
                "unit": "mmol",
                "basis": "elemental",
                "counts": "supplements, not food",
                "adults": True,
                "harm_below": "The limit is older than a finding of harm.",
                "citations": ["A1", "B2"],
            }
        ],
        "interactions": [
            {
                "substance": "antibiotics",
                "effect": "They act less.",
                "severity": "major",
                "action": "apart",
                "advice": "Leave hours between them.",
                "checked": False,
            }
        ],
        "gaps": [
            {
                "substance": "antibiotics",
                "authority": "An agency",
                "before": 2,
                "after": 4.5,
                "citations": ["B2"],
            }
        ],
        "precautions": [
            {
                "kind": "contraindication",
                "severity": "stop",
                "who": "you have severe kidney disease",
                "text": "The body may not get rid of it.",
                "citations": ["B2"],
                "matters_for": ["insomnia"],
            }
        ],
        "products": [{"name": "A", "url": "https://example.org", "disclosure": "affiliate"}],
        "written_on": "2026-01-01",
        "review_due": "2027-01-01",
    }
)
ENTRY = EntryDocument.model_validate(
    {
        "remedy": "magnesium",
        "condition": "insomnia",
        "verdict": "It *may* help [@A1].",
        "effect": "benefit",
        "certainty": "low",
        "use": "deficiency",
        "first_question": "Does it help adults to sleep?",
        "second_question": "Does it keep adults awake?",
        "rationale": {"mechanism": "M [@A1].", "observational": "O.", "clinical": "C."},
        "dosing": "Doses.",
        "evidence": "Evidence.",
        "warnings": "Warnings.",
        "evidence_items": [
            {
                "citation": "A1",
                "outcome": "sleep",
                "arms": "oxide or nothing",
                "comparator": "nothing",
                "added_to": "usual care",
                "population": "adults",
                "other_people": True,
                "applies_if": "ferritin is low",
                "n_analysed": 75,
                "remedy_people": 38,
                "remedy_events": 0,
                "control_people": 37,
                "control_events": 9,
                "components": ["magnesium", "vitamin B6"],
                "formulation": "oxide",
                "direction": "benefit",
                "direction_reason": "As the review says.",
                "measure": "MD",
                "effect_value": -1.5,
                "effect_low": -3.25,
                "effect_high": 0,
                "scale": "points from 0 to 40",
                "better": "lower",
                "trials": 1,
                "bias_source": "review",
                "bias_words": "RoB 2",
                "status": "superseded",
                "superseded_by": ["B2"],
                "funding": "public",
                "size": "small",
                "risk_of_bias": "some",
                "directness": "indirect",
                "route": "diet",
                "result": "A little better.",
                "limits": "Few people.",
                "role": "context",
                "rating": "low",
                "reviews": ["B2"],
            },
            {"citation": "B2", "outcome": "sleep", "direction": "none", "result": "The same."},
        ],
        "judgements": [{"kind": "lower", "reason": "Short.", "citations": ["A1"]}],
        "smallest_differences": [
            {"measure": "MD", "value": 3, "scale": "points", "citations": ["B2"]}
        ],
        "guidelines": [
            {
                "body": "A body",
                "year": 2024,
                "says": "It makes no recommendation.",
                "statement": "none",
                "strength": "conditional",
                "rating": "very_low",
                "citations": ["A1"],
            }
        ],
        "next_steps": [{"text": "Ask for a blood test.", "citations": ["A1"]}],
        "search": {
            "searched_on": "2026-01-01",
            "searched_where": "PubMed",
            "search_queries": 4,
            "searched_null": True,
            "searched_updates": True,
            "found_none": True,
            "unread_works": ["A trial of 1990"],
        },
        "regimens": [
            {
                "form": "oxide",
                "amount": 320,
                "amount_max": 729.5,
                "unit": "mg",
                "per": "dose",
                "doses_per_day": 3,
                "basis": "salt",
                "elemental_mg": 193.125,
                "elemental_mg_max": 440,
                "timing": "at night",
                "duration": "8 weeks",
                "population": "children",
                "adults": False,
                "citation": "B2",
            },
            {
                "form": "oxide",
                "amount": 250,
                "unit": "mg",
                "per": "day",
                "basis": "salt",
                "compound": "magnesium_oxide",
                "citation": "A1",
            },
            {"form": "citrate", "route": "intravenous", "citation": "A1"},
        ],
        "precautions": [
            {"kind": "caution", "severity": "ask", "text": "Ask.", "checked": False},
        ],
        "written_on": "2026-01-01",
        "review_due": "2027-01-01",
    }
)


@pytest.fixture
def works(db):
    return {key: make_citation(key) for key in ("A1", "B2")}


@pytest.fixture
def pair(db):
    return {"remedy": make_remedy("Magnesium"), "condition": make_condition("Insomnia")}


def least(document):
    """The same document with nothing in it but what must be there."""
    values = document.canonical()
    return type(document).model_validate(
        {
            name: values[name]
            for name, field in type(document).model_fields.items()
            if field.is_required()
        }
    )


@pytest.mark.parametrize("document", [REMEDY, least(REMEDY)], ids=["full", "least"])
def test_a_remedy_goes_into_rows_and_back(works, document):
    make_condition("Insomnia")
    write_draft(Remedy(), document, works)
    assert remedy_document(Remedy.objects.get()) == document


@pytest.mark.parametrize("document", [ENTRY, least(ENTRY)], ids=["full", "least"])
def test_an_entry_goes_into_rows_and_back(works, pair, document):
    write_draft(RemedyConditionEntry(), document, works, **pair)
    stored = RemedyConditionEntry.objects.get()
    assert entry_document(stored) == document
    assert entry_document(stored).canonical() == document.canonical()


def test_every_field_of_the_full_documents_is_tried():
    for document in (REMEDY, ENTRY):
        assert set(document.canonical()) == set(type(document).model_fields)
    row = ENTRY.evidence_items[0]
    assert set(row.canonical()) == set(type(row).model_fields)
    assert set(ENTRY.search.canonical()) == set(type(ENTRY.search).model_fields)


def test_a_stored_remedy_is_overwritten_whole(works):
    make_condition("Insomnia")
    write_draft(remedy := Remedy(), REMEDY, works)
    write_draft(remedy, least(REMEDY), works)
    assert remedy_document(Remedy.objects.get()) == least(REMEDY)
    assert not Precaution.objects.exists()


def test_a_stored_entry_is_overwritten_whole(works, pair):
    write_draft(entry := RemedyConditionEntry(), ENTRY, works, **pair)
    write_draft(entry, least(ENTRY), works, **pair)
    assert entry_document(RemedyConditionEntry.objects.get()) == least(ENTRY)
    assert not DoseRegimen.objects.exists()


def test_amounts_keep_every_digit(works, pair):
    write_draft(RemedyConditionEntry(), ENTRY, works, **pair)
    stored = DoseRegimen.objects.first()
    assert (stored.amount, stored.amount_max) == (Decimal(320), Decimal("729.5"))
    assert (stored.elemental_mg, stored.elemental_mg_max) == (Decimal("193.125"), Decimal(440))


def test_rows_that_make_no_document_tell_what_to_mend(works):
    entry = make_entry(published=False)
    DoseRegimen.objects.create(entry=entry, form="see [@A1]", citation=works["A1"])
    with pytest.raises(NotPublishable) as error:
        entry_document(entry)
    assert [field for field, _ in error.value.errors] == ["regimens[1].form"]


def test_markdown_becomes_html_by_field():
    assert list(remedy_html(REMEDY)) == [
        "what_it_is",
        "how_it_works",
        "why_it_matters",
        "considerations",
    ]
    html = entry_html(ENTRY)
    assert set(html) == {
        *("verdict", "mechanism", "observational", "clinical"),
        *("dosing", "evidence", "warnings"),
    }
    assert html["verdict"] == 'It <em>may</em> help <span data-cites="@A1"></span>.'
    assert html["mechanism"] == '<p>M <span data-cites="@A1"></span>.</p>\n'


def test_a_text_that_is_not_there_has_no_html():
    assert remedy_html(least(REMEDY)) == {}
    assert list(entry_html(least(ENTRY))) == ["verdict"]


amounts = st.decimals("0.001", "9999999", places=3)


@pytest.mark.django_db
@given(st.lists(amounts, min_size=2, max_size=2, unique=True).map(sorted))
def test_any_range_comes_back_from_its_row(bounds):
    low, high = bounds
    row = RegimenRow(
        form="oxide",
        amount=low,
        amount_max=high,
        unit="mcg",
        per="day",
        basis="not_stated",
        elemental_mg=low,
        citation="A1",
    )
    work = make_citation()
    entry = make_entry(published=False)
    document = least(ENTRY).model_copy(update={"regimens": [row]})
    write_draft(entry, document, {"A1": work}, remedy=entry.remedy, condition=entry.condition)
    (read,) = entry_document(RemedyConditionEntry.objects.get(pk=entry.pk)).regimens
    assert read == row.model_copy(update={"citation": work.key})
    assert read.canonical()["amount"] == pytest.approx(float(low), rel=1e-12)
