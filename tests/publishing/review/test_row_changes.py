"""Changes of circumstances and works: submitted, approved, rejected, taken back, recorded."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction

from citations.models import Citation
from publishing.models import CitationRevision
from publishing.review.works import CITATIONS
from remedies.models import Circumstance, CircumstanceRevision
from remedies.services import CIRCUMSTANCES, withdraw_entry
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.factories import make_citation, make_entry, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def lithium(db) -> Circumstance:
    return Circumstance.objects.create(
        slug="lithium", kind="medicine", name="lithium", members="a\nb"
    )


@pytest.fixture
def ana(db):
    return make_user("editor", name="ana")


@pytest.fixture
def ben(db):
    return make_user("publisher", name="ben")


def changed(rows, row, **values):
    """The row's document with other values."""
    return rows.schema.model_validate(rows.stored_document(row) | values)


def submit(row, by, note="It was wrong.", **values):
    rows = CIRCUMSTANCES if isinstance(row, Circumstance) else CITATIONS
    return rows.submit(changed(rows, row, **values), by=by, note=note)


def test_with_one_person_a_change_is_in_effect_at_once_with_its_revision(lithium, ana):
    revision = submit(lithium, ana, members=["a"])
    lithium.refresh_from_db()
    assert lithium.member_list == ["a"]
    first, second = CircumstanceRevision.objects.order_by("number")
    assert second == revision
    assert (first.kind, first.author, first.author_name) == ("system", None, "system")
    assert (first.base, first.document["members"]) == ({}, ["a", "b"])
    assert (second.number, second.kind, second.state) == (2, "update", "published")
    assert (second.author, second.note, second.approver) == (ana, "It was wrong.", None)
    assert (second.base["members"], second.document["members"]) == (["a", "b"], ["a"])
    assert second.changed_fields == ["members"]
    assert second.row == lithium


def test_the_row_as_it_was_is_recorded_once(lithium, ana):
    submit(lithium, ana, members=["a"])
    submit(Circumstance.objects.get(), ana, members=[])
    assert list(CircumstanceRevision.objects.order_by("pk").values_list("number", "kind")) == [
        (1, "system"), (2, "update"), (3, "update"),
    ]  # fmt: skip


def test_a_save_that_changes_nothing_makes_no_revision(lithium, ana):
    assert submit(lithium, ana) is None
    assert not CircumstanceRevision.objects.exists()


def test_a_new_row_has_its_first_revision(ana):
    document = CIRCUMSTANCES.schema(slug="ill", kind="condition", name="ill", position=3)
    revision = CIRCUMSTANCES.submit(document, by=ana)
    assert (revision.number, revision.kind, revision.base) == (1, "first", {})
    assert revision.row == Circumstance.objects.get(slug="ill", position=3)


@pytest.mark.usefixtures("two_people")
class TestTwoPeople:
    def test_a_change_waits_and_the_row_stays(self, lithium, ana, caplog):
        revision = submit(lithium, ana, members=[])
        lithium.refresh_from_db()
        assert lithium.member_list == ["a", "b"]
        assert (revision.state, revision.number, revision.decided_at) == ("waiting", None, None)
        assert CircumstanceRevision.objects.count() == 1
        assert f"review_submitted actor={ana.pk}" in caplog.text

    def test_somebody_else_approves_it(self, lithium, ana, ben, caplog):
        revision = CIRCUMSTANCES.approve(submit(lithium, ana, members=["a"]), by=ben)
        lithium.refresh_from_db()
        assert lithium.member_list == ["a"]
        assert (revision.number, revision.author, revision.approver) == (2, ana, ben)
        assert f"review_approved actor={ben.pk}" in caplog.text

    def test_a_new_row_waits_too(self, ana, ben):
        document = CIRCUMSTANCES.schema(slug="ill", kind="condition", name="ill")
        revision = CIRCUMSTANCES.submit(document, by=ana, note="New.")
        assert not Circumstance.objects.exists()
        CIRCUMSTANCES.approve(revision, by=ben)
        assert CircumstanceRevision.objects.get().row == Circumstance.objects.get()

    def test_a_publisher_does_not_approve_their_own(self, lithium, ben):
        revision = submit(lithium, ben, members=[])
        with pytest.raises(NotPermitted, match="second person"):
            CIRCUMSTANCES.approve(revision, by=ben)

    def test_an_editor_approves_nothing(self, lithium, ana):
        revision = submit(lithium, ana, members=[])
        for person in (ana, make_user("editor"), make_user("moderator")):
            with pytest.raises(NotPermitted, match="publisher"):
                CIRCUMSTANCES.approve(revision, by=person)
        lithium.refresh_from_db()
        assert lithium.members

    def test_what_somebody_submitted_whose_account_is_gone_is_submitted_anew(
        self, lithium, ana, ben
    ):
        revision = submit(lithium, ana, members=[])
        ana.delete()
        with pytest.raises(NotPermitted, match="submit it anew"):
            CIRCUMSTANCES.approve(CircumstanceRevision.objects.get(), by=ben)
        CIRCUMSTANCES.reject(revision, by=ben, reason="Nobody stands behind it.")

    @pytest.mark.parametrize("note", ["", "  \n"])
    def test_a_change_that_waits_needs_its_reason(self, lithium, ana, note):
        with pytest.raises(InvalidInput, match="Say what changed and why"):
            submit(lithium, ana, note=note, members=[])

    def test_one_change_of_a_row_waits_at_a_time(self, lithium, ana, ben):
        submit(lithium, ana, members=[])
        with pytest.raises(InvalidInput, match="comes first"):
            submit(lithium, ben, name="other")

    def test_a_rejection_needs_its_reason_and_changes_nothing(self, lithium, ana, ben, caplog):
        revision = submit(lithium, ana, members=[])
        with pytest.raises(InvalidInput, match="Say why"):
            CIRCUMSTANCES.reject(revision, by=ben, reason=" ")
        rejected = CIRCUMSTANCES.reject(revision, by=ben, reason="They do interact.")
        assert (rejected.state, rejected.decision_note) == ("rejected", "They do interact.")
        assert (rejected.approver, rejected.number) == (ben, None)
        lithium.refresh_from_db()
        assert lithium.member_list == ["a", "b"]
        assert f"review_rejected actor={ben.pk}" in caplog.text
        submit(lithium, ana, name="free again")

    def test_its_author_takes_it_back_and_nobody_else_rejects_it(self, lithium, ana):
        revision = submit(lithium, ana, members=[])
        with pytest.raises(NotPermitted):
            CIRCUMSTANCES.reject(revision, by=make_user("editor"), reason="No.")
        back = CIRCUMSTANCES.reject(revision, by=ana, reason="")
        assert (back.state, back.approver) == ("taken_back", None)

    @pytest.mark.parametrize("first", ["approve", "reject"])
    def test_what_is_decided_stays_decided(self, lithium, ana, ben, first):
        revision = submit(lithium, ana, members=[])
        if first == "approve":
            CIRCUMSTANCES.approve(revision, by=ben)
        else:
            CIRCUMSTANCES.reject(revision, by=ben, reason="No.")
        for decide in (
            lambda: CIRCUMSTANCES.approve(revision, by=ben),
            lambda: CIRCUMSTANCES.reject(revision, by=ben, reason="No."),
        ):
            with pytest.raises(InvalidInput, match="decided already"):
                decide()

    def test_what_a_command_changed_meanwhile_is_submitted_anew(self, lithium, ana, ben):
        revision = submit(lithium, ana, members=["a"])
        Circumstance.objects.update(members="a\nb\nc")
        with pytest.raises(InvalidInput, match="changed by a command"):
            CIRCUMSTANCES.approve(revision, by=ben)
        assert Circumstance.objects.get().member_list == ["a", "b", "c"]

    def test_what_does_not_fit_the_library_any_more_is_not_approved(self, ana, ben):
        work = make_citation("A1")
        make_entry(verdict="We do not know [@A1].")
        revision = submit(work, ana, doi="10.1000/x")
        make_citation("B2", doi="10.1000/X")
        with pytest.raises(InvalidInput, match="Another work of the library has this DOI"):
            CITATIONS.approve(revision, by=ben)
        assert CitationRevision.objects.get().state == "waiting"

    def test_a_work_that_no_page_cites_is_changed_at_once_unless_grades_read_the_field(self, ana):
        work = make_citation("A1")
        assert submit(work, ana, title="Another", year=1999).state == "published"
        assert submit(Citation.objects.get(), ana, study_type="cohort").state == "waiting"

    def test_a_work_of_a_withdrawn_page_waits_too(self, ana):
        work = make_citation("A1")
        withdraw_entry(make_entry(verdict="We do not know [@A1]."), by=None, reason="In doubt.")
        assert submit(work, ana, title="Another").state == "waiting"


def test_after_a_change_to_one_person_what_waits_may_be_decided_by_its_author(
    settings, lithium, ben
):
    settings.REVIEW = "two"
    revision = submit(lithium, ben, members=[])
    settings.REVIEW = "one"
    assert CIRCUMSTANCES.approve(revision, by=ben).approver is None


def test_a_list_of_retractions_leaves_revisions(tmp_path):
    make_citation("A1", doi="10.1000/x")
    file = tmp_path / "list.csv"
    file.write_text("doi,date\n10.1000/x,2026-01-02\n")
    call_command("import_retractions", file, stdout=StringIO())
    call_command("import_retractions", file, stdout=StringIO())
    first, second = CitationRevision.objects.order_by("number")
    assert (first.kind, second.kind) == ("system", "system")
    assert second.author_name == "list of retractions"
    assert second.changed_fields == ["retracted_on"]


@pytest.mark.parametrize(
    "values",
    [
        {"state": "waiting"},
        {"number": None},
        {"number": 0},
        {"decided_at": None},
        {"state": "rejected", "number": None},
        {"state": "no-such"},
        {"kind": "no-such"},
        {"document": {}},
        {"base": {}},
        {"note": "Another."},
        {"key": "other"},
        {"author_name": "other"},
        {"decision_note": "Another."},
        {"submitted_at": "2026-01-01T00:00Z"},
    ],
    ids=str,
)
def test_the_database_keeps_what_was_submitted_and_decided(lithium, ana, values):
    revision = submit(lithium, ana, members=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        CircumstanceRevision.objects.filter(pk=revision.pk).update(**values)


@pytest.mark.usefixtures("two_people")
def test_the_database_keeps_what_waits_but_its_decision(lithium, ana, ben):
    revision = submit(lithium, ana, members=[])
    mine = CircumstanceRevision.objects.filter(pk=revision.pk)
    for values in (
        {"document": {}}, {"note": "x"}, {"number": 1}, {"approver": ben}, {"state": "published"},
        {"state": "rejected", "decided_at": "2026-01-01T00:00Z"},
        {"state": "published", "number": 2, "decided_at": "2026-01-01T00:00Z", "approver": ana},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        CircumstanceRevision.objects.create(**mine.values().get() | {"id": None})


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_and_reject_at_once_decide_once(settings):
    settings.REVIEW = "two"
    ana, ben = make_user("editor"), make_user("publisher")
    term = Circumstance.objects.create(slug="lithium", kind="medicine", name="a", members="a")
    revision = submit(term, ana, members=[])
    barrier = Barrier(2)

    def decide(number: int) -> bool:
        try:
            barrier.wait(timeout=20)
            if number:
                CIRCUMSTANCES.approve(revision, by=ben)
            else:
                CIRCUMSTANCES.reject(revision, by=ben, reason="No.")
        except InvalidInput:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as publishers:
        assert sorted(publishers.map(decide, (0, 1))) == [False, True]
    stored = CircumstanceRevision.objects.get(author=ana)
    assert (stored.state == "published") == (Circumstance.objects.get().members == "")
