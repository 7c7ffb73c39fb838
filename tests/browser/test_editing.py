"""An editor makes a page at the desk, and a reader sees it on the next request."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import PASSWORD, make_condition, make_user

TEXT = """In one trial sleep was *better* [@Lee2024].

- people with insomnia
- 8 weeks [@Lee2024, p. 3]"""


@pytest.fixture
def desk(live_server, open_page) -> Page:
    """The editors' desk, with an editor at it."""
    make_user("editor", name="Edith")
    make_condition("Insomnia")
    page = open_page()
    page.goto("/admin/")
    page.get_by_label("Name").fill("Edith")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def add_citation(page: Page) -> None:
    page.goto("/admin/citations/citation/add/")
    page.locator("#id_key").fill("Lee2024")
    page.locator("#id_title").fill("A trial of the new remedy")
    page.locator("#id_authors").fill("Lee A\nKim B")
    page.locator("#id_year").fill("2024")
    page.locator("#id_url").fill("https://example.org/lee")
    page.locator("#id_study_type").select_option("randomised_trial")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def add_remedy(page: Page) -> None:
    page.goto("/admin/remedies/remedy/add/")
    page.locator("#id_name").press_sequentially("Passion Flower")
    expect(page.locator("#id_slug")).to_have_value("passion-flower")
    page.locator("#id_kind").select_option("herb")
    page.locator("#id_one_line").fill("A climbing plant.")
    page.get_by_role("button", name="Publish").first.click()
    expect(page.locator(".messagelist")).to_contain_text("Published as revision 1")


def choose(page: Page, field: str, words: str) -> None:
    """Pick from an autocomplete field, as a person does."""
    page.locator(f"#{field} + .select2").click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def open_section(page: Page, name: str) -> None:
    """Sections of the form open one at a time."""
    page.locator(f"#section-{name} > summary").click()


def fill_entry(page: Page) -> None:
    page.goto("/admin/remedies/remedyconditionentry/add/")
    choose(page, "id_remedy", "Passion Flower")
    choose(page, "id_condition", "Insomnia")
    page.locator("#id_verdict").fill("We have not searched for studies yet [@Lee2024].")
    open_section(page, "why")
    page.locator("#id_clinical").fill(TEXT)
    open_section(page, "dates")
    page.locator("#id_written_on").fill("2026-11-01")
    open_section(page, "doses")
    page.locator("#regimens-group").get_by_text("Add another").click()
    page.locator("#id_regimens-0-form").fill("Dried herb")
    page.locator("#id_regimens-0-amount").fill("500")
    page.locator("#id_regimens-0-unit").select_option("mg")
    page.locator("#id_regimens-0-per").select_option("day")
    page.locator("#id_regimens-0-basis").select_option("substance")
    choose(page, "id_regimens-0-citation", "Lee2024")
    open_section(page, "warnings")
    page.locator("#precautions-group").get_by_text("Add another").click()
    page.locator("#id_precautions-0-kind").select_option("contraindication")
    page.locator("#id_precautions-0-severity").select_option("stop")
    page.locator("#id_precautions-0-who").fill("you take sleeping tablets")
    page.locator("#id_precautions-0-text").fill("Ask a pharmacist first.")
    page.locator("#id_precautions-0-checked").uncheck()


def test_an_editor_makes_a_page_and_a_reader_sees_it(desk, open_page) -> None:
    add_citation(desk)
    add_remedy(desk)
    fill_entry(desk)
    preview = desk.locator(".field-clinical .markdownx-preview .prose")
    expect(preview).to_contain_text("sleep was better")
    previewed = preview.inner_html()

    desk.get_by_role("button", name="Save draft").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    reader = open_page(scripts=False)
    assert reader.goto("/remedies/passion-flower/").ok
    assert reader.get_by_role("link", name="Insomnia").count() == 0

    desk.get_by_role("button", name="Publish").first.click()
    expect(desk.locator(".messagelist")).to_contain_text("Published as revision 1")
    reader.goto("/remedies/passion-flower/insomnia/")
    expect(reader.locator("h1")).to_have_text("Passion Flower for Insomnia")
    expect(reader.locator(".callout--stop")).to_contain_text("you take sleeping tablets")
    expect(reader.locator("main")).to_contain_text("500 mg a day")
    shown = reader.locator("#why .prose").last.inner_html()
    assert without_ids(shown) == without_ids(previewed)


def without_ids(html: str) -> str:
    """The same text with its marks unnumbered: a page numbers them from its top."""
    return re.sub(r'\s+(id|href)="[^"]*"|</span>\d+</a>', "", html).strip()


def test_a_saved_draft_is_for_staff_and_publishing_shows_on_the_next_request(
    desk, open_page
) -> None:
    desk.goto("/admin/conditions/condition/")
    desk.get_by_role("link", name="Insomnia").click()
    desk.locator("#id_one_line").fill("Trouble with sleep, in new words.")
    desk.get_by_role("button", name="Save draft").first.click()
    expect(desk.locator("#state")).to_contain_text("published, draft waiting")
    reader = open_page(scripts=False)
    reader.goto("/conditions/insomnia/")
    expect(reader.locator("main")).not_to_contain_text("in new words")
    desk.get_by_role("button", name="Publish").first.click()
    expect(desk.locator(".messagelist")).to_contain_text("Published as revision 2")
    reader.reload()
    expect(reader.locator("main")).to_contain_text("Trouble with sleep, in new words.")


def test_an_unknown_key_stops_the_editor_and_keeps_the_text(desk) -> None:
    desk.goto("/admin/conditions/condition/")
    desk.get_by_role("link", name="Insomnia").click()
    desk.locator("#id_overview").fill("A claim [@Nobody1999].")
    expect(desk.locator(".field-overview .markdownx-preview")).to_contain_text("Nobody1999")
    desk.get_by_role("button", name="Save draft").first.click()
    expect(desk.locator(".field-overview .errorlist")).to_contain_text("Nobody1999")
    expect(desk.locator("#id_overview")).to_have_value("A claim [@Nobody1999].")


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/citations/citation/",
        "/admin/citations/citation/add/",
        "/admin/conditions/condition/add/",
        "/admin/remedies/remedy/add/",
        "/admin/remedies/remedyconditionentry/",
        "/admin/remedies/remedyconditionentry/add/",
        "/admin/remedies/entryrevision/",
    ],
)
def test_the_desk_keeps_the_policy_too(desk, path) -> None:
    assert desk.goto(path).ok
