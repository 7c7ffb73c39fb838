"""The admin's pages of changes that wait: what they say, to whom, and what they take."""

import pytest
from django.test import Client

from citations.models import Citation
from publishing.models import CitationRevision, DraftEdit
from remedies.models import Circumstance, CircumstanceRevision
from tests.admin_forms import add, admin_url, change, messages_of
from tests.factories import make_citation, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db


def waiting(people, antibiotics) -> CircumstanceRevision:
    """Edda takes a medicine out of a class."""
    form = change(people.edda_s, antibiotics)
    form.fill(members="minocycline", change_note="It is no antibiotic.").press()
    return CircumstanceRevision.objects.get(state="waiting")


def words_at(browser: Client, row, page: str = "change") -> str:
    return Page(browser.get(admin_url(row, page))).words


def test_with_one_person_saving_changes_the_check_and_keeps_who_when_and_why(people, antibiotics):
    form = change(people.edda_s, antibiotics)
    form.fill(members="minocycline", change_note="It is no antibiotic.").press()
    assert people.warnings_for("doxycycline") == 0
    revision = antibiotics.revisions.first()
    assert (revision.author, revision.note) == (people.world.edda, "It is no antibiotic.")
    page = words_at(people.edda_s, revision)
    assert "What it changes members doxycycline minocycline" in page
    assert "Decision" not in page


@pytest.mark.usefixtures("two_people")
class TestTwoPeople:
    def test_who_submits_is_told_what_happens_next(self, people, antibiotics):
        form = change(people.edda_s, antibiotics)
        assert "waits until a publisher other than you" in Page(people.edda_s.get(form.url)).words
        response = form.fill(members="", change_note="No reason.").press()
        assert "Submitted. Readers see it once a publisher other than you" in messages_of(response)
        page = Page(response).words
        assert "What it would change members taken out: doxycycline minocycline" in page
        assert "only a publisher other than its author approves it." in page
        assert "Take it back" in response.content.decode()
        assert "Approve: put it into effect" not in response.content.decode()

    def test_a_change_without_its_reason_is_not_submitted_and_nothing_typed_is_lost(
        self, people, antibiotics
    ):
        response = change(people.edda_s, antibiotics).fill(members="other").press()
        assert "Say what changed and why" in messages_of(response)
        assert ">\nother</textarea>" in response.content.decode()
        assert not CircumstanceRevision.objects.exists()

    def test_a_publisher_sees_the_difference_beside_the_decision_and_approves(
        self, people, antibiotics
    ):
        revision = waiting(people, antibiotics)
        page = people.paula_s.get(admin_url(revision))
        assert "<del>doxycycline" in page.content.decode()
        assert "It is no antibiotic." in Page(page).words
        sent = {"decision": "approve"}
        response = people.paula_s.post(admin_url(revision, "decide"), sent, follow=True)
        assert "Approved: it is in effect now." in messages_of(response)
        assert people.warnings_for("doxycycline") == 0
        assert "Decision" not in Page(response).words

    def test_a_publisher_rejects_with_a_reason_that_its_author_reads(self, people, antibiotics):
        revision = waiting(people, antibiotics)
        url = admin_url(revision, "decide")
        assert "Say why" in messages_of(people.paula_s.post(url, {"reason": ""}, follow=True))
        people.paula_s.post(url, {"reason": "They do interact."})
        assert "They do interact." in words_at(people.edda_s, revision)
        assert people.warnings_for("doxycycline") == 1

    def test_its_author_takes_it_back(self, people, antibiotics):
        revision = waiting(people, antibiotics)
        people.edda_s.post(admin_url(revision, "decide"), {"decision": "reject"})
        revision.refresh_from_db()
        assert revision.state == "taken_back"

    @pytest.mark.parametrize("decision", ["approve", "reject"])
    def test_who_may_not_decide_is_refused_whatever_they_post(self, people, antibiotics, decision):
        revision = waiting(people, antibiotics)
        url = admin_url(revision, "decide")
        sent = {"decision": decision, "reason": "No.", "state": "published", "approver": "1"}
        for role, status in (("editor", 403), ("moderator", 403), ("member", 302)):
            browser = people.world.browser_of(make_user(role))
            assert browser.post(url, sent).status_code == status
        assert people.world.vera.post(url, sent).status_code == 302
        if decision == "approve":
            assert people.edda_s.post(url, sent).status_code == 403
        revision.refresh_from_db()
        assert revision.state == "waiting"
        assert people.warnings_for("doxycycline") == 1

    def test_a_publisher_does_not_approve_their_own_whatever_they_post(self, people, antibiotics):
        change(people.paula_s, antibiotics).fill(members="", change_note="No reason.").press()
        revision = CircumstanceRevision.objects.get()
        page = words_at(people.paula_s, revision)
        assert "A second person has to approve this: you submitted it." in page
        sent = {"decision": "approve", "author": "", "author_id": "1"}
        assert people.paula_s.post(admin_url(revision, "decide"), sent).status_code == 403
        assert people.warnings_for("doxycycline") == 1

    def test_looking_decides_nothing(self, people, antibiotics):
        revision = waiting(people, antibiotics)
        assert people.paula_s.get(admin_url(revision, "decide")).status_code == 405
        assert people.paula_s.post(admin_url(revision)).status_code == 403
        forgery = Client(enforce_csrf_checks=True)
        forgery.force_login(people.paula)
        assert (
            forgery.post(admin_url(revision, "decide"), {"decision": "approve"}).status_code == 403
        )
        revision.refresh_from_db()
        assert revision.state == "waiting"

    def test_a_change_that_is_not_there_is_404(self, people, antibiotics):
        url = admin_url(waiting(people, antibiotics), "decide")
        missing = url.replace("/decide/", "9/decide/")
        assert people.paula_s.post(missing, {"decision": "approve"}).status_code == 404

    def test_a_second_change_waits_for_the_first(self, people, antibiotics):
        revision = waiting(people, antibiotics)
        page = people.paula_s.get(admin_url(antibiotics))
        assert "A change by edda has been waiting for a second person" in Page(page).words
        assert f'href="{admin_url(revision)}"' in page.content.decode()
        response = change(people.paula_s, antibiotics).fill(name="x", change_note="Y.").press()
        assert "it comes first" in messages_of(response)

    def test_a_new_circumstance_waits_and_is_there_once_approved(self, people):
        response = (
            add(people.edda_s, "remedies_circumstance")
            .fill(name="lithium", slug="lithium", kind="medicine", change_note="It was missing.")
            .press()
        )
        revision = CircumstanceRevision.objects.get()
        assert "name added: lithium" in Page(response).words
        again = add(people.paula_s, "remedies_circumstance").fill(
            name="lithium", slug="lithium", kind="medicine", change_note="It was missing."
        )
        assert "it comes first" in messages_of(again.press())
        people.paula_s.post(admin_url(revision, "decide"), {"decision": "approve"})
        assert Circumstance.objects.get(slug="lithium").name == "lithium"

    def test_a_new_work_is_there_at_once(self, people):
        form = add(people.edda_s, "citations_citation").fill(
            key="A1", title="A trial", study_type="cohort", pmid="7"
        )
        assert "was added successfully" in messages_of(form.press())
        assert Citation.objects.get(key="A1").revisions.get().author == people.world.edda

    def test_nothing_changes_rows_in_the_lists(self, people, antibiotics):
        """Neither list can be edited, and their one action deletes what nobody may delete."""
        for row in (antibiotics, people.world.trial):
            url = admin_url(row).partition(f"{row.pk}/")[0]
            page = people.paula_s.get(url)
            assert 'name="form-0-' not in page.content.decode()
            sent = {
                "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": row.pk,
                "form-0-members": "", "form-0-study_type": "cohort", "_save": "1",
            }  # fmt: skip
            before = type(row).objects.values().get(pk=row.pk)
            people.paula_s.post(url, sent)
            assert type(row).objects.values().get(pk=row.pk) == before

    def test_somebody_who_saved_before_saves_were_kept_is_an_author(self, people):
        entry = people.world.legs_entry
        change(people.paula_s, entry).fill(clinical="Words of Paula.").press()
        DraftEdit.objects.all().delete()  # as after an upgrade: only the last editor is known
        change(people.edda_s, entry).fill(dosing="A word of Edda.").press()
        assert "are yours" in messages_of(change(people.paula_s, entry).press("_publish"))
        change(people.pim_s, entry).press("_publish")
        assert entry.revisions.first().author_name == "paula, edda"


def test_a_work_that_a_page_cites_is_not_deleted(people, admin_user):
    browser = people.world.browser_of(admin_user)
    assert (
        browser.post(admin_url(people.world.agency, "delete"), {"post": "yes"}).status_code == 403
    )
    work = make_citation("A1")
    browser.post(admin_url(work, "delete"), {"post": "yes"})
    assert not Citation.objects.filter(key="A1").exists()


def test_a_deleted_work_leaves_its_changes(people, admin_user):
    work = make_citation("A1")
    change(people.edda_s, work).fill(title="Another").press()
    people.world.browser_of(admin_user).post(admin_url(work, "delete"), {"post": "yes"})
    assert CitationRevision.objects.filter(key="A1", row=None).count() == 2


def test_words_of_a_change_are_escaped(people, antibiotics):
    change(people.edda_s, antibiotics).fill(members="<b>x").press()
    page = people.edda_s.get(admin_url(antibiotics.revisions.first())).content.decode()
    assert "<b>x" not in page
    assert "&lt;b&gt;x" in page
