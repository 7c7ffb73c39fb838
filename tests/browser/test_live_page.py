"""While an editor types: the page beside the form, the grade, what is missing, and keys that complete."""

import pytest
from playwright.sync_api import Page, expect

from remedies.models import EvidenceItem, RemedyConditionEntry
from tests.admin_forms import admin_url
from tests.browser.rules import violations
from tests.browser.test_autosaving import enter, write
from tests.factories import make_citation, make_entry, make_user

CLAIM = "In one trial, 12 of 20 people slept better."


@pytest.fixture
def entry(live_server):
    return make_entry()


@pytest.fixture
def desk(entry, open_page, watch) -> Page:
    """The form of the entry, with an editor at it, where there is room for its page."""
    watch.expect("Applying inline style")  # by axe itself, where a page has a frame
    make_user("editor", name="Edda")
    page = open_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    enter(page, "Edda", admin_url(entry))
    expect(live_page(page).locator("h1")).to_be_visible()
    return page


def live_page(page: Page):
    return page.frame_locator("[data-live-page] iframe:not([data-waits])")


def test_the_page_follows_what_is_typed_and_keeps_its_place(desk) -> None:
    write(desk, "A sentence that nobody has read yet.", "#id_warnings")
    frame = live_page(desk)
    expect(frame.locator("main")).to_contain_text("A sentence that nobody has read yet.")
    desk.locator("[data-live-page] iframe").evaluate(
        "frame => frame.contentWindow.scrollTo(0, 400)"
    )
    write(desk, " Another one.", "#id_warnings")
    expect(frame.locator("main")).to_contain_text("Another one.")
    place = "frame => frame.contentWindow.scrollY"
    assert desk.locator("[data-live-page] iframe:not([data-waits])").evaluate(place) == 400
    assert "nobody has read" not in RemedyConditionEntry.objects.get().warnings


def test_the_live_page_runs_no_script_and_leads_nowhere(desk, watch) -> None:
    frame = desk.locator("[data-live-page] iframe")
    assert frame.get_attribute("sandbox") == "allow-same-origin"
    assert live_page(desk).locator("script").count() == 0
    click = "(frame, link) => frame.contentDocument.querySelector(link).click()"
    frame.evaluate(click, "a[href^='#']")
    with desk.context.expect_page() as opened:
        frame.evaluate(click, "main a[href^='/']")
    opened.value.close()
    expect(live_page(desk).locator("h1")).to_be_visible()


def test_what_is_missing_is_named_with_a_way_to_its_field(desk) -> None:
    write(desk, CLAIM, "#id_clinical")
    errors = desk.locator("[data-live-errors]")
    expect(errors.locator("summary")).to_have_text("Errors: 1")
    errors.locator("summary").click()
    expect(errors).to_contain_text("Clinical")
    expect(live_page(desk).locator("main")).to_contain_text("12 of 20 people")
    desk.locator("#id_written_on").evaluate("box => { box.value = 'never' }")
    expect(errors).to_contain_text("Written on")
    expect(desk.locator("[data-live-stale]")).to_contain_text("as it was before them")
    errors.get_by_role("button", name="Written on").first.click()
    expect(desk.locator("#id_written_on")).to_be_focused()
    expect(errors.locator("details")).not_to_have_attribute("open", "")
    assert violations(desk, ".form-bar").faults == []


def test_other_scripts_hear_of_what_was_found(desk) -> None:
    desk.evaluate(
        "document.addEventListener('writing:checked', ({ detail }) => (window.heard = detail))"
    )
    write(desk, CLAIM, "#id_clinical")
    expect(desk.locator("[data-live-errors] summary")).to_be_visible()
    heard = desk.evaluate("() => window.heard")
    assert heard["errors"][0]["field"] == "clinical"
    assert set(heard["errors"][0]) == {"field", "label", "message", "stops"}
    assert {"page", "grade_html", "is_whole"} < set(heard)


def test_the_grade_stands_by_the_evidence_and_follows_it(desk) -> None:
    grade = desk.locator("#evidence_items-group [data-live-grade]")
    expect(grade.locator("summary")).to_contain_text("1 work counts")
    before = grade.locator("summary").text_content()
    item = EvidenceItem.objects.get()
    assert item.role == "counts"
    desk.evaluate(
        """() => {
            const role = document.querySelector("[name=evidence_items-0-role]");
            role.closest("form").dispatchEvent(new Event("focusin", { bubbles: true }));
            role.value = "context";
        }"""
    )
    expect(grade.locator("summary")).not_to_have_text(before or "")
    grade.locator("summary").evaluate("summary => summary.click()")
    expect(grade).to_contain_text("What would change it")
    assert violations(desk, "[data-live-grade]").faults == []


def test_a_narrow_window_has_the_preview_of_what_is_typed(desk, watch) -> None:
    desk.set_viewport_size({"width": 900, "height": 900})
    expect(desk.locator("[data-live-page]")).to_be_hidden()
    write(desk, "Only typed.", "#id_warnings")
    with desk.context.expect_page() as opened:
        desk.get_by_role("button", name="Preview").click()
    preview = opened.value
    expect(preview.locator("main")).to_contain_text("Only typed.")
    assert preview.locator("meta[name=robots]").get_attribute("content") == "noindex"
    preview.close()
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.goto("/about/")
    assert asked == ["beforeunload"]


# ---- keys --------------------------------------------------------------------------------------


@pytest.fixture
def works(entry):
    make_citation("Lee2024", title="A trial of the new remedy", authors="Lee A")
    make_citation("Lee2019", title="An older trial", authors="Lee A")
    make_citation("Moss2021", title="A review", authors="Moss B")


def test_a_key_is_completed_by_keyboard(works, desk) -> None:
    box = desk.locator("#id_clinical")
    write(desk, "It slept [@lee", "#id_clinical")
    options = desk.locator("#key-list [role=option]")
    expect(options).to_have_count(2)
    expect(options.first).to_contain_text("on no page")
    expect(desk.locator("#key-list + [role=status]")).to_have_text("Works that match: 2")
    expect(box).to_have_attribute("aria-activedescendant", "key-option-0")
    assert violations(desk, ".field-clinical").faults == []
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "key-option-1")
    box.press("Enter")
    expect(box).to_have_value("It slept [@Lee2024]")
    expect(options).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None
    box.press_sequentially(" and [@Lee2019; @mos")
    expect(options).to_have_count(1)
    box.press("Escape")
    expect(options).to_have_count(0)
    box.press_sequentially("s")
    options.first.click()
    expect(box).to_have_value("It slept [@Lee2024] and [@Lee2019; @Moss2021]")


def test_a_word_that_is_no_mark_opens_no_list(works, desk) -> None:
    write(desk, "Write to lee@lee", "#id_clinical")
    desk.wait_for_timeout(500)
    expect(desk.locator("#key-list [role=option]")).to_have_count(0)
