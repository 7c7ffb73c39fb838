"""Where a work is cited, and the keys that are offered to who types."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.writing.where_cited import (
    drafts_citing,
    matching_works,
    pages_citing,
    published_citing,
)
from remedies.models import EvidenceItem, Remedy
from remedies.services import publish_entry
from tests.admin_forms import admin_url, change
from tests.factories import make_citation, make_condition, make_entry, make_remedy
from tests.reading import Page

KEYS = "/admin/citations/citation/keys/"


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def editor(world) -> Client:
    return world.browser_of(world.edda)


# ---- keys --------------------------------------------------------------------------------------


@pytest.fixture
def works(world):
    return [
        make_citation("Lee2024", title="A trial of sleep", authors="Lee A\nKim B", year=2024),
        make_citation("Bell2019", title="Leeches and sleep", authors="Bell C", year=2019),
        make_citation("Zorn2019", title="Something else", authors="Zorn D", year=2019),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lee", ["Lee2024", "Bell2019"]),
        ("LEE2024", ["Lee2024"]),
        ("kim", ["Lee2024"]),
        ("sleep 2019", ["Bell2019"]),
        ("2019", ["Bell2019", "Zorn2019", "Agency2019"]),
        ("nobody", []),
        ("%", []),
        ("x" * 200, []),
    ],
)
def test_works_are_offered_by_key_author_title_and_year(works, editor, query, expected):
    answer = editor.get(KEYS, {"q": query}).json()
    assert {work["key"] for work in answer["works"]} == set(expected)
    assert [work["key"] for work in answer["works"]][:1] == expected[:1] or query == "2019"


def test_at_most_ten_works_are_offered_in_two_queries(world, editor):
    for number in range(15):
        make_citation(f"Many{number:02}")
    with CaptureQueriesContext(connection) as queries:
        works = matching_works("many")
    assert [work.key for work in works] == [f"Many{number:02}" for number in range(10)]
    assert len(queries) == 2
    assert len(editor.get(KEYS).json()["works"]) == 10


def test_a_work_says_on_how_many_pages_it_is_used(works, editor, world):
    [work] = editor.get(KEYS, {"q": "Agency2019"}).json()["works"]
    assert work == {"key": "Agency2019", "title": work["title"], "used": "on 3 pages"}
    assert work["title"].endswith("An agency's limit")
    [work] = editor.get(KEYS, {"q": "Zorn2019"}).json()["works"]
    assert work["used"] == "on no page"


def test_keys_are_for_who_may_see_the_library(world):
    assert world.vera.get(KEYS).status_code == 302
    assert world.browser_of(world.mara).get(KEYS).status_code == 302
    assert world.browser_of(world.morten).get(KEYS).status_code == 403
    assert world.browser_of(world.edda).post(KEYS).status_code == 405


# ---- where it is cited -------------------------------------------------------------------------


def test_published_pages_are_named_on_the_form_of_a_work(world, editor):
    page = Page(editor.get(admin_url(world.agency)))
    assert "Where it is cited" in page.words
    links = {link.get("href") for link in page.all("a")}
    for subject in published_citing("Agency2019"):
        assert subject.get_absolute_url() in links
        assert admin_url(subject) in links
    assert {str(subject) for subject in published_citing("Agency2019")} == {
        "Magnesium",
        "Restless legs syndrome",
        "Insomnia",
    }


def test_drafts_are_named_by_their_texts_and_by_their_rows(world, editor):
    work, longer = make_citation("Lee2024"), make_citation("Lee2024b")
    assert drafts_citing("Lee2024") == []
    in_text = make_remedy("Valerian", published=False, what_it_is="A herb [@Lee2024b; @Lee2024].")
    in_row = make_entry(world.magnesium, make_condition("Migraine"), published=False)
    EvidenceItem.objects.create(
        entry=in_row, citation=work, outcome="pain", direction="benefit", result="Less."
    )
    make_remedy("Hop", published=False, what_it_is="A herb [@Lee2024b].")
    assert {str(subject) for subject in drafts_citing("Lee2024")} == {str(in_text), str(in_row)}
    assert longer.key not in {subject for subject in drafts_citing("Lee2024")}
    page = Page(editor.get(admin_url(work)))
    assert "Only in drafts" in page.words
    assert admin_url(in_text) in {link.get("href") for link in page.all("a")}


def test_a_draft_of_a_published_page_is_named_until_it_is_published(world, editor):
    work = make_citation("Lee2024")
    form = change(editor, world.legs_entry).fill(clinical="It is so [@Lee2024].")
    form.press("_save")
    assert drafts_citing(work.key) == [world.legs_entry]
    assert published_citing(work.key) == []
    publish_entry(type(world.legs_entry).objects.get(pk=world.legs_entry.pk), by=None)
    assert drafts_citing(work.key) == []
    assert published_citing(work.key) == [world.legs_entry]


def test_the_queries_do_not_grow_with_the_library(world, editor):
    counted = set()
    for number in (1, 5, 9):
        while Remedy.objects.count() < number + 1:
            make_remedy(published=False, what_it_is="A herb [@Ahlberg2020].")
        with CaptureQueriesContext(connection) as queries:
            drafts_citing("Ahlberg2020")
        counted.add(len(queries))
        with CaptureQueriesContext(connection) as queries:
            pages_citing(["Ahlberg2020", "Moss2021"])
        assert len(queries) == 1
    assert counted == {3}


def test_the_list_counts_the_pages_of_all_works_in_one_query(world, editor):
    url = "/admin/citations/citation/"
    counted = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = Page(editor.get(url))
        counted.append(len(queries))
        assert "on 3 pages" in page.words
        for _number in range(5):
            make_citation()
    assert counted[0] == counted[1]
