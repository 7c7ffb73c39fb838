"""A condition with its remedies compared, and the list of conditions, on the shipped content."""

import pytest

from conditions.models import Condition
from tests.reading import Page, links, words
from tests.remedies.pages.test_entry_page import check_references

LEGS = "/conditions/restless-legs-syndrome/"
CAUTION = "General caution, not yet checked against a source. Ask a pharmacist."


@pytest.fixture
def legs(content, client) -> Page:
    response = client.get(LEGS)
    assert response.status_code == 200
    return Page(response)


def test_heading_title_and_names(legs):
    condition = Condition.objects.get(slug="restless-legs-syndrome")
    assert legs.h1 == "Restless Legs Syndrome: remedies compared"
    assert legs.title.startswith(legs.h1)
    assert condition.one_line in legs.words
    for name in condition.aliases.splitlines():
        assert name in legs.words


def test_red_flags_and_first_care_come_before_the_remedies(legs):
    order = [name for name in ("red-flags-heading", "first-care", "remedies") if legs.has(name)]
    assert [name for name in legs.ids if name in order] == order
    condition = Condition.objects.get(slug="restless-legs-syndrome")
    for row in (*condition.red_flags.all(), *condition.first_care.all()):
        assert row.text in legs.words
    unchecked = condition.red_flags.filter(checked=False).count()
    assert legs.words.count(CAUTION) == unchecked


def test_references_and_marks_lead_to_each_other(content, client):
    for condition in Condition.objects.published():
        check_references(Page(client.get(condition.get_absolute_url())))


def test_each_remedy_with_effect_certainty_cautions_and_votes(content, client):
    row = next(
        row
        for row in Page(client.get(LEGS)).all("tr")
        if "/remedies/magnesium/restless-legs-syndrome/" in links(row)
    )
    text = words(row)
    assert "Not known" in text
    assert "Very low certainty" in text
    assert "0 up • 0 down" in text


def test_the_list_goes_from_a_to_z_with_other_names(content, client):
    page = Page(client.get("/conditions/"))
    names = [words(name) for name in page.all("a", class_="az-list__name")]
    assert len(names) == Condition.objects.published().count() >= 18
    assert names == sorted(names, key=str.casefold)
    assert "RLS" in page.words
