"""A brand in a query leads to its medicine and says so; brands stand nowhere else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from remedies.check.spoken import shipped_names
from search.brands import query_words_with_brands
from search.query import query_words
from tests.factories import make_comment
from tests.reading import Page, links
from tests.search.result_urls import result_urls


@pytest.mark.parametrize(
    ("query", "sentence", "medicine"),
    [
        ("Coumadin", "Coumadin: a brand of warfarin.", "warfarin"),
        ("coumadin", "Coumadin: a brand of warfarin.", "warfarin"),
        ("COUMADIN®", "Coumadin: a brand of warfarin.", "warfarin"),
        ("coumadin 5mg", "Coumadin: a brand of warfarin.", "warfarin"),
        ("Synthroid", "Synthroid: a brand of levothyroxine.", "levothyroxine"),
        ("Lanoxin", "Lanoxin: a brand of digoxin.", "digoxin"),
        ("Neurontin", "Neurontin: a brand of gabapentin.", "gabapentin"),
    ],
)
def test_a_brand_finds_what_its_medicine_finds_and_says_so(
    content, client, query, sentence, medicine
) -> None:
    page = Page(client.get("/search/", {"q": query}))
    assert sentence in page.words
    assert "The results are those for the medicine." in page.words
    assert {f"?q={medicine}", "/check/"} <= set(links(page.by_id("main")))
    assert result_urls(client, query)
    assert set(result_urls(client, query)) == set(result_urls(client, medicine))


def test_a_brand_beside_another_word_narrows_as_the_medicine_does(content, client) -> None:
    with_brand = result_urls(client, "magnesium with Lanoxin")
    assert with_brand
    assert with_brand == result_urls(client, "magnesium digoxin")


def test_a_brand_of_several_medicines_names_and_searches_them_all(content, client) -> None:
    page = Page(client.get("/search/", {"q": "stalevo"}))
    assert "Stalevo: a brand of levodopa, carbidopa and entacapone." in page.words
    assert {"?q=levodopa", "?q=carbidopa", "?q=entacapone"} <= set(links(page.by_id("main")))
    assert set(result_urls(client, "levodopa")) <= set(result_urls(client, "stalevo"))


def test_a_brand_that_is_another_medicine_elsewhere_says_so(content, client) -> None:
    page = Page(client.get("/search/", {"q": "norpramin"}))
    sentence = "a brand of desipramine or omeprazole, by country and product. Look at the packet."
    assert sentence in page.words


@pytest.mark.parametrize("query", ["Crestor", "Nuzyra", "crestor 10 mg"])
def test_a_medicine_on_no_page_is_known_and_leads_to_the_check(content, client, query) -> None:
    page = Page(client.get("/search/", {"q": query}))
    assert "a brand of " in page.words
    assert "Names that look alike" not in page.words
    assert "These have " not in page.words
    assert "/check/" in links(page.by_id("main"))
    assert "We know it, and no page of ours names it." in page.words
    assert "Nothing here goes by that name" not in page.words


def test_what_members_wrote_with_the_brand_is_found_too(content, client) -> None:
    comment = make_comment(body="I was on Coumadin then.")
    page = client.get("/search/", {"q": "coumadin", "kind": "comment"}).content.decode()
    assert comment.get_absolute_url() in page
    assert "<mark>Coumadin</mark>" in page


def test_brands_are_not_suggested(content, client) -> None:
    for typed in ("couma", "coumadin", "synth"):
        assert "brand" not in client.get("/search/suggestions/", {"q": typed}).content.decode()
        assert "oumadin" not in client.get("/search/suggestions/", {"q": typed}).content.decode()


def test_a_page_without_a_brand_in_the_query_names_none(content, client) -> None:
    for query in ("warfarin", "magnesium", "restless legs"):
        assert "a brand of" not in Page(client.get("/search/", {"q": query})).words


def test_a_brand_costs_no_query_more_than_its_medicine(content, client) -> None:
    def number(query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": query})
        return len(queries)

    assert number("coumadin") == number("warfarin")


@given(st.text(max_size=60))
def test_a_query_without_brands_has_the_words_that_it_had(query) -> None:
    words, brands = query_words_with_brands(query)
    if not brands:
        assert words == query_words(query)


@given(st.sampled_from(sorted(shipped_names().brands)), st.sampled_from(["", "my ", "does "]))
def test_every_brand_is_one_known_word_of_letters_and_digits(brand, before) -> None:
    words, (mention, *_others) = query_words_with_brands(f"{before}{brand}")
    assert [word.is_known for word in words] == [True]
    assert words[0].spellings
    assert all(form.isalnum() for form in words[0].spellings)
    assert mention.medicines.names


@pytest.mark.parametrize("query", ["spirulina", "xyzzy"])
@pytest.mark.parametrize("contact", ["", "editors@example.org"])
def test_a_search_without_results_says_where_to_ask_for_it(
    content, client, settings, query, contact
) -> None:
    settings.SITE_CONTACT = contact
    page = Page(client.get("/search/", {"q": query}))
    assert "Ask for it" in page.words
    assert f"/requests/ask/?q={query}" in links(page.by_id("main"))
    assert ("Or write to those who run this site" in page.words) == bool(contact)
    assert ("mailto:editors@example.org" in links(page.by_id("main"))) == bool(contact)
    assert "Names that look alike" not in page.words
    assert "Perhaps you look for" not in page.words


def test_nothing_is_asked_for_where_there_are_results(content, client) -> None:
    assert "Ask for it" not in Page(client.get("/search/", {"q": "magnesium"})).words
