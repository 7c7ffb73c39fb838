from datetime import date

import pytest
from pydantic import ValidationError

from citations.models import Citation
from citations.schema import CitationDocument
from conditions.models import Condition, FirstCare, RedFlag
from conditions.schema import ConditionDocument, FirstCareRow, RedFlagRow
from remedies.models import (
    DoseRegimen,
    EvidenceItem,
    IntakeLimit,
    Interaction,
    Precaution,
    Product,
    Remedy,
    RemedyConditionEntry,
)
from remedies.schema import (
    EntryDocument,
    EvidenceRow,
    InteractionRow,
    LimitRow,
    PrecautionRow,
    ProductRow,
    RegimenRow,
    RemedyDocument,
)
from remedies_site.documents import validation_errors

REMEDY = {"slug": "magnesium", "name": "Magnesium", "kind": "mineral", "one_line": "A mineral."}
ENTRY = {
    "remedy": "magnesium",
    "condition": "insomnia",
    "verdict": "We do not know.",
    "effect": "unknown",
    "certainty": "very_low",
    "warnings": "None were found.",
    "written_on": "2026-01-01",
}
REGIMEN = {"form": "oxide", "citation": "A1"}
DOSE = REGIMEN | {"amount": 250, "unit": "mg", "per": "day", "basis": "salt"}
LIMIT = {
    "kind": "upper",
    "authority": "An agency",
    "population": "adults",
    "amount": 350,
    "unit": "mg",
    "basis": "elemental",
    "citations": ["A1"],
}
STOP = {"kind": "contraindication", "severity": "stop", "text": "Harm.", "citations": ["A1"]}
MEET = {
    "substance": "antibiotics",
    "effect": "They act less.",
    "severity": "major",
    "action": "apart",
    "advice": "Leave hours between them.",
}
PRODUCT = {"name": "A bottle", "url": "https://example.org", "disclosure": "none"}
STUDY = {"citation": "A1", "outcome": "sleep", "direction": "none", "result": "No difference."}

TABLES = [
    (CitationDocument, Citation),
    (ConditionDocument, Condition),
    (RedFlagRow, RedFlag),
    (FirstCareRow, FirstCare),
    (RemedyDocument, Remedy),
    (LimitRow, IntakeLimit),
    (InteractionRow, Interaction),
    (PrecautionRow, Precaution),
    (ProductRow, Product),
    (EntryDocument, RemedyConditionEntry),
    (EvidenceRow, EvidenceItem),
    (RegimenRow, DoseRegimen),
]


def error_of(schema, values) -> tuple[str, str]:
    with pytest.raises(ValidationError) as error:
        schema.model_validate(values)
    (first,) = validation_errors(error.value)
    return first


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        (RemedyDocument, REMEDY),
        (EntryDocument, ENTRY),
        (RegimenRow, REGIMEN),
        (RegimenRow, DOSE),
        (LimitRow, LIMIT),
        (PrecautionRow, STOP | {"who": "you are ill"}),
        (InteractionRow, MEET | {"checked": False}),
        (ProductRow, PRODUCT),
        (EvidenceRow, STUDY),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_least_document_of_each_kind_is_accepted(schema, values):
    assert schema.model_validate(values).canonical() == values


@pytest.mark.parametrize(("schema", "model"), TABLES, ids=lambda value: value.__name__)
def test_what_a_document_holds_fits_its_columns(schema, model):
    patterned = {"pmid", "pmcid", "nct"}  # their patterns say how long they are
    properties = schema.model_json_schema()["properties"]
    for column in model._meta.concrete_fields:
        described = properties.get(column.name, {})
        if column.max_length and described.get("type") == "string":
            limit = described.get("maxLength", 0 if column.name in patterned else None)
            assert limit is not None, f"{column} has no limit in its document"
            assert limit <= column.max_length, column


@pytest.mark.parametrize(("schema", "model"), TABLES, ids=lambda value: value.__name__)
def test_every_field_of_a_document_has_a_place_in_the_tables(schema, model):
    elsewhere = {"rationale", "authors", "search"}
    names = {field.name for field in model._meta.get_fields()}
    assert set(schema.model_fields) - elsewhere <= names


@pytest.mark.parametrize("part", ["amount", "unit", "per", "basis"])
def test_an_amount_needs_all_its_parts(part):
    values = {name: value for name, value in DOSE.items() if name != part}
    assert "belong together" in error_of(RegimenRow, values)[1]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (DOSE | {"amount_max": 250}, "above its beginning"),
        (DOSE | {"amount_max": 249.5}, "above its beginning"),
        (REGIMEN | {"amount_max": 500}, "above its beginning"),
        (DOSE | {"elemental_mg_max": 200}, "above its beginning"),
        (DOSE | {"elemental_mg": 151, "elemental_mg_max": 151}, "above its beginning"),
        (REGIMEN | {"elemental_mg": 151}, "there is none"),
    ],
)
def test_an_end_comes_after_a_beginning(values, words):
    assert words in error_of(RegimenRow, values)[1]


@pytest.mark.parametrize(
    ("schema", "values", "field"),
    [
        (RegimenRow, DOSE | {"unit": "spoon"}, "unit"),
        (RegimenRow, DOSE | {"per": "week"}, "per"),
        (RegimenRow, DOSE | {"basis": "guess"}, "basis"),
        (RegimenRow, DOSE | {"doses_per_day": 0}, "doses_per_day"),
        (RegimenRow, DOSE | {"doses_per_day": 25}, "doses_per_day"),
        (RegimenRow, {"form": "oxide"}, "citation"),
        (LimitRow, LIMIT | {"amount": 0}, "amount"),
        (LimitRow, {**LIMIT, "basis": None}, "basis"),
        (InteractionRow, MEET | {"severity": "deadly", "checked": False}, "severity"),
        (ProductRow, PRODUCT | {"url": "ftp://example.org"}, "url"),
        (ProductRow, PRODUCT | {"url": "javascript:alert(1)"}, "url"),
        (ProductRow, PRODUCT | {"disclosure": ""}, "disclosure"),
        (EvidenceRow, STUDY | {"n_analysed": -1}, "n_analysed"),
        (EvidenceRow, STUDY | {"n_analysed": 2**31}, "n_analysed"),
        (EvidenceRow, STUDY | {"direction": "up"}, "direction"),
        (RemedyDocument, REMEDY | {"kind": "stone"}, "kind"),
        (EntryDocument, ENTRY | {"effect": "great"}, "effect"),
        (EntryDocument, ENTRY | {"verdict": " "}, "verdict"),
        (EntryDocument, ENTRY | {"rationale": {"magic": "x"}}, "rationale.magic"),
    ],
)
def test_an_error_is_named_by_its_field(schema, values, field):
    assert error_of(schema, values)[0] == field


def test_a_stop_says_whom_it_stops():
    assert "needs `who`" in error_of(PrecautionRow, STOP)[1]


@pytest.mark.parametrize(
    ("schema", "values", "texts"),
    [
        (PrecautionRow, STOP | {"who": "you"}, ("who", "text")),
        (InteractionRow, MEET, ("substance", "effect", "advice")),
    ],
)
def test_a_caution_nobody_checked_holds_no_figure_anywhere(schema, values, texts):
    unchecked = values | {"checked": False, "citations": []}
    assert not schema.model_validate(unchecked).checked
    for name in texts:
        assert "figure" in error_of(schema, unchecked | {name: "after 2 hours"})[1]


def test_a_checked_warning_has_its_source():
    assert "needs citations" in error_of(InteractionRow, MEET)[1]


@pytest.mark.parametrize("schema", [(RemedyDocument, REMEDY), (EntryDocument, ENTRY)])
def test_a_review_comes_after_the_writing(schema):
    model, values = schema
    assert model.model_validate(values | {"review_due": "2026-01-02"}).review_due
    dates = {"written_on": "2026-01-01", "review_due": "2026-01-01"}
    assert "after written_on" in error_of(model, values | dates)[1]


def publish_errors(**values) -> list[str]:
    return [field for field, _ in EntryDocument.model_validate(ENTRY | values).publish_errors()]


def test_a_whole_entry_is_ready():
    assert publish_errors() == []


def test_an_entry_without_a_word_on_warnings_is_not_ready():
    assert publish_errors(warnings="") == ["warnings"]
    assert publish_errors(warnings="", precautions=[STOP | {"who": "you are ill"}]) == []


@pytest.mark.parametrize("effect", ["benefit", "none", "harm", "mixed"])
def test_nobody_knows_an_effect_that_nobody_studied(effect):
    assert publish_errors(effect=effect, certainty="no_studies") == ["effect"]
    assert publish_errors(effect="unknown", certainty="no_studies") == []
    assert publish_errors(effect=effect, certainty="very_low") == []


def test_an_entry_says_when_it_was_written():
    document = EntryDocument.model_validate({**ENTRY, "written_on": None})
    assert [field for field, _ in document.publish_errors()] == ["written_on"]
    assert EntryDocument.model_validate(ENTRY).written_on == date(2026, 1, 1)
