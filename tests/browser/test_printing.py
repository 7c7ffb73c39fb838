"""What a reader takes to a doctor: at most four sides of A4, no controls, sources with their addresses."""

from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.papers import entries_to_print

# The longest, one with many doses, one with few studies; then all the others for their length.
MOST_SIDES = 4
LEAST_POINTS = 9
SIZES_ON_PAPER = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const sizes = [];
    while (texts.nextNode()) {
        const text = texts.currentNode.data.trim(), box = texts.currentNode.parentElement;
        const size = parseFloat(getComputedStyle(box).fontSize) * 0.75;
        const isSeen = box.getClientRects().length && !box.closest(".visually-hidden, .cite") && size;
        if (text && isSeen) sizes.push([text, Math.round(size * 100) / 100]);
    }
    return sizes;
}"""
THREE = ("restless-legs-syndrome", "constipation", "sleep-apnea")
NOT_PRINTED = (
    "Log in",
    "Change condition",
    "Site list",
    "Discussion for",
    "Up: it helped",
)


def printed(page: Page) -> PdfReader:
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))


def words(paper: PdfReader) -> str:
    """Its text without the breaks of lines, which may fall within an address."""
    return " ".join(" ".join(side.extract_text() for side in paper.pages).split())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_three_entries_print_on_four_sides_with_their_sources(site, open_page, scheme) -> None:
    page = open_page(scheme=scheme)
    for condition in THREE:
        page.goto(f"/remedies/magnesium/{condition}/")
        cited = page.locator(".reference:not(.reference--screen) .reference__link")
        addresses = cited.evaluate_all("links => links.map(link => link.href)")
        assert len(addresses) > 3
        paper = printed(page)
        text = words(paper)
        page.emulate_media(media="print")
        assert page.locator(".search-form:visible").count() == 0
        page.emulate_media(media="null")
        unbroken = text.replace(" ", "")
        assert len(paper.pages) <= MOST_SIDES
        assert [word for word in NOT_PRINTED if word in text] == []
        assert [address for address in addresses if address not in unbroken] == []
        assert f"/remedies/magnesium/{condition}/" in unbroken
        assert "Do not take without medical advice if" in text
        for line in ("Medicines I take:", "Conditions I have:", "Ask about:", "Written"):
            assert line in text


def test_every_mark_on_paper_has_its_reference_there(site, open_page) -> None:
    page = open_page()
    page.goto("/remedies/magnesium/restless-legs-syndrome/")
    page.emulate_media(media="print")
    marks = page.evaluate(
        """() => [...document.querySelectorAll("sup.cite a")]
            .filter(mark => mark.getClientRects().length)
            .map(mark => document.querySelector(mark.getAttribute("href")))
            .map(line => line.getClientRects().length)"""
    )
    assert len(marks) > 10
    assert all(marks)
    assert page.get_by_text("The page itself lists all").is_visible()


def test_no_warning_of_the_page_is_missing_on_paper(site, open_page) -> None:
    page = open_page()
    page.goto("/remedies/magnesium/restless-legs-syndrome/")
    warnings = ".warned__item, .interaction, .callout--stop li, .red-flags li, .chart__caution"
    on_screen = page.locator(warnings).count()
    page.emulate_media(media="print")
    assert on_screen > 20
    assert page.locator(f":is({warnings}):visible").count() == on_screen


def test_every_published_entry_prints_on_four_sides(site, open_page) -> None:
    page = open_page()
    long = {}
    for entry in entries_to_print():
        page.goto(entry.get_absolute_url())
        if (sides := len(printed(page).pages)) > MOST_SIDES:
            long[str(entry)] = sides
    assert long == {}


def test_nothing_but_marks_is_below_nine_points(site, open_page) -> None:
    page = open_page()
    for path in ("/remedies/magnesium/restless-legs-syndrome/", "/remedies/valerian/anxiety/"):
        page.goto(path)
        page.emulate_media(media="print")
        sizes = page.evaluate(SIZES_ON_PAPER)
        assert len(sizes) > 50
        assert [text for text, points in sizes if points < LEAST_POINTS] == []


def test_a_page_printed_in_the_dark_is_black_on_white(site, open_page) -> None:
    page = open_page(scheme="dark")
    page.goto("/remedies/magnesium/restless-legs-syndrome/")
    page.emulate_media(media="print")
    colours = page.evaluate(
        """() => [...document.querySelectorAll("body, .callout, .verdict, .tag, td")].map(box => {
            const style = getComputedStyle(box);
            return style.color + style.backgroundColor;
        })"""
    )
    assert len(colours) > 20
    white = ("rgb(0, 0, 0)rgb(255, 255, 255)", "rgb(0, 0, 0)rgba(0, 0, 0, 0)")
    assert [colour for colour in colours if colour not in white] == []
