"""Rows get their places by themselves, show only what fits them, and cost no query each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remedies.models import DoseRegimen, EvidenceItem, NextStep
from tests.admin_forms import change, read_fields
from tests.factories import make_citation, make_entry, make_remedy
from tests.reading import Page, words


@pytest.fixture
def editor(standing_world):
    return standing_world.browser_of(standing_world.edda)


@pytest.fixture
def entry(standing_world):
    return make_entry(published=False)


def steps(entry) -> list[str]:
    return [step.text for step in entry.next_steps.order_by("position", "pk")]


def test_new_rows_come_after_the_others_in_the_order_they_are_sent(editor, entry):
    NextStep.objects.create(entry=entry, text="First.", position=4)
    form = change(editor, entry)
    form.row("next_steps", text="Second.").row("next_steps", text="Third.").press()
    assert steps(entry) == ["First.", "Second.", "Third."]


def test_places_that_are_sent_are_kept(editor, entry):
    for number, text in enumerate(("One.", "Two.", "Three."), start=1):
        NextStep.objects.create(entry=entry, text=text, position=number)
    places = {f"next_steps-{row}-position": place for row, place in enumerate("231")}
    change(editor, entry).fill(**places).press()
    assert steps(entry) == ["Three.", "One.", "Two."]


def test_a_form_that_is_shown_again_keeps_the_order_it_was_sent_with(editor, entry):
    for number, text in enumerate(("One.", "Two."), start=1):
        NextStep.objects.create(entry=entry, text=text, position=number)
    form = change(editor, entry)
    form.fill(**{"next_steps-0-position": "2", "next_steps-1-position": "1", "verdict": ""})
    page = Page(form.press())
    rows = [row.get("data-row") for row in page.by_id("next_steps-group").iter("li")]
    assert rows[:2] == ["next_steps-1", "next_steps-0"]


def test_an_empty_row_is_at_hand_and_stores_nothing(editor, entry):
    form = change(editor, entry)
    assert form.fields["regimens-TOTAL_FORMS"] == "1"
    form.press()
    assert not entry.regimens.exists()


def test_a_row_is_one_line_of_what_matters(editor, entry):
    work = make_citation(key="Jadidi2022", study_type="randomised_trial")
    EvidenceItem.objects.create(
        entry=entry,
        citation=work,
        outcome="insomnia severity",
        direction="benefit",
        result="Better.",
        n_analysed=100,
        position=9,
    )
    page = Page(editor.get(change(editor, entry).url))
    line = words(page.by_id("evidence_items-1-row").find(".//summary"))
    assert line == "Jadidi2022: insomnia severity, better with the remedy, 100 people analysed"


def test_only_a_mineral_has_fields_for_its_element(editor, standing_world):
    for kind, fits in (("mineral", True), ("herb", False)):
        form = change(editor, make_entry(make_remedy(kind=kind), published=False))
        assert ("regimens-0-elemental_mg" in form.fields) is fits
        assert ("regimens-0-compound" in form.fields) is fits


def test_what_is_stored_in_a_field_that_does_not_fit_is_shown(editor, standing_world):
    entry = make_entry(make_remedy(kind="herb"), published=False)
    DoseRegimen.objects.create(
        entry=entry,
        form="Tablet",
        citation=make_citation(),
        amount=100,
        unit="mg",
        per="day",
        basis="salt",
        elemental_mg=20,
    )
    fields = change(editor, entry).fields
    assert fields["regimens-0-elemental_mg"] == "20.000"
    assert "regimens-0-compound" not in fields


def test_a_sentence_in_a_box_is_stored_on_one_line(editor, entry):
    change(editor, entry).fill(first_question="Does it help\r\nadults?").press()
    entry.refresh_from_db()
    assert entry.first_question == "Does it help adults?"


def test_the_typed_verdict_is_asked_for_only_where_the_rule_does_not_decide(editor, entry):
    assert {"effect", "certainty"} <= change(editor, entry).fields.keys()
    trial = make_citation(study_type="randomised_trial")
    EvidenceItem.objects.create(
        entry=entry, citation=trial, outcome="sleep", direction="benefit", result="Better."
    )
    form = change(editor, entry)
    assert not {"effect", "certainty"} & form.fields.keys()
    page = Page(editor.get(form.url))
    assert "Very low certainty" in words(page.by_id("section-grade"))
    form.fill(verdict="We do not know whether it helps.").press()
    entry.refresh_from_db()
    assert (entry.effect, entry.certainty) == ("unknown", "very_low")


def test_a_typed_verdict_that_contradicts_itself_can_be_corrected(editor, entry):
    entry.evidence_items.update(citation=make_citation(study_type="randomised_trial"))
    entry.effect, entry.certainty = "benefit", "no_studies"
    entry.save()
    assert {"effect", "certainty"} <= change(editor, entry).fields.keys()


def test_the_form_needs_as_many_queries_for_twenty_rows_as_for_two(editor, entry):
    counts = []
    for rows in (2, 20):
        while entry.evidence_items.count() < rows:
            work = make_citation(study_type="randomised_trial")
            item = EvidenceItem.objects.create(
                entry=entry, citation=work, outcome="sleep", direction="benefit", result="Better."
            )
            item.reviews.add(make_citation(study_type="meta_analysis"))
            step = NextStep.objects.create(entry=entry, text="Ask.")
            step.citations.add(work)
            entry.precautions.create(kind="caution", severity="note", text="Ask.", checked=False)
        url = change(editor, entry).url
        with CaptureQueriesContext(connection) as queries:
            editor.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 75


def test_saving_keeps_the_choices_of_every_row(editor, entry):
    item = entry.evidence_items.get()
    review = make_citation(study_type="meta_analysis")
    item.reviews.add(review)
    fields = read_fields(Page(editor.get(change(editor, entry).url)))
    assert fields["evidence_items-0-reviews"] == [str(review.pk)]
    change(editor, entry).press()
    assert list(item.reviews.all()) == [review]
