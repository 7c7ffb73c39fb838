"""A version is put back into the draft, by whom it was, and nothing is published by it."""

import pytest
from django.urls import reverse

from citations.models import Citation
from publishing.history.restoring import plan_restoration, restore_draft
from publishing.merging.services import submit_merge
from publishing.models import DraftEdit
from publishing.review.drafts import newest_edit
from remedies.models import EvidenceItem
from remedies.services import publish_entry, publish_remedy, rename_remedy, withdraw_entry
from remedies_site.exceptions import ChangedMeanwhile, NotPublishable
from tests.factories import make_citation, make_condition, make_user
from tests.reading import Page
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world) -> World:
    return standing_world


@pytest.fixture
def entry(world):
    """An entry with two versions: the second has another verdict and one study less."""
    entry = world.legs_entry
    entry.verdict = "There may be little to it [@Ahlberg2020]."
    entry.save()
    entry.regimens.all().delete()
    publish_entry(entry, by=None, note="Shorter.")
    return entry


def restore(entry, number, by, **options):
    options = {"seen": newest_edit(entry)} | options
    return restore_draft(entry, entry.revisions.get(number=number), by=by, **options)


def document_of(entry):
    entry.refresh_from_db()
    from publishing.services import subject_type

    return subject_type(type(entry)).to_document(entry).canonical()


def test_the_draft_becomes_the_version_and_readers_see_what_they_saw(entry, world):
    first, second = (entry.revisions.get(number=number) for number in (1, 2))
    assert restore(entry, 1, world.edda)
    assert document_of(entry) == first.document
    assert entry.current_revision == second
    assert entry.revisions.count() == 2
    assert entry.edited_by == world.edda
    page = world.vera.get(entry.get_absolute_url()).content.decode()
    assert "There may be little to it" in page


def test_the_save_is_recorded_as_by_who_restored_and_another_publishes(entry, world, settings):
    settings.REVIEW = "two"
    restore(entry, 1, world.edda)
    (edit,) = DraftEdit.objects.filter(published_in=None)
    assert edit.author == world.edda
    assert edit.changes["verdict"] == [
        "There may be little to it [@Ahlberg2020].",
        entry.revisions.get(number=1).document["verdict"],
    ]
    with pytest.raises(NotPublishable, match="second person"):
        publish_entry(entry, by=world.edda)
    revision = publish_entry(entry, by=make_user("publisher"))
    assert revision.author == world.edda
    assert revision.document == entry.revisions.get(number=1).document


def test_rows_that_are_the_same_stay_the_rows_they_are(entry, world):
    kept = set(EvidenceItem.objects.filter(entry=entry).values_list("pk", flat=True))
    restore(entry, 1, world.edda)
    assert set(EvidenceItem.objects.filter(entry=entry).values_list("pk", flat=True)) == kept
    assert entry.regimens.count() == 1


def test_what_the_draft_is_already_is_no_save(entry, world):
    assert not restore(entry, 2, world.edda)
    assert not DraftEdit.objects.exists()
    assert restore(entry, 1, world.edda)
    assert not restore(entry, 1, world.edda)


def test_a_work_that_is_gone_is_named_and_nothing_changes(entry, world):
    before = document_of(entry)
    revision = entry.revisions.get(number=1)
    document = revision.document | {"verdict": "It may help [@Nobody1999]."}
    revision = entry.revisions.create(
        number=3,
        kind="update",
        document=document,
        html={},
        renderer_version=1,
        published_at=revision.published_at,
        author_name="ana",
    )
    with pytest.raises(NotPublishable, match="no citation has the key 'Nobody1999'"):
        restore(entry, 3, world.edda)
    assert document_of(entry) == before
    assert plan_restoration(entry, revision).errors == [
        ("verdict", "no citation has the key 'Nobody1999'")
    ]


def test_a_work_that_was_merged_since_is_cited_by_the_key_that_holds_now(entry, world):
    old, new = Citation.objects.get(key="Ahlberg2020"), make_citation("Ahlberg2020b")
    assert "Ahlberg2020" in str(entry.revisions.get(number=1).document)
    submit_merge(old, new, by=make_user("publisher"), note="The same trial.")
    entry.refresh_from_db()
    assert plan_restoration(entry, entry.revisions.get(number=1)).errors == []
    assert restore(entry, 1, world.edda)
    keys = set(EvidenceItem.objects.filter(entry=entry).values_list("citation__key", flat=True))
    assert "Ahlberg2020b" in keys
    assert "Ahlberg2020" not in keys
    assert "[@Ahlberg2020b]" in str(document_of(entry))
    assert "Ahlberg2020]" not in str(document_of(entry))


def test_a_condition_that_was_renamed_since_is_named_by_row_and_field(world):
    remedy = world.magnesium
    warning = remedy.precautions.first()
    other = make_condition("Migraine")
    warning.matters_for.add(other)
    publish_remedy(remedy, by=None)
    other.slug = "migraines"
    other.save()
    number = remedy.revisions.first().number
    with pytest.raises(NotPublishable, match=r"precautions\[1\].matters_for: names 'migraine'"):
        restore(remedy, number, world.edda)


def test_a_field_that_no_longer_exists_is_named(entry, world):
    revision = entry.revisions.get(number=1)
    revision.pk, revision.number = None, 3
    revision.document = revision.document | {"bygone": "x"}
    revision.save()
    with pytest.raises(NotPublishable, match="bygone: is not a field"):
        restore(entry, 3, world.edda)


def test_a_renamed_page_keeps_its_address(world):
    remedy = world.magnesium
    remedy.one_line = "Another line."
    remedy.save()
    publish_remedy(remedy, by=None)
    rename_remedy(remedy, slug="magnesium-salts")
    restore(remedy, 1, world.edda)
    remedy.refresh_from_db()
    assert remedy.slug == "magnesium-salts"
    assert remedy.one_line == remedy.revisions.get(number=1).document["one_line"]


def test_a_save_meanwhile_is_not_overwritten(entry, world):
    seen = newest_edit(entry)
    restore(entry, 1, world.edda)
    with pytest.raises(ChangedMeanwhile):
        restore(entry, 2, world.morten, seen=seen)
    assert document_of(entry) == entry.revisions.get(number=1).document


def test_a_withdrawn_page_can_be_restored_and_publishing_brings_it_back(entry, world):
    withdraw_entry(entry, by=None, reason="It was wrong.")
    restore(entry, 1, world.edda)
    entry.refresh_from_db()
    assert entry.withdrawn_at is not None
    assert world.vera.get(entry.get_absolute_url()).status_code == 410
    publish_entry(entry, by=world.edda)
    assert world.vera.get(entry.get_absolute_url()).status_code == 200


# ---- in the admin ------------------------------------------------------------------------------


def restore_url(entry, number):
    url = reverse("admin:remedies_remedyconditionentry_restore", args=[entry.pk])
    return f"{url}?number={number}"


def test_an_editor_sees_the_difference_and_restores(entry, world):
    browser = world.browser_of(world.edda)
    page = Page(browser.get(restore_url(entry, 1)))
    assert "What changes in the draft" in page.words
    assert "little" in page.words
    assert document_of(entry)["verdict"].startswith("There may be little")
    response = browser.post(restore_url(entry, 1), {"_seen": "0"}, follow=True)
    assert "Version 1 is the draft now." in Page(response).words
    assert document_of(entry) == entry.revisions.get(number=1).document
    response = browser.post(restore_url(entry, 1), {"_seen": newest_edit(entry)}, follow=True)
    assert "was the draft already" in Page(response).words


def test_an_old_form_is_shown_again_with_409(entry, world):
    restore(entry, 1, world.edda)
    browser = world.browser_of(world.edda)
    response = browser.post(restore_url(entry, 2), {"_seen": "0"})
    assert response.status_code == 409
    assert "Somebody saved the draft since" in Page(response).words
    assert document_of(entry) == entry.revisions.get(number=1).document


def test_what_cannot_be_restored_says_why_and_has_no_button(entry, world):
    Citation.objects.filter(key="Ahlberg2020").update(key="Ahlberg2021")
    browser = world.browser_of(world.edda)
    page = Page(browser.get(restore_url(entry, 1)))
    assert "no citation has the key 'Ahlberg2020'" in page.words
    assert not [each for each in page.changing_forms if "logout" not in each.get("action", "")]
    assert browser.post(restore_url(entry, 1), {"_seen": "0"}).status_code == 400


def test_a_draft_that_makes_no_document_can_be_overwritten(entry, world):
    entry.verdict = " "
    entry.save()
    browser = world.browser_of(world.edda)
    assert "unfinished" in Page(browser.get(restore_url(entry, 1))).words
    browser.post(restore_url(entry, 1), {"_seen": "0"})
    assert document_of(entry) == entry.revisions.get(number=1).document


def test_only_those_who_may_change_it_restore(entry, world):
    for person in (world.mara, world.morten, make_user()):
        browser = world.browser_of(person)
        for response in (browser.get(restore_url(entry, 1)), browser.post(restore_url(entry, 1))):
            assert response.status_code in {302, 403}
    assert not DraftEdit.objects.exists()
    assert world.browser_of(world.edda).get(restore_url(entry, 9)).status_code == 404
    assert world.browser_of(world.edda).get(restore_url(entry, "x")).status_code == 404


def test_the_admin_page_of_a_revision_and_the_history_lead_there(entry, world):
    revision = entry.revisions.get(number=1)
    url = reverse("admin:remedies_entryrevision_change", args=[revision.pk])
    target = restore_url(entry, 1)
    history = f"{entry.get_absolute_url()}history/"
    for page in (url, history):
        assert target in world.browser_of(world.edda).get(page).content.decode()
    for person in (world.mara, world.morten):
        assert target not in world.browser_of(person).get(history).content.decode()
    assert target not in world.vera.get(history).content.decode()
