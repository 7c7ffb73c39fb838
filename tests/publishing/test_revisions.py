"""The mechanics of publishing, on conditions: the plainest thing that is published."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from conditions.models import Condition, ConditionRevision
from conditions.schema import ConditionDocument
from conditions.services import publish_condition, withdraw_condition
from publishing.models import Kind
from publishing.review.drafts import draft_authors
from publishing.revisions import review_error
from remedies.services import publish_entry
from remedies_site.exceptions import NotPublishable
from remedies_site.markup import RENDERER_VERSION
from tests.counts import count
from tests.factories import make_condition, make_entry, make_user


@pytest.fixture
def draft(db):
    return make_condition("Tinnitus", published=False)


@pytest.fixture
def tinnitus(db):
    return make_condition("Tinnitus")


@pytest.fixture
def two_people(settings, db):
    """A site where the author and the approver differ."""
    settings.REVIEW = "two"
    return make_user("editor", name="ana"), make_user("publisher", name="ben")


def edit(condition, by=None, **values):
    for name, value in values.items():
        setattr(condition, name, value)
    condition.edited_by, condition.edited_at = by, timezone.now()
    condition.save()


def test_the_first_publication_freezes_the_draft(draft):
    ana = make_user("editor", name="ana")
    revision = publish_condition(draft, by=ana, note="written")
    draft.refresh_from_db()
    assert (revision.number, revision.kind, revision.note) == (1, Kind.FIRST, "written")
    assert revision.document["name"] == "Tinnitus"
    assert (revision.author, revision.author_name, revision.approver) == (ana, "ana", None)
    assert revision.renderer_version == RENDERER_VERSION
    assert draft.current_revision == revision
    assert draft.published_at == draft.first_published_at == revision.published_at
    assert draft.is_published


def test_a_draft_is_not_published(draft):
    assert not draft.is_published
    assert not draft.was_published
    assert not Condition.objects.published().exists()
    assert not Condition.objects.ever_published().exists()


def test_numbers_count_up_and_an_update_keeps_the_first_date(tinnitus):
    first = tinnitus.first_published_at
    edit(tinnitus, one_line="Ringing.")
    revision = publish_condition(tinnitus, by=None)
    assert (revision.number, revision.kind) == (2, Kind.UPDATE)
    tinnitus.refresh_from_db()
    assert tinnitus.first_published_at == first
    assert tinnitus.published_at == revision.published_at > first


def test_a_correction_is_called_one(tinnitus):
    edit(tinnitus, one_line="Ringing.")
    revision = publish_condition(tinnitus, by=None, note="It said ear.", correction=True)
    assert (revision.kind, revision.note) == (Kind.CORRECTION, "It said ear.")


def test_a_first_publication_corrects_nothing(draft):
    assert publish_condition(draft, by=None, correction=True).kind == Kind.FIRST


def test_publishing_what_is_published_already_makes_no_revision(tinnitus):
    before = Condition.objects.values().get()
    assert publish_condition(tinnitus, by=None) == tinnitus.current_revision
    assert Condition.objects.values().get() == before
    assert ConditionRevision.objects.count() == 1


def test_what_another_process_published_already_is_shown_by_both(tinnitus):
    other = Condition.objects.get()
    for copy in (tinnitus, other):
        edit(copy, name="Ringing ears")
        copy.refresh_from_db(fields=["current_revision"])
    publish_condition(tinnitus, by=None)
    publish_condition(other, by=None)
    shown = Condition.objects.get()
    assert shown.shown_name == shown.current_revision.document["name"] == "Ringing ears"
    assert ConditionRevision.objects.count() == 2


def test_a_revision_keeps_the_words_of_its_day(tinnitus):
    old = tinnitus.current_revision
    edit(tinnitus, name="Ringing ears")
    publish_condition(tinnitus, by=None)
    old.refresh_from_db()
    assert old.document["name"] == "Tinnitus"


def test_the_author_is_who_edited_last_and_the_approver_who_published(tinnitus):
    ana, ben = make_user("editor", name="ana"), make_user("editor", name="ben")
    edit(tinnitus, by=ana, one_line="Ringing.")
    revision = publish_condition(tinnitus, by=ben)
    assert (revision.author, revision.author_name, revision.approver) == (ana, "ana", ben)


def test_nobody_is_called_the_system(draft):
    revision = publish_condition(draft, by=None)
    assert (revision.author, revision.author_name, revision.approver) == (None, "system", None)


def test_a_revision_keeps_the_name_of_an_author_who_left(draft):
    ana = make_user("editor", name="ana")
    revision = publish_condition(draft, by=ana)
    ana.delete()
    revision.refresh_from_db()
    assert (revision.author, revision.author_name) == (None, "ana")


def test_every_fault_of_an_unready_draft_is_told_and_nothing_is_written(db):
    entry = make_entry(published=False, written_on=None, effect="benefit", certainty="no_studies")
    with pytest.raises(NotPublishable) as error:
        publish_entry(entry, by=None)
    assert {field for field, _sentence in error.value.errors} == {"written_on", "effect", "verdict"}
    assert "written_on: is missing" in str(error.value)
    entry.refresh_from_db()
    assert not entry.was_published
    assert not entry.revisions.exists()


def test_rows_that_make_no_document_are_not_ready(draft):
    edit(draft, one_line="A mark [@Key] has no place here.")
    with pytest.raises(NotPublishable) as error:
        publish_condition(draft, by=None)
    assert [field for field, _sentence in error.value.errors] == ["one_line"]


def test_with_two_people_the_author_cannot_publish_alone(two_people, draft):
    ana, _ben = two_people
    edit(draft, by=ana)
    assert review_error(draft, ana, draft_authors(draft, ConditionDocument))
    with pytest.raises(NotPublishable, match="a second person"):
        publish_condition(draft, by=ana)
    assert not Condition.objects.ever_published().exists()


def test_with_two_people_the_second_one_approves(two_people, draft):
    ana, ben = two_people
    edit(draft, by=ana)
    revision = publish_condition(draft, by=ben)
    assert (revision.author, revision.approver) == (ana, ben)


def test_with_two_people_another_editor_is_not_enough(two_people, draft):
    edit(draft, by=two_people[0])
    with pytest.raises(NotPublishable, match="a publisher has to approve"):
        publish_condition(draft, by=make_user("editor"))


def test_with_two_people_the_last_edit_decides_whatever_the_screen_shows(two_people, draft):
    ana, ben = two_people
    edit(draft, by=ana)
    Condition.objects.update(edited_by=ben)
    with pytest.raises(NotPublishable, match="a second person"):
        publish_condition(draft, by=ben)


def test_the_operator_s_commands_are_outside_that_rule(two_people, draft):
    edit(draft, by=two_people[0])
    revision = publish_condition(draft, by=None, author_name="content pack")
    assert (revision.author, revision.author_name) == (None, "content pack")


def test_with_one_person_an_editor_publishes_alone(draft):
    ana = make_user("editor")
    edit(draft, by=ana)
    assert publish_condition(draft, by=ana).approver is None


def test_withdrawing_takes_it_from_readers_with_the_reason(tinnitus):
    ana = make_user("editor", name="ana")
    revision = withdraw_condition(tinnitus, by=ana, reason="  The source was retracted. ")
    tinnitus.refresh_from_db()
    assert (revision.number, revision.kind) == (2, Kind.WITHDRAWAL)
    assert (revision.author_name, revision.note) == ("ana", "The source was retracted.")
    assert tinnitus.withdrawn_reason == "The source was retracted."
    assert tinnitus.withdrawn_at == revision.published_at
    assert not Condition.objects.published().exists()
    assert Condition.objects.ever_published().get() == tinnitus


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_withdrawal_needs_its_reason(tinnitus, reason):
    with pytest.raises(NotPublishable, match="reason: is missing"):
        withdraw_condition(tinnitus, by=None, reason=reason)
    assert Condition.objects.published().exists()


def test_a_draft_cannot_be_withdrawn(draft):
    with pytest.raises(NotPublishable, match="not published"):
        withdraw_condition(draft, by=None, reason="Why not.")


def test_what_is_withdrawn_cannot_be_withdrawn_again(tinnitus):
    withdraw_condition(tinnitus, by=None, reason="Once.")
    with pytest.raises(NotPublishable, match="not published"):
        withdraw_condition(tinnitus, by=None, reason="Twice.")
    assert Condition.objects.get().withdrawn_reason == "Once."


def test_publishing_after_a_withdrawal_shows_it_again(tinnitus):
    first = tinnitus.first_published_at
    withdraw_condition(tinnitus, by=None, reason="A mistake.")
    revision = publish_condition(tinnitus, by=None)
    tinnitus.refresh_from_db()
    assert (revision.number, revision.kind) == (3, Kind.UPDATE)
    assert (tinnitus.withdrawn_at, tinnitus.withdrawn_reason) == (None, "")
    assert tinnitus.first_published_at == first
    assert Condition.objects.published().get() == tinnitus


@pytest.mark.parametrize(
    "state",
    [
        {"withdrawn_reason": "A reason without a time."},
        {"withdrawn_at": "2026-01-01T00:00Z"},
        {"withdrawn_at": "2026-01-01T00:00Z", "withdrawn_reason": "x", "published_at": None},
        {"written_on": date(2026, 1, 2), "review_due": date(2026, 1, 2)},
    ],
)
def test_the_database_keeps_the_state_whole(tinnitus, state):
    with pytest.raises(IntegrityError), transaction.atomic():
        Condition.objects.update(**state)


@pytest.mark.parametrize(
    "values", [{"number": 0}, {"number": 1}, {"number": 2, "kind": "rumour"}], ids=str
)
def test_the_database_keeps_revisions_in_order(tinnitus, values):
    revision = ConditionRevision.objects.values().get() | {"id": None} | values
    with pytest.raises(IntegrityError), transaction.atomic():
        ConditionRevision.objects.create(**revision)


def test_author_and_approver_are_two_people_in_the_database_too(tinnitus):
    ana = make_user("editor")
    values = ConditionRevision.objects.values().get() | {"id": None, "number": 2}
    with pytest.raises(IntegrityError), transaction.atomic():
        ConditionRevision.objects.create(**values | {"author_id": ana.pk, "approver_id": ana.pk})


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_get_different_numbers():
    condition, rounds = make_condition("Tinnitus"), count(small=4, full=50)
    barrier = Barrier(2)

    def publish(person: int) -> list[int]:
        numbers = []
        try:
            for turn in range(rounds):
                mine = Condition.objects.get(pk=condition.pk)
                mine.one_line = f"Words of {person}, {turn}."
                barrier.wait(timeout=20)
                numbers.append(publish_condition(mine, by=None).number)
        finally:
            connections.close_all()
        return numbers

    with ThreadPoolExecutor(2) as people:
        first, second = people.map(publish, (1, 2))
    assert sorted(first + second) == list(range(2, 2 + 2 * rounds))
    condition.refresh_from_db()
    newest = ConditionRevision.objects.first()
    assert condition.current_revision == newest
    assert condition.shown_one_line == newest.document["one_line"]
