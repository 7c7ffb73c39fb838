"""A remedy's overview, on the content as it is shipped."""

import pytest
from django.test import Client

from remedies.choices import Certainty
from remedies.models import Remedy, RemedyConditionEntry
from tests.reading import Page, find, links, words
from tests.remedies.pages.test_entry_page import check_references, check_statistics

MAGNESIUM = "/remedies/magnesium/"


@pytest.fixture(scope="module")
def rendered(_loaded_pack, django_db_blocker) -> Page:
    with django_db_blocker.unblock():
        return Page(Client().get(MAGNESIUM))


@pytest.fixture
def overview(rendered, content) -> Page:
    """The page as a visitor gets it, rendered once for all tests that only read."""
    return rendered


@pytest.fixture
def shipped(content) -> list[RemedyConditionEntry]:
    return list(
        RemedyConditionEntry.objects.published()
        .filter(remedy__slug="magnesium")
        .select_related("condition", "current_revision")
    )


HEADINGS = {
    "benefit": "May help",
    "corrects": "Corrects a deficiency",
    "mixed": "Unclear",
    "unknown": "Unclear",
    "none": "Not supported or harmful",
    "harm": "Not supported or harmful",
    "causes": "Side effects of the remedy itself",
}


def grouped_urls(page: Page) -> dict[str, list[str]]:
    """The URLs of the entries under each heading of "What it has been studied for"."""
    groups: dict[str, list[str]] = {}
    for element in page.by_id("studied-for").iter():
        if element.tag == "h3":
            groups[words(element).rpartition(" (")[0]] = current = []
        elif element.tag == "h4":
            current += links(element)
    return groups


def test_heading_title_and_canonical_url_agree(overview):
    assert overview.h1 == "Magnesium"
    assert overview.title.startswith("Magnesium")
    assert overview.one("meta", property="og:title").get("content") == overview.title
    assert overview.one("link", rel="canonical").get("href").endswith(MAGNESIUM)


def test_general_information_in_four_sections(overview):
    headings = [words(overview.by_id(name)) for name in (
        "what-it-is", "how-it-works", "why-it-matters", "considerations",
    )]  # fmt: skip
    assert headings == ["What it is", "How it works", "Why it is important", "Considerations"]


def test_every_limit_names_whose_it_is_and_what_it_counts(overview):
    remedy = Remedy.objects.get(slug="magnesium")
    rows = [
        row
        for table in find(overview.by_id("limits"), "tbody")
        for row in find(table, "tr")
    ]  # fmt: skip
    assert len(rows) == remedy.limits.count() > 3
    text = words(overview.by_id("limits"))
    for limit in remedy.limits.all():
        assert limit.authority in text
        assert limit.population.lower() in text.lower()
    for row in rows:
        assert any(link.startswith("#ref-") for link in links(row))


def test_references_and_marks_lead_to_each_other(overview):
    check_references(overview)


def test_statistics_equal_queries(overview):
    check_statistics(overview, Remedy.objects.get(slug="magnesium"))


def test_the_discussion_is_empty_in_the_exact_words(overview):
    discussion = overview.by_id("discussion")
    assert "No comments yet. Be the first to start the conversation!" in words(discussion)


def test_conditions_are_links_and_the_overview_is_current(overview, shipped):
    navigation = list(find(overview.by_id("condition-list"), "a"))
    assert len(navigation) == len(shipped) + 1 == 19
    current = [link.get("href") for link in navigation if link.get("aria-current")]
    assert current == [MAGNESIUM]


def test_each_entry_is_listed_once_under_the_heading_of_its_grade(overview, shipped):
    groups = grouped_urls(overview)
    listed = [url for urls in groups.values() for url in urls]
    assert len(listed) == len(set(listed)) == len(shipped)
    for entry in shipped:
        grade = entry.current_revision.grade
        is_known = Certainty(grade["certainty"]).level >= 2
        heading = HEADINGS[grade["effect"]] if is_known else "Unclear"
        assert entry.get_absolute_url() in groups[heading], entry


def test_coeliac_disease_is_not_among_what_helps(overview):
    """The page that this site began from listed it so, against its own text."""
    coeliac = f"{MAGNESIUM}celiac-disease/"
    assert coeliac not in grouped_urls(overview).get("May help", [])
    assert coeliac in grouped_urls(overview)["Corrects a deficiency"]


def test_teasers_are_plain_and_cut_at_a_word(overview, shipped):
    teasers = [words(teaser) for teaser in overview.all("p", class_="use__teaser")]
    assert len(teasers) == len(shipped)
    for teaser in teasers:
        assert len(teaser) <= 150
        assert "[@" not in teaser
        assert "*" not in teaser
        assert teaser[-1] in ".…?!"


def test_the_summary_is_made_from_the_grades(overview):
    groups = grouped_urls(overview)
    summary = words(overview.one("p", class_="support-summary"))
    assert summary.startswith("Best supported: ")
    assert f"Unclear: {len(groups['Unclear'])} uses." in summary
    assert "Not supported or harmful: " in summary
    assert "Celiac Disease" in summary.partition("Corrects a deficiency")[2]


def test_sorting_is_a_link_and_moves_nothing_between_groups(content, client):
    by_evidence = grouped_urls(Page(client.get(MAGNESIUM)))
    by_name = grouped_urls(Page(client.get(f"{MAGNESIUM}?sort=name")))
    assert {name: set(group) for name, group in by_evidence.items()} == {
        name: set(group) for name, group in by_name.items()
    }
    assert all(group == sorted(group) for group in by_name.values())
    assert by_evidence != by_name


@pytest.mark.parametrize("sort", ["votes", "", "name'--", "%00", "evidence&sort=name"])
def test_an_unknown_order_changes_nothing_but_the_order(content, client, sort):
    response = client.get(f"{MAGNESIUM}?sort={sort}")
    assert response.status_code == 200
