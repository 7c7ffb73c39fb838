"""Structured data of every page: one block that parses, holds what the page shows, and stays a block."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from remedies_site.structured_data import add_source, json_ld
from tests.factories import make_condition, make_entry, make_remedy, make_user
from tests.hostile import LINKS, TAGS
from tests.reading import Page, find, words
from tests.world import World

pytestmark = pytest.mark.every_page

HOSTILE = ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "a & b", "\u2028 \u2029"]
BELOW_HOME = [
    "/remedies/",
    "/remedies/magnesium/",
    "/remedies/magnesium/restless-legs-syndrome/",
    "/conditions/",
    "/conditions/restless-legs-syndrome/",
    "/map/",
    "/about/",
    "/about/rules/",
    "/about/privacy/",
]
LEFT_OUT = [
    "/search/?q=magnesium",
    "/check/",
    "/accounts/login/",
    "/remedies/magnesium/restless-legs-syndrome/r/1/",
    "/remedies/magnesium/restless-legs-syndrome/grade/",
    "/remedies/magnesium/restless-legs-syndrome/history/",
    "/no/such/page/",
]


def read(path: str, browser: Client | None = None) -> Page:
    return Page((browser or Client()).get(path))


@pytest.mark.parametrize("text", [*HOSTILE, *TAGS, *LINKS])
def test_hostile_words_stay_inside(rf, text):
    request = rf.get("/")
    request.user = AnonymousUser()
    add_source(request, lambda: [{"@type": "Comment", "text": text}])
    block = json_ld(request)
    assert block.count("<") == 2  # its own two tags
    assert not set(block[len('<script type="application/ld+json">') : -9]) & set("<>&\u2028\u2029")
    page = Page(f"<!doctype html><title>x</title>{block}<p>After it</p>")
    assert page.node("Comment")["text"] == text
    assert words(page.one("p")) == "After it"


def test_nothing_is_printed_where_nothing_was_given(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    assert json_ld(request) == ""


def test_empty_properties_are_left_out(rf):
    request = rf.get("/")
    add_source(request, lambda: [{"@type": "Thing", "name": "", "url": None, "about": [], "n": 0}])
    assert Page(str(json_ld(request))).graph == [{"@type": "Thing", "n": 0}]


def test_home_is_a_site_with_its_search(world: World, settings):
    page = read("/")
    site = page.node("WebSite")
    form = next(form for form in page.all("form") if form.get("method") == "get")
    target = site["potentialAction"]["target"]["urlTemplate"]
    assert site["url"] == page.one("link", rel="canonical").get("href")
    assert (site["name"], site["description"]) == (page.title, page.description)
    assert target == f"{settings.SITE_URL}{form.get('action')}?q={{search_term_string}}"
    assert site["potentialAction"]["query-input"] == "required name=search_term_string"
    assert read(form.get("action", "") + "?q=magnesium").h1.startswith("4 results")


@pytest.mark.parametrize("path", BELOW_HOME)
def test_breadcrumbs_are_those_of_the_page(world: World, settings, path):
    page = read(path)
    steps = page.node("BreadcrumbList")["itemListElement"]
    shown = list(find(page.one("nav", class_="breadcrumbs"), "li"))
    assert [step["position"] for step in steps] == list(range(1, len(shown) + 1))
    assert [step["name"] for step in steps] == [words(item) for item in shown]
    links = [link.get("href") for item in shown for link in find(item, "a")]
    assert [step["item"] for step in steps[:-1]] == [f"{settings.SITE_URL}{link}" for link in links]
    assert "item" not in steps[-1]


@pytest.mark.parametrize("path", LEFT_OUT)
def test_what_no_search_engine_lists_has_none(world: World, path):
    page = read(path)
    assert page.one("meta", name="robots").get("content") == "noindex"
    assert page.graph == []


def test_names_are_text_and_not_html(db):
    entry = make_entry(
        make_remedy("Bone & Joint", slug="bone"), make_condition("Crohn's disease", slug="crohn")
    )
    page = read(entry.get_absolute_url())
    names = [node.get("name") for node in page.graph]
    assert names[:3] == [page.h1, "Crohn's disease", "Bone & Joint"]
    assert page.node("BreadcrumbList")["itemListElement"][2]["name"] == "Bone & Joint"
    assert page.node("MedicalWebPage")["description"] == page.description


def test_a_draft_has_none_and_neither_has_a_member_s_page(world: World):
    editor, member = world.browser_of(world.edda), world.browser_of(make_user())
    assert read("/remedies/magnesium/restless-legs-syndrome/?draft", editor).graph == []
    assert read("/remedies/magnesium/restless-legs-syndrome/", member).graph == []
    assert read("/", member).graph == []
