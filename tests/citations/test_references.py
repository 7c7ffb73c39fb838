import pytest

from citations.references import PageReferences
from remedies_site.markup import render
from tests.factories import make_citation

pytestmark = pytest.mark.django_db


def test_works_are_listed_in_the_order_in_which_the_page_cites_them():
    make_citation("A1")
    make_citation("B2")
    page = PageReferences(["A1", "B2"])
    page.html(render("First [@B2]."))
    page.marks(["A1", "B2"])
    assert [(line.number, line.work.key, line.anchor) for line in page.listed()] == [
        (1, "B2", "ref-1"),
        (2, "A1", "ref-2"),
    ]
    assert page.listed()[0].mark_ids == ["cite-1-1", "cite-1-2"]


def test_a_work_leads_back_to_its_first_mark_in_each_part():
    make_citation("A1")
    page = PageReferences(["A1"])
    page.enter("the doses")
    page.marks(["A1"])
    page.marks(["A1"])
    page.enter("the evidence")
    page.marks(["A1"])
    back = [(link.letter, link.mark_id, link.place) for link in page.listed()[0].back_links]
    assert back == [("a", "cite-1-1", "the doses"), ("b", "cite-1-2", "the evidence")]


def test_outside_of_every_part_each_mark_has_a_way_back():
    make_citation("A1")
    page = PageReferences(["A1"])
    page.marks(["A1"])
    page.marks(["A1"])
    assert [link.mark_id for link in page.listed()[0].back_links] == ["cite-1-1", "cite-1-2"]


def test_a_work_that_the_page_does_not_cite_is_not_listed():
    make_citation("A1")
    page = PageReferences(["A1"])
    assert page.listed() == []
    assert "A1" in page.works


def test_a_reader_never_meets_an_unknown_key():
    page = PageReferences(["Gone"])
    assert "ref-1" in page.html(render("Words [@Gone]."))
    assert page.listed() == []


def test_pointing_at_a_mark_names_its_work():
    make_citation("A1", authors="Jadidi A\nKhatami M", year=2022)
    assert 'title="Jadidi A et al., 2022"' in PageReferences(["A1"]).marks(["A1"])


def test_all_works_of_a_page_are_fetched_at_once(django_assert_num_queries):
    keys = [make_citation().key for _ in range(20)]
    with django_assert_num_queries(1):
        page = PageReferences([*keys, *keys])
        page.marks(keys)
        assert len(page.listed()) == 20


def test_what_is_cited_first_after_the_printed_parts_is_not_on_paper():
    make_citation("A1")
    make_citation("B2")
    page = PageReferences(["A1", "B2"])
    page.marks(["A1"])
    page.end_print()
    page.marks(["A1", "B2"])
    assert [(line.work.key, line.on_paper) for line in page.listed()] == [
        ("A1", True),
        ("B2", False),
    ]
