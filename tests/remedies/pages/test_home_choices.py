"""What the first page says of a site with entries of every kind, and of one with few."""

import pytest

from remedies.models import Product, Remedy, RemedyConditionEntry
from remedies.pages.home import home_page
from remedies.services import publish_entry
from tests.factories import make_condition, make_entry, make_remedy
from tests.reading import Page, links, words

pytestmark = pytest.mark.django_db


def graded(remedy: Remedy, effect: str, certainty: str, **values: object) -> RemedyConditionEntry:
    """A published entry with this grade, whatever its evidence is."""
    entry = make_entry(remedy, make_condition(**values))
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(
        shown_effect=effect, shown_certainty=certainty
    )
    return entry


@pytest.mark.parametrize("products_on", [False, True])
@pytest.mark.parametrize("has_product", [False, True])
def test_no_products_is_said_only_where_it_is_so(client, settings, products_on, has_product):
    settings.PRODUCTS = products_on
    remedy = make_remedy()
    if has_product:
        Product.objects.create(
            remedy=remedy, name="Pills", url="https://shop.example/", disclosure="none"
        )
    said = "0 products sold or linked to" in Page(client.get("/")).words
    assert said == (not (products_on and has_product))


def test_what_is_surest_begins_with_harm_and_leaves_out_what_is_less_sure(client):
    remedy = make_remedy("Alpha")
    graded(remedy, "benefit", "low")
    helps = graded(remedy, "benefit", "high")
    nothing = graded(remedy, "none", "moderate")
    harms = graded(remedy, "harm", "moderate")
    causes = graded(remedy, "causes", "moderate")
    page = home_page(products_on=False)
    shown = [answer.entry.pk for answer in page.surest]
    assert shown == [harms.pk, causes.pk, helps.pk, nothing.pk]
    assert page.sure_total == 4
    cards = Page(client.get("/")).one("ul", class_="surest")
    assert "Probably harms" in words(cards)


def test_a_card_has_the_first_sentence_of_the_published_verdict():
    entry = make_entry(make_remedy(), make_condition(), published=False)
    entry.verdict = "We do not know whether it helps. Nobody has looked."
    entry.save()
    publish_entry(entry, by=None)
    RemedyConditionEntry.objects.update(shown_effect="none", shown_certainty="high")
    RemedyConditionEntry.objects.update(verdict="A draft. It is not published.")
    (answer,) = home_page(products_on=False).surest
    assert answer.sentence == "We do not know whether it helps."


def test_worked_examples_show_three_directions_of_three_remedies():
    alpha, beta, gamma = (make_remedy(name) for name in ("Alpha", "Beta", "Gamma"))
    for remedy in (alpha, beta, gamma):
        graded(remedy, "benefit", "low")
        graded(remedy, "none", "low")
    graded(alpha, "harm", "moderate")
    graded(gamma, "benefit", "high")
    found = [
        (each.effect, each.remedy.name, each.certainty)
        for each in home_page(products_on=False).examples
    ]
    assert found == [
        ("harm", "Alpha", "moderate"),
        ("benefit", "Gamma", "high"),
        ("none", "Beta", "low"),
    ]


def test_every_mark_after_a_condition_says_its_remedy_direction_and_certainty(client):
    graded(make_remedy("Alpha"), "harm", "low", name="Sleeplessness")
    marks = Page(client.get("/")).all("ul", class_="answer-marks")
    assert {words(each) for each in marks} == {"Alpha: may harm, low certainty"}


def test_a_condition_without_an_answer_is_there_too(client):
    make_condition("Hiccups")
    page = Page(client.get("/"))
    assert "Hiccups" in page.words
    assert "none yet" in page.words


def test_a_part_with_many_conditions_leads_to_its_list(client):
    for number in range(9):
        make_condition(f"Condition {number}", category="ear")
    assert "/conditions/?category=ear" in links(Page(client.get("/")).by_id("main"))
