"""The private interaction check: what it finds, and that it keeps nothing."""

import logging
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from citations.models import Citation
from remedies.content.files import read_pack
from remedies.models import Remedy
from remedies.services import withdraw_remedy
from tests.factories import make_remedy, make_user
from tests.reading import Page, find
from tests.reading import words as words_of
from tests.remedies.conftest import everything

pytestmark = pytest.mark.every_page

TYPED = {"r": ["magnesium"], "medicines": "doxycycline", "circumstance": ["pregnancy"]}


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_doxycycline_and_magnesium_are_taken_apart_with_severity_and_source(content, client):
    response = client.post("/check/", {"r": "magnesium", "medicines": "Doxycycline 100 mg"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    message = words(response)
    assert "Take apart Magnesium with tetracycline antibiotics" in message
    assert "Severity: major. Shown because of: Doxycycline." in message
    assert 'id="references"' in response.content.decode()


@pytest.mark.parametrize("who", ["reader", "member"])
@pytest.mark.parametrize(
    ("url", "message"),
    [("/check/", "Take apart"), ("/conditions/insomnia/avoid/", "are left out")],
)
def test_nothing_is_kept_logged_or_put_in_an_address(
    content, client, caplog, who, settings, url, message
):
    settings.DEBUG = True  # so that queries are logged too
    if who == "member":
        client.force_login(make_user())
    client.get(url)
    before, cookies = everything(), {name: c.value for name, c in client.cookies.items()}
    caplog.set_level(logging.DEBUG)
    for name in ("django", "django.db.backends", "django.request", "django.template"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
            response = client.post(url, TYPED)
            client.post(url, TYPED | {"circumstance": ["pregnancy", "no-such"]})
    finally:
        for name in ("django", "django.db.backends", "django.request", "django.template"):
            logging.getLogger(name).setLevel(logging.NOTSET)
    assert message in words(response)
    assert everything() == before
    assert {name: c.value for name, c in client.cookies.items()} == cookies
    kept = caplog.text + "".join(query["sql"] for query in queries.captured_queries)
    for key in Citation.objects.values_list("key", flat=True):
        kept = kept.replace(key, "")  # all works of the page are read, and some have such a name
    assert "doxycycline" not in kept.lower()
    assert "pregnan" not in kept.lower()
    addresses = re.findall(r'(?:href|action|content)="([^"]*)"', response.content.decode())
    assert addresses
    assert not [place for place in addresses if re.search("doxy|pregnan", place, re.IGNORECASE)]
    assert "Location" not in response


def test_every_shipped_interaction_is_found_by_its_circumstances(content, client):
    for part in read_pack(Path("fixtures")).remedies:
        for row in part.remedy.interactions:
            response = client.post(
                "/check/", {"r": part.remedy.slug, "circumstance": row.applies_to}
            )
            headings = [words_of(heading) for heading in Page(response).all("h3")]
            assert any(f" with {row.substance}" in heading for heading in headings), row.substance


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({}, "Tick at least one remedy"),
        ({"r": "no-such", "medicines": "x"}, "We have no page on one of these remedies"),
        ({"r": "magnesium\x00", "medicines": "x"}, "We have no page on one of these remedies"),
        ({"r": "magnesium", "circumstance": "\x00"}, "not in our list"),
        ({"r": "magnesium"}, "Type a medicine or tick a box"),
        ({"r": "magnesium", "medicines": "\x00 \n"}, "Type a medicine or tick a box"),
        ({"r": "magnesium", "medicines": "a" * 4001}, "too long"),
    ],
)
def test_what_cannot_be_checked_is_said_and_the_form_is_kept(content, client, posted, message):
    response = client.post("/check/", posted)
    assert response.status_code == 400
    assert message in words(response)
    if posted.get("r") == "magnesium":
        assert 'value="magnesium" checked' in response.content.decode()


def test_odd_names_are_shown_as_text(content, client):
    response = client.post("/check/", {"r": "magnesium", "medicines": "<b>x</b>,\x00\x1b, 1e999"})
    assert response.status_code == 200
    assert b"<b>x</b>" not in response.content


def test_a_misspelt_name_is_asked_about_and_never_taken_for_the_other(content, client):
    message = words(client.post("/check/", {"r": "magnesium", "medicines": "doxycyclin"}))
    assert "Did you mean doxycycline where you typed doxycyclin?" in message
    assert "Magnesium with tetracycline" not in message
    assert "Nothing in our data" not in message
    assert "We found no warning, but we could not check every name." in message


def test_one_button_checks_with_the_name_that_was_meant(content, client):
    sent = {"r": ["magnesium", "iron"], "medicines": "doxycyclin 100 mg", "circumstance": "child"}
    page = Page(client.post("/check/", sent))
    (form,) = [form for form in page.all("form") if "Check with doxycycline" in words_of(form)]
    fields = [(one.get("name"), one.get("value")) for one in find(form, "input")]
    assert sorted(fields) == [
        ("circumstance", "child"),
        ("medicines", "doxycycline 100 mg"),
        ("r", "iron"),
        ("r", "magnesium"),
    ]


def test_names_that_no_warning_names_are_told_and_the_rest_of_the_warnings_linked(content, client):
    page = Page(client.post("/check/", {"r": "magnesium", "medicines": "metformin, doxycycline"}))
    assert "no warning on file names them: metformin." in page.words
    (link,) = [a for a in page.all("a") if words_of(a) == "warnings of Magnesium"]
    assert link.get("href") == "/remedies/magnesium/#warnings"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Warfarin: 5 mg", "Warfarin: checked as blood thinners (anticoagulants);"),
        ("water tablets", "Water tablets: checked as loop diuretics (water tablets);"),
        ("diuretics", "Diuretics: checked as loop diuretics (water tablets);"),
        ("SSRI", "SSRI: checked as antidepressants (SSRI, SNRI or tricyclic);"),
        ("antibiotics", "Antibiotics: checked as antibiotics;"),
        ("statin", "Statin: checked as simvastatin (for cholesterol);"),
        ("paracetamol", "Paracetamol: checked as any medicine taken by mouth."),
        ("St Johns wort", "St Johns wort: checked as any medicine taken by mouth."),
        ("Coumadin", "Coumadin: a brand of warfarin."),
        ("Eliquis", "Eliquis: a brand of apixaban."),
        ("Synthroid", "Synthroid: a brand of levothyroxine."),
        ("Nexium", "Nexium: a brand of esomeprazole."),
        ("Stalevo", "Stalevo: a brand of levodopa, carbidopa and entacapone."),
        ("co-codamol", "Co-codamol: a medicine with paracetamol and codeine."),
        ("GTN", "GTN: another name of glyceryl trinitrate."),
        (
            "Benadryl",
            "a brand of diphenhydramine, cetirizine or acrivastine, by country and product.",
        ),
        ("the pill", "The pill: checked as hormonal contraception"),
        ("kidney stones", "Kidney stones: checked as kidney stones, now or before."),
    ],
)
@pytest.mark.parametrize("url", ["/check/", "/conditions/insomnia/avoid/"])
def test_names_as_people_say_them_are_found_and_said(content, client, url, typed, sentence):
    message = words(client.post(url, {"r": "magnesium", "medicines": typed}))
    assert sentence in message
    assert "Not in our data" not in message
    assert "Did you mean" not in message


def test_what_is_known_and_not_covered_is_told_as_not_checked(content, client):
    message = words(client.post("/check/", {"r": "magnesium", "medicines": "Crestor, digoxin"}))
    assert "Not in our data, so not checked by name: rosuvastatin (in Crestor)" in message
    assert "no warning on file names them: Crestor" not in message


def test_what_is_covered_in_part_is_answered_and_told_as_such(content, client):
    page = words(client.post("/check/", {"r": "st-johns-wort", "medicines": "Edurant"}))
    assert "Checked only in part: rilpivirine (in Edurant)." in page
    assert "Avoid together" in page
    alone = words(client.post("/check/", {"r": "magnesium", "medicines": "rilpivirine"}))
    assert "Checked only in part: rilpivirine." in alone
    assert "no warning on file names them" not in alone
    assert "That does not mean that nothing can happen" not in alone
    whole = words(client.post("/check/", {"r": "magnesium", "medicines": "digoxin"}))
    assert "Checked only in part" not in whole


def test_few_readings_are_open(content, client):
    page = Page(client.post("/check/", {"r": "magnesium", "medicines": "digoxin, warfarin"}))
    (details,) = page.all("details", class_="check__readings")
    assert details.get("open") is not None


def test_many_readings_are_folded_but_for_those_that_ask_for_the_packet(content, client):
    typed = "digoxin, warfarin, ramipril, metformin, insulin, Benadryl"
    page = Page(client.post("/check/", {"r": "magnesium", "medicines": typed}))
    (details,) = page.all("details", class_="check__readings")
    assert details.get("open") is None
    assert "How we read what you typed: 5 names" in words_of(details)
    assert "Benadryl" not in words_of(details)
    assert "Benadryl: a brand of diphenhydramine" in page.words


def test_amounts_and_directions_are_told(content, client):
    message = words(client.post("/check/", {"r": "magnesium", "medicines": "digoxin 62.5mcg od"}))
    assert "Taken for amounts and directions, not for names: 62.5mcg od." in message


def test_names_that_look_like_several_are_asked_about_without_a_button(content, client):
    page = Page(client.post("/check/", {"r": "magnesium", "medicines": "clobazepam"}))
    assert "Several medicines look like that: clonazepam, clobazam." in page.words
    assert "Check with" not in page.words


def test_a_ticked_class_shows_the_warnings_on_its_members(content, client):
    posted = {"r": "melatonin", "circumstance": "antidepressants"}
    message = words(client.post("/check/", posted))
    assert "Melatonin with fluvoxamine" in message
    assert "Where a name stands for many medicines" in message


def test_the_same_queries_are_asked_whatever_somebody_takes(content, client):
    def queries(**sent) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            client.post("/check/", {"r": "melatonin"} | sent)
            client.post("/conditions/insomnia/avoid/", sent)
        return sorted(query["sql"] for query in captured.captured_queries)

    ill = queries(medicines="warfarin, fluvoxamine", circumstance=["liver-disease", "pregnancy"])
    assert ill == queries(medicines="paracetamol")


def test_ticked_remedies_are_held_against_each_other(content, client):
    sent = {"r": ["iron", "magnesium"], "circumstance": "child"}
    assert "Shown because of: Magnesium." in words(client.post("/check/", sent))


def test_drafts_and_withdrawn_remedies_are_as_if_they_were_not(content, client):
    make_remedy("Draft", slug="draft", published=False)
    withdraw_remedy(Remedy.objects.get(slug="iron"), by=None, reason="Why.")
    for slug in ("draft", "iron"):
        assert client.get(f"/check/?r={slug}").status_code == 404
        assert client.post("/check/", {"r": slug, "medicines": "x"}).status_code == 400


def test_the_remedy_named_in_the_address_is_ticked(content, client):
    assert 'value="iron" checked' in client.get("/check/?r=iron").content.decode()


def test_the_number_of_queries_is_fixed(content, client):
    def queries(**posted) -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.post("/check/", posted).status_code == 200
        return len(counted)

    every = list(Remedy.objects.values_list("slug", flat=True))
    one = queries(r="magnesium", medicines="doxycycline")
    assert one == queries(r=every, medicines="doxycycline, warfarin", circumstance=["pregnancy"])
    assert one == 6


def test_the_answer_counts_by_weight_before_it_tells_of_unknown_names(content, client):
    page = Page(client.post("/check/", {"r": "magnesium", "medicines": "doxycycline, nosuchname"}))
    (summary,) = page.all("ul", class_="check-summary")
    shown = [int(words_of(item).split()[0]) for item in find(summary, "li")]
    assert sum(shown) == len(page.all("li", class_="interaction"))
    assert "major" in words_of(summary)
    text = page.words
    assert text.index(words_of(summary)) < text.index("not checked by name: nosuchname")
    assert text.index("not checked by name: nosuchname") < text.index("Take apart")
