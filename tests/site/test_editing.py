"""Editors never overwrite each other: a save meanwhile is shown with both texts, and nothing is lost."""

from datetime import datetime
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from citations.models import Citation
from conditions.models import Condition
from publishing.models import Redirect
from remedies.models import Circumstance, EntryVote, Remedy, RemedyConditionEntry
from remedies_site.editing import conflicts
from remedies_site.editing.admin import STATE_FIELD
from remedies_site.editing.site import EditorsSite, GuardedAdmin
from remedies_site.editing.states import decode, encode
from tests.admin_forms import Form, admin_url, change, messages_of, read_fields
from tests.factories import make_condition, make_entry, make_user
from tests.reading import Page, words
from tests.threads import all_at_once

HEADING = "Somebody else saved this while you were writing"


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def first(world) -> Client:
    return world.browser_of(world.edda)


@pytest.fixture
def second(world) -> Client:
    return world.browser_of(make_user("editor", name="Emil"))


@pytest.fixture
def root(admin_user) -> Client:
    browser = Client()
    browser.force_login(admin_user)
    return browser


def shown_again(form: Form, response) -> Form:
    """The form on the page that a save was answered with."""
    return Form(form.browser, form.url, read_fields(Page(response)))


def rejected(form: Form, button: str = "_save") -> tuple[Page, Form]:
    """The page and the form that a save is rejected with."""
    response = form.press(button)
    assert response.status_code == 409
    assert response["Cache-Control"].count("no-store") == 1
    page = Page(response)
    return page, Form(form.browser, form.url, read_fields(page))


# ---- one row -----------------------------------------------------------------------------------


def test_editors_of_different_fields_both_keep_their_text(world, first, second):
    forms = [change(browser, world.legs_entry) for browser in (first, second)]
    assert forms[0].fill(dosing="Studies used it at night.").press().status_code == 200
    page, again = rejected(forms[1].fill(clinical="One trial is new [@Moss2021]."))
    world.legs_entry.refresh_from_db()
    assert world.legs_entry.dosing == "Studies used it at night."
    assert world.legs_entry.clinical != "One trial is new [@Moss2021]."
    assert HEADING in page.words
    assert "edda saved it (" in page.words
    assert "Studies used it at night." in page.words
    assert again.fields["clinical"] == "One trial is new [@Moss2021]."
    assert again.press().status_code == 200
    world.legs_entry.refresh_from_db()
    assert world.legs_entry.dosing == "Studies used it at night."
    assert world.legs_entry.clinical == "One trial is new [@Moss2021]."


def test_editors_of_one_field_see_both_texts_and_their_difference(world, first, second):
    forms = [change(browser, world.magnesium) for browser in (first, second)]
    forms[0].fill(one_line="A mineral that nerves need.").press()
    page, again = rejected(forms[1].fill(one_line="A mineral that bones need."))
    shown = words(page.one("section", class_="conflict"))
    assert "You both changed this. The form below holds yours." in shown
    assert "A mineral that nerves need." in shown
    assert "A mineral that bones need." in shown
    assert words(page.one("del")).endswith("nerves")
    assert words(page.one("ins")).endswith("bones")
    assert words(page.one("section", class_="conflict").find("h3")) == "In one line"
    assert again.fields["one_line"] == "A mineral that bones need."
    take_theirs = next(link for link in page.all("a") if words(link).startswith("Take theirs"))
    opened = Form.open(second, take_theirs.get("href"))
    assert opened.fields["one_line"] == "A mineral that nerves need."
    assert again.press().status_code == 200
    world.magnesium.refresh_from_db()
    assert world.magnesium.one_line == "A mineral that bones need."


def test_the_form_shown_again_is_rejected_where_somebody_saves_once_more(world, first, second):
    form = change(second, world.magnesium).fill(one_line="Mine.")
    change(first, world.magnesium).fill(one_line="Theirs.").press()
    _page, again = rejected(form)
    change(first, world.magnesium).fill(one_line="Theirs, once more.").press()
    page, again = rejected(again)
    assert "Theirs, once more." in page.words
    assert again.press().status_code == 200


def test_a_form_with_an_error_is_still_compared(world, first, second):
    form = change(second, world.magnesium).fill(what_it_is="It is [@NoSuchWork2020].")
    form = shown_again(form, form.press())
    change(first, world.magnesium).fill(one_line="Theirs.").press()
    page, again = rejected(form)
    assert "No citation has the key NoSuchWork2020." in messages_of(form.press())
    assert "Theirs." in page.words
    assert again.fields["what_it_is"] == "It is [@NoSuchWork2020]."


@pytest.mark.parametrize(
    "button", ["_save", "_continue", "_addanother", "_publish", "_submit_review"]
)
def test_no_button_passes_and_keeping_mine_presses_the_same(world, first, second, button):
    draft = make_condition("Hiccups", published=False)
    form = change(second, draft).fill(overview="Mine.")
    change(first, draft).fill(overview="Theirs.").press()
    page, _again = rejected(form, button)
    draft.refresh_from_db()
    assert (draft.overview, draft.published_at) == ("Theirs.", None)
    keep = page.one("input", value="Keep mine: save the form below")
    assert keep.get("name") == button


def test_the_same_change_by_both_is_no_conflict(world, first, second):
    forms = [change(browser, world.magnesium) for browser in (first, second)]
    for form in forms:
        assert form.fill(one_line="A mineral.").press().status_code == 200


def test_votes_grades_and_publishing_are_no_conflict(world, first, second):
    form = change(second, world.legs_entry).fill(clinical="Newly written.")
    EntryVote.objects.create(voter=world.mara, entry=world.legs_entry, value=1)
    RemedyConditionEntry.objects.update(up_count=1)
    change(first, world.legs_entry).fill(change_note="Read again").press("_publish")
    assert form.press().status_code == 200


@pytest.mark.parametrize("state", ["", "[]", "null", "[1,{}]", '[1,{"":[[],{"1":"x"}]}]', "\x00"])
def test_a_form_that_does_not_say_when_it_was_opened_overwrites_nothing(world, second, state):
    form = change(second, world.magnesium).fill(one_line="Mine.", **{STATE_FIELD: state})
    page, again = rejected(form)
    assert "A mineral that nerves and muscles need." in page.words
    assert again.fields["one_line"] == "Mine."
    assert again.press().status_code == 200


def test_a_draft_that_was_deleted_meanwhile_is_stored_as_a_new_one(world, root, second):
    draft = make_entry(world.magnesium, make_condition("Hiccups"), published=False)
    form = change(second, draft).fill(clinical="Mine.")
    root.post(admin_url(draft, "delete"), {"post": "yes"})
    page, again = rejected(form)
    assert "Somebody deleted this while you were writing." in page.words
    again.url = page.by_id("remedyconditionentry_form").get("action")
    assert "was added successfully" in messages_of(again.press())
    entry = RemedyConditionEntry.objects.get(condition__name="Hiccups")
    assert entry.clinical == "Mine."
    assert entry.precautions.count() == 1


# ---- rows of inlines ---------------------------------------------------------------------------


def test_a_row_that_somebody_else_changed_is_kept(world, first, second):
    form = change(second, world.legs_entry).fill(clinical="Mine.")
    change(first, world.legs_entry).fill(**{"regimens-0-amount": "500"}).press()
    page, again = rejected(form)
    assert "500" in words(page.one("section", class_="conflict"))
    assert again.fields["regimens-0-amount"] == "500.000"
    assert again.press().status_code == 200
    assert world.legs_entry.regimens.get().amount == 500


def test_two_fields_of_one_row_are_both_kept(world, first, second):
    form = change(second, world.legs_entry).fill(**{"regimens-0-timing": "at night"})
    change(first, world.legs_entry).fill(**{"regimens-0-amount": "500"}).press()
    _page, again = rejected(form)
    assert again.press().status_code == 200
    row = world.legs_entry.regimens.get()
    assert (row.amount, row.timing) == (500, "at night")


def test_the_works_of_a_row_are_named(world, first, second):
    prefix = "precautions-0"
    form = change(second, world.legs_entry).fill(**{f"{prefix}-text": "Mine."})
    works = [world.review.pk, world.trial.pk]
    change(first, world.legs_entry).fill(**{f"{prefix}-citations": works}).press()
    page, again = rejected(form)
    assert str(world.review) in words(page.one("section", class_="conflict"))
    assert sorted(again.fields[f"{prefix}-citations"]) == sorted(map(str, works))
    assert again.press().status_code == 200
    row = world.legs_entry.precautions.get()
    assert (row.text, row.citations.count()) == ("Mine.", 2)


def test_a_row_that_somebody_else_added_is_kept_beside_the_own_new_one(world, first, second):
    row = {"kind": "caution", "severity": "caution", "checked": None}
    form = change(second, world.legs_entry).row("precautions", text="My caution.", **row)
    change(first, world.legs_entry).row("precautions", text="Their caution.", **row).press()
    page, again = rejected(form)
    assert "Their caution." in words(page.one("section", class_="conflict"))
    assert again.press().status_code == 200
    texts = set(world.legs_entry.precautions.values_list("text", flat=True))
    assert texts > {"My caution.", "Their caution."}
    assert len(texts) == 3


def test_a_form_sent_twice_adds_its_row_once(world, second):
    form = change(second, world.legs_entry)
    form.row("precautions", kind="caution", severity="caution", checked=None, text="Once.")
    assert form.press().status_code == 200
    rejected(form)
    assert world.legs_entry.precautions.filter(text="Once.").count() == 1


def test_a_row_that_somebody_else_deleted_stays_deleted(world, first, second):
    form = change(second, world.magnesium).fill(one_line="Mine.")
    interaction = world.magnesium.interactions.first()
    count = world.magnesium.interactions.count()
    change(first, world.magnesium).fill(**{"interactions-0-DELETE": "on"}).press()
    page, again = rejected(form)
    assert interaction.substance in words(page.one("section", class_="conflict"))
    assert "(deleted)" in page.words
    assert again.press().status_code == 200
    assert world.magnesium.interactions.count() == count - 1


def test_a_row_that_one_changed_and_the_other_deleted_is_kept_as_a_new_one(world, first, second):
    form = change(second, world.magnesium).fill(**{"interactions-0-effect": "Mine."})
    count = world.magnesium.interactions.count()
    change(first, world.magnesium).fill(**{"interactions-0-DELETE": "on"}).press()
    page, again = rejected(form)
    assert "You both changed this." in page.words
    assert again.press().status_code == 200
    assert world.magnesium.interactions.filter(effect="Mine.").count() == 1
    assert world.magnesium.interactions.count() == count


def test_a_row_that_one_deletes_and_the_other_changed_is_asked_about(world, first, second):
    form = change(second, world.magnesium).fill(**{"interactions-0-DELETE": "on"})
    change(first, world.magnesium).fill(**{"interactions-0-effect": "Theirs."}).press()
    page, again = rejected(form)
    assert "(to be deleted)" in page.words
    assert "Theirs." in page.words
    assert again.fields["interactions-0-DELETE"] == "on"
    assert again.press().status_code == 200
    assert not world.magnesium.interactions.filter(effect="Theirs.").exists()


# ---- every form of the admin -------------------------------------------------------------------

EDITED = {
    Remedy: "one_line",
    RemedyConditionEntry: "verdict",
    Condition: "one_line",
    Citation: "title",
    Circumstance: "name",
    Redirect: "target",
    User: "name",
    Group: "name",
    EmailAddress: "email",
}
"""Every model that somebody can change in the admin, and a text of it."""


def can_be_changed(model_admin: admin.ModelAdmin, user: User) -> bool:
    request = RequestFactory().get("/")
    request.user = user
    return model_admin.has_change_permission(request)


def test_every_form_of_the_admin_is_guarded(admin_user):
    registered = admin.site._registry
    assert all(isinstance(each, GuardedAdmin) for each in registered.values())
    changeable = {model for model, each in registered.items() if can_be_changed(each, admin_user)}
    assert changeable == set(EDITED)


@pytest.mark.parametrize("model", EDITED)
def test_no_form_of_the_admin_overwrites(world, root, model):
    name = EDITED[model]
    Redirect.objects.create(path="/remedies/old/", target="/remedies/magnesium/")
    Circumstance.objects.get_or_create(slug="tea", kind="substance", name="tea", members="tea")
    row = model.objects.exclude(pk=1 if model is User else 0).first()
    texts = {
        "target": "/remedies/new/",
        "email": "new@example.org",
        "verdict": "We do not know: no.",
    }
    other = texts.get(name, "Anew")
    forms = [change(root, row) for _tab in range(2)]
    assert "was changed successfully" in messages_of(forms[0].fill(**{name: other}).press())
    page, again = rejected(forms[1])
    assert other in words(page.one("section", class_="conflict"))
    assert again.fields[name] == other
    row.refresh_from_db()
    assert getattr(row, name) == other
    assert again.press().status_code == 200


def test_rows_that_are_edited_in_a_list_are_refused():
    class InAList(admin.ModelAdmin):
        list_display = ("path", "target")
        list_editable = ("target",)

    with pytest.raises(ImproperlyConfigured, match="InAList: list_editable"):
        EditorsSite().register(Redirect, InAList)


def test_the_state_of_a_form_is_read_as_it_was_written(world, first):
    text = change(first, world.legs_entry).fields[STATE_FIELD]
    state = decode(text)
    assert encode(state) == text
    assert str(world.legs_entry.regimens.get().pk) in state.rows["regimens"]
    assert "We do not know" not in text


def test_a_field_of_several_inputs_is_written_as_a_browser_sends_it():
    class Dated(forms.Form):
        at = forms.SplitDateTimeField()

    data = QueryDict(mutable=True)
    conflicts._put(data, "at", Dated(initial={"at": datetime(2026, 1, 2, 3, 4)})["at"])
    assert data.dict() == {"at_0": "2026-01-02", "at_1": "03:04:00"}


# ---- at once, and many rows --------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_passes():
    condition = make_condition("Hiccups")
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(make_user("editor"))
    for turn in range(3):
        forms = [change(browser, condition) for browser in browsers]
        for number, form in enumerate(forms):
            form.fill(overview=f"Overview {turn} by {number}.")
        responses = all_at_once([partial(form.press, "_continue") for form in forms])
        assert sorted(each.status_code for each in responses) == [200, 409]
        passed = next(n for n, each in enumerate(responses) if each.status_code == 200)
        condition.refresh_from_db()
        assert condition.overview == f"Overview {turn} by {passed}."
        lost = responses[1 - passed].content.decode()
        assert f"Overview {turn} by 0." in lost
        assert f"Overview {turn} by 1." in lost


def test_an_entry_with_250_evidence_rows_is_saved_and_one_with_330_gets_a_sentence(world, first):
    assert evidence_saved(world, first, 250).status_code == 200
    assert world.legs_entry.evidence_items.count() >= 250
    response = evidence_saved(world, first, 330)
    assert response.status_code == 413
    assert "more than" in response.content.decode()
    assert world.legs_entry.evidence_items.count() < 330


def evidence_saved(world, first, rows):
    form = change(first, world.legs_entry)
    for number in range(rows):
        form.row(
            "evidence_items",
            position=str(number),
            citation=str(world.trial.pk),
            role="context",
            outcome="sleep",
            direction="none",
            result=f"Result number {number}.",
        )
    return form.press()


def test_a_form_with_too_many_fields_is_answered_in_words(world, first, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    response = change(first, world.legs_entry).fill(clinical="Mine.").press()
    assert response.status_code == 413
    assert "has more fields than the site takes in one go" in Page(response).words
    assert "what you wrote is still in it" in Page(response).words


def test_every_form_of_the_admin_shows_each_of_its_fields(admin_client):
    forms = 0
    for model in admin.site._registry:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        response = admin_client.get(url)
        if response.status_code == 403:
            continue
        forms += 1
        html = response.content.decode()
        fields = response.context["adminform"].form.fields
        assert [name for name in fields if f'name="{name}' not in html] == [], url
    assert forms > 8
