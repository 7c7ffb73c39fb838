"""A remedy with many conditions, a condition with many remedies: their pages show the first of them."""

import pytest

from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from remedies.models.entry import MOST_LISTED
from tests.factories import make_condition, make_entry, make_remedy
from tests.reading import Page, links, words

pytestmark = pytest.mark.django_db
MORE = 5


def copies(model: type, first: Remedy | Condition, number: int) -> list:
    """Published rows like the first one."""
    rows = model.objects.bulk_create(
        model(
            name=f"Many {n:03}",
            shown_name=f"Many {n:03}",
            sort_key=f"many {n:03}",
            slug=f"many-{n:03}",
            one_line="One of many.",
            published_at=first.published_at,
            current_revision=first.current_revision,
            **{"kind": "other"} if model is Remedy else {"category": "other"},
        )
        for n in range(number)
    )
    return list(rows)


def fill(entries: list[RemedyConditionEntry]) -> None:
    RemedyConditionEntry.objects.bulk_create(entries)


def entry_like(model: RemedyConditionEntry, **values: object) -> RemedyConditionEntry:
    names = ("verdict", "effect", "certainty", "shown_effect", "shown_certainty", "shown_rank")
    names += ("published_at", "current_revision", "shown_citations", "shown_teaser")
    fields = {name: getattr(model, name) for name in names}
    return RemedyConditionEntry(**fields | values)


@pytest.fixture
def remedy() -> Remedy:
    """With one condition more than a page shows, all alike, and one that it harms, last from A to Z."""
    first = make_entry(make_remedy("Hub"), make_condition("Aaa"), up_count=2)
    conditions = copies(Condition, first.condition, MOST_LISTED + MORE - 2)
    fill([entry_like(first, remedy=first.remedy, condition=each) for each in conditions])
    make_entry(first.remedy, make_condition("Zzz"), effect="harm", certainty="low")
    return first.remedy


@pytest.fixture
def condition() -> Condition:
    """The same the other way round."""
    first = make_entry(make_remedy("Aaa"), make_condition("Hub"))
    remedies = copies(Remedy, first.remedy, MOST_LISTED + MORE - 2)
    fill([entry_like(first, remedy=each, condition=first.condition) for each in remedies])
    make_entry(make_remedy("Zzz"), first.condition, effect="harm", certainty="low")
    return first.condition


def names_in(page: Page, class_: str) -> list[str]:
    return [words(cell) for cell in page.all("th", class_=class_)]


def test_the_page_of_a_remedy_shows_the_first_hundred_and_leads_to_all(client, remedy):
    page = Page(client.get("/remedies/hub/"))
    names = names_in(page, "scoreboard__name")
    assert len(names) == MOST_LISTED
    assert "Zzz" in names  # what harms is never left out for what does not
    assert "/remedies/hub/-/conditions/" in links(page.by_id("studied-for"))


def test_its_numbers_are_those_of_all_conditions(client, remedy):
    page = Page(client.get("/remedies/hub/"))
    assert words(page.one("dd", **{"data-statistic": "conditions"})) == str(MOST_LISTED + MORE)
    assert words(page.one("dd", **{"data-statistic": "votes-up"})) == "2"
    assert f"Not known: {MOST_LISTED + MORE - 1} uses" in page.words
    assert "May harm: 1 use" in page.words


def test_the_rail_of_an_entry_holds_the_entry_itself(client, remedy):
    last = RemedyConditionEntry.objects.get(condition__slug=f"many-{MOST_LISTED + MORE - 3:03}")
    page = Page(client.get(last.get_absolute_url()))
    rail = page.by_id("condition-list")
    (here,) = (link for link in rail.iter("a") if link.get("aria-current") == "page")
    assert here.get("href") == last.get_absolute_url()
    assert "/remedies/hub/-/conditions/" in links(rail)
    assert len(links(rail)) == MOST_LISTED + 3  # itself, the overview, and all of them


def test_the_page_of_a_condition_shows_the_first_hundred_and_leads_to_all(client, condition):
    page = Page(client.get("/conditions/hub/"))
    assert "Zzz" in words(page.by_id("ladder"))
    rows = list(page.by_id("ladder").iter("tr"))
    assert len(rows) == 1 + MOST_LISTED
    assert "/conditions/hub/-/remedies/" in links(page.by_id("remedies"))
    chooser = Page(client.get("/conditions/hub/compare/"))
    assert len(chooser.all("input", type="checkbox")) == MOST_LISTED


@pytest.mark.parametrize("url", ["/remedies/hub/-/conditions/", "/conditions/hub/-/remedies/"])
def test_the_whole_list_has_every_entry_once_from_a_to_z(client, url, request):
    request.getfixturevalue("remedy" if url.startswith("/remedies") else "condition")
    names: list[str] = []
    query = ""
    while True:
        page = Page(client.get(f"{url}{query}"))
        rows = [row for block in page.all("ul", class_="recent") for row in block.findall("li")]
        assert len(rows) <= 50
        names += [words(next(row.iter("a"))) for row in rows]
        if not (following := page.all("a", rel="next")):
            break
        query = following[0].get("href")
    assert len(names) == MOST_LISTED + MORE
    assert names == sorted(names)


def test_a_remedy_whose_conditions_fit_has_no_such_link(client):
    entry = make_entry(make_remedy("Small"))
    for url in (entry.remedy.get_absolute_url(), entry.get_absolute_url()):
        assert b"/-/conditions/" not in client.get(url).content
    assert b"/-/remedies/" not in client.get(entry.condition.get_absolute_url()).content
    withdrawn = client.get("/remedies/no-such-remedy/-/conditions/")
    assert withdrawn.status_code == 404
