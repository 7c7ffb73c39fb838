"""A remedy's overview, on the content as it is shipped."""

import re
from collections import Counter

import pytest
from django.test import Client

from remedies.grading.record import GradeRecord
from remedies.grading.wording import effect_label
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.groups import list_group
from remedies.pages.parts import format_people
from remedies.templatetags.remedies import daily_doses
from tests.reading import Page, find, links, words
from tests.remedies.pages.test_entry_page import check_references, check_statistics

pytestmark = pytest.mark.every_page

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


def scoreboard(page: Page) -> dict[str, list[str]]:
    """The URL of each use, in the order of the page, with the words of its cells."""
    (body,) = find(page.by_id("studied-for"), "tbody")
    return {links(row)[0]: [words(cell) for cell in find(row, "td")] for row in find(body, "tr")}


def board(page: Page) -> dict[str, str]:
    """Each question of the board with its answer."""
    cells = page.all("li", class_="remedy-board__cell")
    return {
        words(next(find(cell, "span", class_="remedy-board__question"))): words(cell)
        for cell in cells
    }


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
    chart = overview.one("figure", class_="chart--intake")
    for group, figures in zip(
        find(chart, "div", class_="chart__group"),
        find(chart, "ul", class_="chart__rows"),
        strict=True,
    ):
        said_once = any(link.startswith("#ref-") for link in links(group))
        for row in find(figures, "li", class_="chart__row"):
            assert said_once or any(link.startswith("#ref-") for link in links(row))


def test_references_and_marks_lead_to_each_other(overview):
    check_references(overview)


def test_statistics_equal_queries(overview):
    check_statistics(overview, Remedy.objects.get(slug="magnesium"))


def test_the_discussion_is_empty_in_the_exact_words(overview):
    discussion = overview.by_id("discussion")
    assert "No comments yet. Be the first to start the conversation!" in words(discussion)


def test_each_use_is_one_line_with_what_its_grade_says(overview, shipped):
    lines = scoreboard(overview)
    assert lines.keys() == {entry.get_absolute_url() for entry in shipped}
    assert len(lines) == len(shipped) == 18
    for entry in shipped:
        grade = GradeRecord.model_validate(entry.current_revision.grade)
        effect, certainty, people, dose = lines[entry.get_absolute_url()]
        assert effect == effect_label(grade.effect, grade.certainty)
        assert certainty == grade.certainty.label
        assert people == (format_people(grade.people) if grade.people else "–not stated")
        assert dose == (daily_doses(entry) or "–no daily amount known")


def test_by_evidence_what_helps_stands_first_and_what_is_not_known_last(overview, shipped):
    groups = {entry.get_absolute_url(): list_group(entry) for entry in shipped}
    order = [groups[url] for url in scoreboard(overview)]
    assert order == sorted(order, key=["help", "corrects", "no_difference", "unclear"].index)


def test_coeliac_disease_is_not_among_what_helps(overview):
    """The page that this site began from listed it so, against its own text."""
    coeliac = scoreboard(overview)[f"{MAGNESIUM}celiac-disease/"]
    assert coeliac[0] == "May correct a deficiency"
    may_help = board(overview)["May help"]
    assert "Celiac Disease" not in may_help.partition("Corrects a deficiency")[0]
    assert "Celiac Disease" in may_help.partition("Corrects a deficiency")[2]


def test_the_board_counts_what_the_lines_say(overview, shipped):
    groups = Counter(list_group(entry) for entry in shipped)
    answers = board(overview)
    assert f"May help {groups['help']} use" in answers["May help"]
    against = answers["Little or no difference, or harm"]
    assert f"harm {groups['no_difference']} use" in against
    assert ("May harm:" in against) is (groups["harm"] > 0)
    unclear = answers["Mixed or not known"]
    counted = [int(number) for number in re.findall(r"(?:Mixed|Not known): (\d+) uses?", unclear)]
    assert sum(counted) == groups["unclear"]
    assert sum(groups.values()) == len(shipped)


def test_the_board_holds_the_lowest_and_the_highest_limit_with_whose_they_are(overview):
    limit = board(overview)["Upper limit for adults"]
    assert "250 to 400 mg" in limit
    for whose in ("EU 250 mg", "US 350 mg", "UK 400 mg"):
        assert whose in limit


def test_a_harm_below_a_limit_stands_beside_it(content, client):
    for slug in ("omega-3", "vitamin-d"):
        harms = Remedy.objects.get(slug=slug).limits.exclude(harm_below="")
        answers = board(Page(client.get(f"/remedies/{slug}/")))
        assert harms
        for limit in harms:
            assert limit.harm_below in answers["Upper limit for adults"]


def test_sorting_by_name_goes_from_a_to_z(content, client):
    by_evidence = scoreboard(Page(client.get(MAGNESIUM)))
    by_name = scoreboard(Page(client.get(f"{MAGNESIUM}?sort=name")))
    assert by_name == by_evidence
    assert list(by_name) == sorted(by_name) != list(by_evidence)


def test_warnings_come_before_products(content, client, settings):
    settings.PRODUCTS = True
    page = Page(client.get(MAGNESIUM))
    order = ["stop-heading", "warnings", "products"]
    assert [name for name in page.ids if name in order] == order


@pytest.mark.parametrize("sort", ["votes", "", "name'--", "%00", "evidence&sort=name"])
def test_an_unknown_order_changes_nothing_but_the_order(content, client, sort):
    response = client.get(f"{MAGNESIUM}?sort={sort}")
    assert response.status_code == 200
