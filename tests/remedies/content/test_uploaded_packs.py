"""A pack is uploaded, looked at and applied in the admin, and nobody approves their own words by it."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from conditions.models import Condition
from publishing.models import DraftEdit, Kind
from publishing.services import subject_type
from remedies.content import archive
from remedies.content.uploaded_packs import MOST_KEPT
from remedies.models import EntryRevision, RemedyConditionEntry, UploadedPack
from remedies_site.exceptions import NotPublishable
from remedies_site.single_run import single_run
from tests.factories import make_user
from tests.remedies.conftest import everything

pytestmark = pytest.mark.django_db
PACKS = "/admin/remedies/remedyconditionentry/packs/"
PAGE = "remedies/magnesium.yaml"


def zipped(files: dict[str, str | bytes], name: str = "pack.zip") -> SimpleUploadedFile:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as opened:
        for path, text in files.items():
            opened.writestr(path, text)
    return SimpleUploadedFile(name, data.getvalue(), "application/zip")


def files_of(pack) -> dict[str, str]:
    return {
        str(path.relative_to(pack.folder)): path.read_text() for path in pack.folder.rglob("*.yaml")
    }


@pytest.fixture
def ana():
    return make_user("publisher", name="ana")


@pytest.fixture
def browser(ana) -> Client:
    client = Client()
    client.force_login(ana)
    return client


@pytest.fixture
def edited(pack):
    """The pack is loaded, and a newer one waits to be uploaded."""
    pack.load()
    pack.edit("conditions.yaml", "A headache that comes back.", "It comes back.")
    pack.edit(PAGE, "There are no studies in people.", "No studies in people.")
    return pack


def upload(browser: Client, pack, becomes: str = "publish") -> UploadedPack:
    response = browser.post(PACKS, {"file": zipped(files_of(pack)), "becomes": becomes})
    assert response.status_code == 302, response.content.decode()
    return UploadedPack.objects.get(pk=response["Location"].rstrip("/").rpartition("/")[2])


def apply(browser: Client, pack: UploadedPack, **fields: str):
    data = {"action": "apply", "digest": pack.digest, "note": "A newer edition."}
    return browser.post(f"{PACKS}{pack.pk}/", data | fields)


def test_uploading_shows_what_changes_and_changes_nothing(browser, edited):
    before = everything()
    pack = upload(browser, edited)
    page = browser.get(f"{PACKS}{pack.pk}/").content.decode()
    assert "migraine: changed, published" in page
    assert "<del>A headache that comes</del>" in page or "<del>A headache that</del>" in page
    after = everything()
    assert {name for name in after if after[name] != before[name]} <= {
        "remedies_uploadedpack",
        "django_session",
    }


def test_applied_with_review_one_it_is_published_in_the_uploader_s_name(browser, edited, ana):
    pack = upload(browser, edited)
    assert apply(browser, pack).status_code == 302
    migraine = Condition.objects.get(slug="migraine")
    assert migraine.shown_one_line == "It comes back."
    revision = migraine.current_revision
    assert (revision.author, revision.approver, revision.note) == (ana, None, "A newer edition.")
    assert not UploadedPack.objects.exists()


def test_as_drafts_nothing_reaches_readers(browser, edited, ana):
    pack = upload(browser, edited, becomes="drafts")
    revisions = EntryRevision.objects.count()
    assert apply(browser, pack).status_code == 302
    migraine = Condition.objects.get(slug="migraine")
    assert (migraine.one_line, migraine.shown_one_line) == (
        "It comes back.",
        "A headache that comes back.",
    )
    assert EntryRevision.objects.count() == revisions
    assert {edit.author for edit in DraftEdit.objects.all()} == {ana}


@pytest.mark.parametrize("becomes", ["drafts", "publish"])
def test_with_review_two_nobody_publishes_their_own_pack(browser, edited, settings, ana, becomes):
    settings.REVIEW = "two"
    response = browser.post(PACKS, {"file": zipped(files_of(edited)), "becomes": becomes})
    if becomes == "publish":  # a crafted post: the form does not offer it
        assert response.status_code == 400
        return
    pack = UploadedPack.objects.get()
    assert apply(browser, pack, becomes="publish", publishes="1").status_code == 302
    migraine = Condition.objects.get(slug="migraine")
    assert migraine.shown_one_line == "A headache that comes back."
    kind = subject_type(Condition)
    with pytest.raises(NotPublishable, match="second person"):
        kind.publish(migraine, by=ana)
    ben = make_user("publisher", name="ben")
    revision = kind.publish(migraine, by=ben)
    assert (revision.author, revision.approver, revision.kind) == (ana, ben, Kind.UPDATE)


def test_a_pack_that_was_to_be_published_becomes_drafts_once_two_people_review(
    browser, edited, settings
):
    pack = upload(browser, edited, becomes="publish")
    settings.REVIEW = "two"
    assert apply(browser, pack).status_code == 409  # another plan than the one that was shown
    pack.refresh_from_db()
    assert apply(browser, pack).status_code == 302
    migraine = Condition.objects.get(slug="migraine")
    assert migraine.shown_one_line == "A headache that comes back."


def test_what_somebody_changed_between_is_planned_again(browser, edited):
    pack = upload(browser, edited)
    Condition.objects.filter(slug="migraine").update(one_line="Somebody was quicker.")
    response = apply(browser, pack)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Somebody changed" in page
    assert "A newer edition." in page  # the reason is still there
    assert Condition.objects.get(slug="migraine").one_line == "Somebody was quicker."
    pack.refresh_from_db()
    assert apply(browser, pack).status_code == 302
    assert Condition.objects.get(slug="migraine").one_line == "It comes back."


def test_a_reason_is_needed(browser, edited):
    pack = upload(browser, edited)
    response = apply(browser, pack, note=" ")
    assert response.status_code == 400
    assert "Say what changed and why" in response.content.decode()
    assert UploadedPack.objects.exists()


@pytest.mark.parametrize("role", ["editor", "moderator", "member"])
def test_packs_are_for_publishers(edited, ana, browser, role):
    pack = upload(browser, edited)
    other = Client()
    other.force_login(make_user(role))
    before = everything()
    expected = 302 if role == "member" else 403
    assert other.get(PACKS).status_code == expected
    assert (
        other.post(PACKS, {"file": zipped(files_of(edited)), "becomes": "drafts"}).status_code
        == expected
    )
    assert apply(other, pack).status_code == expected
    after = everything()
    assert {name for name in after if after[name] != before[name]} <= {"django_session"}


def test_nobody_sees_or_applies_the_pack_of_another_person(edited, browser):
    pack = upload(browser, edited)
    other = Client()
    other.force_login(make_user("publisher"))
    assert other.get(f"{PACKS}{pack.pk}/").status_code == 404
    assert apply(other, pack).status_code == 404
    assert f"{PACKS}{pack.pk}/" not in other.get(PACKS).content.decode()


def test_the_token_against_forged_forms_is_checked(edited, ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    response = client.post(PACKS, {"file": zipped(files_of(edited)), "becomes": "drafts"})
    assert response.status_code == 403
    assert not UploadedPack.objects.exists()


def test_two_loads_at_once_are_kept_apart(browser, edited, settings, django_db_blocker):
    pack = upload(browser, edited)
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        pytest.skip("tests/site/test_single_run.py holds the lock from another connection")
    with single_run("load_content"):
        response = apply(browser, pack)
    assert response.status_code == 409
    assert "done by somebody else at this moment" in response.content.decode()
    assert UploadedPack.objects.exists()


def test_errors_of_a_pack_are_named(browser, edited):
    edited.edit(PAGE, "certainty: low", "certainty: sure")
    response = browser.post(PACKS, {"file": zipped(files_of(edited)), "becomes": "drafts"})
    assert response.status_code == 400
    assert "remedies/magnesium.yaml: insomnia: certainty" in response.content.decode()


HOSTILE: dict[str, dict[str, str | bytes]] = {
    "outside the pack": {"../../citations.yaml": "a"},
    "an absolute path": {"/etc/citations.yaml": "a"},
    "a drive": {"C:/citations.yaml": "a"},
    "a script": {"citations.py": "a"},
    "a file that is none of a pack": {"notes.yaml": "a"},
    "bytes that are no text": {"citations.yaml": b"\xff\xfe\x00"},
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_archive_is_refused(browser, kind):
    response = browser.post(PACKS, {"file": zipped(HOSTILE[kind]), "becomes": "drafts"})
    assert response.status_code == 400
    assert not UploadedPack.objects.exists()


def test_a_bomb_is_not_unfolded(browser, monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 100_000)
    bomb = zipped({"citations.yaml": "a" * 5_000_000})
    response = browser.post(PACKS, {"file": bomb, "becomes": "drafts"})
    assert response.status_code == 400
    assert "unfolds to more than" in response.content.decode()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04no", b"plain text"])
def test_a_file_that_is_no_archive_is_named(browser, data):
    response = browser.post(PACKS, {"file": SimpleUploadedFile("x.zip", data), "becomes": "drafts"})
    assert response.status_code == 400


def test_a_zipped_folder_is_read_without_its_name(browser, edited):
    files = {f"my pack/{path}": text for path, text in files_of(edited).items()}
    files["__MACOSX/._x"] = "junk"
    response = browser.post(PACKS, {"file": zipped(files), "becomes": "drafts"})
    assert response.status_code == 302


def test_zipped_sheets_are_a_pack_too(browser, edited):
    sheet = "slug,one_line\nmigraine,From a spreadsheet.\n"
    file = zipped({"conditions.csv": sheet})
    response = browser.post(PACKS, {"file": file, "becomes": "publish"})
    assert response.status_code == 302, response.content.decode()
    assert apply(browser, UploadedPack.objects.get()).status_code == 302
    assert Condition.objects.get(slug="migraine").shown_one_line == "From a spreadsheet."
    wrong = zipped({"conditions.csv": "slug,one_lin\nmigraine,x\n"})
    response = browser.post(PACKS, {"file": wrong, "becomes": "publish"})
    assert "conditions.csv: row 1: one_lin: is no column" in response.content.decode()


def test_packs_are_kept_a_day_and_few_at_a_time(browser, edited):
    for _number in range(MOST_KEPT + 2):
        upload(browser, edited)
    assert UploadedPack.objects.count() == MOST_KEPT
    UploadedPack.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    browser.get(PACKS)
    assert not UploadedPack.objects.exists()


def test_a_pack_is_thrown_away(browser, edited):
    pack = upload(browser, edited)
    browser.post(f"{PACKS}{pack.pk}/", {"action": "delete"})
    assert not UploadedPack.objects.exists()
    assert RemedyConditionEntry.objects.count() == 2
