"""What the admin keeps, publishes, rejects and never deletes."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conditions.models import Condition
from publishing.models import Redirect
from remedies.models import Precaution
from remedies.services import withdraw_entry
from tests.admin_forms import add, admin_url, change, messages_of
from tests.factories import make_condition, make_entry, make_user
from tests.reading import Page, words
from tests.surfaces import addresses_of, named_patterns

LEGS = "/remedies/magnesium/restless-legs-syndrome/"
PARTS = ["magnesium", "restless_legs", "legs_entry"]


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def editor(world) -> Client:
    return world.browser_of(world.edda)


def page_text(world, url=LEGS) -> str:
    return Page(world.vera.get(url)).words


# ---- saving and publishing ---------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_what_readers_see_changes_by_publishing_alone(world, editor, part):
    subject = getattr(world, part)
    field = {"magnesium": "what_it_is", "restless_legs": "overview", "legs_entry": "clinical"}[part]
    form = change(editor, subject).fill(**{field: "Newly told."}, change_note="Told anew")
    assert "Published" not in messages_of(form.press())
    assert "Newly told." not in page_text(world, subject.get_absolute_url())
    kept = change(editor, subject)
    assert kept.fields["change_note"] == "Told anew"
    assert "Published as revision 2." in messages_of(kept.press("_publish"))
    assert "Newly told." in page_text(world, subject.get_absolute_url())
    revision = subject.revisions.first()
    assert (revision.kind, revision.note, revision.author) == ("update", "Told anew", world.edda)


@pytest.mark.parametrize("part", PARTS)
def test_publishing_without_a_change_makes_no_revision(world, editor, part):
    subject = getattr(world, part)
    response = change(editor, subject).press("_publish")
    assert "was changed successfully" in messages_of(response)
    assert "Published" not in messages_of(response)
    assert subject.revisions.count() == 1


def test_saving_again_keeps_every_row_as_it_was(world, editor):
    """A form that is opened and sent loses nothing: documents before and after are one."""
    for part in PARTS:
        subject = getattr(world, part)
        before = subject.current_revision.document
        field = "review_due"
        change(editor, subject).fill(**{field: "2030-01-01"}).press("_publish")
        subject.refresh_from_db()
        assert subject.current_revision.document == before | {field: "2030-01-01"}


def test_a_correction_is_recorded_as_one(world, editor):
    change(editor, world.legs_entry).fill(
        dosing="Studies used it at night.", change_note="The dose was misread", is_correction="on"
    ).press("_publish")
    revision = world.legs_entry.revisions.first()
    assert (revision.kind, revision.note) == ("correction", "The dose was misread")


def test_a_changed_row_alone_publishes_too(world, editor):
    prefix = "regimens-0"
    form = change(editor, world.legs_entry).fill(**{f"{prefix}-amount": "500"})
    response = form.press("_publish")
    assert "Published as revision 2." in messages_of(response)
    assert "500 mg a day" in page_text(world)
    assert world.legs_entry.revisions.first().author == world.edda


def test_a_row_is_taken_out(world, editor):
    form = change(editor, world.legs_entry).fill(**{"regimens-0-DELETE": "on"})
    response = form.press("_publish")
    assert "Published as revision 2." in messages_of(response)
    assert "250 mg" not in page_text(world)


def test_save_keeps_a_draft_and_save_and_publish_shows_it(world, editor):
    entry = make_entry(world.magnesium, make_condition("Hiccups"), published=False)
    form = change(editor, entry).fill(verdict="We do not know: it does nothing [@Moss2021].")
    assert "Published" not in messages_of(form.press())
    assert world.vera.get(entry.get_absolute_url()).status_code == 404
    assert "Published as revision 1." in messages_of(change(editor, entry).press("_publish"))
    assert "it does nothing" in page_text(world, entry.get_absolute_url())


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother", "_submit_review"])
def test_no_button_but_publish_publishes(world, editor, button):
    response = change(editor, world.legs_entry).fill(dosing="Newly told.").press(button)
    assert response.status_code == 200
    assert "Newly told." not in page_text(world)
    world.legs_entry.refresh_from_db()
    assert world.legs_entry.dosing == "Newly told."


@pytest.mark.parametrize("button", ["_save", "_publish"])
def test_the_form_stays_open_after_its_buttons(world, editor, button):
    response = change(editor, world.legs_entry).fill(dosing="Newly told.").press(button)
    assert response.request["PATH_INFO"] == admin_url(world.legs_entry)


# ---- rejected ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["verdict", "dosing", "warnings", "evidence", "mechanism"])
def test_an_unknown_citation_key_is_rejected_with_the_text_kept(world, editor, name):
    text = "It helps a lot [@NoSuchWork2020; @Moss2021]."
    response = change(editor, world.legs_entry).fill(**{name: text}).press()
    assert "No citation has the key NoSuchWork2020." in messages_of(response)
    assert text in response.content.decode()
    assert "It helps a lot" not in page_text(world)
    world.legs_entry.refresh_from_db()
    assert getattr(world.legs_entry, name) != text


@pytest.mark.parametrize(
    ("part", "name"), [("magnesium", "what_it_is"), ("restless_legs", "overview")]
)
def test_an_unknown_key_is_rejected_for_remedies_and_conditions(world, editor, part, name):
    subject = getattr(world, part)
    response = change(editor, subject).fill(**{name: "It is [@NoSuchWork2020]."}).press()
    assert "No citation has the key NoSuchWork2020." in messages_of(response)
    assert "NoSuchWork2020" not in world.vera.get(subject.get_absolute_url()).content.decode()


ROWS = [
    ("legs_entry", "precautions", {"kind": "caution", "severity": "caution"}, "text"),
    ("magnesium", "precautions", {"kind": "caution", "severity": "caution"}, "text"),
    (
        "magnesium",
        "interactions",
        {"substance": "tea", "effect": "Less.", "severity": "minor", "action": "know"},
        "advice",
    ),
    ("restless_legs", "red_flags", {}, "text"),
]


@pytest.mark.parametrize(("part", "prefix", "values", "text"), ROWS)
def test_an_unchecked_caution_with_a_figure_is_rejected(world, editor, part, prefix, values, text):
    form = change(editor, getattr(world, part))
    for figure in ("Wait 2 hours.", "Wait ٢ hours.", "Wait ½ hour."):
        form.row(prefix, checked=None, **values, **{text: figure})
    response = form.press()
    assert messages_of(response).count("A caution that nobody checked must hold no figures.") == 3
    assert "Wait ½ hour." in response.content.decode()
    assert "Wait" not in page_text(world)


@pytest.mark.parametrize(("part", "prefix", "values", "text"), ROWS)
def test_a_checked_caution_without_a_source_is_rejected(world, editor, part, prefix, values, text):
    form = change(editor, getattr(world, part))
    form.row(prefix, checked="on", **values, **{text: "Wait two hours."})
    assert "Name a source, or switch “checked” off." in messages_of(form.press())


@pytest.mark.parametrize(("part", "prefix", "values", "text"), ROWS)
def test_an_unchecked_caution_without_a_figure_is_published(
    world, editor, part, prefix, values, text
):
    form = change(editor, getattr(world, part))
    form.row(prefix, checked=None, **values, **{text: "Wait some hours."})
    assert "Published as revision 2." in messages_of(form.press("_publish"))
    assert "Wait some hours." in page_text(world)


def test_a_stop_needs_the_words_of_its_box(world, editor):
    form = change(editor, world.legs_entry)
    form.row("precautions", kind="caution", severity="stop", text="No.", checked=None)
    assert "A stop needs the words after “if”." in messages_of(form.press())


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"amount": "5", "unit": "mg", "per": "day"}, "belong together"),
        ({"amount": "5", "basis": "salt"}, "belong together"),
        (
            {"amount": "5", "amount_max": "5", "unit": "mg", "per": "day", "basis": "salt"},
            "must be above its beginning",
        ),
        ({"elemental_mg": "5"}, "belong together"),
        ({"amount": "-1", "unit": "mg", "per": "day", "basis": "salt"}, ""),
    ],
)
def test_a_dose_that_makes_no_sense_is_rejected(world, editor, values, sentence):
    form = change(editor, world.legs_entry)
    form.row("regimens", form="oxide", citation=world.trial.pk, **values)
    response = form.press()
    assert sentence in messages_of(response)
    assert messages_of(response)
    assert world.legs_entry.regimens.count() == 1


def test_a_second_entry_for_a_pair_is_rejected(world, editor):
    form = add(editor, "remedies_remedyconditionentry").fill(
        remedy=world.magnesium.pk,
        condition=world.restless_legs.pk,
        verdict="Once more.",
        effect="unknown",
        certainty="very_low",
    )
    assert "There is an entry for this pair already." in messages_of(form.press())


@pytest.mark.parametrize("slug", ["Two Words", "UPPER", "a--b", "-a", "a_b"])
def test_a_slug_that_is_none_is_rejected(world, editor, slug):
    form = add(editor, "conditions_condition").fill(
        name="Anything", slug=slug, category="other", one_line="Anything."
    )
    assert form.press().context["errors"]
    assert not Condition.objects.filter(name="Anything").exists()


# ---- what is not ready -------------------------------------------------------------------------


def test_what_is_not_ready_is_kept_as_a_draft_and_readers_keep_the_old(world, editor):
    form = change(editor, world.legs_entry).fill(
        **{"precautions-0-DELETE": "on"}, verdict="Rewritten [@Moss2021]."
    )
    messages = messages_of(form.press("_publish"))
    assert "Saved as a draft, not published: warnings: is empty" in messages
    assert "Rewritten" not in page_text(world)
    world.legs_entry.refresh_from_db()
    assert world.legs_entry.verdict == "Rewritten [@Moss2021]."
    assert world.legs_entry.revisions.count() == 1
    assert "Rewritten" in Page(editor.get(f"{LEGS}?draft")).words


def test_every_error_is_named_at_once(world, editor):
    entry = make_entry(
        world.magnesium,
        make_condition("Hiccups"),
        published=False,
        effect="benefit",
        certainty="no_studies",
        written_on=None,
    )
    Precaution.objects.filter(entry=entry).delete()
    messages = messages_of(change(editor, entry).press("_publish"))
    assert all(field in messages for field in ("warnings:", "effect:", "written_on:"))
    assert world.vera.get(entry.get_absolute_url()).status_code == 404


# ---- two people --------------------------------------------------------------------------------


@pytest.fixture
def two_people(settings):
    settings.REVIEW = "two"


@pytest.mark.usefixtures("two_people")
def test_with_two_people_an_editor_s_change_waits(world, editor):
    form = change(editor, world.legs_entry).fill(clinical="Newly told.")
    assert "Saved as a draft, not published" in messages_of(form.press("_publish"))
    assert "Newly told." not in page_text(world)


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("note", ["", "Read and found right"])
def test_a_second_person_publishes_it_with_or_without_a_note(world, editor, note):
    change(editor, world.legs_entry).fill(clinical="Newly told.").press()
    publisher = make_user("publisher", name="paula")
    browser = world.browser_of(publisher)
    messages = messages_of(
        change(browser, world.legs_entry).fill(change_note=note).press("_publish")
    )
    assert "Published as revision 2." in messages
    assert "Newly told." in page_text(world)
    revision = world.legs_entry.revisions.first()
    assert (revision.author, revision.approver) == (world.edda, publisher)
    assert revision.note == note


@pytest.mark.usefixtures("two_people")
def test_a_second_person_who_edits_needs_a_third(world, editor):
    change(editor, world.legs_entry).fill(clinical="Newly told.").press()
    browser = world.browser_of(make_user("publisher"))
    messages = messages_of(
        change(browser, world.legs_entry).fill(clinical="Told otherwise.").press("_publish")
    )
    assert "Saved as a draft, not published" in messages
    assert "Told" not in page_text(world)


@pytest.mark.usefixtures("two_people")
def test_a_changed_row_counts_as_an_edit(world, editor):
    change(editor, world.legs_entry).fill(**{"regimens-0-amount": "500"}).press()
    world.legs_entry.refresh_from_db()
    assert world.legs_entry.edited_by == world.edda
    assert "500 mg" not in page_text(world)


# ---- withdrawing and renaming ------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_withdrawing_asks_for_the_reason_that_readers_get(world, editor, part):
    subject = getattr(world, part)
    url = admin_url(subject, "withdraw")
    assert "Reason that readers see" in Page(editor.get(url)).words
    response = editor.post(url, {"reason": "The dose was wrong."}, follow=True)
    assert "Withdrawn. Readers now see the reason." in messages_of(response)
    gone = world.vera.get(subject.get_absolute_url())
    assert gone.status_code == 410
    assert "The dose was wrong." in Page(gone).words
    assert "Withdrawn: The dose was wrong." in Page(editor.get(admin_url(subject))).words


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_withdrawing_without_a_reason_is_rejected(world, editor, reason):
    response = editor.post(admin_url(world.legs_entry, "withdraw"), {"reason": reason})
    assert response.status_code == 400
    assert "readers are told why" in Page(response).words
    assert world.vera.get(LEGS).status_code == 200


def test_withdrawing_twice_is_rejected(world, editor):
    withdraw_entry(world.legs_entry, by=None, reason="The dose was wrong.")
    response = editor.post(admin_url(world.legs_entry, "withdraw"), {"reason": "Again."})
    assert response.status_code == 400
    assert "The dose was wrong." in page_text(world)


def test_looking_at_the_withdrawal_form_withdraws_nothing(world, editor):
    editor.get(admin_url(world.legs_entry, "withdraw"), {"reason": "By a link."})
    assert world.vera.get(LEGS).status_code == 200


def test_saving_a_withdrawn_page_leaves_it_withdrawn(world, editor):
    withdraw_entry(world.legs_entry, by=None, reason="The dose was wrong.")
    change(editor, world.legs_entry).fill(clinical="Mended.").press()
    assert world.vera.get(LEGS).status_code == 410
    assert "Published as revision 3." in messages_of(
        change(editor, world.legs_entry).press("_publish")
    )
    assert "Mended." in page_text(world)


@pytest.mark.parametrize("part", ["magnesium", "restless_legs"])
def test_a_new_slug_redirects_the_old_one(world, editor, part):
    subject = getattr(world, part)
    old = subject.get_absolute_url()
    form = change(editor, subject).fill(slug="renamed", one_line="Also retold.")
    response = form.press("_publish")
    assert "was changed successfully" in messages_of(response)
    moved = world.vera.get(old, follow=True)
    assert moved.redirect_chain == [(old.replace(subject.slug, "renamed"), 301)]
    assert "Also retold." in Page(moved).words


def test_a_draft_that_is_renamed_leaves_nothing(world, editor):
    draft = make_condition("Hiccups", published=False)
    change(editor, draft).fill(slug="renamed").press()
    assert not Redirect.objects.exists()
    draft.refresh_from_db()
    assert draft.slug == "renamed"


# ---- deleting ----------------------------------------------------------------------------------


@pytest.fixture
def superuser(world, admin_user) -> Client:
    return world.browser_of(admin_user)


@pytest.mark.parametrize("part", PARTS)
def test_nobody_deletes_what_was_published(world, superuser, part):
    subject = getattr(world, part)
    url = admin_url(subject, "delete")
    assert superuser.get(url).status_code == 403
    assert superuser.post(url, {"post": "yes"}).status_code == 403
    assert type(subject).objects.filter(pk=subject.pk).exists()


@pytest.mark.parametrize("part", PARTS)
def test_nobody_deletes_what_was_published_by_the_list_s_action(world, superuser, part):
    subject = getattr(world, part)
    url = admin_url(subject).partition(f"{subject.pk}/")[0]
    sent = {"action": "delete_selected", "_selected_action": [subject.pk], "post": "yes"}
    superuser.post(url, sent, follow=True)
    assert type(subject).objects.filter(pk=subject.pk).exists()
    assert world.vera.get(subject.get_absolute_url()).status_code == 200


def test_a_work_that_is_cited_is_not_deleted(world, superuser):
    superuser.post(admin_url(world.trial, "delete"), {"post": "yes"}, follow=True)
    world.trial.refresh_from_db()
    assert "A trial of magnesium" in page_text(world)


def test_a_superuser_deletes_a_draft(world, superuser):
    draft = make_condition("Hiccups", published=False)
    superuser.post(admin_url(draft, "delete"), {"post": "yes"})
    assert not Condition.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("part", PARTS)
def test_revisions_are_looked_at_and_never_touched(world, superuser, part):
    revision = getattr(world, part).current_revision
    page = superuser.get(admin_url(revision))
    assert page.status_code == 200
    assert not Page(page).all("input", name="_save")
    assert superuser.post(admin_url(revision), {"note": "Rewritten"}).status_code == 403
    assert superuser.post(admin_url(revision, "delete"), {"post": "yes"}).status_code == 403
    revision.refresh_from_db()
    assert revision.note == ""


# ---- finding and looking -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "query"),
    [
        ("conditions/condition", "?q=willis&state=published&category=other"),
        ("remedies/remedy", "?q=magnesia&kind=mineral"),
        ("remedies/remedyconditionentry", "?q=restless&effect=benefit&certainty=low"),
        ("citations/citation", "?q=Ahlberg&study_type=randomised_trial&year=2020"),
        ("remedies/entryrevision", "?q=restless&kind=first"),
        ("remedies/remedyrevision", "?q=magnesium"),
        ("conditions/conditionrevision", "?q=restless"),
    ],
)
def test_lists_search_and_filter(world, editor, model, query):
    response = editor.get(f"/admin/{model}/{query}")
    assert response.status_code == 200
    assert response.context["cl"].result_count == 1


@pytest.mark.parametrize(
    ("state", "count"), [("draft", 1), ("published", 1), ("withdrawn", 1), ("nonsense", 3)]
)
def test_the_list_of_entries_by_state(world, editor, state, count):
    make_entry(world.magnesium, published=False)
    withdraw_entry(world.sleep_entry, by=None, reason="Wrong.")
    response = editor.get(f"/admin/remedies/remedyconditionentry/?state={state}")
    assert response.context["cl"].result_count == count


@pytest.mark.parametrize("part", PARTS)
def test_view_on_site_leads_to_the_page(world, editor, part):
    subject = getattr(world, part)
    page = Page(editor.get(admin_url(subject)))
    link = next(link for link in page.all("a") if words(link) == "View on site")
    landed = editor.get(link.get("href"), follow=True)
    assert landed.request["PATH_INFO"] == subject.get_absolute_url()
    assert landed.status_code == 200


def test_citations_are_found_by_a_few_letters(world, editor):
    response = editor.get(
        "/admin/autocomplete/",
        {
            "term": "ahl",
            "app_label": "remedies",
            "model_name": "evidenceitem",
            "field_name": "citation",
        },
    )
    assert [match["id"] for match in json.loads(response.content)["results"]] == [
        str(world.trial.pk)
    ]


def test_the_desk_keeps_a_log(world, editor):
    change(editor, world.magnesium).fill(one_line="Retold.").press()
    assert LogEntry.objects.filter(user=world.edda, object_id=str(world.magnesium.pk)).exists()


# ---- no files ----------------------------------------------------------------------------------


def test_no_address_is_for_uploads():
    routes = {route: pattern.name or "" for route, pattern in named_patterns()}
    assert not [
        route
        for route, name in routes.items()
        if "upload" in route.lower() or "upload" in name.lower() or "image" in route.lower()
    ]
    assert [name for name in routes.values() if "markdownx" in name] == ["markdownx_markdownify"]


@pytest.fixture
def a_file():
    return SimpleUploadedFile("x.png", b"\x89PNG\r\n", content_type="image/png")


def test_a_file_sent_anywhere_is_rejected(world, superuser, a_file, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    places = [
        "/admin/markdown-preview/",
        "/admin/remedies/remedy/add/",
        admin_url(world.legs_entry),
        admin_url(world.legs_entry, "withdraw"),
        "/admin/citations/citation/add/",
    ]
    for url in places:
        a_file.seek(0)
        response = superuser.post(url, {"content": "x", "reason": "x", "image": a_file})
        assert response.status_code == 400, url
    for _name, url in addresses_of(world.legs_entry):
        a_file.seek(0)
        response = Client(enforce_csrf_checks=True).post(url, {"image": a_file})
        assert response.status_code in {400, 403, 404, 405}, url
    assert list(tmp_path.iterdir()) == []
    assert world.vera.get(LEGS).status_code == 200


def test_an_upload_to_the_log_in_is_rejected(db, client, a_file):
    response = client.post("/admin/login/", {"username": a_file, "password": "x"})
    assert response.status_code == 400


def test_the_forms_of_the_desk_need_their_token(world):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.edda)
    for page in ("change", "withdraw"):
        response = browser.post(admin_url(world.legs_entry, page), {"reason": "By another site."})
        assert response.status_code == 403
        assert "The form could not be checked" in Page(response).words
    assert world.vera.get(LEGS).status_code == 200
