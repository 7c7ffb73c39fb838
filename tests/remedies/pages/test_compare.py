"""Remedies side by side: equal rows for every choice, and a form for every wrong one."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conditions.models import Condition
from conditions.services import rename_condition, withdraw_condition
from remedies.models import Remedy
from remedies.pages.compare import compare_page
from tests.factories import make_condition
from tests.reading import Page, find, words
from tests.remedies.pages.test_entry_page import check_references

LEGS = "/conditions/restless-legs-syndrome/compare/"


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_to_four_remedies_give_equal_rows(content, data):
    condition = data.draw(st.sampled_from(list(Condition.objects.published().order_by("pk"))))
    every = list(Remedy.objects.published().order_by("pk"))
    chosen = data.draw(st.lists(st.sampled_from(every), min_size=2, max_size=4, unique=True))
    slugs = [remedy.slug for remedy in chosen]
    response = Client().get(f"{condition.get_absolute_url()}compare/", {"r": slugs})
    assert response.status_code == 200
    page = Page(response)
    page_data = compare_page(condition, chosen)
    headings = [row.heading for row in (*page_data.rows, *page_data.opinion)]
    assert [words(cell) for cell in page.all("th", scope="row")] == headings
    assert len(headings) == len(set(headings)) == 15
    for row in page.all("tr"):
        if row.get("id"):
            cells = [cell for cell in row if cell.tag == "td"]
            assert [cell.get("data-label") for cell in cells] == page_data.names
            assert all(words(cell) for cell in cells)
    check_references(page)


def test_a_remedy_that_nobody_has_reviewed_for_it_says_so(content, client):
    page = Page(client.get(LEGS, {"r": ["magnesium", "psyllium"]}))
    missing = "Not studied: our editors have not reviewed Psyllium for this condition"
    assert page.words.count(missing) == 5
    assert page.words.index("What members say (opinion, not evidence)") > page.words.rindex(missing)


@pytest.mark.parametrize(
    ("slugs", "message"),
    [
        (["magnesium"], "Only one remedy"),
        (["magnesium", "magnesium"], "named twice"),
        (["magnesium", "no-such"], "no page on one"),
        (["magnesium", "\x00"], "no page on one"),
        (["magnesium", "x" * 5000], "no page on one"),
        (["magnesium", "iron", "melatonin", "psyllium", "valerian"], "More than four"),
        ([""], "Only one remedy"),
    ],
)
def test_a_wrong_choice_gives_the_form_back_with_what_was_ticked(content, client, slugs, message):
    response = client.get(LEGS, {"r": slugs})
    assert response.status_code == 400
    assert message in words(Page(response).by_id("refusal"))
    ticked = {
        box.get("value")
        for box in Page(response).all("input", name="r")
        if box.get("checked") is not None
    }
    assert ticked == set(slugs) & {remedy.slug for remedy in Remedy.objects.all()}


def test_no_choice_gives_the_form_and_search_engines_are_kept_out(content, client):
    for query in ({}, {"r": ["magnesium", "iron"]}):
        response = client.get(LEGS, query)
        assert response.status_code == 200
        assert 'content="noindex"' in response.content.decode()


def test_the_condition_page_sends_its_ticks_here(content, client):
    page = Page(client.get("/conditions/restless-legs-syndrome/"))
    form = next(form for form in page.all("form") if form.get("action") == LEGS)
    boxes = [box.get("value") for box in form.iter("input")]
    assert {"magnesium", "iron"} <= set(boxes)
    assert form.get("method") == "get"


@pytest.mark.django_db
def test_it_follows_the_state_of_its_condition(client):
    condition = make_condition("Plain", slug="plain")
    make_condition("Draft", slug="draft", published=False)
    assert client.get("/conditions/draft/compare/").status_code == 404
    assert client.get("/conditions/no-such/compare/").status_code == 404
    assert client.get("/conditions/plain/compare/").status_code == 200
    withdraw_condition(condition, by=None, reason="It was wrong.")
    assert client.get("/conditions/plain/compare/").status_code == 410


def test_the_private_check_takes_the_compared_remedies_along(content, client):
    page = Page(client.get(LEGS, {"r": ["magnesium", "iron"]}))
    (form,) = [form for form in page.all("form") if form.get("action") == "/check/"]
    assert form.get("method") == "post"
    assert [field.get("value") for field in find(form, "input", name="r")] == ["magnesium", "iron"]
    assert list(find(form, "input", name="circumstance"))


def test_the_comparison_of_a_condition_that_moved_forwards_with_its_choice(content, client):
    condition = Condition.objects.get(slug="restless-legs-syndrome")
    rename_condition(condition, slug="restless-legs")
    moved = client.get(LEGS, {"r": ["magnesium", "iron"]})
    assert moved.status_code == 301
    assert moved["Location"] == "/conditions/restless-legs/compare/?r=magnesium&r=iron"
