"""A renamed condition: what names it by its address names the new one, for readers and in drafts."""

import pytest

from conditions.services import rename_condition
from publishing.history.restoring import restore_draft
from publishing.merging.services import submit_merge
from publishing.models import Kind
from publishing.review.discarding import discard_draft
from publishing.review.drafts import draft_authors, lock_draft, newest_edit, record_edit
from publishing.services import subject_type
from remedies.models import Precaution, Remedy
from remedies.services import publish_remedy
from tests.factories import make_condition, make_entry, make_remedy, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    """Magnesium for sleeplessness, with a stop of the remedy that matters most there."""
    entry = make_entry(make_remedy("Magnesium"), make_condition("Sleeplessness"))
    stop = Precaution.objects.create(
        remedy=entry.remedy,
        kind="caution",
        severity="stop",
        who="you have bad kidneys",
        text="Ask a doctor first.",
        checked=False,
    )
    stop.matters_for.set([entry.condition])
    publish_remedy(entry.remedy, by=None)
    return entry


def remedy_of(entry) -> Remedy:
    return Remedy.objects.with_current_revision().get(pk=entry.remedy_id)


def test_a_stop_still_matters_for_a_condition_that_was_renamed(entry):
    rename_condition(entry.condition, slug="no-sleep")
    remedy = remedy_of(entry)
    assert [stop[2] for stop in remedy.shown_stops] == [["no-sleep"]]
    revision = remedy.current_revision
    assert revision.document["precautions"][0]["matters_for"] == ["no-sleep"]
    assert (revision.kind, revision.author, revision.number) == (Kind.SYSTEM, None, 3)
    assert not subject_type(Remedy).has_changes(remedy)
    entry.refresh_from_db()
    assert entry.revisions.count() == 1  # its address is no word of it


def test_renaming_publishes_no_draft_and_touches_nothing_that_names_other_conditions(entry):
    other = make_remedy("Zinc")
    Remedy.objects.filter(pk=entry.remedy_id).update(one_line="Words that wait.")
    rename_condition(entry.condition, slug="no-sleep")
    remedy = remedy_of(entry)
    assert remedy.shown_one_line == "What Magnesium is."
    assert remedy.one_line == "Words that wait."
    assert other.revisions.count() == 1


@pytest.mark.parametrize("change", ["rename", "merge"])
def test_who_wrote_what_waits_is_still_known_when_a_condition_changes_its_address(entry, change):
    edda, kind, remedy = make_user("editor", name="edda"), subject_type(Remedy), entry.remedy
    before = lock_draft(remedy, kind.schema)
    migraine = make_condition("Migraine")
    remedy.precautions.get().matters_for.add(migraine)
    record_edit(remedy, kind.schema, before, edda)
    if change == "rename":
        rename_condition(migraine, slug="bad-headache")
    else:
        submit_merge(
            migraine, make_condition("Headache"), by=make_user("publisher"), note="One condition."
        )
    remedy = remedy_of(entry)
    assert [author.name for author in draft_authors(remedy, kind.schema)] == ["edda"]
    assert "migraine" not in str(remedy.edits.get().changes)


@pytest.mark.parametrize("change", ["rename", "merge"])
def test_an_old_version_is_restored_with_the_addresses_of_today(entry, change):
    first = remedy_of(entry).current_revision
    new = make_condition("Insomnia")
    if change == "rename":
        rename_condition(entry.condition, slug="no-sleep")
        new = entry.condition
    else:
        submit_merge(entry.condition, new, by=make_user("publisher"), note="One condition.")
    remedy = remedy_of(entry)
    remedy.precautions.all().delete()
    publish_remedy(remedy, by=None)
    by = make_user("editor")
    assert restore_draft(remedy, first, by=by, seen=newest_edit(remedy))
    assert list(remedy.precautions.get().matters_for.all()) == [new]


def test_a_draft_of_a_withdrawn_page_is_discarded_after_a_condition_was_renamed(entry):
    remedy = remedy_of(entry)
    subject_type(Remedy).withdraw(remedy, by=None, reason="For now.")
    rename_condition(entry.condition, slug="no-sleep")
    by, kind = make_user("editor"), subject_type(Remedy)
    before = lock_draft(remedy, kind.schema)
    remedy.precautions.all().delete()
    edit = record_edit(remedy, kind.schema, before, by)
    discard_draft(remedy, by=by, seen=edit.pk)
    assert list(remedy.precautions.get().matters_for.all()) == [entry.condition]
