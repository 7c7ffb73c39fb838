"""The set of queries: 95 of 100 first, every one in the first three, on either database."""

from urllib.parse import urlencode

import pytest

from citations.models import Citation
from tests.reading import Page, links
from tests.search.queries import QUERIES

ALL = [(query, page) for group in QUERIES.values() for query, page in group]


def found(client, query: str) -> list[str]:
    """The addresses a search leads to, in their order."""
    page = Page(client.get(f"/search/?{urlencode({'q': query})}"))
    return [link for hits in page.all("ol", class_="hits") for link in links(hits)]


def test_there_are_enough_of_them():
    assert len(set(ALL)) == len(ALL) >= 120


def test_nearly_all_come_first_and_every_one_among_the_first_three(content, client):
    places = {}
    for query, wanted in ALL:
        hits = found(client, query)
        places[query] = hits.index(wanted) + 1 if wanted in hits else None
    assert {query: place for query, place in places.items() if place is None or place > 3} == {}
    late = {query: place for query, place in places.items() if place != 1}
    assert len(late) <= 0.05 * len(ALL), late


@pytest.mark.parametrize("form", ["{}", "doi:{}", "https://doi.org/{}", "DOI {}"])
def test_a_doi_goes_straight_to_its_page(content, client, form):
    answer = client.get(f"/search/?{urlencode({'q': form.format('10.1186/s12906-022-03814-8')})}")
    assert answer.status_code == 302
    page = Page(client.get(answer["Location"]))
    assert "/remedies/magnesium/restless-legs-syndrome/" in links(page.by_id("main"))


def test_every_number_of_a_cited_work_goes_straight_to_its_page(content, client):
    asked = 0
    for work in Citation.objects.all():
        for number in filter(None, (work.doi, work.pmid, work.nct, work.pmcid)):
            answer = client.get(f"/search/?{urlencode({'q': number})}")
            if number != work.pmid or len(number) >= 5:
                assert answer.status_code == 302, number
                assert work.short_name or answer["Location"].startswith("/references/")
                asked += 1
    assert asked > 100


def test_a_number_that_nobody_cites_says_so(content, client):
    page = Page(client.get("/search/?q=10.1234%2Fnothing"))
    assert "No page of ours rests on a work with this number." in page.words
