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
    page = open_page(size="phone", scripts=False)
    page.goto(ENTRY)
    for part in ("h1", ".verdict", ".callout--stop li"):
        box = page.locator(part).first.bounding_box()
        assert box is not None, part
        assert box["y"] + box["height"] <= 780, part


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
    button = page.locator("[popovertarget]").first
    link = page.get_by_role("link", name="Asthma")
    assert not link.first.is_visible()
    button.click()
    link.first.click()
    assert page.url.endswith("/remedies/magnesium/asthma/")
    assert "Asthma" in page.locator("h1").inner_text()


def test_escape_closes_the_list_and_gives_focus_back(content, open_page) -> None:
    page = open_page(size="phone")
    page.goto(ENTRY)
    page.locator("[popovertarget]").first.press("Enter")
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
