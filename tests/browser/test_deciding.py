"""A reader decides: finds, compares, checks, leaves out. With scripts off, and on, in any window."""

import re

import pytest
from playwright.sync_api import Page, expect

from remedies.models import ExperienceReport, RemedyConditionEntry
from tests.browser.test_taking_part import log_in
from tests.counts import FULL
from tests.factories import make_user

WAYS = [("phone", False), ("phone", True)]
if FULL:
    WAYS += [("desk", False)]
INSOMNIA = "/conditions/insomnia/"
LEGS = "/conditions/restless-legs-syndrome/"

pytestmark = pytest.mark.parametrize(("size", "scripts"), WAYS)


@pytest.fixture
def page(content, live_server, open_page, size, scripts) -> Page:
    return open_page(size=size, scripts=scripts)


def opened(page: Page, summary: str) -> None:
    page.locator("summary", has_text=summary).first.click()


def test_a_remedy_is_checked_against_medicines(page, watch, axe, scripts) -> None:
    watch.expect("400")  # the empty form at the end
    page.goto("/remedies/magnesium/")
    opened(page, "Open the form")
    page.get_by_label("Your medicines").fill("Doxycycline 100 mg")
    page.get_by_label("Pregnant", exact=True).check()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("h2").first).to_contain_text("What our data says: Magnesium")
    expect(page.locator(".interaction").first).to_contain_text("Take apart")
    assert page.url.endswith("/check/")
    if scripts:
        axe(page)
    expect(page.get_by_label("Your medicines")).to_have_value("Doxycycline 100 mg")
    page.get_by_label("Your medicines").fill("")
    page.get_by_label("Pregnant", exact=True).uncheck()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text("Type a medicine or tick a box")


def test_what_to_avoid_is_left_out_and_brought_back(page, axe, scripts) -> None:
    page.goto(INSOMNIA)
    heading = page.locator("#remedies-heading")
    whole = heading.inner_text()
    opened(page, "Hide remedies I should avoid")
    page.get_by_label("Pregnant", exact=True).check()
    page.get_by_role("button", name="Hide them").click()
    expect(page.locator("#left-out-heading")).to_be_visible()
    assert "pregnan" not in page.url
    assert heading.inner_text() != whole
    if scripts:
        axe(page)
    page.get_by_role("link", name="Show every remedy again").click()
    expect(heading).to_have_text(whole)


def test_remedies_are_sorted_ticked_and_compared(page, watch) -> None:
    watch.expect("400")  # one remedy alone at the end
    page.goto(LEGS)
    page.get_by_role("link", name="fewest cautions").click()
    expect(page.locator(".sort-links [aria-current]")).to_have_text("fewest cautions")
    for name in ("magnesium", "iron"):
        page.get_by_label(f"Compare {name}", exact=True).check()
    page.get_by_role("button", name="Compare the ticked ones").click()
    expect(page.locator("h1")).to_contain_text("side by side")
    page.get_by_role("link", name="Choose other remedies").click()
    page.get_by_label("Iron", exact=True).check()
    page.locator("main form button").first.click()
    expect(page.locator(".error-summary")).to_contain_text("Only one remedy was ticked")


def test_the_map_is_narrowed_and_leads_to_a_page(page) -> None:
    page.goto("/map/")
    page.get_by_role("link", name="Herb", exact=True).click()
    page.get_by_role("link", name="Sleep", exact=True).click()
    assert page.url.endswith("?kind=herb&category=sleep")
    page.locator("main td a").first.click()
    expect(page.locator("h1")).to_contain_text("Ashwagandha for")


def test_a_list_is_narrowed_and_a_search_mended(page) -> None:
    page.goto("/remedies/")
    page.get_by_role("link", name=re.compile(r"^Herb \(\d+\)")).click()
    expect(page.locator("main")).to_contain_text("Valerian")
    page.goto("/search/")
    page.locator("main [name=q]").fill("magnesum")
    page.locator("main [type=submit], main form button").first.click()
    expect(page.locator("main")).to_contain_text("These have magnesium")
    page.get_by_role("link", name="Conditions (").click()
    expect(page.locator(".hits")).not_to_contain_text("Remedy for a condition")


def test_an_experience_is_reported_changed_and_deleted(page) -> None:
    entry = RemedyConditionEntry.objects.get(
        remedy__slug="magnesium", condition__slug="restless-legs-syndrome"
    )
    make_user(name="reporter")
    log_in(page, "reporter")
    page.goto(entry.get_absolute_url())
    page.get_by_role("link", name="Report your experience").click()
    page.locator("[name=form]").select_option("tablet")
    for question, answer in {"duration": "weeks", "outcome": "better", "onset": "week"}.items():
        page.locator(f"[name={question}][value={answer}]").check()
    page.locator("[name=side_effects][value=none]").check()
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("#experience")).to_contain_text("1 experience report")
    assert ExperienceReport.objects.get().outcome == "better"
    page.get_by_role("link", name="Change or delete your report").click()
    page.get_by_role("link", name="Delete your report").click()
    page.locator("main form button").first.click()
    expect(page.locator("#experience")).to_contain_text("No experience reports yet")
    assert not ExperienceReport.objects.exists()
