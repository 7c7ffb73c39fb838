"""St John's wort stops other medicines from working: each is found, with what happens and what to do."""

import re

import pytest

from remedies.check.interactions import WarningSource, applicable_warnings, match_circumstances
from remedies.choices import PrecautionSeverity
from remedies.schema import InteractionRow
from tests.reading import Page, find, links, words
from tests.remedies.check.vocabulary import TERMS, read
from tests.remedies.content.shipped import REMEDIES
from tests.search.result_urls import result_urls

pytestmark = pytest.mark.every_page

HERB, PAGE = "st-johns-wort", "/remedies/st-johns-wort/"
PREGNANT = r"pregnan"
SEROTONIN = r"serotonin"
CLOT = r"clot|stroke"
LESS = r"\bless\b|\bfalls?\b|\bfell\b|lower|weaker|stops? working"
NOT_TOGETHER = r"(?:do not|don't|never) (?:use|take|combine)"
WARNED_OF = {
    # circumstance: what happens, what to do
    "hormonal-contraceptives": (PREGNANT, rf"{NOT_TOGETHER}|pharmacist"),
    "hormone-replacement": (LESS, NOT_TOGETHER),
    "antidepressants": (SEROTONIN, NOT_TOGETHER),
    "maois": (SEROTONIN, NOT_TOGETHER),
    "triptans": (SEROTONIN, NOT_TOGETHER),
    "other-serotonin-medicines": (SEROTONIN, NOT_TOGETHER),
    "warfarin": (CLOT, NOT_TOGETHER),
    "direct-anticoagulants": (CLOT, NOT_TOGETHER),
    "transplant-medicines": (LESS, NOT_TOGETHER),
    "hiv-medicines": (rf"{LESS}|virus|resist", NOT_TOGETHER),
    "cancer-medicines": (LESS, NOT_TOGETHER),
    "digoxin": (LESS, NOT_TOGETHER),
    "seizure-medicines": (rf"{LESS}|fits|seizures", NOT_TOGETHER),
    "theophylline": (LESS, r"doctor|pharmacist|ask"),
    "methadone": (LESS, r"doctor|pharmacist|ask"),
    "simvastatin": (LESS, r"doctor|pharmacist|ask"),
    "benzodiazepines": (LESS, r"doctor|pharmacist|ask"),
    "finasteride": (LESS, r"doctor|pharmacist|ask"),
    "fexofenadine": (LESS, r"doctor|pharmacist|ask"),
}
MODERATE = {
    *("theophylline", "methadone", "simvastatin"),
    *("benzodiazepines", "finasteride", "fexofenadine"),
}
"""What the labels ask to be cautious of; all else must not be combined."""
TYPED = [
    # contraceptives and hormones
    ("the pill", "hormonal-contraceptives"),
    ("mini pill", "hormonal-contraceptives"),
    ("morning after pill", "hormonal-contraceptives"),
    ("contraceptive implant", "hormonal-contraceptives"),
    ("desogestrel", "hormonal-contraceptives"),
    ("Microgynon 30", "hormonal-contraceptives"),
    ("Cerazette", "hormonal-contraceptives"),
    ("Nexplanon", "hormonal-contraceptives"),
    ("NuvaRing", "hormonal-contraceptives"),
    ("ellaOne", "hormonal-contraceptives"),
    ("HRT", "hormone-replacement"),
    ("Livial", "hormone-replacement"),
    # mood, migraine, pain
    ("sertraline 50 mg", "antidepressants"),
    ("Prozac", "antidepressants"),
    ("SSRI", "antidepressants"),
    ("venlafaxine", "antidepressants"),
    ("amitriptyline", "antidepressants"),
    ("moclobemide", "maois"),
    ("Nardil", "maois"),
    ("sumatriptan", "triptans"),
    ("Maxalt", "triptans"),
    ("migraine tablets", "triptans"),
    ("tramadol", "other-serotonin-medicines"),
    ("linezolid", "other-serotonin-medicines"),
    ("lithium", "other-serotonin-medicines"),
    # blood and heart
    ("warfarin", "warfarin"),
    ("Coumadin", "warfarin"),
    ("Marcumar", "warfarin"),
    ("blood thinners", "warfarin"),
    ("apixaban", "direct-anticoagulants"),
    ("Xarelto", "direct-anticoagulants"),
    ("Pradaxa", "direct-anticoagulants"),
    ("digoxin", "digoxin"),
    ("Lanoxin", "digoxin"),
    # transplant, HIV, cancer
    ("ciclosporin", "transplant-medicines"),
    ("Prograf", "transplant-medicines"),
    ("transplant medicine", "transplant-medicines"),
    ("HIV medicine", "hiv-medicines"),
    ("nevirapine", "hiv-medicines"),
    ("Prezista", "hiv-medicines"),
    ("Biktarvy", "hiv-medicines"),
    ("Paxlovid", "hiv-medicines"),
    ("chemotherapy", "cancer-medicines"),
    ("irinotecan", "cancer-medicines"),
    ("Glivec", "cancer-medicines"),
    ("tamoxifen", "cancer-medicines"),
    # epilepsy
    ("phenytoin", "seizure-medicines"),
    ("Tegretol", "seizure-medicines"),
    ("epilepsy tablets", "seizure-medicines"),
    # ask first
    ("theophylline", "theophylline"),
    ("methadone", "methadone"),
    ("simvastatin", "simvastatin"),
    ("statin", "simvastatin"),
    ("midazolam", "benzodiazepines"),
    ("Valium", "benzodiazepines"),
    ("finasteride", "finasteride"),
    ("Allegra", "fexofenadine"),
]
"""What people type, and the circumstance whose warning they must get."""
SEARCHED = [
    *("the pill", "hormonal contraception", "HRT", "SSRI", "antidepressants", "triptans"),
    *("MAO inhibitors", "tramadol", "warfarin", "Coumadin", "Marcumar", "apixaban", "Eliquis"),
    *("Xarelto", "dabigatran", "Pradaxa", "edoxaban", "digoxin", "Lanoxin", "ciclosporin"),
    *("tacrolimus", "Prograf", "Neoral", "medicines for HIV", "nevirapine", "Viramune"),
    *("indinavir", "medicines for cancer", "irinotecan", "imatinib", "Glivec", "epilepsy"),
    *("carbamazepine", "Tegretol", "phenytoin", "theophylline", "methadone", "simvastatin"),
    *("Zocor", "midazolam", "finasteride", "Propecia", "fexofenadine", "Allegra"),
    *("sertraline", "Prozac", "desogestrel", "Cerazette", "Nexplanon", "sumatriptan", "Maxalt"),
    *("phenelzine", "rilpivirine", "Biktarvy", "atorvastatin", "diazepam", "voriconazole"),
]
"""Medicines that the page names, or a brand of one, in other words than those above."""
NAMED_ON_NO_PAGE = {"tamoxifen"}
"""Nothing that we have read names it beside the herb; the check warns of it as of any medicine for cancer."""


def source() -> WarningSource:
    herb = REMEDIES[HERB]
    return WarningSource(
        herb.name, HERB, interactions=herb.interactions, precautions=herb.precautions
    )


def rows_for(typed: str) -> list[InteractionRow]:
    """The interactions that the check finds for what is typed."""
    matched = match_circumstances([], read(typed), TERMS)
    warnings = applicable_warnings([source()], matched)
    return [warning.row for warning in warnings if isinstance(warning.row, InteractionRow)]


def test_there_are_enough() -> None:
    assert len(dict(TYPED)) == len(TYPED) >= 40
    assert len(set(SEARCHED)) == len(SEARCHED) >= 40
    assert {circumstance for _typed, circumstance in TYPED} == WARNED_OF.keys()


@pytest.mark.parametrize(("typed", "circumstance"), TYPED)
def test_a_medicine_is_found_with_what_happens_and_what_to_do(typed, circumstance) -> None:
    rows = [row for row in rows_for(typed) if circumstance in row.applies_to]
    assert rows, "no interaction names it"
    happens, to_do = WARNED_OF[circumstance]
    severities = {"moderate", "major"} if circumstance in MODERATE else {"major"}
    assert [
        row
        for row in rows
        if row.severity in severities
        and row.action in {"avoid", "ask"}
        and re.search(happens, row.effect, re.IGNORECASE)
        and re.search(to_do, row.advice, re.IGNORECASE)
    ], rows


@pytest.mark.parametrize("circumstance", sorted(WARNED_OF.keys() - MODERATE))
def test_what_must_not_be_combined_is_major_and_to_avoid(circumstance) -> None:
    rows = [row for row in REMEDIES[HERB].interactions if circumstance in row.applies_to]
    assert ("major", "avoid") in {(row.severity, row.action) for row in rows}


@pytest.mark.parametrize(("typed", "circumstance"), TYPED)
def test_the_private_check_answers(content, client, typed, circumstance) -> None:
    page = Page(client.post("/check/", {"r": HERB, "medicines": typed}))
    severity = "(?:moderate|major)" if circumstance in MODERATE else "major"
    happens, to_do = WARNED_OF[circumstance]
    answers = [words(item) for item in page.all("li", class_="interaction")]
    assert any(
        re.search(
            rf"(?:{happens}).* What to do: .*(?:{to_do}).* Severity: {severity}\. Shown because of: ",
            answer,
            re.IGNORECASE,
        )
        for answer in answers
    ), answers
    assert "Not in our data, so not checked by name: " + typed not in page.words


@pytest.mark.parametrize("typed", ["atorvastatin", "paracetamol", "nosuchmedicine"])
def test_any_other_medicine_is_told_to_ask_first(content, client, typed) -> None:
    page = Page(client.post("/check/", {"r": HERB, "medicines": typed}))
    assert [
        answer
        for item in page.all("li", class_="interaction")
        if re.search(r"pharmacist|doctor", answer := words(item))
    ]


def test_its_page_leads_with_other_medicines(content, client) -> None:
    page = Page(client.get(PAGE))
    box = page.one("section", aria_labelledby="stop-heading")
    first = words(next(find(box, "li")))
    assert re.search(r"medicine", first), first
    assert "stop-heading" in page.ids
    assert page.ids.index("stop-heading") < min(
        page.ids.index(one) for one in ("warnings", "references")
    )
    assert re.search(r"medicine|the pill", words(page.one("p", class_="lead")))


def test_whom_it_stops_is_named() -> None:
    stops = [
        (row.kind, tuple(row.applies_to))
        for row in REMEDIES[HERB].precautions
        if row.severity == PrecautionSeverity.STOP
    ]
    named = {term for _kind, terms in stops for term in terms}
    assert named >= {
        *("any-medicine-by-mouth", "operation-planned", "light-sensitive-skin"),
        *("bipolar-psychosis", "severe-depression", "pregnancy", "breastfeeding", "child"),
    }


@pytest.mark.parametrize("condition", ["depression", "pms", "anxiety"])
def test_its_entries_warn_of_medicines_in_the_red_box(content, client, condition) -> None:
    box = Page(client.get(f"{PAGE}{condition}/")).one("section", aria_labelledby="stop-heading")
    assert re.search(r"any medicine|the pill", words(next(find(box, "li"))))


@pytest.mark.parametrize("query", sorted({*dict(TYPED), *SEARCHED} - NAMED_ON_NO_PAGE))
def test_a_search_for_the_medicine_finds_a_page_of_the_herb(content, client, query) -> None:
    assert any(url.startswith(PAGE) for url in result_urls(client, query))


@pytest.mark.parametrize("query", ["Anafranil", "Naramig"])
def test_a_search_for_a_brand_that_no_page_names_leads_to_the_check(content, client, query) -> None:
    page = Page(client.get("/search/", {"q": query}))
    assert "/check/" in links(page.by_id("main"))
