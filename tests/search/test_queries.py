"""The set of queries: 95 of 100 come first, all in the first three, on both databases."""

from urllib.parse import urlencode

import pytest

from citations.models import Citation
from tests.reading import Page, links
from tests.search.queries import QUERIES
from tests.search.result_urls import result_urls

ALL = [(query, page) for group in QUERIES.values() for query, page in group]


def test_there_are_enough_queries():
    assert len(set(ALL)) == len(ALL) >= 240


def test_nearly_all_come_first_and_every_one_among_the_first_three(content, client):
    positions = {}
    for query, expected in ALL:
        urls = result_urls(client, query)
        positions[query] = urls.index(expected) + 1 if expected in urls else None
    assert {query: place for query, place in positions.items() if place is None or place > 3} == {}
    late = {query: place for query, place in positions.items() if place != 1}
    assert len(late) <= 0.05 * len(ALL), late


@pytest.mark.parametrize("form", ["{}", "doi:{}", "https://doi.org/{}", "DOI {}"])
def test_a_doi_redirects_to_the_page_of_the_work(content, client, form):
    response = client.get(f"/search/?{urlencode({'q': form.format('10.1186/s12906-022-03814-8')})}")
    assert response.status_code == 302
    page = Page(client.get(response["Location"]))
    assert "/remedies/magnesium/restless-legs-syndrome/" in links(page.by_id("main"))


def test_every_identifier_of_a_cited_work_redirects_to_its_page(content, client):
    tried = 0
    for work in Citation.objects.all():
        for number in filter(None, (work.doi, work.pmid, work.nct, work.pmcid)):
            response = client.get(f"/search/?{urlencode({'q': number})}")
            if number != work.pmid or len(number) >= 5:
                assert response.status_code == 302, number
                assert work.short_name or response["Location"].startswith("/references/")
                tried += 1
    assert tried > 100


def test_the_page_says_that_no_page_cites_an_identifier(content, client):
    page = Page(client.get("/search/?q=10.1234%2Fnothing"))
    assert "No page of ours rests on a work with this number." in page.words
