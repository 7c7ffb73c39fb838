"""The form of an entry: short when it is opened, usable by keyboard and on a phone, and told in its own words."""

import pytest
from playwright.sync_api import Page, expect

from remedies.models import EvidenceItem, NextStep, RemedyConditionEntry
from tests.admin_forms import admin_url
from tests.counts import FULL
from tests.factories import PASSWORD, make_citation, make_entry, make_remedy, make_user

SCREEN = 900
WINDOWS = ["desk", "phone"]
CONTROLS = """() => [...document.querySelectorAll(
    'a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex="0"]')]
  .filter(each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !each.matches('.select2-hidden-accessible')).length"""
HEIGHT = "document.documentElement.scrollHeight"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ENTRIES = "/admin/remedies/remedyconditionentry/"


def enter(page: Page, url: str) -> Page:
    """Log in as an editor and open a page."""
    make_user("editor", name="Edith")
    page.goto(f"/accounts/login/?next={url}")
    page.locator("[name=login]").fill("Edith")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda at: at.endswith(url))
    return page


def restless_legs() -> RemedyConditionEntry:
    return RemedyConditionEntry.objects.get(
        remedy__slug="magnesium", condition__slug="restless-legs-syndrome"
    )


@pytest.fixture
def axe(axe, watch):
    """Reads the rules of the admin's own sheets, which import others, through a style of its own."""
    watch.expect("Applying inline style")
    return axe


def section(page: Page, name: str) -> None:
    """Open a section; one with an error is open already."""
    if not page.locator(f"#section-{name}[open]").count():
        page.locator(f"#section-{name} > summary").click()


@pytest.fixture
def entry(live_server) -> RemedyConditionEntry:
    return make_entry(make_remedy(kind="mineral"), published=False)


@pytest.mark.parametrize(("size", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_the_form_of_a_full_entry_is_short_when_it_is_opened(
    content, open_page, axe, size, scheme
) -> None:
    page = enter(open_page(size=size, scheme=scheme), admin_url(restless_legs()))
    expect(page.locator(".field-verdict .markdownx-preview")).to_contain_text("restless")
    assert page.evaluate(HEIGHT) <= 3 * SCREEN
    assert page.evaluate(CONTROLS) < 60
    assert page.evaluate(SIDEWAYS) <= 0
    axe(page)
    section(page, "evidence")
    expect(page.locator("#section-verdict")).not_to_have_attribute("open", "")
    page.locator("#evidence_items-0-row summary").click()
    assert page.evaluate(SIDEWAYS) <= 0
    axe(page)


def test_on_a_phone_what_is_pressed_is_large(content, open_page) -> None:
    page = enter(open_page(size="phone"), admin_url(restless_legs()))
    section(page, "next-steps")
    pressed = page.locator(
        ".form-bar :is(a, input, summary), .form-section summary, .row-tools button"
    )
    boxes = [each.bounding_box() for each in pressed.all() if each.is_visible()]
    assert len(boxes) > 15
    assert [box for box in boxes if box["height"] < 44 or box["width"] < 44] == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("size", WINDOWS)
def test_the_main_pages_of_the_admin_have_no_faults(content, open_page, axe, size) -> None:
    """In the usual run the windows take turns; in the drill each is used for all pages."""
    page = enter(open_page(size=size), "/admin/")
    entry = restless_legs()
    work = entry.evidence_items.first().citation
    addresses = [
        "/admin/",
        ENTRIES,
        f"{ENTRIES}add/",
        *(admin_url(each) for each in (entry.remedy, entry.condition, work)),
        "/admin/remedies/remedy/add/",
        "/admin/conditions/condition/add/",
        "/admin/citations/citation/add/",
    ]
    for address in addresses if FULL else addresses[WINDOWS.index(size) :: len(WINDOWS)]:
        page.goto(address)
        axe(page)


def test_rows_are_moved_by_keyboard_and_stored_in_their_order(entry, open_page) -> None:
    for number, text in enumerate(("One.", "Two.", "Three."), start=1):
        NextStep.objects.create(entry=entry, text=text, position=number)
    page = enter(open_page(), admin_url(entry))
    section(page, "next-steps")
    group = page.locator("#next_steps-group")
    up = group.locator("#next_steps-2-row").get_by_role("button", name="Move up")
    up.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    expect(up).to_be_focused()
    expect(group.get_by_role("status")).to_have_text("Now in place 1 of 3.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert [step.text for step in entry.next_steps.order_by("position")] == [
        "Three.",
        "One.",
        "Two.",
    ]
    expect(page.locator("#section-next-steps")).to_have_attribute("open", "")


def test_rows_are_moved_by_drag(entry, open_page) -> None:
    for number, text in enumerate(("One.", "Two.", "Three."), start=1):
        NextStep.objects.create(entry=entry, text=text, position=number)
    page = enter(open_page(), admin_url(entry))
    section(page, "next-steps")
    grip = page.locator("#next_steps-0-row [data-grip]").bounding_box()
    last = page.locator("#next_steps-2-row").bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(grip["x"] + 5, last["y"] + 10, steps=4)
    page.mouse.move(grip["x"] + 5, last["y"] + last["height"] - 4, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_be_visible()
    texts = [step.text for step in entry.next_steps.order_by("position")]
    assert texts == ["Two.", "Three.", "One."]


def test_an_added_row_opens_says_itself_and_can_be_removed(entry, open_page) -> None:
    page = enter(open_page(), admin_url(entry))
    section(page, "next-steps")
    group = page.locator("#next_steps-group")
    add = group.get_by_role("button", name="Add another next step")
    add.click()
    expect(page.locator("#id_next_steps-0-text")).to_be_focused()
    page.keyboard.type("Ask a doctor.")
    expect(page.locator("#next_steps-0-row summary")).to_contain_text("Ask a doctor.")
    add.click()
    page.keyboard.type("Ask again.")
    expect(page.locator("#section-next-steps [data-row-count]")).to_have_text("2")
    page.locator("#next_steps-0-row summary").click()
    page.locator("#next_steps-0-row").get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert [step.text for step in entry.next_steps.all()] == ["Ask again."]


def test_fields_show_that_fit_what_is_chosen(entry, open_page) -> None:
    make_citation(key="Moss2021", study_type="randomised_trial")
    make_citation(key="Pool2022", study_type="meta_analysis")
    page = enter(open_page(), admin_url(entry))
    section(page, "doses")
    page.get_by_role("button", name="Add another dose regimen").click()
    compound = page.locator("#id_regimens-0-compound")
    expect(compound).to_be_hidden()
    page.locator("#id_regimens-0-basis").select_option("salt")
    expect(compound).to_be_visible()
    section(page, "evidence")
    page.get_by_role("button", name="Add another evidence item").click()
    for key, pools in (("Moss2021", False), ("Pool2022", True)):
        page.locator("#id_evidence_items-1-citation + .select2").click()
        page.locator(".select2-search__field").last.fill(key)
        page.locator(".select2-results__option--highlighted", has_text=key).click()
        expect(page.locator("#id_evidence_items-1-trials")).to_be_visible(visible=pools)
        expect(page.locator(".field-reviews").nth(1)).to_be_visible(visible=not pools)
    expect(page.locator("#evidence_items-1-row > details > summary")).to_contain_text("Pool2022")


def test_an_error_leads_to_its_field(entry, open_page) -> None:
    item = entry.evidence_items.get()
    EvidenceItem.objects.filter(pk=item.pk).update(
        measure="MD", effect_value=1, better="lower", direction="benefit"
    )
    page = enter(open_page(), admin_url(entry))
    section(page, "dates")
    page.locator(".form-bar__errors > summary").click()
    # A link, and a button once the live page has looked.
    page.locator(".form-bar__list").get_by_text("Evidence item 1, direction").click()
    expect(page.locator("#id_evidence_items-0-direction")).to_be_focused()
    expect(page.locator("#id_evidence_items-0-direction")).to_be_in_viewport()


def test_without_scripts_everything_can_be_reached(entry, open_page) -> None:
    NextStep.objects.create(entry=entry, text="One.", position=1)
    page = enter(open_page(scripts=False), admin_url(entry))
    section(page, "next-steps")
    page.locator("#next_steps-1-row summary").click()
    page.locator("#id_next_steps-1-text").fill("Before it.")
    page.locator("#id_next_steps-1-position").fill("0")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_be_visible()
    steps = [step.text for step in entry.next_steps.order_by("position")]
    assert steps == ["Before it.", "One."]


def test_a_sentence_is_written_in_a_box_that_grows_and_stays_one_line(entry, open_page) -> None:
    page = enter(open_page(), admin_url(entry))
    box = page.locator("#id_first_question")
    low = box.bounding_box()["height"]
    box.fill("Are symptoms milder after two months with it than with placebo? " * 8)
    assert box.bounding_box()["height"] > low
    box.press("Enter")
    assert "\n" not in box.input_value()
