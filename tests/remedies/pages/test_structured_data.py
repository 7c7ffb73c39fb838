"""What the pages of a remedy, an entry and a condition tell machines is what they show to people."""

import re

import pytest
from django.test import Client

from publishing.models import Revision
from remedies.models import Remedy, RemedyConditionEntry
from remedies.selectors import remedy_state
from tests.reading import Page, find, words

LEGS = "/remedies/magnesium/restless-legs-syndrome/"
NEVER = ("offers", "review", "aggregateRating", "lastReviewed", "reviewedBy", "possibleTreatment")


@pytest.fixture
def client(content) -> Client:
    return Client()


def same_page(page: Page, revision: Revision) -> dict:
    """The node of the page, after a comparison with what its head and its end say."""
    node = page.node("MedicalWebPage")
    assert page.title.startswith(node["name"])
    assert node["description"] == page.description != ""
    assert node["url"] == node["@id"] == page.one("link", rel="canonical").get("href")
    assert node["inLanguage"] == page.one("html").get("lang")
    assert node["breadcrumb"]["@id"] == page.node("BreadcrumbList")["@id"]
    assert node["dateModified"] == revision.published_at.isoformat(timespec="seconds")
    return node


def shown_works(page: Page, *places: str) -> list[tuple[str, str]]:
    """Those that lead back to one of these parts of the page; all where none is named."""
    return [
        (words(next(find(line, "cite"))), next(find(line, class_="reference__link")).get("href"))
        for line in page.all("li", class_="reference")
        if not places or any(link.get("title") in places for link in find(line, "a"))
    ]


def cited_works(node: dict) -> list[tuple[str, str]]:
    return [(" ".join(work["name"].split()), work["url"]) for work in node["citation"]]


def red_box(page: Page) -> list[str]:
    return [
        words(row) for box in page.all(aria_labelledby="stop-heading") for row in find(box, "li")
    ]


def test_an_entry(client):
    entry = RemedyConditionEntry.objects.get(
        remedy__slug="magnesium", condition__slug="restless-legs-syndrome"
    )
    page = Page(client.get(LEGS))
    node = same_page(page, entry.current_revision)
    remedy, condition = page.node("DietarySupplement"), page.node("MedicalCondition")
    assert node["about"] == [{"@id": condition["@id"]}, {"@id": remedy["@id"]}]
    assert f"{remedy['name']} for {condition['name']}" == page.h1
    assert remedy["url"].endswith("/remedies/magnesium/")
    assert condition["url"].endswith("/conditions/restless-legs-syndrome/")
    works = shown_works(page, "The verdict", "The evidence")
    assert cited_works(node) == works
    assert 5 < len(works) < len(shown_works(page)) / 4
    assert {work["@type"] for work in node["citation"]} == {"ScholarlyArticle", "CreativeWork"}


def test_a_remedy_with_its_limits(client):
    remedy = Remedy.objects.get(slug="magnesium")
    document, _html = remedy_state(remedy)
    page = Page(client.get("/remedies/magnesium/"))
    node = same_page(page, remedy.current_revision)
    supplement = page.node("DietarySupplement")
    assert node["about"] == {"@id": supplement["@id"]}
    assert supplement["name"] == supplement["activeIngredient"] == page.h1
    assert supplement["description"] == document.one_line
    assert cited_works(node) == shown_works(page)
    upper = [limit for limit in document.limits if limit.kind == "upper"]
    assert len(upper) > 3
    for limit, dose in zip(upper, supplement["maximumIntake"], strict=True):
        assert dose["doseValue"] == limit.amount
        assert dose["targetPopulation"] == limit.population
        assert dose["name"] == limit.authority
        assert limit.counts in dose["description"]
        assert str(dose["doseValue"]) in page.words.replace(",", "")


def test_a_condition(client):
    page = Page(client.get("/conditions/restless-legs-syndrome/"))
    entry = RemedyConditionEntry.objects.filter(condition__slug="restless-legs-syndrome").first()
    node = same_page(page, entry.condition.current_revision)
    condition = page.node("MedicalCondition")
    assert node["about"] == {"@id": condition["@id"]}
    assert condition["description"] == node["description"]
    assert ", ".join(condition["alternateName"]) in page.words
    assert cited_works(node) == shown_works(page)


def test_every_page_names_every_stop_and_nothing_that_sells(client):
    paths = [
        *(remedy.get_absolute_url() for remedy in Remedy.objects.published()),
        *(entry.get_absolute_url() for entry in RemedyConditionEntry.objects.published()[::6]),
    ]
    for path in paths:
        response = client.get(path)
        page = Page(response)
        safety = page.node("DietarySupplement").get("safetyConsideration", [])
        said = [re.sub(r"^Do not take without medical advice if ", "", text) for text in safety]
        rows = [re.sub(r"^If (.*?): ", r"\1: ", row) for row in red_box(page)]
        assert [text.replace(". General caution", " General caution") for text in said] == [
            row.replace(". General caution", " General caution") for row in rows
        ]
        block = page.one("script", type="application/ld+json").text
        assert [name for name in NEVER if f'"{name}"' in block] == []
