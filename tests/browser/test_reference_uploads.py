"""An editor chooses a file of references and sees how far its import is: with scripts and without."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from citations.models import Citation
from tests.browser.test_taking_part import WAYS, log_in
from tests.factories import make_citation, make_user

IMPORT = "/admin/citations/citation/import/"
CORPUS = Path(__file__).parents[1] / "citations" / "corpus"


def records(count: int) -> str:
    return "".join(
        f"TY  - JOUR\nTI  - Work number {number}\nDO  - 10.1000/{number}\nAB  - {'words ' * 120}\nER  - \n\n"
        for number in range(1, count + 1)
    )


@pytest.fixture
def editor(live_server):
    return make_user("editor", name="Edda")


def import_page(open_page, **how) -> Page:
    page = open_page(**how)
    log_in(page, "Edda")
    page.goto(IMPORT)
    return page


def send(page: Page, name: str, content: str | bytes) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    page.get_by_label("A file").set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.get_by_role("button", name="Import").click()


@pytest.mark.parametrize(("size", "scripts"), WAYS)
def test_a_file_is_chosen_and_its_outcome_is_read(editor, open_page, size, scripts):
    make_citation("Known2020", doi="10.1000/2")
    page = import_page(open_page, size=size, scripts=scripts)
    send(page, "export.ris", records(2) + "TY  - JOUR\nTI  - Nowhere to be found\nER  - \n")
    expect(page.get_by_role("heading", name="What came of it")).to_be_visible()
    outcome = page.locator("#content")
    expect(outcome.get_by_role("link", name=re.compile("Work number 1"))).to_be_visible()
    expect(outcome).to_contain_text("Known already, and left as they are: Known2020")
    expect(outcome).to_contain_text(re.compile("Record 3, Nowhere to be found: has no DOI"))
    outcome.get_by_role("link", name=re.compile("Work number 1")).click()
    expect(page.locator("#id_title")).to_have_value("Work number 1")


@pytest.mark.parametrize(("size", "scripts"), WAYS)
def test_a_long_file_shows_its_progress_while_it_is_imported(editor, open_page, size, scripts):
    page = import_page(open_page, size=size, scripts=scripts)
    text = records(4_000)
    page.get_by_label("A file").set_input_files(
        {"name": "export.ris", "mimeType": "", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Import").click(no_wait_after=True)
    progress = page.locator("#import-progress li")
    expect(progress.first).to_contain_text("records read", timeout=60_000)
    # Seen while it runs: what came of it is not there yet.
    expect(page.get_by_role("heading", name="What came of it")).to_have_count(0, timeout=1)
    expect(page.get_by_role("heading", name="The import is running")).to_be_visible()
    expect(page.get_by_role("heading", name="What came of it")).to_be_visible(timeout=60_000)
    expect(progress.last).to_contain_text("4000 records read: 4000 added, 0 known, 0 not read.")
    assert progress.count() > 1
    expect(page.get_by_label("A file")).to_be_visible()
    assert Citation.objects.count() == 4_000


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_that_is_none_is_named_and_another_one_can_be_chosen(
    editor, open_page, watch, scripts
):
    watch.expect("400")
    page = import_page(open_page, scripts=scripts)
    send(page, "thesis.docx", b"PK\x03\x04 a zipped document")
    expect(page.locator(".errorlist")).to_contain_text("seems to be a compressed file")
    send(page, "export.ris", records(1))
    expect(page.get_by_role("heading", name="What came of it")).to_be_visible()


def test_files_of_every_format_are_imported_by_choosing_them(editor, open_page):
    page = import_page(open_page)
    for suffix in (".ris", ".bib", ".nbib", ".json"):
        path = next(
            path for path in sorted(CORPUS.rglob(f"*{suffix}")) if "expected" not in path.name
        )
        before = Citation.objects.count()
        page.get_by_label("A file").set_input_files(path)
        page.get_by_role("button", name="Import").click()
        expect(page.get_by_role("heading", name="What came of it")).to_be_visible()
        assert Citation.objects.count() > before, path.name
        page.goto(IMPORT)


def test_the_form_is_used_by_keyboard(editor, open_page):
    page = import_page(open_page)
    page.get_by_label("Or pasted records").focus()
    page.keyboard.insert_text(records(1))
    page.keyboard.press("Tab")
    expect(page.get_by_label("Or a DOI or PMID")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What came of it")).to_be_visible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_form_fits_its_window(editor, open_page, size):
    page = import_page(open_page, size=size)
    width = page.viewport_size["width"]
    for field in page.locator("#content textarea, #content input:not([type=hidden])").all():
        box = field.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
