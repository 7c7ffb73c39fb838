"""The Magnesium page as a reader's browser has it, on the shipped content."""

import pytest

ENTRY = "/remedies/magnesium/restless-legs-syndrome/"
PAGES = [
    "/",
    "/remedies/",
    "/remedies/magnesium/",
    ENTRY,
    f"{ENTRY}r/1/",
    "/conditions/",
    "/conditions/restless-legs-syndrome/",
    "/search/?q=RLS",
    "/search/?q=nothing-of-the-kind",
    "/about/",
    "/about/privacy/",
    "/about/grading/",
]


@pytest.mark.parametrize(
    ("size", "scheme", "scripts"), [("phone", "dark", False), ("desk", "light", True)]
)
def test_no_page_breaks_the_policy_or_asks_another_host(
    content, open_page, size, scheme, scripts
) -> None:
    page = open_page(size=size, scheme=scheme, scripts=scripts)
    for path in PAGES:
        assert page.goto(path).ok
        assert page.context.cookies() == []


def test_the_first_phone_screen_says_how_sure_and_who_must_not(content, open_page) -> None:
    """The four answers whole, with how many must not take it, and the way to other conditions."""
    page = open_page(size="phone", scripts=False)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(ENTRY)
    for part in ("h1", ".board", ".board__answer--stop", ".entry-top [popovertarget]"):
        box = page.locator(part).first.bounding_box()
        assert box is not None, part
        assert box["y"] + box["height"] <= 740, part
    assert page.locator(".board .board__why").is_visible()


def test_the_bar_of_sections_stays_and_covers_no_heading(content, open_page) -> None:
    page = open_page(size="phone", scripts=False)
    page.goto(ENTRY)
    for name in ("#how-to-use", "#warnings", "#evidence", "#references", "#members"):
        page.locator(f".on-this-page a[href='{name}']").click()
        bar = page.locator(".on-this-page").bounding_box()
        heading = page.locator(f"{name} h2").first.bounding_box()
        assert bar is not None, name
        assert heading is not None, name
        assert bar["y"] == 0, name
        assert bar["height"] <= 48, name
        assert bar["y"] + bar["height"] <= heading["y"] < 740, name


def test_rail_and_side_stay_in_sight_at_a_desk(content, open_page) -> None:
    page = open_page(scripts=False)
    page.goto(f"{ENTRY}#evidence")
    for part in ("#condition-list [aria-current]", ".on-this-page", ".entry-side__box--opinion"):
        box = page.locator(part).bounding_box()
        assert box is not None, part
        assert 0 <= box["y"] < 800, part


def test_a_long_list_of_references_opens_where_a_mark_leads(content, open_page) -> None:
    page = open_page(scripts=False)
    page.goto(ENTRY)
    shown = page.locator(".reference:visible")
    assert shown.count() == 12
    mark = page.locator(".warned sup.cite a", has_text="30").first
    number = mark.get_attribute("href")
    mark.click()
    assert page.locator(number).is_visible()
    assert shown.count() > 40
    page.locator(f"{number} .reference__back a").first.click()
    assert shown.count() == 12
    page.get_by_role("link", name="Show all").click()
    assert shown.count() > 40
    page.goto(ENTRY)
    page.emulate_media(media="print")
    # A long list has only short names on paper; the rest of its text has no size.
    printed = "rows => rows.filter(row => row.getClientRects().length).length"
    assert page.locator(".reference").evaluate_all(printed) > 40


def test_what_opens_on_the_screen_is_open_on_paper(content, open_page) -> None:
    page = open_page(scripts=False)
    page.goto(ENTRY)
    bodies = page.locator(".interaction__body p")
    assert bodies.count() > 10
    assert not bodies.first.is_visible()
    assert (
        page.locator(".interaction__advice:visible").count() == page.locator(".interaction").count()
    )
    page.emulate_media(media="print")
    assert all(body.is_visible() for body in bodies.all())


def test_the_current_condition_is_in_sight_when_the_list_opens(content, open_page) -> None:
    page = open_page(size="phone", scripts=False)
    page.goto("/remedies/magnesium/tinnitus/")
    page.locator("[popovertarget=condition-list]").first.click()
    box = page.locator("#condition-list [aria-current]").bounding_box()
    assert box is not None
    assert box["y"] > 0
    assert box["y"] + box["height"] <= 780


def test_a_mark_leads_to_its_reference_and_back(content, open_page) -> None:
    page = open_page(scripts=False)
    page.goto(ENTRY)
    mark = page.locator("sup.cite a").first
    mark.click()
    number = mark.get_attribute("href")
    assert page.url.endswith(number)
    page.locator(f"{number} a[href='#{mark.get_attribute('id')}']").click()
    assert page.url.endswith(f"#{mark.get_attribute('id')}")


def test_conditions_change_by_a_button_without_scripts(content, open_page) -> None:
    page = open_page(size="phone", scripts=False)
    page.goto(ENTRY)
    button = page.locator("[popovertarget='condition-list']").first
    link = page.get_by_role("link", name="Asthma")
    assert not link.first.is_visible()
    button.click()
    link.first.click()
    assert page.url.endswith("/remedies/magnesium/asthma/")
    assert "Asthma" in page.locator("h1").inner_text()


def test_escape_closes_the_list_and_gives_focus_back(content, open_page) -> None:
    page = open_page(size="phone")
    page.goto(ENTRY)
    page.locator("[popovertarget='condition-list']").first.press("Enter")
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Asthma").first.is_visible()
    assert page.evaluate("document.activeElement.hasAttribute('popovertarget')")


def test_the_keyboard_comes_to_the_content_by_the_skip_link(content, open_page) -> None:
    page = open_page()
    page.goto(ENTRY)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_error_pages_are_pages_of_the_site(content, open_page, watch) -> None:
    watch.expect("404")
    page = open_page(size="phone")
    page.goto("/remedies/magnesium/nothing/")
    assert page.locator("h1").is_visible()
