"""The first page with the starter content."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from citations.models import Citation
from conditions.models import Condition
from remedies.models import RemedyConditionEntry
from remedies.pages.home import home_page
from tests.factories import make_remedy
from tests.reading import SVG, Page, find, links, words


def test_every_condition_and_remedy_is_one_click_away(content, client):
    page = Page(client.get("/"))
    urls = links(page.by_id("main"))
    assert "/remedies/magnesium/" in urls
    for condition in Condition.objects.published():
        assert condition.get_absolute_url() in urls


def test_the_search_needs_no_script(content, client):
    page = Page(client.get("/"))
    form = next(find(page.by_id("main"), "form"))
    assert (form.get("action"), form.get("method")) == ("/search/", "get")
    field = next(find(form, "input"))
    assert field.get("name") == "q"
    assert page.all("label", for_=field.get("id"))


def test_dates_are_whole(content, client):
    for moment in Page(client.get("/")).all("time"):
        assert moment.get("datetime") is not None
        assert moment.get("datetime")[:4] in words(moment)


def test_the_numbers_are_those_of_the_database(content, client):
    numbers = home_page(products_on=False).numbers
    assert numbers.entries == RemedyConditionEntry.objects.published().count()
    assert 0 < numbers.trials < numbers.sources <= Citation.objects.count()
    shown = words(Page(client.get("/")).one("ul", class_="numbers__row"))
    assert f"{numbers.entries} uses reviewed" in shown
    assert f"{numbers.sources} sources" in shown
    assert f"{numbers.trials} of them trials" in shown


def test_the_alternative_text_of_the_figure_has_the_counts_of_the_map(content, client):
    figure = Page(client.get("/")).one("figure", class_="answer-map")
    drawn = home_page(products_on=False).map
    sentence = words(figure)
    assert f"{drawn.remedies} remedies against {drawn.conditions} conditions" in sentence
    assert f"{drawn.counts['harms']} to harm" in sentence
    assert f"{drawn.counts['unknown']} are not known" in sentence
    assert "/map/" in links(figure)
    drawings = list(find(figure, f"{SVG}svg"))
    assert len(drawings) > 2
    assert {drawing.get("aria-hidden") for drawing in drawings} == {"true"}


def test_the_bar_its_key_and_its_heading_have_the_same_numbers(content, client):
    page = home_page(products_on=False)
    assert sum(share.count for share in page.shares) == page.numbers.entries
    assert round(sum(share.width for share in page.shares)) == 100
    html = Page(client.get("/"))
    heading = f"For {page.without_answer} of {page.numbers.entries} uses there is no clear answer"
    assert heading in html.words
    key = [words(part) for part in find(html.one("ul", class_="record__key"), "li")]
    assert [int(part.split()[0]) for part in key] == [share.count for share in page.shares]


def test_a_remedy_has_its_plate_and_another_its_initials(content, client):
    make_remedy("Devil's claw", slug="devils-claw")
    page = Page(client.get("/"))
    plates = page.all(f"{SVG}svg", class_="plate")
    assert "The skeletal formula of melatonin" in {plate.get("aria-label") for plate in plates}
    assert "DC" in {words(tile) for tile in page.all("span", class_="plate--initials")}


def test_links_to_a_remedy_carry_its_own_picture(content, client):
    def picture(url: str) -> str:
        return Page(client.get(url)).one("meta", property="og:image").get("content")

    other = make_remedy("Other")
    assert "img/sharing/magnesium" in picture("/remedies/magnesium/")
    assert "img/sharing." in picture(other.get_absolute_url())
    assert "img/sharing." in picture("/")


def test_last_reviewed_is_one_line(content, client):
    lines = Page(client.get("/")).one("dl", class_="last-changes")
    assert len(list(find(lines, "time"))) <= 2
    assert {"/recent/reviewed/", "/recent/corrected/"} <= set(links(lines))


def test_it_is_composed_in_few_queries(content, client):
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) <= 21  # the last is that of safety notices
