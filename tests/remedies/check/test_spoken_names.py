"""Names as people say them: brands, kinds of medicine, spellings, and lists from a pharmacy's label."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from remedies.check.names import parse_names
from remedies.check.readings import read_names
from remedies.check.spoken import shipped_names, shipped_vocabulary
from remedies.check.vocabulary import Medicines, NameKind, SpokenNames, Term, build_vocabulary

PACK = yaml.safe_load(
    (Path(__file__).parents[3] / "fixtures" / "circumstances.yaml").read_text(encoding="utf-8")
)
TERMS = [
    Term(row["slug"], row["kind"], row["name"], tuple(row.get("members", ())))
    for row in PACK["circumstances"]
]
SPOKEN = shipped_names()


def read(text):
    return parse_names(text, TERMS, SPOKEN)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("water tablets", "loop-diuretics"),
        ("Water tablets", "potassium-sparing-diuretics"),
        ("diuretics", "thiazide-diuretics"),
        ("diuretic", "thiazide-diuretics"),
        ("SSRI", "antidepressants"),
        ("an SSRI", "antidepressants"),
        ("antibiotic", "tetracyclines"),
        ("antibiotics", "fluoroquinolones"),
        ("statin", "any-medicine-by-mouth"),
        ("statins", "any-medicine-by-mouth"),
        ("a blood thinner", "anticoagulants"),
        ("blood-thinner", "antiplatelets"),
        ("acid blocker", "proton-pump-inhibitors"),
        ("the pill", "oestrogens"),
        ("The Pill", "oestrogens"),
        ("birth control pills", "oestrogens"),
        ("beta blocker", "other-heart-medicines"),
        ("beta-blockers", "blood-pressure-medicines"),
        ("sleeping pills", "z-drugs"),
        ("steroid inhaler", "inhaled-corticosteroids"),
        ("my blood pressure tablets", "blood-pressure-medicines"),
        ("painkillers", "nsaids"),
        ("paracetamol 500 mg", "any-medicine-by-mouth"),
        ("Acetaminophen", "any-medicine-by-mouth"),
    ],
)
def test_the_name_of_a_kind_of_medicine_is_read_and_says_as_what(typed, slug) -> None:
    parsed = read(typed)
    assert slug in parsed.names_by_term
    assert parsed.unknown == []
    (terms,) = parsed.classes.values()
    assert next(term.name for term in TERMS if term.slug == slug) in terms


@pytest.mark.parametrize(
    ("typed", "medicine", "slug"),
    [
        ("Coumadin", "warfarin", "warfarin"),
        ("coumadin 5mg", "warfarin", "anticoagulants"),
        ("Eliquis", "apixaban", "direct-anticoagulants"),
        ("SYNTHROID", "thyroxine", "levothyroxine"),
        ("Nexium", "esomeprazole", "proton-pump-inhibitors"),
        ("Lasix", "furosemide", "loop-diuretics"),
        ("Xarelto®", "rivaroxaban", "anticoagulants"),
        ("Tylenol", "paracetamol", "any-medicine-by-mouth"),
        ("Zoloft", "sertraline", "antidepressants"),
        ("Advil", "ibuprofen", "nsaids"),
        ("Plavix (75 mg)", "clopidogrel", "antiplatelets"),
        ("Lipitor", "atorvastatin", "any-medicine-by-mouth"),
        ("Fosamax", "alendronate", "bisphosphonates"),
        ("Ambien", "zolpidem", "z-drugs"),
        ("Plaquenil", "hydroxychloroquine", "hydroxychloroquine"),
    ],
)
def test_a_brand_leads_to_its_medicine(typed, medicine, slug) -> None:
    parsed = read(typed)
    assert list(parsed.brands.values()) == [medicine]
    assert slug in parsed.names_by_term
    assert parsed.unknown == []


@pytest.mark.parametrize(
    ("typed", "recognised"),
    [
        ("Warfarin: 5 mg", ["Warfarin"]),
        ("warfarin. 5 mg.", ["warfarin"]),
        ("“warfarin”", ["warfarin"]),
        ("[warfarin] *digoxin*", ["warfarin", "digoxin"]),
        ("warfarin = 5mg | digoxin", ["warfarin", "digoxin"]),
        ("St Johns wort", []),
        ("kidney stones", ["kidney stones"]),
        ("stomach acid medicine", ["stomach acid medicine"]),
        ("digoxin, the pill", ["digoxin", "the pill"]),
        ("co codamol", ["co codamol"]),
        ("co-codamol", ["co-codamol"]),
        ("- digoxin\n- warfarin", ["digoxin", "warfarin"]),
        ("1. digoxin 2. warfarin", ["digoxin", "warfarin"]),
        ("Atorvastatin: 20mg; Coumadin: 3mg", ["Atorvastatin", "Coumadin"]),
    ],
)
def test_punctuation_apostrophes_and_notes_hide_no_name(typed, recognised) -> None:
    parsed = read(typed)
    assert [name for name in parsed.recognised if "wort" not in name] == recognised
    assert parsed.unknown in ([], ["St Johns wort"])


def test_an_apostrophe_makes_no_difference() -> None:
    terms = [Term("herbs", "substance", "herbs", ("st john's wort",))]
    for typed in ("St Johns wort", "st john’s wort", "St. John's Wort", "st-johns-wort"):
        assert parse_names(typed, terms).names_by_term["herbs"] == [typed.replace("St. ", "St. ")]


@pytest.mark.parametrize("typed", ["my inhaler", "an injection", "pills", "the cream", "my patch"])
def test_a_form_alone_is_reported_and_not_dropped(typed) -> None:
    assert read(typed).unknown == [typed]
    assert read(f"digoxin, {typed}").unknown == [typed]


@pytest.mark.parametrize("typed", ["one pill daily", "2 pills", "digoxin 1 pill", "5 mg, at night"])
def test_an_amount_is_no_name(typed) -> None:
    assert read(typed).unknown == []


def test_kidney_stones_are_taken_without_a_question() -> None:
    parsed = read("kidney stones")
    assert (parsed.unknown, parsed.guesses) == ([], {})
    assert list(parsed.names_by_term) == ["kidney-stones"]


def test_a_misspelt_brand_is_a_question() -> None:
    assert read("coumadine").guesses == {"coumadine": "coumadin"}


def test_the_vocabulary_of_editors_holds_over_spoken_names() -> None:
    terms = [Term("a", "medicine", "a", ("statin", "warfarin")), Term("b", "medicine", "b")]
    spoken = SpokenNames(classes={"statin": ("b",)}, brands={"warfarin": "statin"})
    parsed = parse_names("statin, warfarin", terms, spoken)
    assert (set(parsed.names_by_term), parsed.brands, parsed.classes) == ({"a"}, {}, {})


def test_every_spoken_name_leads_to_the_vocabulary() -> None:
    slugs = {term.slug for term in TERMS}
    assert {slug for of_class in SPOKEN.classes.values() for slug in of_class} <= slugs
    for name in [*SPOKEN.classes, *SPOKEN.brands]:
        parsed = read(name)
        assert parsed.unknown == [], name
        assert parsed.names_by_term, name
    assert set(read("; ".join(SPOKEN.brands)).brands) == set(SPOKEN.brands)
    assert len(SPOKEN.brands) > 250


NAMES = st.sampled_from(
    [
        "Coumadin",
        "water tablets",
        "the pill",
        "st johns wort",
        "foo",
        "kidney stones",
        "digoxin",
        "my inhaler",
    ]
)
BETWEEN = st.sampled_from(
    [" ", ", ", ": ", "; ", "/", " + ", "\n- ", " (5 mg) ", "’ ", '" ', " - ", ". "]
)


@given(st.lists(st.tuples(NAMES, BETWEEN), min_size=1, max_size=6))
def test_no_name_is_dropped_whatever_stands_between(pieces) -> None:
    parsed = read("".join(name + between for name, between in pieces))
    listed = " ".join([*parsed.recognised, *parsed.unknown]).casefold()
    for name, _between in pieces:
        for word in name.casefold().split():
            assert word in listed or word in DOSE_WORDS | SALTS


@pytest.mark.parametrize("typed", ["Coumadin", "water tablets"])
def test_the_result_says_what_a_name_was_taken_for(content, client, typed) -> None:
    page = client.post("/check/", {"r": "magnesium", "medicines": typed}).content.decode()
    expected = {
        "Coumadin": "Coumadin: a brand of warfarin.",
        "water tablets": "Water tablets: checked as loop diuretics (water tablets);",
    }
    assert expected[typed] in page
    assert "Not in our data" not in page
    assert "We know no brand names" not in page
