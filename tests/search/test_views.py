"""The search page and its suggestions on the shipped content."""

from urllib.parse import quote, urlencode

import pytest

from tests.reading import Page, links, words
from tests.search.result_urls import result_urls

LEGS = "/conditions/restless-legs-syndrome/"
MAGNESIUM = "/remedies/magnesium/"
LEGS_ENTRY = "/remedies/magnesium/restless-legs-syndrome/"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("RLS", LEGS),
        ("rls", LEGS),
        ("Willis-Ekbom", LEGS),
        ("willis ekbom", LEGS),
        ("restl", LEGS),
        ("legs restless", LEGS),
        ("  Restless   LEGS ", LEGS),
        ("milk of magnesia", MAGNESIUM),
        ("mag", MAGNESIUM),
        ("Mg", MAGNESIUM),
        ("magnesium restless legs", LEGS_ENTRY),
        ("restless magnes", LEGS_ENTRY),
        ("Ménière", "/conditions/menieres-disease/"),
        ("meniere", "/conditions/menieres-disease/"),
        ("meniere's disease", "/conditions/menieres-disease/"),
        ("Meniere\u2019s", "/conditions/menieres-disease/"),
        ("coeliac", "/conditions/celiac-disease/"),
        ("ＭＡＧＮＥＳＩＵＭ", MAGNESIUM),
    ],
)
def test_pages_are_found_by_name_and_by_alias(content, client, query, first):
    assert result_urls(client, query)[0] == first


def test_a_search_for_a_condition_finds_its_entries_too(content, client):
    assert LEGS_ENTRY in result_urls(client, "restless legs")
    assert result_urls(client, "magnesium insomnia")[0] == "/remedies/magnesium/insomnia/"


def test_a_name_comes_before_one_that_only_begins_so(db, client, content):
    assert result_urls(client, "anxiety")[0] == "/conditions/anxiety/"


HOSTILE = {
    "quote": "'",
    "double quote": '"magnesium" OR "1"="1',
    "sql": "'; DROP TABLE remedies_remedy; --",
    "percent": "%",
    "percents": "%%%%",
    "underscore": "_",
    "like": "_agnesium",
    "backslash": "\\",
    "nul": "\x00",
    "nul inside": "mag\x00nesium",
    "control": "\x01\x02\x1b[31m",
    "long": "a" * 10_000,
    "long words": "magnesium " * 1_000,
    "emoji": "💊🦵",
    "family": "👨‍👩‍👧‍👦",
    "rtl": "\u202emuisengam متلازمة تململ الساقين",
    "hebrew": "מגנזיום",
    "chinese": "镁",
    "combining": "m" + "\u0301" * 500,
    "html": "<script>alert(1)</script>",
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "expression": "(((((((a+)+)+)+)+)+)+$",
    "fts": 'NEAR("a" "b", 5) AND NOT *',
    "tsquery": "a & | ! ( ) :*",
    "format": "%(name)s %s %d {0}",
    "blank": "   \t\n ",
    "turkish": "İıİı",
    "sharp": "ß",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_any_query_gets_a_page(content, client, query):
    response = client.get(f"/search/?{urlencode({'q': query})}")
    assert response.status_code == 200
    page = Page(response)
    assert page.h1
    assert {script.get("src") is not None for script in page.all("script")} == {True}
    part = client.get(f"/search/suggestions/?{urlencode({'q': query})}")
    assert part.status_code == 200


@pytest.mark.parametrize(
    "raw",
    [
        "q=%ff%fe",
        "q=%ed%a0%80",
        "q=%",
        "q=%zz",
        "q[]=magnesium",
        "q=a&q=magnesium",
        "q",
        "=",
        "&&&",
        "q=" + quote("é"),
        "q=a;q=b",
        "Q=magnesium",
    ],
)
def test_a_malformed_query_string_gets_a_page(content, client, raw):
    assert client.get(f"/search/?{raw}").status_code == 200


@pytest.mark.parametrize("query", ["%", "_", "xx%", "zq_zq", "zq*", "'", "*"])
def test_no_character_is_a_wildcard(content, client, query):
    assert result_urls(client, query) == []


def test_the_middle_of_a_word_does_not_match(content, client):
    assert MAGNESIUM not in result_urls(client, "nesium")


def test_the_query_is_kept_in_the_field_and_escaped(content, client):
    page = Page(client.get("/search/?q=%3Cb%3E%22magnesium"))
    assert page.one("input", id="q").get("value") == '<b>"magnesium'
    assert "<b>" in page.h1


def test_the_heading_counts_the_results_of_all_pages(content, client):
    page = Page(client.get("/search/?q=magnesium"))
    pages = [link for link in links(page.by_id("main")) if "&page=" in link]
    on_all = [len(Page(client.get(f"/search/{link}")).all("li", class_="hit")) for link in pages]
    assert page.h1 == f"{sum(on_all)} results for “magnesium”"
    assert sum(on_all) > 20


@pytest.mark.parametrize("query", ["zzzz", "qqqq zzzz", "%"])
def test_a_search_without_results_links_to_the_lists(content, client, query):
    page = Page(client.get(f"/search/?{urlencode({'q': query})}"))
    assert "Nothing here goes by that name." in page.words
    assert {"/remedies/", "/conditions/"} <= set(links(page.by_id("main")))


def test_pages_with_some_of_the_words_are_shown_where_none_has_all(content, client):
    page = Page(client.get("/search/?q=magnesium+zzzz"))
    assert "No page has all of these words. These have some of them." in page.words
    assert result_urls(client, "magnesium zzzz")[0] == MAGNESIUM


def test_a_corrected_query_is_shown(content, client):
    page = Page(client.get("/search/?q=magnesum"))
    assert "No page has “magnesum”. These have magnesium." in page.words


def test_a_query_of_stop_words_is_too_common(content, client):
    page = Page(client.get("/search/?q=what+is+the+best+remedy+for+my"))
    assert "These words stand on every page." in page.words


def test_links_narrow_the_results_to_one_kind(content, client):
    page = Page(client.get("/search/?q=magnesium"))
    kinds = [link for link in links(page.by_id("main")) if "kind=" in link and "page=" not in link]
    assert "?q=magnesium&kind=reference" in kinds
    only = Page(client.get("/search/?q=magnesium&kind=reference"))
    hits = [link for hits in only.all("ol", class_="hits") for link in links(hits)]
    assert hits
    assert all(link.startswith("/references/") for link in hits)


@pytest.mark.parametrize("page", ["0", "-1", "99999", "x", "", "9" * 400, "\u0663"])
def test_an_invalid_page_number_gets_the_nearest_page(content, client, page):
    response = client.get(f"/search/?{urlencode({'q': 'magnesium', 'page': page, 'kind': 'x'})}")
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("typed", "first"),
    [("mag", MAGNESIUM), ("rl", LEGS), ("restless le", LEGS), ("magnesum", MAGNESIUM)],
)
def test_names_are_suggested_while_one_types(content, client, typed, first):
    page = Page(client.get(f"/search/suggestions/?{urlencode({'q': typed})}"))
    options = page.all("li", role="option")
    assert options[0].get("data-url") == first
    assert len(options) <= 8


@pytest.mark.parametrize("typed", ["", "m", "zzzz", "the"])
def test_nothing_is_suggested_for_a_letter_or_for_stop_words(content, client, typed):
    page = Page(client.get(f"/search/suggestions/?{urlencode({'q': typed})}"))
    assert page.all("li", role="option") == []


def test_an_empty_search_explains_itself(content, client):
    for url in ("/search/", "/search/?q=", "/search/?q=%20"):
        page = Page(client.get(url))
        assert page.h1 == "Search"
        assert "“RLS”" in page.words


def test_results_are_not_for_search_engines(content, client):
    assert Page(client.get("/search/?q=mag")).one("meta", name="robots").get("content") == "noindex"


def test_each_entry_shows_effect_and_certainty(content, client):
    page = Page(client.get("/search/?q=magnesium+restless"))
    result = page.all("li", class_="hit")[0]
    assert "Not known" in words(result)
    assert "Very low certainty" in words(result)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("blood pressure tablets", "High Blood Pressure (condition)"),
        ("restless legs pregnant", "Restless Legs Syndrome (condition)"),
    ],
)
def test_names_with_all_words_but_one_are_offered(content, client, query, name):
    page = Page(client.get("/search/", {"q": query}))
    assert "Perhaps you look for:" in page.words
    assert name in page.words


def test_nothing_is_offered_where_a_name_has_all_words(content, client):
    for query in ("magnesium insomnia", "restless legs", "magnesium"):
        assert "Perhaps you look for" not in Page(client.get("/search/", {"q": query})).words
