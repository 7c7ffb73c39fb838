"""What is typed as a page, with its grade and what it lacks: the same as after a save, and nothing stored."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from remedies.models import EvidenceItem, RemedyConditionEntry
from tests.admin_forms import Form, add, admin_url, change
from tests.factories import make_citation, make_condition
from tests.reading import Page, words

TYPED = "Magnesium may well sing to the legs, says nobody."
CHECK = re.compile(r'SAVEPOINT|AS "_check"')
"""What forms ask of the database for each constraint, without reading a table."""
SUBJECTS = ["magnesium", "restless_legs", "legs_entry"]
TEXTS = {"magnesium": "what_it_is", "restless_legs": "overview", "legs_entry": "clinical"}


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def editor(world) -> Client:
    return world.browser_of(world.edda)


def sent(form: Form) -> dict[str, Any]:
    return {name: value for name, value in form.fields.items() if "__prefix__" not in name}


def ask(form: Form, url: str) -> dict[str, Any]:
    """As the script of the form asks."""
    response = form.browser.post(url, sent(form))
    assert response.status_code == 200, response.content
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]
    answer: dict[str, Any] = response.json()
    return answer


def typed(form: Form, subject: Any) -> dict[str, Any]:
    return ask(form, admin_url(subject, "typed"))


def lacks(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(error["field"], error["label"], error["stops"]) for error in answer["errors"]]


def everything() -> dict[str, list[Any]]:
    """Every row of the content, to see that nothing changed."""
    models = [
        model
        for app in ("remedies", "conditions", "citations", "publishing")
        for model in apps.get_app_config(app).get_models()
    ]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models
    }


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_page_holds_what_is_typed_and_nothing_is_stored(world, editor, name):
    subject = getattr(world, name)
    before = everything()
    form = change(editor, subject).fill(**{TEXTS[name]: TYPED})
    answer = typed(form, subject)
    assert answer["is_whole"]
    assert TYPED in answer["page"]
    assert "<script" not in answer["page"]
    assert "This is a draft." in Page(answer["page"]).words
    assert everything() == before
    for browser in (world.vera, editor):
        assert TYPED not in browser.get(subject.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_page_is_that_of_the_draft_after_a_save(world, editor, name):
    subject = getattr(world, name)
    form = change(editor, subject).fill(**{TEXTS[name]: TYPED})
    page = typed(form, subject)["page"]
    form.press()
    draft = editor.get(f"{subject.get_absolute_url()}?draft").content.decode()
    shown, stored = _sections(page), _sections(draft)
    assert len(shown) > 2
    assert shown == {name: stored[name] for name in shown}


def _sections(html: str) -> dict[str, str]:
    """The words of each section that editors write, by its id."""
    by_members = {"votes", "discussion", "comments", "statistics", "remedies"}
    sections = {part.get("id", ""): words(part) for part in Page(html).all("section")}
    return {name: text for name, text in sections.items() if name and name not in by_members}


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_preview_is_the_page_alone(world, editor, name):
    subject = getattr(world, name)
    form = change(editor, subject).fill(**{TEXTS[name]: TYPED})
    response = editor.post(admin_url(subject, "preview"), sent(form))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert TYPED in response.content.decode()
    form.fill(written_on="yesterday")
    response = editor.post(admin_url(subject, "preview"), sent(form))
    assert response.status_code == 409
    assert "Written on" in Page(response).words


# ---- rows --------------------------------------------------------------------------------------


def test_rows_that_are_added_changed_moved_and_deleted_show(world, editor):
    form = change(editor, world.magnesium)
    form.row("precautions", kind="caution", severity="caution", text="A new warning.", position=9)
    form.fill(**{"precautions-0-text": "A changed warning.", "precautions-1-checked": None})
    form.fill(**{"interactions-0-DELETE": "on"})
    answer = typed(form, world.magnesium)
    assert answer["is_whole"], answer["errors"]
    assert "A changed warning." in answer["page"]
    assert answer["page"].index("A changed warning.") < answer["page"].index("A new warning.")
    assert "some antibiotics" not in Page(answer["page"]).words


def test_a_row_that_is_half_typed_is_named_and_the_rest_is_checked(world, editor):
    form = change(editor, world.legs_entry).row("evidence_items", outcome="sleep")
    form.fill(verdict="It cures everybody.")
    answer = typed(form, world.legs_entry)
    assert not answer["is_whole"]
    assert answer["page"] is None
    assert answer["grade_html"] is None
    assert ("evidence_items-2-citation", "Evidence item 3, citation", "save") in lacks(answer)
    assert ("verdict", "Verdict", "publish") in lacks(answer)


def test_errors_stand_at_the_row_as_it_is_numbered_in_the_form(world, editor):
    """The last row that was added stands first by its place."""
    form = change(editor, world.legs_entry)
    stored = [(f"evidence_items-{row}-position", str(row + 5)) for row in range(2)]
    form.fill(**dict(stored)).row(
        "evidence_items",
        citation=make_citation("Bell2021").pk,
        outcome="sleep",
        direction="benefit",
        result="A little.",
        position=1,
        measure="MD",
        effect_value="1",
        effect_low="-1",
        effect_high="2",
        better="higher",
    )
    answer = typed(form, world.legs_entry)
    label = "Evidence item 1, direction"
    assert ("evidence_items-2-direction", label, "publish") in lacks(answer)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"written_on": ""}, ("written_on", "Written on", "publish")),
        ({"written_on": "never"}, ("written_on", "Written on", "save")),
        ({"verdict": ""}, ("verdict", "Verdict", "save")),
        ({"verdict": "A claim [@Nobody1999]."}, ("verdict", "Verdict", "save")),
        ({"searched_on": "2026-01-01"}, ("", "", "publish")),
        (
            {"evidence_items-0-result": ""},
            ("evidence_items-0-result", "Evidence item 1, result", "save"),
        ),
        ({"next_steps-TOTAL_FORMS": "x"}, ("next_steps-TOTAL_FORMS", "", "save")),
    ],
)
def test_what_is_missing_is_named_in_words_of_the_form(world, editor, values, expected):
    form = change(editor, world.legs_entry).fill(**values)
    answer = typed(form, world.legs_entry)
    field, label, stops = expected
    assert any(
        error[0] == field and error[1].startswith(label) and error[2] == stops
        for error in lacks(answer)
    ), lacks(answer)


def test_claims_are_named_while_they_are_typed(world, editor):
    form = change(editor, world.legs_entry)
    assert typed(form, world.legs_entry)["errors"] == []
    form.fill(clinical="In one trial, 12 of 20 people slept better.")
    answer = typed(form, world.legs_entry)
    assert ("clinical", "Clinical", "publish") in [
        (field, "Clinical", stops) for field, _label, stops in lacks(answer)
    ]
    assert "12 of 20 people" in answer["page"]


# ---- the grade ---------------------------------------------------------------------------------


def test_the_grade_follows_the_rows(world, editor):
    form = change(editor, world.legs_entry)
    before = typed(form, world.legs_entry)["grade_html"]
    form.fill(**{"evidence_items-1-risk_of_bias": "high"})
    after = typed(form, world.legs_entry)["grade_html"]
    assert "Step by step" in before
    assert "What would change it" in before
    assert before != after
    assert typed(change(editor, world.magnesium), world.magnesium)["grade_html"] == ""


# ---- new rows ----------------------------------------------------------------------------------


def test_a_new_entry_has_its_page_before_it_is_stored(world, editor):
    condition = make_condition("Migraine")
    before = RemedyConditionEntry.objects.count()
    form = add(editor, "remedies_remedyconditionentry")
    url = reverse("admin:remedies_remedyconditionentry_typed", args=["new"])
    answer = ask(form, url)
    assert answer["page"] is None
    assert {"remedy", "condition", "verdict"} <= {field for field, _label, _stops in lacks(answer)}
    form.fill(
        remedy=world.magnesium.pk,
        condition=condition.pk,
        verdict=f"It may help [@{world.trial.key}].",
        effect="benefit",
        certainty="low",
        clinical=TYPED,
        written_on="2026-11-01",
    )
    form.row(
        "evidence_items",
        citation=world.trial.pk,
        outcome="pain",
        direction="benefit",
        result="A little better.",
    )
    answer = ask(form, url)
    assert answer["is_whole"], answer["errors"]
    assert TYPED in answer["page"]
    assert "Step by step" in answer["grade_html"]
    assert RemedyConditionEntry.objects.count() == before
    assert EvidenceItem.objects.filter(outcome="pain").count() == 0


@pytest.mark.parametrize(
    ("model", "values"),
    [
        ("remedies_remedy", {"kind": "herb"}),
        ("conditions_condition", {"category": "sleep"}),
    ],
)
def test_a_new_remedy_or_condition_has_its_page_too(world, editor, model, values):
    form = add(editor, model).fill(name="Newly typed", slug="newly-typed", one_line=TYPED, **values)
    answer = ask(form, reverse(f"admin:{model}_typed", args=["new"]))
    assert answer["is_whole"], answer["errors"]
    assert "Newly typed" in answer["page"]


def test_a_row_that_is_gone_has_no_page(world, editor):
    url = reverse("admin:remedies_remedy_typed", args=["999999"])
    assert editor.post(url, {}).status_code == 404


# ---- cost --------------------------------------------------------------------------------------


def test_the_queries_of_a_live_page_grow_with_its_rows_alone(world, editor):
    counted = {}
    for number in (0, 4, 8):
        form = change(editor, world.legs_entry)
        for place in range(number):
            form.row("next_steps", text=f"Ask a pharmacist ({place}).", citations=[world.trial.pk])
        typed(form, world.legs_entry)  # what is kept of the content is kept now
        with CaptureQueriesContext(connection) as queries:
            typed(form, world.legs_entry)
        counted[number] = sum(not CHECK.search(query["sql"]) for query in queries)
    assert counted[8] - counted[4] == counted[4] - counted[0] <= 4, counted
    assert counted[0] <= 60, counted
