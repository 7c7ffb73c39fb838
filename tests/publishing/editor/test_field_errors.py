"""What keeps a draft from readers is told in the words of its form, with a link to the field."""

import pytest

from remedies.models import DoseRegimen, EvidenceItem
from tests.admin_forms import change, read_fields
from tests.factories import make_citation, make_entry
from tests.reading import Page, words


@pytest.fixture
def editor(standing_world):
    return standing_world.browser_of(standing_world.edda)


@pytest.fixture
def entry(standing_world):
    return make_entry(published=False)


def listed(page: Page) -> dict[str, str]:
    """The errors of the bar: their links by their words."""
    return {words(link): link.get("href") for link in page.by_id("checks").iter("a")}


def opened(editor, entry) -> Page:
    return Page(editor.get(change(editor, entry).url))


def test_an_error_of_a_field_names_its_label_and_leads_to_it(editor, entry):
    entry.written_on = None
    entry.save()
    errors = listed(opened(editor, entry))
    assert errors["Written on: is missing"] == "#id_written_on"


def test_an_error_of_a_row_names_the_row_and_leads_to_its_field(editor, entry):
    work = make_citation(study_type="randomised_trial")
    for result in ("Better.", "Better too."):
        EvidenceItem.objects.create(
            entry=entry,
            citation=work,
            outcome="sleep",
            direction="benefit",
            result=result,
            measure="MD",
            effect_value="-1",
            better="higher",
        )
    page = opened(editor, entry)
    targets = [target for target in listed(page).values() if target.endswith("-direction")]
    assert targets == ["#id_evidence_items-1-direction", "#id_evidence_items-2-direction"]
    label = next(text for text, to in listed(page).items() if to == targets[0])
    assert label.startswith("Evidence item 2, direction: says benefit")
    assert all(page.by_id(target.removeprefix("#")) is not None for target in targets)


def test_rows_that_make_no_document_are_named_too(editor, entry):
    work = make_citation()
    DoseRegimen.objects.create(entry=entry, form="tea\nor not", citation=work)
    errors = listed(opened(editor, entry))
    assert [to for text, to in errors.items() if text.startswith("Dose regimen 1, form")] == [
        "#id_regimens-0-form"
    ]


def test_a_section_says_how_many_errors_it_holds_and_opens(editor, entry):
    entry.precautions.all().delete()
    page = opened(editor, entry)
    section = page.by_id("section-warnings")
    assert section.get("open") is not None
    assert words(section.find("summary")).endswith("1 error")
    assert listed(page)[
        "Warnings: is empty: give precautions, or say in words that none were found"
    ]


def test_what_is_not_saved_is_named_with_its_row(editor, entry):
    form = change(editor, entry)
    form.row("regimens", form="Tea", amount="5")
    response = form.press()
    page = Page(response)
    assert read_fields(page)["regimens-0-form"] == "Tea"
    errors = listed(page)
    assert errors["Dose regimen 1, citation: This field is required."] == "#id_regimens-0-citation"
    assert page.by_id("section-doses").get("open") is not None
