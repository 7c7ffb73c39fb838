"""The vocabulary of the interaction check, in the pack, in the rows and in the shipped content."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, transaction

from remedies.check.interactions import WarningSource, applicable_warnings, match_circumstances
from remedies.check.names import ParsedNames
from remedies.content.files import read_pack
from remedies.models import Circumstance, Precaution
from tests.remedies.check.vocabulary import TERMS as VOCABULARY
from tests.remedies.check.vocabulary import read

pytestmark = pytest.mark.every_page

SHIPPED = read_pack(Path("fixtures"))
TERMS = {term.slug: term for term in SHIPPED.circumstances}
WARNINGS = [
    (part.remedy.slug, row)
    for part in SHIPPED.remedies
    for row in (
        *part.remedy.interactions,
        *part.remedy.precautions,
        *(row for entry in part.entries for row in entry.precautions),
    )
]


OF_THE_PRODUCT = {"it is a very large single dose, such as 500,000 IU once a year"}
"""Stops that hold for a product, whoever takes it."""


def named(slug, row) -> str:
    return f"{slug}: {getattr(row, 'substance', '') or row.who or row.text}"


def test_terms_and_links_are_loaded_in_the_order_of_the_file(db, pack):
    pack.load()
    assert [term.slug for term in Circumstance.objects.all()] == ["tetracyclines", "pregnancy"]
    assert Circumstance.objects.first().member_list == ["doxycycline"]
    assert [term.slug for term in Precaution.objects.get().applies_to.all()] == ["pregnancy"]


def test_terms_that_the_pack_does_not_name_stay_and_come_last(db, pack):
    Circumstance.objects.create(slug="lithium", kind="medicine", name="lithium")
    pack.load()
    slugs = [term.slug for term in Circumstance.objects.all()]
    assert slugs == ["tetracyclines", "pregnancy", "lithium"]


def test_a_pack_without_the_vocabulary_is_refused(db, pack):
    (pack.folder / "circumstances.yaml").unlink()
    with pytest.raises(CommandError, match=r"circumstances\.yaml: \(file\): .*cannot be read"):
        pack.load()


def test_a_row_that_names_an_unknown_term_is_refused_with_file_entry_and_field(db, pack):
    pack.edit("remedies/magnesium.yaml", "- pregnancy", "- pregnant")
    with pytest.raises(CommandError) as error:
        pack.load()
    place = "remedies/magnesium.yaml: migraine: precautions[1].applies_to: "
    assert f"{place}circumstances.yaml has no 'pregnant'" in str(error.value)
    assert not Circumstance.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: life", "kind: mood", "pregnancy: kind: "),
        ("    name: pregnant", "    name: ''", "pregnancy: name: "),
        (
            "slug: pregnancy",
            "slug: tetracyclines",
            "tetracyclines: slug: stands in this file twice",
        ),
        ("    name: pregnant", "    name: pregnant\n    members: [a]", "pregnancy: (whole): only"),
    ],
)
def test_a_faulty_term_is_refused(db, pack, old, new, message):
    pack.edit("circumstances.yaml", old, new)
    with pytest.raises(CommandError) as error:
        pack.load()
    assert f"circumstances.yaml: {message}" in str(error.value)


@pytest.mark.parametrize(
    "values", [{"kind": "mood"}, {"name": ""}, {"slug": ""}, {"kind": "life", "members": "a"}]
)
def test_the_database_keeps_faulty_terms_out(db, values):
    good = {"slug": "lithium", "kind": "medicine", "name": "lithium"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Circumstance.objects.create(**(good | values))


def test_every_shipped_interaction_is_found_by_a_circumstance():
    lost = [
        f"{part.remedy.slug}: {row.substance}"
        for part in SHIPPED.remedies
        for row in part.remedy.interactions
        if not row.applies_to
    ]
    assert lost == []


def test_no_shipped_term_is_without_a_warning():
    used = {slug for _, row in WARNINGS for slug in row.applies_to}
    assert TERMS.keys() - used == set()


def test_every_shipped_warning_that_says_stop_or_names_pregnancy_is_found_by_a_circumstance():
    """Signs that want help are none of it: nobody ticks them beforehand."""
    for part in SHIPPED.remedies:
        rows = [*part.remedy.precautions, *(r for e in part.entries for r in e.precautions)]
        unlinked = {
            row.who
            for row in rows
            if (row.severity == "stop" or row.kind == "pregnancy")
            and row.kind != "get_help"
            and not row.applies_to
        }
        assert unlinked <= OF_THE_PRODUCT, part.remedy.slug


def test_what_holds_in_pregnancy_also_holds_for_who_could_be_pregnant():
    lost = [
        named(slug, row)
        for slug, row in WARNINGS
        if "pregnancy" in row.applies_to and "planning-pregnancy" not in row.applies_to
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        (r"\bpregnan", {"pregnancy", "planning-pregnancy"}),
        (r"\bbreast-?fe", {"breastfeeding"}),
    ],
)
def test_every_shipped_warning_that_speaks_of_it_is_found_by_it(word, terms):
    """An interaction is found by its medicine, also where it says more for pregnancy."""
    speaks = [
        (slug, row)
        for slug, row in WARNINGS
        if hasattr(row, "who") and re.search(word, " ".join(row.words()), re.IGNORECASE)
    ]
    assert speaks
    assert [named(*one) for one in speaks if not terms & set(one[1].applies_to)] == []


def test_a_warning_on_a_class_is_also_found_by_each_narrower_class():
    members = {slug: set(term.members) for slug, term in TERMS.items() if term.members}
    lost = [
        f"{named(slug, row)}: {narrow}"
        for slug, row in WARNINGS
        for wide in members.keys() & set(row.applies_to)
        for narrow, names in members.items()
        if names <= members[wide] and narrow not in row.applies_to
    ]
    assert lost == []


def test_members_are_lower_case_names_and_each_stands_once():
    for term in SHIPPED.circumstances:
        assert term.members == [name.lower() for name in dict.fromkeys(term.members)], term.slug


def applies(remedy: str, start: str) -> set[str]:
    """What the remedy's one interaction whose substance begins so is found by."""
    (row,) = [
        row
        for slug, row in WARNINGS
        if slug == remedy and getattr(row, "substance", "").startswith(start)
    ]
    return set(row.applies_to)


def applies_at_all(remedy: str) -> set[str]:
    """What any interaction of the remedy is found by."""
    rows = [row for slug, row in WARNINGS if slug == remedy and hasattr(row, "substance")]
    return {term for row in rows for term in row.applies_to}


NAMED_BY_WARNINGS = (
    ("cancer", "vitamin-d", "you have cancer"),
    ("coronary-heart-disease", "omega-3", "you have a high risk of atrial fibrillation"),
    ("coronary-heart-disease", "vitamin-d", "you are treated for a heart disease"),
    ("epilepsy", "melatonin", "you have epilepsy"),
    ("granulomatous-disease", "vitamin-d", "you have sarcoidosis"),
    ("haemoglobin-disorder", "iron", "you have thalassaemia, sickle cell disease"),
    ("heart-failure", "vitamin-d", "you are treated for a heart disease"),
    ("high-blood-pressure", "omega-3", "you have a high risk of atrial fibrillation"),
    ("high-phosphate", "magnesium", "you have phenylketonuria"),
    ("implanted-defibrillator", "omega-3", "you have an implanted defibrillator"),
    ("nitrofurantoin", "magnesium", "iron tablets, gabapentin"),
    ("older-person", "iron", "you are older"),
    ("older-person", "magnesium", "you are an older person and use a magnesium laxative"),
    ("older-person", "magnesium", "you are an older person and use magnesium oxide"),
    ("older-person", "omega-3", "you have a high risk of atrial fibrillation"),
    ("older-person", "psyllium", "you are old or frail"),
    ("paraffin-oil", "vitamin-d", "colestyramine, and laxatives with paraffin oil"),
    ("phenylketonuria", "magnesium", "you have phenylketonuria"),
    ("phenylketonuria", "psyllium", "you have phenylketonuria"),
    ("prescribed-omega-3", "omega-3", "a doctor prescribed omega-3"),
    ("quinidine", "magnesium", "iron tablets, gabapentin"),
    ("small-bowel-removed", "magnesium", "you have phenylketonuria"),
    ("smoking", "melatonin", "carbamazepine, rifampicin and smoking"),
    ("stroke", "omega-3", "you have a high risk of atrial fibrillation"),
    ("ventricular-tachycardia", "omega-3", "you have an implanted defibrillator"),
    ("vitamin-b12", "psyllium", "iron, zinc, calcium and vitamin B12"),
    ("vitamin-d-products", "vitamin-d", "calcium tablets, antacids with calcium"),
)
"""What a warning names: circumstance, remedy, and how the warning begins."""


@pytest.mark.parametrize(("term", "remedy", "start"), NAMED_BY_WARNINGS)
def test_a_shipped_warning_is_found_by_what_it_names(term, remedy, start):
    matched = match_circumstances([term], ParsedNames(), VOCABULARY)
    rows = [row for slug, row in WARNINGS if slug == remedy]
    source = WarningSource(
        remedy,
        remedy,
        interactions=[row for row in rows if hasattr(row, "substance")],
        precautions=[row for row in rows if hasattr(row, "who")],
    )
    found = [warning.row for warning in applicable_warnings([source], matched)]
    assert [row for row in found if named(remedy, row).startswith(f"{remedy}: {start}")]


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("liquid paraffin", "paraffin-oil"),
        ("laxatives", "paraffin-oil"),
        ("icosapent ethyl", "prescribed-omega-3"),
        ("omega-3-acid ethyl esters 1 g", "prescribed-omega-3"),
        ("calcitriol", "vitamin-d-products"),
        ("alfacalcidol 0.25 micrograms", "vitamin-d-products"),
        ("vitamin D 1000 IU", "vitamin-d-products"),
        ("vitamin D3", "vitamin-d-products"),
        ("Adcal-D3", "vitamin-d-products"),
        ("cyanocobalamin", "vitamin-b12"),
        ("vitamin B12", "vitamin-b12"),
        ("nitrofurantoin", "nitrofurantoin"),
        ("quinidine", "quinidine"),
        ("smoking", "smoking"),
        ("epilepsy", "epilepsy"),
        ("implanted defibrillator", "implanted-defibrillator"),
        ("high blood pressure", "high-blood-pressure"),
        ("phenylketonuria", "phenylketonuria"),
    ],
)
def test_names_that_warnings_name_are_read(typed, term):
    parsed = read(typed)
    assert term in parsed.names_by_term
    assert parsed.unknown == []


def test_loop_diuretics_are_not_warned_of_as_thiazides_are():
    assert not set(TERMS["loop-diuretics"].members) & set(TERMS["thiazide-diuretics"].members)
    assert "loop-diuretics" not in applies("vitamin-d", "thiazide")
    assert {"loop-diuretics", "thiazide-diuretics"} <= applies("magnesium", "loop and thiazide")


@pytest.mark.parametrize("remedy", ["melatonin", "valerian"])
def test_what_makes_sleepy_is_found_by_every_class_that_makes_sleepy(remedy):
    classes = {
        "barbiturates",
        "benzodiazepines",
        "gabapentin",
        "opioids",
        "other-sedating-medicines",
        "sedating-antihistamines",
        "seizure-medicines",
        "sleepy-herbs",
        "z-drugs",
    }
    assert classes - applies_at_all(remedy) == set()


@pytest.mark.parametrize(
    ("remedy", "term"),
    [
        ("iron", "iron-tablets"),
        ("magnesium", "magnesium"),
        ("melatonin", "sleepy-herbs"),
        ("valerian", "sleepy-herbs"),
    ],
)
def test_a_remedy_that_others_warn_of_is_a_member_by_its_name(remedy, term):
    assert remedy in TERMS[term].members
    assert any(slug != remedy and term in row.applies_to for slug, row in WARNINGS)


def test_a_warning_that_says_to_ask_first_is_one_to_ask_about():
    quiet = [
        named(slug, row)
        for slug, row in WARNINGS
        if re.search(
            r"\bask [^.]*(?:\bfirst\b|before you use)", " ".join(row.words()), re.IGNORECASE
        )
        and row.severity in {"caution", "note"}
    ]
    assert quiet == []
