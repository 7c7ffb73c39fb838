"""Text of a form is kept for its editor while they type, until it is stored, dropped or old."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.privacy.export import export_of
from accounts.privacy.services import erase_member
from accounts.signals import rounds_due
from publishing.models import AutosavedForm
from publishing.writing import services
from publishing.writing.selectors import OPEN, presences, unsaved_texts
from remedies.models import Remedy
from remedies_site.exceptions import InvalidInput
from tests.admin_forms import Form, add, admin_url, change, read_fields
from tests.factories import make_user
from tests.reading import Page

FIELDS = [("name", "Magnesium"), ("tags", "a"), ("tags", "b")]
TYPED = "Text that nobody stored – Ёлка."


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def editor(world) -> Client:
    return world.browser_of(world.edda)


def keep(world, opening="opening-1", fields=FIELDS, key=None, by=None) -> AutosavedForm:
    key = key or world.magnesium.pk
    return services.autosave(by or world.edda, Remedy, key, opening=opening, fields=fields)


def send(form: Form, subject, act="save", **values) -> dict:
    """As the script of the form sends it."""
    fields = {name: value for name, value in form.fields.items() if "__prefix__" not in name}
    url = admin_url(subject, "autosave")
    response = form.browser.post(url, {**fields, "_opening": "opening-1", "_act": act, **values})
    assert response.status_code == 200, response.content
    assert "no-store" in response.headers["Cache-Control"]
    return response.json()


# ---- the service -------------------------------------------------------------------------------


def test_the_last_text_of_an_opening_is_kept_and_tabs_do_not_overwrite_each_other(world):
    keep(world)
    keep(world, fields=[("name", "Magnesia")])
    keep(world, opening="opening-2")
    texts = unsaved_texts(world.edda, Remedy, world.magnesium.pk)
    assert [text.fields for text in texts] == [
        [list(pair) for pair in FIELDS],
        [["name", "Magnesia"]],
    ]


def test_what_changed_since_is_put_into_what_is_kept(world):
    keep(world)
    services.autosave_changes(
        world.edda, Remedy, opening="opening-1", fields=[("tags", "c"), ("new", "d")], gone=["name"]
    )
    assert AutosavedForm.objects.get().fields == [["tags", "c"], ["new", "d"]]


def test_changes_of_nothing_are_not_kept(world):
    given = {"opening": "opening-1", "fields": FIELDS, "gone": []}
    assert services.autosave_changes(world.edda, Remedy, **given) is None
    services.note_open(world.edda, Remedy, world.magnesium.pk, opening="opening-1")
    assert services.autosave_changes(world.edda, Remedy, **given) is None
    assert not AutosavedForm.objects.filter(saved_at__isnull=False).exists()


def test_a_request_that_comes_after_the_form_was_stored_brings_nothing_back(world):
    key = world.magnesium.pk
    services.close(world.edda, Remedy, key, opening="opening-1")
    assert keep(world).closed_at
    assert unsaved_texts(world.edda, Remedy, key) == []
    keep(world, opening="opening-2")
    services.close(world.edda, Remedy, key, opening="opening-2")
    assert unsaved_texts(world.edda, Remedy, key) == []
    assert not any(row.fields for row in AutosavedForm.objects.all())


@pytest.mark.parametrize(
    "fields",
    [
        [("name", "x" * services.MOST_BYTES)],
        [("name", "")] * (services.MOST_FIELDS + 1),
        [("ё" * (services.MOST_BYTES // 2), "")] * 2,
    ],
)
def test_a_form_that_is_too_long_is_refused_with_a_sentence(world, fields):
    keep(world)
    with pytest.raises(InvalidInput, match="too long to be kept"):
        keep(world, fields=fields)
    assert AutosavedForm.objects.get().fields[0] == ["name", "Magnesium"]


@pytest.mark.parametrize("opening", ["", "short", "x" * 41, "with blanks in it", "opening-1\n"])
def test_an_opening_that_is_none_is_refused(world, opening):
    with pytest.raises(InvalidInput):
        keep(world, opening=opening)


def test_characters_that_no_database_holds_are_left_out(world):
    keep(world, fields=[("na\0me", "a\0b")])
    assert AutosavedForm.objects.get().fields == [["name", "ab"]]


def test_old_text_goes_and_so_do_traces_of_open_forms(world):
    now = timezone.now()
    keep(world, opening="opening-old")
    keep(world, opening="opening-new")
    services.note_open(world.edda, Remedy, None, opening="opening-seen")
    services.note_open(world.edda, Remedy, None, opening="opening-yesterday")
    rows = AutosavedForm.objects
    rows.filter(opening="opening-old").update(saved_at=now - services.KEPT - timedelta(hours=1))
    rows.filter(opening="opening-new").update(saved_at=now - services.KEPT + timedelta(hours=1))
    rows.filter(opening="opening-yesterday").update(seen_at=now - timedelta(hours=25))
    rounds_due.send(None)
    left = rows.order_by("opening").values_list("opening", flat=True)
    assert list(left) == ["opening-new", "opening-seen"]


def test_text_is_in_the_export_of_its_editor_and_goes_with_the_account(world):
    keep(world)
    keep(world, by=world.morten)
    rows = export_of(world.edda)["rows"]["publishing.autosavedform"]
    assert [row["fields"] for row in rows] == [[list(pair) for pair in FIELDS]]
    world.edda.groups.clear()
    world.edda.is_staff = False
    world.edda.save()
    erase_member(world.edda, words=True)
    assert AutosavedForm.objects.get().user == world.morten


# ---- who else has the form open ----------------------------------------------------------------


def test_others_are_named_with_when_they_changed_something(world):
    ana, ben = make_user("editor", name="Ana"), make_user("editor", name="Ben")
    key = world.magnesium.pk
    keep(world, opening="opening-of-ana", by=ana)
    AutosavedForm.objects.update(saved_at=timezone.now() - timedelta(minutes=3))
    services.note_open(ben, Remedy, key, opening="opening-of-ben")
    services.note_open(world.edda, Remedy, key, opening="opening-1")
    services.note_open(world.edda, Remedy, key, opening="opening-2")
    messages = [other.message for other in presences(world.edda, Remedy, key, opening="opening-1")]
    assert [message.replace("\xa0", " ") for message in messages] == [
        "Ana has this form open, and changed something 3 minutes ago.",
        "Ben has this form open.",
        "You have this form open in another tab or browser.",
    ]


def test_who_left_is_not_named(world):
    ana, ben, key = make_user("editor"), make_user("editor"), world.magnesium.pk
    for person in (ana, ben):
        keep(world, opening="opening-other", by=person)
    services.leave(ana, Remedy, opening="opening-other")
    AutosavedForm.objects.filter(user=ben).update(seen_at=timezone.now() - OPEN)
    assert presences(world.edda, Remedy, key, opening="opening-1") == []
    assert len(unsaved_texts(ana, Remedy, key)) == 1


def test_nobody_is_named_in_the_form_of_a_new_row(world):
    services.note_open(make_user("editor"), Remedy, None, opening="opening-other")
    assert presences(world.edda, Remedy, None, opening="opening-1") == []


# ---- the form ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["magnesium", "restless_legs", "legs_entry"])
def test_what_was_typed_comes_back_and_is_stored_only_by_a_save(world, editor, name):
    subject = getattr(world, name)
    field = "verdict" if name == "legs_entry" else "one_line"
    before = type(subject).objects.values().get(pk=subject.pk)
    form = change(editor, subject).fill(**{field: TYPED})
    answer = send(form, subject)
    assert answer["saved_at"]
    assert answer["is_closed"] is False

    page = Page(editor.get(admin_url(subject)))
    assert "You have text from" in page.words
    response = editor.post(
        admin_url(subject, "continue"), {"opening": "opening-1", "continue": "1"}
    )
    assert response.status_code == 200
    again = Page(response)
    assert "Nothing is saved yet" in again.words
    assert type(subject).objects.values().get(pk=subject.pk) == before
    fields = read_fields(again)
    assert fields[field] == TYPED
    main = next(one for one in again.all("form") if one.get("id", "").endswith("_form"))
    assert main.get("action") == admin_url(subject)

    again_form = Form(editor, admin_url(subject), {**fields, "_opening": "opening-1"})
    again_form.press("_continue")
    subject.refresh_from_db()
    assert getattr(subject, field) == TYPED
    assert "You have text from" not in Page(editor.get(admin_url(subject))).words


def test_the_opening_goes_on_where_somebody_continues(world, editor):
    form = change(editor, world.magnesium).fill(one_line=TYPED)
    send(form, world.magnesium)
    url = admin_url(world.magnesium, "continue")
    page = Page(editor.post(url, {"opening": "opening-1", "continue": "1"}))
    assert page.one("input", name="_opening").get("value") == "opening-1"


def test_a_new_row_is_kept_too(world, editor):
    form = add(editor, "remedies_remedy").fill(name="Valerian", one_line=TYPED)
    fields = {name: value for name, value in form.fields.items() if "__prefix__" not in name}
    url = reverse("admin:remedies_remedy_autosave", args=["new"])
    assert editor.post(url, {**fields, "_opening": "opening-1"}).status_code == 200
    page = Page(editor.get(form.url))
    assert "You have text from" in page.words
    url = reverse("admin:remedies_remedy_continue", args=["new"])
    again = read_fields(Page(editor.post(url, {"opening": "opening-1"})))
    assert (again["name"], again["one_line"]) == ("Valerian", TYPED)
    assert not Remedy.objects.filter(name="Valerian").exists()


def test_dropped_text_is_gone(world, editor):
    send(change(editor, world.magnesium).fill(one_line=TYPED), world.magnesium)
    url = admin_url(world.magnesium, "continue")
    response = editor.post(url, {"opening": "opening-1", "drop": "1"}, follow=True)
    assert "is dropped" in Page(response).words
    assert "You have text from" not in Page(response).words
    assert editor.post(url, {"opening": "opening-1"}).status_code == 404


def test_a_conflict_is_still_seen_after_text_was_continued(world, editor):
    send(change(editor, world.magnesium).fill(one_line=TYPED), world.magnesium)
    other = make_user("editor")
    change(world.browser_of(other), world.magnesium).fill(one_line="Of somebody else.").press()
    url = admin_url(world.magnesium, "continue")
    page = Page(editor.post(url, {"opening": "opening-1"}))
    form = Form(editor, admin_url(world.magnesium), read_fields(page))
    response = form.press()
    assert response.status_code == 409
    assert read_fields(Page(response))["one_line"] == TYPED
    assert "Of somebody else." in Page(response).words


def test_a_save_that_is_rejected_keeps_the_text(world, editor):
    form = change(editor, world.magnesium)
    send(form.fill(one_line=TYPED), world.magnesium)
    form.fill(name="", _opening="opening-1").press()
    assert len(unsaved_texts(world.edda, Remedy, world.magnesium.pk)) == 1


def test_text_of_a_row_that_was_deleted_meanwhile_is_kept(world, editor):
    remedy = Remedy.objects.create(
        name="Valerian", slug="valerian", kind="herb", one_line="A herb."
    )
    form = change(editor, remedy).fill(one_line=TYPED)
    key = remedy.pk
    Remedy.objects.filter(pk=key).delete()
    remedy.pk = key
    send(form, remedy)
    url = reverse("admin:remedies_remedy_continue", args=[key])
    response = editor.post(url, {"opening": "opening-1"})
    assert response.status_code == 409
    assert read_fields(Page(response))["one_line"] == TYPED


def test_the_script_hears_of_others_and_of_what_they_saved(world, editor):
    form = change(editor, world.magnesium)
    other = make_user("editor", name="Ana")
    browser = world.browser_of(other)
    theirs = change(browser, world.magnesium).fill(what_it_is="Of Ana.")
    url = admin_url(world.magnesium, "autosave")
    browser.post(url, {"_opening": "opening-of-ana", "_act": "open"})
    opened = int((timezone.now() - timedelta(minutes=5)).timestamp())
    answer = send(form, world.magnesium, "open", _opened_at=opened)
    assert answer["others"] == ["Ana has this form open."]
    assert answer["meanwhile"] == ""
    theirs.press()
    answer = send(form, world.magnesium, "open", _opened_at=opened)
    assert answer["meanwhile"].startswith("Ana saved this after you opened it.")
    assert "Ana has this form open" in Page(editor.get(admin_url(world.magnesium))).words


def test_only_the_script_tells_an_editor_of_their_own_other_tab(world, editor):
    """Where somebody comes back in the same tab, the server hears too late that they left."""
    services.note_open(world.edda, Remedy, world.magnesium.pk, opening="opening-2")
    form = change(editor, world.magnesium)
    notice = "You have this form open in another tab or browser."
    assert notice not in Page(editor.get(admin_url(world.magnesium))).words
    assert send(form, world.magnesium, "open")["others"] == [notice]


def test_an_opening_that_is_none_is_answered_with_a_sentence(world, editor):
    url = admin_url(world.magnesium, "autosave")
    response = editor.post(url, {"_opening": "!", "name": "a"})
    assert (response.status_code, list(response.json())) == (400, ["message"])


# ---- it is the editor's own --------------------------------------------------------------------


def test_nobody_else_sees_or_gets_the_text(world, editor):
    send(change(editor, world.magnesium).fill(one_line=TYPED), world.magnesium)
    other = world.browser_of(make_user("editor"))
    page = other.get(admin_url(world.magnesium))
    assert TYPED not in page.content.decode()
    assert "You have text from" not in Page(page).words
    for act in ({"continue": "1"}, {"drop": "1"}):
        url = admin_url(world.magnesium, "continue")
        assert other.post(url, {"opening": "opening-1", **act}).status_code == 404
    assert len(unsaved_texts(world.edda, Remedy, world.magnesium.pk)) == 1
    for reader in (world.vera, world.browser_of(world.mara)):
        assert TYPED not in reader.get(world.magnesium.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["autosave", "continue", "typed", "preview"])
def test_only_who_may_save_the_form_gets_there(world, name):
    url = admin_url(world.magnesium, name)
    new = reverse(f"admin:remedies_remedy_{name}", args=["new"])
    for address in (url, new):
        assert world.vera.post(address).status_code == 302
        assert world.browser_of(world.mara).post(address).status_code == 302
        assert world.browser_of(world.morten).post(address).status_code == 403
    staff = make_user()
    staff.is_staff = True
    staff.save()
    staff.user_permissions.add(Permission.objects.get(codename="view_remedy"))
    assert world.browser_of(staff).post(url).status_code == 403
    assert not AutosavedForm.objects.exists()


@pytest.mark.parametrize("name", ["continue", "typed", "preview"])
def test_these_are_posted(world, editor, name):
    assert editor.get(admin_url(world.magnesium, name)).status_code == 405


@pytest.mark.parametrize("key", ["x", "1e3", "-1", "9" * 30, "١"])
def test_what_is_no_key_is_not_found(world, editor, key):
    url = reverse("admin:remedies_remedy_autosave", args=[key])
    assert editor.post(url, {"_opening": "opening-1"}).status_code == 404


def test_who_may_only_look_has_no_pane(world):
    page = world.browser_of(world.morten).get(admin_url(world.magnesium)).content.decode()
    assert "data-live-pane" not in page
