"""Names as people say them: brands, kinds of medicine, spellings, and lists from a pharmacy's label."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies.check.label_words import JOINING_WORDS
from remedies.check.names import parse_names
from remedies.check.spoken import shipped_names
from remedies.check.tokens import clean
from remedies.check.vocabulary import (
    ANY_MEDICINE,
    Medicines,
    NameKind,
    SpokenNames,
    Term,
    build_vocabulary,
    related_slugs,
)
from remedies_site.sorting import fold
from tests.remedies.check.vocabulary import TERMS, read

SPOKEN = shipped_names()


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("water tablets", "loop-diuretics"),
        ("Water tablets", "potassium-sparing-diuretics"),
        ("diuretics", "thiazide-diuretics"),
        ("diuretic", "thiazide-diuretics"),
        ("SSRI", "antidepressants"),
        ("an SSRI", "antidepressants"),
        ("antibiotic", "antibiotics"),
        ("antibiotic", "tetracyclines"),
        ("antibiotics", "fluoroquinolones"),
        ("statin", "any-medicine-by-mouth"),
        ("statins", "any-medicine-by-mouth"),
        ("statins", "simvastatin"),
        ("a blood thinner", "anticoagulants"),
        ("blood-thinner", "antiplatelets"),
        ("acid blocker", "proton-pump-inhibitors"),
        ("the pill", "hormonal-contraceptives"),
        ("the pill", "oestrogens"),
        ("mini pill", "hormonal-contraceptives"),
        ("HRT", "hormone-replacement"),
        ("HIV medicine", "hiv-medicines"),
        ("chemotherapy", "cancer-medicines"),
        ("triptans", "triptans"),
        ("MAOI", "maois"),
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
    (known,) = parsed.readings.values()
    assert slug in known.slugs


@pytest.mark.parametrize(
    ("typed", "medicine", "slug"),
    [
        ("Coumadin", "warfarin", "warfarin"),
        ("coumadin 5mg", "warfarin", "anticoagulants"),
        ("Eliquis", "apixaban", "direct-anticoagulants"),
        ("SYNTHROID", "levothyroxine", "levothyroxine"),
        ("Nexium", "esomeprazole", "proton-pump-inhibitors"),
        ("Lasix", "furosemide", "loop-diuretics"),
        ("Xarelto®", "rivaroxaban", "anticoagulants"),
        ("Tylenol", "paracetamol", "any-medicine-by-mouth"),
        ("Zoloft", "sertraline", "antidepressants"),
        ("Advil", "ibuprofen", "nsaids"),
        ("Plavix (75 mg)", "clopidogrel", "antiplatelets"),
        ("Lipitor", "atorvastatin", "statins"),
        ("Fosamax", "alendronate", "bisphosphonates"),
        ("Ambien", "zolpidem", "z-drugs"),
        ("Plaquenil", "hydroxychloroquine", "hydroxychloroquine"),
    ],
)
def test_a_brand_leads_to_its_medicine(typed, medicine, slug) -> None:
    parsed = read(typed)
    (known,) = parsed.readings.values()
    assert (known.kind, known.medicines) == (NameKind.BRAND, Medicines((medicine,)))
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
        ("St Johns wort", ["St Johns wort"]),
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
    assert parsed.recognised == recognised
    assert parsed.unknown == []


def test_an_apostrophe_makes_no_difference() -> None:
    terms = [Term("herbs", "substance", "herbs", ("st john's wort",))]
    for typed in ("St Johns wort", "st john’s wort", "St. John's Wort", "st-johns-wort"):
        parsed = parse_names(typed, build_vocabulary(terms))
        assert parsed.names_by_term["herbs"] == [typed]


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
    assert read("coumadine").guesses == {"coumadine": ["coumadin"]}


def test_names_that_are_near_are_all_asked_about_where_they_stand_for_something_else() -> None:
    terms = [
        Term("a", "medicine", "a", ("clonazepam",)),
        Term("b", "medicine", "b", ("clobazam",)),
    ]
    parsed = parse_names("clobazepam 20 mg", build_vocabulary(terms))
    assert parsed.guesses == {"clobazepam": ["clonazepam", "clobazam"]}


def test_the_vocabulary_of_editors_holds_over_brands_and_adds_to_kinds() -> None:
    terms = [Term("a", "medicine", "a", ("statin", "warfarin")), Term("b", "medicine", "b")]
    spoken = SpokenNames(
        classes={"statin": ("b", "no-such")}, brands={"warfarin": Medicines(("statin",))}
    )
    parsed = parse_names("statin, warfarin", build_vocabulary(terms, spoken))
    assert parsed.names_by_term == {"a": ["statin", "warfarin"], "b": ["statin"]}
    assert parsed.readings["warfarin"].kind is NameKind.MEMBER


def test_a_product_says_which_of_its_medicines_is_not_in_the_data() -> None:
    terms = [Term("a", "medicine", "a", ("warfarin",))]
    spoken = SpokenNames(
        brands={"Both": Medicines(("warfarin", "xyz")), "Neither": Medicines(("xyz",))}
    )
    parsed = parse_names("Both, Neither", build_vocabulary(terms, spoken))
    assert (parsed.recognised, parsed.unknown) == (["Both"], ["Neither"])
    assert parsed.missing == {"xyz": ["Both"]}


@pytest.mark.parametrize("typed", ["Coversyl plus", "Lipitor Plus 20 mg"])
def test_plus_behind_a_brand_is_a_second_medicine(typed) -> None:
    spoken = SpokenNames(
        brands={"Coversyl": Medicines(("perindopril",)), "Lipitor": Medicines(("perindopril",))}
    )
    parsed = parse_names(typed, build_vocabulary(TERMS, spoken))
    assert parsed.unknown == [" ".join(typed.split()[:2])]


def test_plus_between_two_names_joins_them() -> None:
    assert read("Lipitor plus digoxin").unknown == []


def test_every_spoken_name_leads_to_the_vocabulary() -> None:
    slugs = {term.slug for term in TERMS}
    assert {slug for of_class in SPOKEN.classes.values() for slug in of_class} <= slugs
    names = [*SPOKEN.classes, *SPOKEN.other_names, *SPOKEN.brands]
    names += [*SPOKEN.medicines, *SPOKEN.not_covered]
    for name in names:
        parsed = read(name)
        assert parsed.unknown == [], name
        assert len(parsed.readings) == 1, name
        assert parsed.names_by_term, name
    for brand in SPOKEN.brands:
        (known,) = read(brand).readings.values()
        assert known.kind is NameKind.BRAND, brand
    assert len(SPOKEN.brands) > 950


def test_no_medicine_is_said_to_be_covered_and_not_covered() -> None:
    members = {name for term in TERMS for name in term.members}
    assert members.isdisjoint(SPOKEN.not_covered)
    assert not {*SPOKEN.classes, *SPOKEN.medicines} & {*SPOKEN.not_covered}
    assert members.isdisjoint(SPOKEN.medicines)
    assert members.issuperset(SPOKEN.partly_covered)


def test_a_hint_to_name_the_medicine_stands_with_kinds_only() -> None:
    assert read("statin, paracetamol").has_class
    assert not read("paracetamol, Coumadin, co-codamol, kidney stones").has_class


# A kind of medicine with one of its medicines: whatever holds for the one holds for who names the kind.
INSTANCES = [
    ("water tablets", "furosemide"),
    ("water tablets", "indapamide"),
    ("diuretics", "amiloride"),
    ("diuretics", "spironolactone"),
    ("thiazide", "bendroflumethiazide"),
    ("loop diuretic", "bumetanide"),
    ("potassium sparing diuretic", "amiloride"),
    ("SSRI", "fluvoxamine"),
    ("SSRI", "sertraline"),
    ("SNRI", "duloxetine"),
    ("tricyclic", "amitriptyline"),
    ("antidepressant", "fluvoxamine"),
    ("antidepressants", "mirtazapine"),
    ("antidepressants", "fluvoxamine"),
    ("blood thinner", "warfarin"),
    ("blood thinners", "clopidogrel"),
    ("blood thinners", "apixaban"),
    ("anticoagulants", "warfarin"),
    ("direct anticoagulants", "edoxaban"),
    ("acid blocker", "cimetidine"),
    ("acid blocker", "omeprazole"),
    ("heartburn tablets", "calcium carbonate"),
    ("indigestion tablets", "magnesium carbonate"),
    ("antacids", "magnesium hydroxide"),
    ("the pill", "ethinylestradiol"),
    ("HRT", "estradiol"),
    ("beta blockers", "bisoprolol"),
    ("ACE inhibitor", "ramipril"),
    ("ACE inhibitors and ARBs", "losartan"),
    ("calcium channel blocker", "verapamil"),
    ("blood pressure tablets", "amlodipine"),
    ("blood pressure tablets", "ramipril"),
    ("blood pressure tablets", "bendroflumethiazide"),
    ("medicines for high blood pressure", "amiloride"),
    ("heart tablets", "digoxin"),
    ("heart tablets", "furosemide"),
    ("heart tablets", "clopidogrel"),
    ("diabetes tablets", "metformin"),
    ("sleeping tablets", "zopiclone"),
    ("sleeping tablets", "temazepam"),
    ("sleeping tablets", "diphenhydramine"),
    ("sleeping tablets", "melatonin"),
    ("benzodiazepines", "clonazepam"),
    ("strong painkillers", "morphine"),
    ("painkillers", "codeine"),
    ("painkillers", "ibuprofen"),
    ("antihistamine", "promethazine"),
    ("antihistamine", "loratadine"),
    ("steroids", "prednisolone"),
    ("steroids", "fluticasone"),
    ("asthma inhaler", "beclometasone"),
    ("epilepsy tablets", "carbamazepine"),
    ("epilepsy tablets", "phenytoin"),
    ("epilepsy tablets", "phenobarbital"),
    ("epilepsy tablets", "gabapentin"),
    ("medicines against seizures", "primidone"),
    ("immunosuppressants", "mycophenolate"),
    ("anti-rejection medicine", "tacrolimus"),
    ("medicines for restless legs", "levodopa"),
    ("Parkinson's medicine", "pramipexole"),
    ("Parkinson's medicine", "levodopa"),
    ("bone tablets", "alendronic acid"),
    ("bone tablets", "raloxifene"),
    ("muscle relaxants", "baclofen"),
    ("muscle relaxants", "diazepam"),
    ("malaria tablets", "hydroxychloroquine"),
    ("malaria tablets", "doxycycline"),
    ("antibiotics", "ciprofloxacin"),
    ("antibiotics", "doxycycline"),
    ("arthritis tablets", "methotrexate"),
    ("mood stabiliser", "lithium"),
    ("mood stabiliser", "valproate"),
    ("cough medicine", "codeine"),
    ("weight loss jab", "semaglutide"),
    ("bowel prep", "magnesium citrate"),
    ("antibiotics", "amoxicillin"),
    ("antibiotics", "linezolid"),
    ("TB tablets", "isoniazid"),
    ("TB tablets", "moxifloxacin"),
    ("acne tablets", "lymecycline"),
    ("acne tablets", "erythromycin"),
    ("statin", "simvastatin"),
    ("the pill", "levonorgestrel"),
    ("the pill", "drospirenone"),
    ("mini pill", "desogestrel"),
    ("contraceptive implant", "etonogestrel"),
    ("morning after pill", "ulipristal"),
    ("hormonal contraception", "norethisterone"),
    ("HRT", "tibolone"),
    ("HRT", "conjugated estrogens"),
    ("hormone replacement therapy", "medroxyprogesterone"),
    ("oestrogens", "estetrol"),
    ("hormone therapy", "tamoxifen"),
    ("HIV medicine", "dolutegravir"),
    ("HIV tablets", "atazanavir"),
    ("integrase inhibitor", "raltegravir"),
    ("protease inhibitor", "atazanavir"),
    ("PrEP", "tenofovir"),
    ("chemotherapy", "methotrexate"),
    ("chemo", "altretamine"),
    ("cancer tablets", "everolimus"),
    ("transplant medicine", "everolimus"),
    ("immunosuppressants", "methotrexate"),
    ("dmard", "methotrexate"),
    ("arthritis tablets", "ciclosporin"),
    ("antifungal", "itraconazole"),
    ("triptan", "sumatriptan"),
    ("migraine tablets", "rizatriptan"),
    ("migraine tablets", "pizotifen"),
    ("MAOI", "phenelzine"),
    ("antidepressants", "moclobemide"),
    ("antidepressants", "trazodone"),
    ("anxiety tablets", "buspirone"),
    ("Parkinson's medicine", "rasagiline"),
    ("H2 blocker", "cimetidine"),
    ("acid blocker", "ranitidine"),
    ("heartburn tablets", "famotidine"),
    ("heartburn tablets", "hydrotalcite"),
    ("ulcer tablets", "sucralfate"),
    ("antacids", "magaldrate"),
    ("strong painkillers", "methadone"),
    ("painkillers", "tramadol"),
    ("nerve pain tablets", "tapentadol"),
    ("nerve pain tablets", "carbamazepine"),
    ("sleeping tablets", "trazodone"),
    ("anti-sickness tablets", "ondansetron"),
    ("cough medicine", "dextromethorphan"),
    ("antihistamine", "fexofenadine"),
    ("blood pressure tablets", "hydralazine"),
    ("heart tablets", "felodipine"),
    ("calcium channel blocker", "felodipine"),
    ("asthma tablets", "theophylline"),
    ("prostate tablets", "finasteride"),
    ("prostate tablets", "doxazosin"),
    ("Wilson's disease tablets", "trientine"),
    ("bone tablets", "strontium ranelate"),
    ("multivitamin", "pyridoxine"),
    ("multivitamin", "copper gluconate"),
    ("statin", "atorvastatin"),
    ("antipsychotic", "aripiprazole"),
    ("antipsychotic", "quetiapine"),
    ("calcium channel blocker", "nimodipine"),
    ("hepatitis C tablets", "sofosbuvir"),
    ("covid tablets", "nirmatrelvir"),
]


@pytest.mark.parametrize(("kind", "medicine"), INSTANCES)
def test_whatever_holds_for_a_medicine_holds_for_who_names_its_kind(kind, medicine) -> None:
    assert read(medicine).names_by_term.keys() <= read(kind).names_by_term.keys() | {ANY_MEDICINE}


def test_a_ticked_class_of_medicines_may_be_any_of_them() -> None:
    related = related_slugs(TERMS)
    assert {"antidepressants", "fluvoxamine"} <= set(related["antidepressants"])
    assert "levodopa" in related["restless-legs-medicines"]
    assert related["cimetidine"] == ["cimetidine"]
    assert related["direct-anticoagulants"] == ["direct-anticoagulants", "anticoagulants"]
    assert related["calcium"] == ["calcium"]
    assert related["pregnancy"] == ["pregnancy"]


NAMES = st.one_of(
    st.sampled_from(
        [*SPOKEN.brands, *SPOKEN.classes, *SPOKEN.other_names, *SPOKEN.not_covered]
        + [name for term in TERMS for name in term.members]
    ),
    st.sampled_from(["foo", "my inhaler", "vitamin a", "xyz-123", "варфарин", "維生素", "omega-3"]),
    st.text(st.characters(categories=["L", "N"], max_codepoint=0x2FFF), min_size=1, max_size=12),
)
AMOUNTS = st.sampled_from(
    [
        "5 mg",
        "5mg/5ml",
        "½ tab",
        "1-2 tablets b.d.",
        "1 tab bd po",
        "0.5 %",
        "m/r",
        "x 2",
        "20mg nocte",
    ]
)
ARTICLES = st.sampled_from(["the", "a", "an", "my", "some", "and", "with", "I take"])
SEPARATORS = """ |, |: |; |/| + |\n- | (|) |’ |" | - | – |. |-|\t| • |\n☐ |® |【|、| & | = |*|\r\n1. |\u2028|“|”|'"""
BETWEEN = st.sampled_from(["|", *SEPARATORS.split("|")])


@given(st.lists(st.tuples(st.one_of(NAMES, AMOUNTS, ARTICLES), BETWEEN), min_size=1, max_size=8))
def test_every_word_is_matched_or_told_as_not_known_or_as_left_aside(parts) -> None:
    text = "".join(word + between for word, between in parts)
    parsed = read(text)
    said = [*parsed.recognised, *parsed.unknown, *parsed.left_aside]
    told = set(words_in(" ".join(said)))
    assert [word for word in words_in(text) if word not in told | JOINING_WORDS] == []


def words_in(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(clean(text)))


@given(st.sampled_from([*SPOKEN.brands]), ARTICLES, AMOUNTS, BETWEEN)
def test_a_brand_is_found_whatever_stands_around_it(brand, article, amount, between) -> None:
    known = read(brand).readings[brand]
    parsed = read(f"{article} {brand}{between}{amount}{between}")
    assert set(known.slugs) <= parsed.names_by_term.keys()


@pytest.mark.parametrize("typed", ["Coumadin", "water tablets"])
def test_the_result_says_what_a_name_was_taken_for(content, client, typed) -> None:
    page = client.post("/check/", {"r": "magnesium", "medicines": typed}).content.decode()
    expected = {
        "Coumadin": "Coumadin: a brand of warfarin.",
        "water tablets": "Water tablets: checked as loop diuretics (water tablets); ",
    }
    assert expected[typed] in page
    assert "Not in our data" not in page
    assert "We know no brand names" not in page
