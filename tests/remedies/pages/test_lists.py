"""Lists from A to Z with summaries and filters, and the latest reviews and corrections."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from conditions.models import ConditionRevision
from conditions.services import publish_condition
from publishing.revisions import withdraw
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies.services import publish_entry, publish_remedy
from tests.factories import make_condition, make_entry, make_remedy, make_user
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
    [
        *("after=0", "after=-1", "after=x", "before=none", "after=%00", "kind=%00", "after="),
        *(f"after={'9' * 5000}", f"before={'9' * 19}", "after=e9", "after=e%C2%B2", "last=x"),
    ],
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
    first = read(client, "/remedies/?kind=herb")
    assert len(rows(first, "az-list")) == 50
    (follows,) = (link.get("href") for link in first.all("a", rel="next"))
    assert follows == "?kind=herb&after=number-049"
    second = read(client, f"/remedies/{follows}")
    assert [words(name) for name in second.all("a", class_="az-list__name")] == ["Number 050"]
    assert not second.all("a", rel="next")
    (back,) = (link.get("href") for link in second.all("a", rel="prev"))
    assert rows(read(client, f"/remedies/{back}"), "az-list") == rows(first, "az-list")


def test_the_last_page_holds_the_end_of_the_list_and_leads_back(client):
    plant(120)
    last = read(client, "/remedies/?last=1")
    names = [words(name) for name in last.all("a", class_="az-list__name")]
    assert names == [f"Number {number:03}" for number in range(70, 120)]
    (back,) = (link.get("href") for link in last.all("a", rel="prev"))
    names = [
        words(name) for name in read(client, f"/remedies/{back}").all("a", class_="az-list__name")
    ]
    assert names == [f"Number {number:03}" for number in range(20, 70)]


def test_a_page_stands_between_the_same_rows_when_others_come(client):
    plant(60)
    before = rows(read(client, "/remedies/?after=number-049"), "az-list")
    make_remedy("Aardvark", kind="herb")
    assert rows(read(client, "/remedies/?after=number-049"), "az-list") == before
    assert "Aardvark" in read(client, "/remedies/?before=number-001").words


def test_what_follows_the_last_row_is_the_last_page(client):
    plant(60)
    beyond = read(client, "/remedies/?after=number-059")
    assert rows(beyond, "az-list") == rows(read(client, "/remedies/?last=1"), "az-list")
    assert rows(read(client, "/remedies/?before=number-000"), "az-list") == rows(
        read(client, "/remedies/"), "az-list"
    )


def test_a_longer_list_than_is_counted_says_no_number(client, monkeypatch):
    plant(3)
    assert "3 remedies" in read(client, "/remedies/").words
    monkeypatch.setattr("remedies_site.listing.MOST_COUNTED", 2)
    page = read(client, "/remedies/?kind=herb")
    assert "3 remedies" not in page.words
    assert len(rows(page, "az-list")) == 3
    assert "Herb" in [words(link) for link in page.all("a", class_="choices__item")]


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
    first = read(client, "/recent/reviewed/")
    (follows,) = (link.get("href") for link in first.all("a", rel="next"))
    second = read(client, f"/recent/reviewed/{follows}")
    assert (len(rows(first)), len(rows(second))) == (50, 1)
    assert len({*rows(first), *rows(second)}) == 51
    assert rows(read(client, "/recent/reviewed/?last=1"))[-1] == rows(second)[0]


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
    assert [row.split(".")[0] for row in rows(page)] == [
        *("Alpha for Beta Third", "Beta Second", "Alpha First"),
    ]
    assert [
        link.get("href") for block in page.all("ul", class_="recent") for link in block.iter("a")
    ] == [
        *("/remedies/alpha/beta/", "/remedies/alpha/beta/history/1...2/"),
        *("/conditions/beta/", "/conditions/beta/-/history/1...2/"),
        *("/remedies/alpha/", "/remedies/alpha/-/history/1...2/"),
    ]
    withdraw(entry.condition, by=None, reason="Wrong.")
    assert len(rows(read(client, "/recent/corrected/"))) == 1


def test_a_correction_says_who_made_it_and_leads_to_every_word_of_it(client):
    ana, remedy = make_user("editor", name="ana"), make_remedy("Alpha")
    remedy.one_line = "Another line."
    remedy.save()
    publish_remedy(remedy, by=ana, note="It named another salt.", correction=True)
    page = read(client, "/recent/corrected/")
    (row,) = rows(page)
    assert "It named another salt." in row
    assert "by ana" in row
    (url,) = [link.get("href") for link in page.all("a") if "..." in link.get("href", "")]
    assert "Another line" in read(client, url).words


def test_an_update_is_no_correction_and_corrections_have_pages(client):
    remedy = make_remedy("Alpha")
    for number in range(52):
        remedy.one_line = f"Line {number}."
        remedy.save()
        publish_remedy(remedy, by=None, correction=number > 0)
    first = read(client, "/recent/corrected/")
    (follows,) = (link.get("href") for link in first.all("a", rel="next"))
    second = read(client, f"/recent/corrected/{follows}")
    assert (len(rows(first)), len(rows(second))) == (50, 1)


def walk(client: Client, list_url: str, query: str, rel: str) -> Iterator[list[str]]:
    """The rows of every page, from one on in the direction of its links."""
    while True:
        page = read(client, f"{list_url}{query}")
        yield rows(page)
        if not (links := page.all("a", rel=rel)):
            return
        query = links[0].get("href")


def correct_everything_at_once(number: int) -> None:
    """As many corrections of entries, remedies and conditions each, all of the same moment."""
    entry, moment = make_entry(make_remedy("Alpha"), make_condition("Beta")), timezone.now()
    for subject, model, relation in (
        (entry, EntryRevision, "entry"),
        (entry.remedy, RemedyRevision, "remedy"),
        (entry.condition, ConditionRevision, "condition"),
    ):
        first = subject.current_revision
        model.objects.bulk_create(
            model(
                **{relation: subject, "number": n + 2, "kind": "correction", "note": f"N{n}."},
                document=first.document,
                html=first.html,
                renderer_version=first.renderer_version,
                author_name="somebody",
                published_at=moment,
            )
            for n in range(number)
        )


def test_corrections_of_one_moment_are_all_met_once_in_either_direction(client):
    correct_everything_at_once(40)
    seen = [row for page in walk(client, "/recent/corrected/", "", "next") for row in page]
    assert len(seen) == len(set(seen)) == 120
    pages = list(walk(client, "/recent/corrected/", "?last=1", "prev"))
    back = [row for page in reversed(pages) for row in page]
    assert back[-100:] == seen[-100:]
    assert back[:20] == seen[:20]


@pytest.mark.parametrize("url", ["/remedies/", "/conditions/", "/map/"])
def test_a_draft_is_not_told_from_a_page_that_does_not_exist(client, url):
    make_entry(make_remedy("Alpha"), make_condition("Beta"))
    make_remedy("Aaa secret", slug="aaa-secret", published=False)
    make_condition("Aaa secret", slug="aaa-secret", published=False)
    for name in ("after", "before", "r_after", "c_after", "r_before", "c_before"):
        drafts = client.get(f"{url}?{name}=aaa-secret").content.replace(b"aaa-secret", b"")
        nothing = client.get(f"{url}?{name}=no-such-page").content.replace(b"no-such-page", b"")
        assert drafts == nothing, name
