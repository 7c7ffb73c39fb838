"""The form of a new work is filled in by its number; a work of the library is chosen and not made twice."""

import json

import pytest
from django.test import Client

from citations.importing import prefill
from citations.importing.lookup import LookupFailed
from citations.importing.records import RecordFields, build
from citations.models import Citation
from tests.admin_forms import Form
from tests.factories import make_citation, make_user
from tests.reading import Page

ADD = "/admin/citations/citation/add/"
NUMBER = "10.1000/known"

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    browser = Client()
    browser.force_login(make_user("editor"))
    return browser


@pytest.fixture(autouse=True)
def _register(monkeypatch):
    """A register that knows one work."""

    def look_up(number: str):
        if number != NUMBER:
            raise LookupFailed(f"The register knows no work with the number {number}.")
        fields = RecordFields(title="A known work", date="2021", dois=[NUMBER])
        return build(1, "known", fields)

    monkeypatch.setattr(prefill, "look_up", look_up)


def test_a_number_fills_the_form_in_and_stores_nothing(editor):
    form = Form.open(editor, f"{ADD}?number={NUMBER}")
    assert form.fields["title"] == "A known work"
    assert form.fields["doi"] == NUMBER
    assert form.fields["key"].endswith("2021")
    assert not Citation.objects.exists()
    form.fill(study_type="randomised_trial").press()
    assert Citation.objects.get().study_type == "randomised_trial"


def test_a_work_that_the_library_has_is_shown(editor):
    work = make_citation(doi=NUMBER)
    response = editor.get(f"{ADD}?number={NUMBER}", follow=True)
    assert response.redirect_chain[-1][0].endswith(f"/{work.pk}/change/")
    assert work.key in Page(response).words


def test_in_a_popup_a_work_that_the_library_has_is_chosen(editor):
    work = make_citation(doi=NUMBER)
    response = editor.get(f"{ADD}?number={NUMBER}&_popup=1&_to_field=id")
    chosen = json.loads(
        Page(response).by_id("django-admin-popup-response-constants").get("data-popup-response")
    )
    assert chosen["value"] == str(work.pk)


def test_a_number_that_nobody_knows_leaves_the_form_with_a_message(editor):
    page = Page(editor.get(f"{ADD}?number=10.1000/nobody"))
    assert "knows no work with the number" in page.words
    assert page.by_id("lookup-number").get("value") == "10.1000/nobody"
    assert page.by_id("id_title").get("value") in (None, "")


def test_who_may_not_add_works_asks_no_register(monkeypatch, client):
    monkeypatch.setattr(prefill, "look_up", lambda number: pytest.fail(number))
    client.force_login(make_user("moderator"))
    assert client.get(f"{ADD}?number={NUMBER}").status_code == 403
