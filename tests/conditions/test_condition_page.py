"""A condition with its remedies compared, and the list of conditions, on the shipped content."""

import pytest

from conditions.models import Condition
from remedies.charts.direction_marks import mark_of
from remedies.choices import Certainty
from remedies.grading.wording import effect_label
from remedies.pages.parts import format_people
from tests.reading import Page, find, links, words
from tests.remedies.pages.test_entry_page import check_references

pytestmark = pytest.mark.every_page

LEGS = "/conditions/restless-legs-syndrome/"
CAUTION = "General caution, not yet checked against a source. Ask a pharmacist."


@pytest.fixture
def legs(content, client) -> Page:
    response = client.get(LEGS)
    assert response.status_code == 200
    return Page(response)


def test_heading_title_and_names(legs):
    condition = Condition.objects.get(slug="restless-legs-syndrome")
    assert legs.h1 == "Restless Legs Syndrome"
    assert legs.title.startswith("Restless Legs Syndrome: remedies compared")
    assert condition.one_line in legs.words
    for name in condition.aliases.splitlines():
        assert name in legs.words


def test_what_is_urgent_comes_first_then_the_ladder_and_first_care_before_the_comparison(legs):
    order = ["red-flags-heading", "ladder", "first-care", "remedies"]
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
        for row in find(Page(client.get(LEGS)).by_id("remedies"), "tr")
        if "/remedies/magnesium/restless-legs-syndrome/" in links(row)
    )
    text = words(row)
    assert "Not known" in text
    assert "Very low certainty" in text
    assert "0 up • 0 down" in text


def ladder_rows(page: Page) -> dict[str, tuple[str, str]]:
    """Each remedy with the heading of its column and the words of its only filled cell."""
    table = next(find(page.by_id("ladder"), "table"))
    first, *rows = find(table, "tr")
    _corner, *headings = (words(cell) for cell in find(first, "th"))
    found = {}
    for row in rows:
        name = words(next(find(row, "th")))
        cells = [words(cell) for cell in find(row, "td")]
        assert len(cells) == len(headings) == 4
        (place,) = (number for number, cell in enumerate(cells) if cell)
        found[name] = (headings[place], cells[place])
    return found


COLUMNS = {
    "helps": "Helps",
    "corrects": "Helps",
    "none": "Little or no difference",
    "harms": "Harms",
    "mixed": "Not known or mixed",
    "unknown": "Not known or mixed",
}


def test_the_ladder_holds_the_figures_of_the_table_and_of_the_grades(content, client):
    """A column for the mark, the words of effect and certainty, and the people counted."""
    for condition in Condition.objects.published():
        page = Page(client.get(condition.get_absolute_url()))
        entries = condition.entries.published().with_parts()
        if not entries:
            continue
        ladder = ladder_rows(page)
        assert len(ladder) == len(entries)
        rows = {
            words(next(find(row, "th"))): words(row)
            for row in find(page.by_id("remedies"), "tr", class_="comparison__row")
        }
        for entry in entries:
            heading, cell = ladder[entry.remedy.shown_name]
            effect, certainty = entry.shown_effect, entry.shown_certainty
            people = [format_people(entry.shown_people)] if entry.shown_people else []
            told = [effect_label(effect, certainty), str(Certainty(certainty).label), *people]
            assert heading == COLUMNS[mark_of(effect, certainty)]
            assert cell == " ".join(told)
            assert all(text in rows[entry.remedy.shown_name] for text in told)


def test_the_boxes_are_filled_by_the_certainty(content, client):
    ladder = Page(client.get(LEGS)).by_id("ladder")
    for row in list(find(ladder, "tr"))[1:]:
        filled = len(list(find(row, "span", class_="pips__pip--filled")))
        level = next(each.level for each in Certainty if str(each.label) in words(row))
        assert filled == level


def test_the_list_goes_from_a_to_z_with_other_names(content, client):
    page = Page(client.get("/conditions/"))
    names = [words(name) for name in page.all("a", class_="az-list__name")]
    assert len(names) == Condition.objects.published().count() >= 18
    assert names == sorted(names, key=str.casefold)
    assert "RLS" in page.words
