"""The evidence map and the condition page at the size of a grown site, and the file of the map."""

import csv
import gzip
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conditions.choices import Category
from conditions.models import Condition
from remedies.charts.direction_marks import mark_of
from remedies.choices import Certainty, Effect, RemedyKind
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.evidence_map import evidence_map
from remedies.pages.map_data import MapEntry
from remedies_site.spreadsheets import escape_formula
from tests.reading import Page, find, links, words

MOST_BYTES = 120_000
CONDITIONS = 19
EACH = 8


def named(model: type, number: int, **values: str) -> Remedy | Condition:
    name = f"{model.__name__} number {number:03}"
    return model(
        name=name,
        shown_name=name,
        slug=f"{model.__name__.lower()}-{number:03}",
        one_line=f"What {name} is.",
        shown_one_line=f"What {name} is.",
        sort_key=name.lower(),
        published_at=timezone.now(),
        **values,
    )


def plant(first: int, last: int) -> None:
    """Remedies with eight entries each, all of them for the first condition among others."""
    if first == 0:
        categories = list(Category)
        Condition.objects.bulk_create(
            named(Condition, n, category=part, shown_category=part)
            for n, part in ((n, categories[n % len(categories)]) for n in range(CONDITIONS))
        )
    conditions = list(Condition.objects.filter(slug__startswith="condition-").order_by("sort_key"))
    kinds = list(RemedyKind)
    remedies = Remedy.objects.bulk_create(
        named(Remedy, n, kind=kind, shown_kind=kind)
        for n, kind in ((n, kinds[n % len(kinds)]) for n in range(first, last))
    )
    RemedyConditionEntry.objects.bulk_create(
        entry
        for n, remedy in enumerate(remedies, first)
        for entry in entries_of(n, remedy, conditions)
    )


def entries_of(
    number: int, remedy: Remedy, conditions: list[Condition]
) -> Iterator[RemedyConditionEntry]:
    places = {0, *((number + 2 * step) % CONDITIONS for step in range(EACH))}
    for place in sorted(places):
        effect = list(Effect)[(number + place) % len(Effect)]
        certainty = list(Certainty)[(number * place) % len(Certainty)]
        yield RemedyConditionEntry(
            remedy=remedy,
            condition=conditions[place],
            verdict="It may help a little.",
            effect=effect,
            certainty=certainty,
            shown_effect=effect,
            shown_certainty=certainty,
            shown_teaser=f"Study {number} of place {place} found a little less of it.",
            shown_cautions=[["stop", f"you have disease {number % 40}", []]],
            published_at=timezone.now(),
        )


@pytest.mark.django_db
def test_two_hundred_remedies_stay_light_and_cost_no_more_queries(client):
    urls = ("/map/", "/conditions/condition-000/")
    counts: dict[str, set[int]] = {url: set() for url in urls}
    have = 0
    for size in (2, 50, 200):
        plant(have, size)
        have = size
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                response = client.get(url)
            assert response.status_code == 200
            counts[url].add(len(queries))
            assert len(gzip.compress(response.content, 6)) < MOST_BYTES, (url, size)
    assert {url: len(counted) for url, counted in counts.items()} == dict.fromkeys(urls, 1)


def filled(page: Page) -> list:
    return [cell for cell in page.all("td") if "map__none" not in cell.get("class", "")]


@pytest.mark.django_db
def test_each_square_names_both_of_its_headings_and_no_square_is_empty(client):
    plant(0, 12)
    page = Page(client.get("/map/"))
    headings = {cell.get("id") for cell in page.all("th")}
    for cell in page.all("td"):
        row, column = cell.get("headers", "").split()
        assert {row, column} <= headings
        assert words(cell)
    for cell in page.all("td", class_="map__none"):
        assert "not reviewed" in words(cell)
    region = page.one(role="region")
    assert region.get("tabindex") == "0"
    assert page.has(region.get("aria-labelledby", ""))


@pytest.mark.parametrize("query", ["", "?kind=mineral", "?category=sleep", "?kind=herb&category=x"])
def test_the_file_says_what_the_page_says(content, client, query):
    page = Page(client.get(f"/map/{query}"))
    response = client.get(f"/map.csv{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbfRemedy,")
    lines = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))
    cells = filled(page)
    assert len(lines) == len(cells)
    for line, cell in zip(lines, cells, strict=True):
        assert line["Address"].endswith(links(cell)[0])
        for column in ("Remedy", "Condition", "What it seems to do", "Certainty"):
            assert line[column] in words(cell)


def test_the_map_holds_what_is_published_and_nothing_else(content, client):
    published = {e.get_absolute_url() for e in RemedyConditionEntry.objects.published()}
    assert {links(cell)[0] for cell in filled(Page(client.get("/map/")))} == published
    assert client.get("/map/?kind=%00&category=no-such").status_code == 200


def test_the_axes_are_swapped_by_a_link_and_say_the_same(content, client):
    usual = Page(client.get("/map/?kind=mineral"))
    (link,) = [link for link in links(usual.root) if "axes=swapped" in link and "kind=" in link][:1]
    swapped = Page(client.get(f"/map/{link}"))
    assert {links(cell)[0] for cell in filled(swapped)} == {
        links(cell)[0] for cell in filled(usual)
    }
    names = [[words(cell) for cell in page.all("th", scope="row")] for page in (usual, swapped)]
    columns = [[words(cell) for cell in page.all("th", scope="col")] for page in (usual, swapped)]
    assert columns == [["Remedy", *names[1]], ["Condition", *names[0]]]
    narrowed = [link for link in links(swapped.root) if "category=" in link]
    assert narrowed
    assert all("axes=swapped" in link and "kind=mineral" in link for link in narrowed)
    assert "?kind=mineral" in links(swapped.root)


def test_every_mark_is_that_of_its_words(content, client):
    page = Page(client.get("/map/"))
    shown = {(entry.remedy.slug, entry.condition.slug): entry for entry in every_entry()}
    for cell in filled(page):
        _empty, _remedies, remedy, condition, _end = links(cell)[0].split("/")
        entry = shown[remedy, condition]
        mark = mark_of(entry.effect, entry.certainty).value
        assert len(list(find(cell, class_=f"mark--{mark}"))) == 1
        assert f"map__cell--{entry.certainty.level}" in cell.get("class")
        assert ("map__cell--stops" in cell.get("class")) == (entry.stops > 0)
        assert entry.effect_label in words(cell)


def every_entry() -> list[MapEntry]:
    return evidence_map().entries


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "  =1"])
def test_a_cell_is_never_a_formula(cell):
    assert escape_formula(cell) == f"'{cell}"


def test_other_cells_stay_as_they_are():
    assert escape_formula("Omega-3") == "Omega-3"


def rows_of(browser: Client, query: str) -> dict[str, list[str]]:
    page = Page(browser.get(f"/conditions/condition-000/{query}"))
    groups: dict[str, list[str]] = {}
    key = ""
    for element in page.root.iter():
        if element.get("id", "").startswith("group-"):
            key = element.get("id", "")
        elif key and element.tag == "th" and element.get("scope") == "row":
            groups.setdefault(key, []).append(links(element)[0])
    return groups


@pytest.mark.django_db
def test_sorting_changes_the_order_inside_groups_alone(client):
    plant(0, 40)
    usual, name = rows_of(client, ""), rows_of(client, "?sort=name")
    assert rows_of(client, "?sort=no-such%00") == rows_of(client, "?sort=evidence") == usual
    for other in (name, rows_of(client, "?sort=cautions")):
        assert list(other) == list(usual)
        assert {key: set(rows) for key, rows in other.items()} == {
            key: set(rows) for key, rows in usual.items()
        }
    assert {"group-no_difference", "group-harm"} <= usual.keys()
    assert all(rows == sorted(rows) for rows in name.values())


@pytest.mark.django_db
def test_votes_change_no_order(client):
    plant(0, 20)
    before = {query: rows_of(client, f"?sort={query}") for query in ("evidence", "name")}
    RemedyConditionEntry.objects.filter(remedy__slug="remedy-019").update(up_count=500)
    assert {query: rows_of(client, f"?sort={query}") for query in before} == before
