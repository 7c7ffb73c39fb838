"""Map and home page with more than fits on them, on a site that begins empty."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remedies.models import RemedyConditionEntry
from remedies.pages import map_groups
from remedies.pages.home_queries import MOST_MARKS
from remedies.services import withdraw_entry
from tests.factories import make_condition, make_entry, make_remedy
from tests.reading import Page, find, links, words
from tests.remedies.pages.test_evidence_map import filled, plant

pytestmark = [pytest.mark.django_db, pytest.mark.every_page]


def test_forty_of_each_are_on_a_page_and_every_other_pair_is_on_another(client):
    plant(0, 100)
    seen, query, pages = set(), "", 0
    while True:
        page = Page(client.get(f"/map/{query}"))
        headings = page.all("th", scope="row")
        assert len(headings) <= 40
        pages += 1
        seen |= {links(cell)[0] for cell in filled(page)}
        if not (following := page.all("a", rel="next")):
            break
        query = following[0].get("href")
    assert pages == 3
    assert seen == {e.get_absolute_url() for e in RemedyConditionEntry.objects.published()}
    first = Page(client.get("/map/"))
    assert f"{len(seen)} reviewed pairs" in first.words
    assert "of them are on this page: choose a kind above" in first.words
    kinds = [words(link) for link in first.all("a", class_="choices__item")]
    assert any(text.startswith("Mineral (") for text in kinds)


def test_conditions_have_pages_too_which_keep_the_page_of_remedies(client):
    condition_names = [f"Number {number:03}" for number in range(50)]
    remedy = make_remedy("Only")
    for name in condition_names:
        make_entry(remedy, make_condition(name))
    first = Page(client.get("/map/?r_last=1"))
    (following,) = (link.get("href") for link in first.all("a", rel="next"))
    assert following == "?r_last=1&c_after=number-039"
    second = Page(client.get(f"/map/{following}"))
    assert len(filled(second)) == 10
    lines = client.get(f"/map.csv{following}").content.decode().splitlines()
    assert len(lines) == 1 + 10


def test_a_map_that_fits_shows_no_pages_and_no_counts(client):
    plant(0, 40)
    page = Page(client.get("/map/"))
    assert not page.all("a", rel="next")
    choices = [words(link) for link in page.all("a", class_="choices__item")]
    assert not [text for text in choices if re.search(r"\(\d+\)", text)]


@pytest.mark.django_db(transaction=True)
def test_it_is_composed_once_until_the_content_changes(client):
    entry = make_entry(make_remedy("Alpha"), make_condition("Beta"))
    assert "1 use reviewed" in Page(client.get("/")).words
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) == 0  # the version of the content is read past Django's cursor
    make_entry(entry.remedy, make_condition("Gamma"))
    assert "2 uses reviewed" in Page(client.get("/")).words


def test_a_condition_with_many_answers_shows_the_first_marks_and_counts_the_rest(client):
    condition = make_condition("Beta")
    for number in range(MOST_MARKS + 3):
        make_entry(make_remedy(f"Remedy {number:02}"), condition)
    page = Page(client.get("/"))
    marks = page.all("ul", class_="answer-marks")[0]
    assert len(list(find(marks, "li"))) == MOST_MARKS + 1
    assert "and 3 more" in words(marks)


@pytest.mark.parametrize("query", ["", "?kind=mineral", "?category=sleep", "?kind=herb&category=x"])
def test_a_map_of_too_many_pairs_to_count_says_what_is_on_its_page(client, monkeypatch, query):
    plant(0, 100)
    counted = Page(client.get(f"/map/{query}"))
    monkeypatch.setattr(map_groups, "MOST_COUNTED", 20)
    page = Page(client.get(f"/map/{query}"))
    assert [words(cell) for cell in filled(page)] == [words(cell) for cell in filled(counted)]
    choices = [words(link) for link in page.all("a", class_="choices__item")]
    assert not [text for text in choices if re.search(r"\(\d+\)", text)]
    assert choices == [
        re.sub(r" \(\d+\)", "", words(link)) for link in counted.all("a", class_="choices__item")
    ]
    line = words(page.one(id="map-counts"))
    whole = not page.all("a", rel="next")
    assert line.startswith(f"{len(filled(page))} reviewed pairs of a remedy and a condition")
    assert ("are on this page" in line) == (not whole)


def test_a_kind_is_offered_as_soon_as_it_has_an_entry_and_no_longer(client, monkeypatch):
    monkeypatch.setattr(map_groups, "MOST_COUNTED", 2)
    plant(0, 2)
    herb = make_remedy("Herb", kind="herb")
    assert "?kind=herb" not in links(Page(client.get("/map/")).root)
    entry = make_entry(herb, make_condition("Beta"))
    assert "?kind=herb" in links(Page(client.get("/map/")).root)
    withdraw_entry(entry, by=None, reason="Why.")
    assert "?kind=herb" not in links(Page(client.get("/map/")).root)


def test_odd_names_stand_in_the_cells_as_they_are(client):
    name = "50 %(row)s <b>&amp; {{ x }} %% row-"
    entry = make_entry(make_remedy(name, slug="odd"), make_condition(f"{name} too", slug="odder"))
    (cell,) = filled(Page(client.get("/map/")))
    text = words(cell)
    assert text.startswith(f"{name}, {name} too: ")
    assert links(cell) == [entry.get_absolute_url()]
