"""A draft is taken back to what readers see; nothing of it is lost, and its words keep their author."""

import pytest
from django.contrib.admin.models import LogEntry

from citations.models import Citation
from publishing.services import subject_type
from remedies.models import Precaution, RemedyConditionEntry
from remedies.services import publish_entry, rename_remedy
from tests.admin_forms import admin_url, change, messages_of
from tests.factories import make_condition, make_entry, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db
PARTS = ["magnesium", "restless_legs", "legs_entry"]
LEGS = "/remedies/magnesium/restless-legs-syndrome/"


def discard(browser, subject):
    """Open the page, look, and press the button."""
    url = admin_url(subject, "discard")
    seen = Page(browser.get(url)).one("input", name="_seen").get("value")
    return browser.post(url, {"_seen": seen}, follow=True)


def document_of(subject):
    kind = subject_type(type(subject))
    return kind.to_document(type(subject).objects.get(pk=subject.pk)).canonical()


@pytest.mark.parametrize("part", PARTS)
def test_the_rows_are_again_what_readers_see(people, part):
    subject = getattr(people.world, part)
    before = document_of(subject)
    rows = {"magnesium": "precautions", "restless_legs": "red_flags", "legs_entry": "regimens"}
    form = change(people.edda_s, subject)
    form.fill(review_due="2031-01-01", **{f"{rows[part]}-0-DELETE": "on"}).press()
    assert document_of(subject) != before
    response = discard(people.edda_s, subject)
    assert "Discarded. The form holds what readers see." in messages_of(response)
    assert document_of(subject) == before
    assert subject.revisions.count() == 1
    assert not subject.draft_states.get().has_changes


def test_what_was_discarded_stays_on_record_and_in_the_log(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(clinical="Words to discard.").press()
    discard(people.edda_s, entry)
    edit = entry.edits.last()
    assert (edit.author, edit.discards) == (people.world.edda, True)
    assert edit.changes["clinical"][0] == "Words to discard."
    log = LogEntry.objects.filter(object_id=entry.pk, user=people.world.edda).first()
    assert "Discarded the draft." in str(log)


def test_the_page_shows_what_goes_and_discards_nothing_by_itself(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(clinical="Words to discard.").press()
    page = Page(people.edda_s.get(admin_url(entry, "discard"), {"_seen": "0"}))
    assert "Words to discard." in page.words
    assert "written by edda" in page.words
    entry.refresh_from_db()
    assert entry.clinical == "Words to discard."


def test_what_somebody_saved_after_the_page_was_opened_is_not_discarded(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(clinical="Seen.").press()
    url = admin_url(entry, "discard")
    seen = Page(people.edda_s.get(url)).one("input", name="_seen").get("value")
    change(people.paula_s, entry).fill(dosing="Saved meanwhile.").press()
    for sent in ({"_seen": seen}, {}):
        response = people.edda_s.post(url, sent)
        assert response.status_code == 409
        assert "Somebody saved it since" in Page(response).words
    entry.refresh_from_db()
    assert (entry.clinical, entry.dosing) == ("Seen.", "Saved meanwhile.")


def test_what_was_never_published_is_not_discarded(people):
    draft = make_entry(people.world.magnesium, make_condition("Hiccups"), published=False)
    url = admin_url(draft, "discard")
    assert people.edda_s.get(url).status_code == 403
    assert people.edda_s.post(url, {"_seen": "0"}).status_code == 403
    assert "Discard draft" not in Page(people.edda_s.get(admin_url(draft))).words
    assert RemedyConditionEntry.objects.filter(pk=draft.pk).exists()


def test_who_only_looks_discards_nothing(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(clinical="Kept.").press()
    morten = people.world.browser_of(people.world.morten)
    assert morten.post(admin_url(entry, "discard"), {"_seen": "0"}).status_code == 403
    entry.refresh_from_db()
    assert entry.clinical == "Kept."


def test_a_page_that_was_renamed_keeps_its_address(people):
    magnesium, entry = people.world.magnesium, people.world.legs_entry
    rename_remedy(magnesium, slug="magnesia")
    assert not subject_type(type(entry)).has_changes(RemedyConditionEntry.objects.get(pk=entry.pk))
    for subject in (magnesium, entry):
        change(people.edda_s, subject).fill(review_due="2031-01-01").press()
        discard(people.edda_s, subject)
        subject.refresh_from_db()
        assert str(subject.review_due) != "2031-01-01"
    assert magnesium.slug == "magnesia"
    assert entry.remedy_id == magnesium.pk


def test_a_page_that_cites_what_is_gone_keeps_its_draft(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(clinical="Kept.").press()
    entry.evidence_items.all().delete()
    entry.regimens.all().delete()
    Citation.objects.filter(key="Ahlberg2020").delete()
    assert "something that is gone: 'Ahlberg2020'" in Page(discard(people.edda_s, entry)).words
    entry.refresh_from_db()
    assert entry.clinical == "Kept."


@pytest.mark.usefixtures("two_people")
def test_discarded_words_that_another_types_again_are_still_their_author_s(people):
    entry = people.world.legs_entry
    words = "Paula says to take far too much of it."
    change(people.paula_s, entry).fill(clinical=words).press()
    discard(people.paula_s, entry)
    change(people.edda_s, entry).fill(clinical=words).press()
    messages = messages_of(change(people.paula_s, entry).press("_publish"))
    assert "some of the words that wait are yours" in messages
    assert "far too much" not in Page(people.world.vera.get(LEGS)).words


@pytest.mark.usefixtures("two_people")
def test_who_discards_is_no_author_of_what_is_published(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(clinical="Words to discard.").press()
    discard(people.paula_s, entry)
    assert Precaution.objects.filter(entry=entry).exists()
    change(people.edda_s, entry).fill(dosing="A word of Edda.").press()
    change(people.paula_s, entry).press("_publish")
    revision = entry.revisions.first()
    assert (revision.author_name, revision.approver) == ("edda", people.paula)
    assert "Words to discard" not in Page(people.world.vera.get(LEGS)).words


@pytest.mark.usefixtures("two_people")
def test_a_page_of_another_person_is_discarded_with_one_click_and_nothing_is_published(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(clinical="Words to discard.").press()
    discard(people.world.browser_of(make_user("editor")), entry)
    publish_entry(entry, by=None)
    assert entry.revisions.count() == 1
