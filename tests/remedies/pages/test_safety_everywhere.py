"""Every warning of weight of the shipped content, on every surface where its entry is shown."""

import re

import pytest

from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.evidence_map import evidence_map
from remedies.schema import EntryDocument, InteractionRow, PrecautionRow, RemedyDocument
from tests.reading import Page, find, words
from tests.remedies.content.shipped import ENTRIES, REMEDIES, pages_of

pytestmark = [pytest.mark.usefixtures("content"), pytest.mark.every_page]
OMEGA_3_STOP = "you have or had atrial fibrillation or atrial flutter"


def plain(text: str) -> str:
    """In small letters, on one line."""
    return re.sub(r"\s+", " ", text).strip().lower()


def weighty(*documents: RemedyDocument | EntryDocument) -> tuple[list[str], list[str], list[str]]:
    """Whom the documents stop, what they say to ask about first, and with what they interact badly."""
    rows: list[PrecautionRow] = [row for one in documents for row in one.precautions]
    stops = [row.who for row in rows if row.severity.value == "stop"]
    asks = [row.who or row.text for row in rows if row.severity.value == "ask"]
    majors = [row.substance for row in major_interactions(documents)]
    return stops, asks, majors


def major_interactions(documents) -> list[InteractionRow]:
    return [
        row
        for document in documents
        for row in getattr(document, "interactions", [])
        if row.severity.value == "major"
    ]


def stops_and_signs(*documents: RemedyDocument | EntryDocument) -> tuple[set[str], set[str]]:
    """Whom the documents stop, and the loud signs that want help."""
    loud = [
        row
        for one in documents
        for row in one.precautions
        if row.severity.value in {"stop", "ask"} and row.who
    ]
    signs = {plain(row.who) for row in loud if row.kind.value == "get_help"}
    stops = {
        plain(row.who)
        for row in loud
        if row.severity.value == "stop" and row.kind.value != "get_help"
    }
    return stops, signs


def missing(shown: str, wanted: list[str]) -> list[str]:
    """Those that do not stand in what is shown."""
    shown = plain(shown)
    return [text for text in wanted if plain(text) not in shown]


def page_of(client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, address
    return Page(response)


@pytest.mark.parametrize("remedy", REMEDIES)
def test_the_overview_stops_whom_the_remedy_stops(client, remedy):
    page = page_of(client, f"/remedies/{remedy}/")
    stops, asks, majors = weighty(REMEDIES[remedy])
    box = "".join(words(part) for part in page.all("section", aria_labelledby="stop-heading"))
    assert missing(box, stops) == []
    assert missing(page.words, asks + majors) == []


@pytest.mark.parametrize(("remedy", "condition"), ENTRIES)
def test_the_page_of_an_entry_stops_whom_remedy_and_entry_stop(client, remedy, condition):
    documents = (ENTRIES[remedy, condition], REMEDIES[remedy])
    page = page_of(client, f"/remedies/{remedy}/{condition}/")
    stops, asks, majors = weighty(*documents)
    box = "".join(words(part) for part in page.all("section", aria_labelledby="stop-heading"))
    assert missing(box, stops) == []
    signs = [
        row.text
        for document in documents
        for row in document.precautions
        if (row.kind.value, row.severity.value) == ("get_help", "stop")
    ]
    assert missing(box, signs) == []
    assert missing(box, using_texts(remedy, condition)) == []
    assert missing(page.words, asks + majors) == []


def using_texts(remedy: str, condition: str) -> list[str]:
    """How to take it, where that matters most for the condition."""
    return [
        row.text
        for row in REMEDIES[remedy].precautions
        if (row.kind.value, row.severity.value) == ("caution", "caution")
        and condition in row.matters_for
    ]


def test_each_card_of_the_home_page_stops_whom_its_entry_stops(client):
    cards = page_of(client, "/").all("li", class_="surest__card")
    assert len(cards) > 3
    for card in cards:
        link = next(find(card, "a")).get("href")
        _root, _remedies, remedy, condition, _end = link.split("/")
        stops, _signs = stops_and_signs(ENTRIES[remedy, condition], REMEDIES[remedy])
        assert stops
        assert missing(words(card), sorted(stops)) == []


@pytest.mark.parametrize("kind", ["clinician", "patient"])
@pytest.mark.parametrize(("remedy", "condition"), ENTRIES)
def test_both_sheets_hold_them(client, remedy, condition, kind):
    page = page_of(client, f"/remedies/{remedy}/{condition}/?print={kind}")
    stops, asks, majors = weighty(ENTRIES[remedy, condition], REMEDIES[remedy])
    using = using_texts(remedy, condition)
    assert missing(page.words, stops + asks + majors + using) == []
    assert ("No such warning is on file" in page.words) is (stops == [])


@pytest.mark.parametrize("condition", sorted({condition for _remedy, condition in ENTRIES}))
def test_the_page_of_a_condition_holds_them_for_each_of_its_remedies(client, condition):
    page = page_of(client, f"/conditions/{condition}/")
    for (remedy, of), entry in ENTRIES.items():
        if of == condition:
            (row,) = (
                row
                for row in find(page.by_id("remedies"), "tr")
                if any(
                    link.get("href") == f"/remedies/{remedy}/{condition}/"
                    for link in find(row, "a")
                )
            )
            check_row(row, *weighty(entry, REMEDIES[remedy]))
            listed = {
                words(level): {plain(words(item)) for item in find(cautions, "li")}
                for level, cautions in zip(
                    find(row, "p", class_="comparison__level"),
                    find(row, "ul", class_="comparison__cautions"),
                    strict=True,
                )
            }
            own_stops, signs = stops_and_signs(entry, REMEDIES[remedy])
            assert listed.get("Do not take without medical advice if", set()) == own_stops
            assert listed.get("Get help if", set()) == signs


def check_row(row, stops: list[str], asks: list[str], majors: list[str]) -> None:
    """Every stop and sign stands whole; one more warning does, and a link counts all that stand on
    the page of the entry, whose own test wants every one of them."""
    assert missing(words(row), stops) == []
    whole = {plain(words(item)) for item in find(row, "li")}
    begun = list(find(row, "p", class_="comparison__first"))
    rest = {plain(text) for text in asks} - whole
    total = len(rest) + len({plain(text) for text in majors})
    assert len(begun) == bool(total)
    if total:
        text = plain(words(begun[0]))
        assert any(plain(first) in text for first in asks + majors)
        more = [link for link in find(begun[0], "a") if link.get("href", "").endswith("#warnings")]
        counted = [int(number) for link in more for number in re.findall(r"\d+", words(link)[:9])]
        assert sum(counted) == total - 1


@pytest.mark.parametrize("condition", sorted({condition for _remedy, condition in ENTRIES}))
def test_a_comparison_holds_them_for_each_remedy(client, condition):
    compared = [remedy for remedy, of in ENTRIES if of == condition]
    others = [remedy for remedy in REMEDIES if remedy not in compared]
    for chosen in (compared[first : first + 4] for first in range(0, len(compared), 4)):
        asked = chosen if len(chosen) > 1 else [*chosen, others[0]]
        response = client.get(f"/conditions/{condition}/compare/", {"r": asked})
        assert response.status_code == 200
        table = Page(response)
        for remedy in chosen:
            name = REMEDIES[remedy].name
            cells = " ".join(
                words(cell) for cell in table.all("td") if cell.get("data-label") == name
            )
            stops, asks, majors = weighty(ENTRIES[remedy, condition], REMEDIES[remedy])
            assert missing(cells, stops + asks + majors) == [], remedy
            _stops, signs = stops_and_signs(ENTRIES[remedy, condition], REMEDIES[remedy])
            rows = compared_rows(table, name)
            assert not any(sign in rows["Do not take without medical advice if"] for sign in signs)
            assert missing(rows["When to get help"], sorted(signs)) == [], remedy


def compared_rows(table: Page, remedy: str) -> dict[str, str]:
    """Heading of each row to what its cell for the remedy says."""
    return {
        words(next(find(row, "th"))): plain(words(cell))
        for row in table.all("tr")
        for cell in find(row, "td", data_label=remedy)
    }


def test_the_map_counts_the_stops_of_remedy_and_entry():
    cells = {(e.remedy.slug, e.condition.slug): e for e in evidence_map().entries}
    assert cells.keys() == ENTRIES.keys()
    for (remedy, condition), cell in cells.items():
        stops, _signs = stops_and_signs(ENTRIES[remedy, condition], REMEDIES[remedy])
        assert cell.stops == len(stops), (remedy, condition)


@pytest.mark.parametrize("remedy", REMEDIES)
def test_the_check_finds_every_stop_by_each_of_its_circumstances(client, remedy):
    documents = (REMEDIES[remedy], *(entry for _remedy, entry in pages_of(remedy).values()))
    rows = [row for one in documents for row in one.precautions if row.severity.value == "stop"]
    tried = 0
    for row in rows:
        for circumstance in row.applies_to:
            response = client.post("/check/", {"r": remedy, "circumstance": [circumstance]})
            assert missing(Page(response).words, [row.who]) == [], circumstance
            tried += 1
    assert tried or not any(row.applies_to for row in rows)


def test_omega_3_and_atrial_fibrillation(client):
    """The stop that no page of this site had before, by its words."""
    addresses = ["/remedies/omega-3/"]
    for condition in pages_of("omega-3"):
        addresses += [
            f"/remedies/omega-3/{condition}/",
            f"/remedies/omega-3/{condition}/?print=clinician",
            f"/remedies/omega-3/{condition}/?print=patient",
            f"/conditions/{condition}/",
            f"/conditions/{condition}/compare/?r=omega-3&r=magnesium",
        ]
    assert len(addresses) == 1 + 4 * 5
    for address in addresses:
        assert OMEGA_3_STOP in plain(page_of(client, address).words), address
    asked = {"r": "omega-3", "circumstance": ["atrial-fibrillation"]}
    assert OMEGA_3_STOP in plain(Page(client.post("/check/", asked)).words)


@pytest.mark.parametrize("condition", ["", *pages_of("psyllium")])
def test_psyllium_water_choking_and_the_emergency_stand_in_the_box(client, condition):
    page = page_of(client, f"/remedies/psyllium/{condition}{'/' if condition else ''}")
    box = plain(words(page.one("section", aria_labelledby="stop-heading")))
    assert "240 ml" in box
    assert "choke" in box
    assert "call an emergency number at once" in box


def test_the_walk_has_something_to_find():
    assert Remedy.objects.published().count() == len(REMEDIES)
    assert RemedyConditionEntry.objects.published().count() == len(ENTRIES)
    assert Condition.objects.published().count() >= len({c for _r, c in ENTRIES})
    stops, asks, majors = weighty(*REMEDIES.values(), *ENTRIES.values())
    assert len(stops) >= 40
    assert len(asks) > 80
    assert len(majors) > 25
