"""Lists from A to Z with summaries and filters, and the latest reviews and corrections."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from conditions.services import publish_condition
from publishing.revisions import withdraw
from remedies.models import Remedy, RemedyConditionEntry
from remedies.services import publish_entry, publish_remedy
from tests.factories import make_condition, make_entry, make_remedy
from tests.reading import Page, words

pytestmark = pytest.mark.django_db
LISTS = ("/remedies/", "/conditions/", "/recent/reviewed/", "/recent/corrected/")


def read(client: Client, url: str) -> Page:
    response = client.get(url)
    assert response.status_code == 200
    return Page(response)


def rows(page: Page, class_: str = "recent") -> list[str]:
    return [words(row) for block in page.all("ul", class_=class_) for row in block.findall("li")]


def plant(number: int) -> None:
    """Published remedies, without the work of publishing."""
    Remedy.objects.bulk_create(
        Remedy(
            name=f"Number {n:03}",
            shown_name=f"Number {n:03}",
            slug=f"number-{n:03}",
            sort_key=f"number {n:03}",
            kind="herb",
            shown_kind="herb",
            one_line="Words.",
            published_at=timezone.now(),
        )
        for n in range(number)
    )


@pytest.mark.parametrize("url", LISTS)
def test_an_empty_list_says_so(client, url):
    text = read(client, url).words
    assert ("No page has been corrected yet." in text) == ("corrected" in url)
    assert ("Nothing has been published here yet." in text) == ("corrected" not in url)


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=99999999", f"page={'9' * 5000}", "page=%00", "kind=%00"],
)
def test_rubbish_in_the_url_does_no_harm(client, url, query):
    assert client.get(f"{url}?{query}&category=%00").status_code == 200


def test_each_remedy_shows_its_entries_and_the_highest_certainty(client):
    remedy, condition = make_remedy("Alpha"), make_condition("Beta")
    make_entry(remedy, condition, certainty="low", effect="benefit")
    make_entry(remedy, certainty="moderate", effect="benefit")
    make_entry(remedy, published=False)
    make_entry(remedy, make_condition(published=False))
    withdraw(make_entry(remedy), by=None, reason="Wrong.")
    make_remedy("Gamma")
    page = read(client, "/remedies/")
    assert "2 conditions; surest: Moderate certainty " in page.words
    assert "Nothing reviewed for this yet." in page.words
    assert "1 remedy; surest: Low certainty Alpha: May help" in read(client, "/conditions/").words


def test_an_effect_of_a_list_names_its_one_use_or_counts_its_uses(client):
    condition = make_condition("Beta")
    make_entry(make_remedy("Alpha"), condition, certainty="low", effect="benefit")
    for name in ("Gamma", "Delta"):
        make_entry(make_remedy(name), condition, certainty="low", effect="harm")
    words = read(client, "/conditions/").words
    assert "3 remedies; surest: Low certainty" in words
    assert "Alpha: May help" in words
    assert "2 remedies: May harm" in words


def test_where_nothing_is_clear_a_list_says_so_and_names_no_effect(client):
    make_entry(make_remedy("Alpha"), make_condition("Beta"), certainty="very_low", effect="benefit")
    assert "1 remedy; no clear answer yet" in read(client, "/conditions/").words


def test_a_list_is_narrowed_by_what_occurs(client):
    make_remedy("Alpha", kind="herb")
    make_remedy("Beta", kind="mineral")
    draft = make_remedy("Gamma", kind="vitamin", published=False)
    assert draft.kind == "vitamin"
    everything = read(client, "/remedies/")
    assert "2 remedies" in everything.words
    assert [words(link) for link in everything.all("a", class_="choices__item")] == [
        *("Everything", "Mineral (1)", "Herb (1)"),
    ]
    assert len(rows(read(client, "/remedies/?kind=herb"), "az-list")) == 1
    assert "1 remedy" in read(client, "/remedies/?kind=herb").words
    assert len(rows(read(client, "/remedies/?kind=nonsense"), "az-list")) == 2
    nothing = read(client, "/remedies/?kind=vitamin")
    assert "No published remedy is of this kind." in nothing.words
    assert "Gamma" not in nothing.words


def test_a_draft_kind_does_not_move_a_published_remedy(client):
    remedy = make_remedy("Alpha", kind="herb")
    Remedy.objects.filter(pk=remedy.pk).update(kind="mineral")
    assert len(rows(read(client, "/remedies/?kind=herb"), "az-list")) == 1
    assert rows(read(client, "/remedies/?kind=mineral"), "az-list") == []


def test_conditions_are_narrowed_by_category(client):
    make_condition("Alpha", category="sleep")
    make_condition("Beta", category="ear")
    page = read(client, "/conditions/?category=sleep")
    assert len(rows(page, "az-list")) == 1
    assert (
        "No published condition is listed here."
        in read(client, "/conditions/?category=digestive").words
    )


def test_the_fifty_first_is_on_the_second_page(client):
    plant(51)
    first, second = read(client, "/remedies/"), read(client, "/remedies/?kind=herb&page=2")
    assert len(rows(first, "az-list")) == 50
    assert [words(name) for name in second.all("a", class_="az-list__name")] == ["Number 050"]
    assert read(client, "/remedies/?page=9").words == read(client, "/remedies/?page=2").words
    current = [link.get("href") for link in second.all("a", **{"aria-current": "page"})]
    assert current == ["/remedies/", "?kind=herb&page=2"]  # in the header, and among the pages


def test_reviews_come_newest_first_by_the_published_day(client):
    old = make_entry(make_remedy("Old"), written_on=date(2024, 1, 1))
    make_entry(make_remedy("New"), written_on=date(2025, 1, 1), certainty="low", effect="benefit")
    make_entry(make_remedy("Unseen"), published=False)
    RemedyConditionEntry.objects.filter(pk=old.pk).update(written_on=date(2026, 1, 1))
    texts = rows(read(client, "/recent/reviewed/"))
    assert [row.split()[0] for row in texts] == ["New", "Old"]
    assert "May help Low certainty" in texts[0]


def test_reviews_have_pages(client):
    remedy = make_remedy()
    for _number in range(51):
        make_entry(remedy)
    assert len(rows(read(client, "/recent/reviewed/"))) == 50
    assert len(rows(read(client, "/recent/reviewed/?page=2"))) == 1


def test_corrections_of_every_kind_come_newest_first(client):
    entry = make_entry(make_remedy("Alpha"), make_condition("Beta"))
    entry.remedy.one_line = entry.condition.one_line = "Another line."
    entry.remedy.save()
    entry.condition.save()
    publish_remedy(entry.remedy, by=None, note="First.", correction=True)
    publish_condition(entry.condition, by=None, note="Second.", correction=True)
    entry.written_on = date(2026, 2, 2)
    entry.save()
    publish_entry(entry, by=None, note="Third.", correction=True)
    page = read(client, "/recent/corrected/")
    texts = [" ".join(row.split()[:-3]) for row in rows(page)]
    assert [row.split(".")[0] for row in texts] == [
        *("Alpha for Beta Third", "Beta Second", "Alpha First"),
    ]
    assert [
        link.get("href") for block in page.all("ul", class_="recent") for link in block.iter("a")
    ] == [
        *("/remedies/alpha/beta/", "/conditions/beta/", "/remedies/alpha/"),
    ]
    withdraw(entry.condition, by=None, reason="Wrong.")
    assert len(rows(read(client, "/recent/corrected/"))) == 1


def test_an_update_is_no_correction_and_corrections_have_pages(client):
    remedy = make_remedy("Alpha")
    for number in range(52):
        remedy.one_line = f"Line {number}."
        remedy.save()
        publish_remedy(remedy, by=None, correction=number > 0)
    assert len(rows(read(client, "/recent/corrected/"))) == 50
    assert len(rows(read(client, "/recent/corrected/?page=2"))) == 1
