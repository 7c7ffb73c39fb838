"""A draft is submitted, read beside what readers see, and approved or sent back by a second person."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Notification
from publishing.models import Submission
from publishing.publication_state import publication_state
from publishing.review.submissions import approve_submission, send_back, submit_draft, take_back
from remedies.services import withdraw_entry
from remedies_site.exceptions import InvalidInput, NotPermitted, NotPublishable
from tests.admin_forms import Form, add, admin_url, change, messages_of
from tests.counts import count
from tests.factories import make_user
from tests.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_people")]
LEGS = "/remedies/magnesium/restless-legs-syndrome/"
QUEUE = "/admin/publishing/submission/"


def submitted(people, **values) -> Submission:
    """Edda changes the entry and submits it."""
    values = values or {"clinical": "Newly told by Edda."}
    form = change(people.edda_s, people.world.legs_entry)
    form.fill(change_note="It was out of date.", **values).press("_submit_review")
    return Submission.objects.latest("pk")


def decide(browser, submission, decision, **values):
    """Open the page of a submission and press a button of it."""
    page = Page(browser.get(admin_url(submission)))
    sent = {
        element.get("name"): element.get("value") or element.text or ""
        for element in page.by_id("decision").iter()
        if element.tag in {"input", "textarea"} and element.get("name")
    }
    return browser.post(
        admin_url(submission, "decide"), {**sent, **values, "decision": decision}, follow=True
    )


def state_of(subject) -> str:
    return str(publication_state(type(subject).objects.get(pk=subject.pk)))


# ---- submitting --------------------------------------------------------------------------------


def test_an_editor_submits_with_a_reason_and_nothing_changes_for_readers(people):
    form = change(people.edda_s, people.world.legs_entry)
    form.fill(clinical="Newly told.", change_note="It was out of date.", is_correction="on")
    assert "Submitted. Readers see it once" in messages_of(form.press("_submit_review"))
    submission = Submission.objects.get()
    assert (submission.author, submission.reason) == (people.world.edda, "It was out of date.")
    assert submission.is_correction
    assert "Newly told." not in people.page(LEGS)
    assert state_of(people.world.legs_entry) == "published, submitted for review"


def test_without_a_reason_nothing_is_stored_and_the_text_is_kept(people):
    form = change(people.edda_s, people.world.legs_entry).fill(clinical="Newly told.")
    response = form.press("_submit_review")
    assert "Say what changed and why" in messages_of(response)
    assert "Newly told." in response.content.decode()
    assert not Submission.objects.exists()


def test_what_cannot_be_published_is_not_submitted(people):
    form = change(people.edda_s, people.world.legs_entry)
    form.fill(written_on="", change_note="Why.")
    assert "not submitted: written_on" in messages_of(form.press("_submit_review"))
    assert not Submission.objects.exists()


def test_a_draft_without_a_change_is_not_submitted(people):
    form = change(people.edda_s, people.world.legs_entry).fill(change_note="Why.")
    assert "Nothing waits" in messages_of(form.press("_submit_review"))


def test_a_new_page_is_submitted_as_it_is_made(people):
    form = add(people.edda_s, "conditions_condition")
    form.fill(name="Hiccups", slug="hiccups", category="other", one_line="They come and go.")
    form.fill(change_note="It was missing.")
    assert "Submitted." in messages_of(form.press("_submit_review"))
    submission = Submission.objects.get()
    decide(people.paula_s, submission, "approve")
    assert people.world.vera.get("/conditions/hiccups/").status_code == 200


def test_submitting_again_takes_back_what_was_submitted_before(people):
    first = submitted(people)
    second = submitted(people, clinical="Told once more.")
    first.refresh_from_db()
    assert (first.state, first.is_open) == ("taken_back", False)
    assert (second.state, second.is_open) == ("waiting", True)


def test_where_one_person_publishes_nothing_is_submitted(people, settings):
    settings.REVIEW = "one"
    form = change(people.edda_s, people.world.legs_entry).fill(clinical="New.", change_note="Why.")
    assert "one person publishes" in messages_of(form.press("_submit_review"))
    with pytest.raises(InvalidInput):
        submit_draft(people.world.legs_entry, by=people.world.edda, reason="Why.")


def test_a_withdrawal_ends_what_was_submitted_before_it(people):
    submission = submitted(people)
    sent = {"decision": "approve", "_seen": submission.seen}
    people.paula_s.post(
        admin_url(people.world.legs_entry, "withdraw"), {"reason": "The dose harms."}
    )
    response = people.paula_s.post(admin_url(submission, "decide"), sent)
    assert response.status_code == 409
    assert people.world.vera.get(LEGS).status_code == 410
    submission.refresh_from_db()
    assert (submission.state, submission.decision_note) == ("taken_back", "It was withdrawn.")


def test_a_withdrawal_ends_what_was_sent_back_before_it(people):
    submission = submitted(people)
    send_back(submission, by=people.paula, note="Shorter.")
    withdraw_entry(people.world.legs_entry, by=None, reason="The dose harms.")
    submission.refresh_from_db()
    assert (submission.state, submission.is_open) == ("sent_back", False)


def test_whoever_reviews_a_withdrawn_page_reads_that_approving_brings_it_back(people):
    withdraw_entry(people.world.legs_entry, by=None, reason="The dose harms.")
    submission = submitted(people)
    page = Page(people.paula_s.get(admin_url(submission)))
    assert "The page is withdrawn: “The dose harms.” Approving this brings it back." in page.words
    decide(people.paula_s, submission, "approve")
    assert people.world.vera.get(LEGS).status_code == 200


# ---- the queue and the page --------------------------------------------------------------------


def test_the_queue_names_page_editor_reason_and_state(people):
    submitted(people)
    page = Page(people.paula_s.get(QUEUE))
    for words in ("Magnesium for Restless legs", "edda", "It was out of date.", "waiting for a"):
        assert words in page.words
    links = {link.get("href") for link in page.by_id("row-changes").iter("a")}
    assert "/admin/publishing/citationrevision/?state__exact=waiting" in links
    assert "/admin/remedies/circumstancerevision/?state__exact=waiting" in links


def test_the_queue_needs_as_many_queries_for_many_drafts_as_for_one(people):
    entries = [people.world.legs_entry, people.world.sleep_entry, people.world.magnesium]
    counts = []
    for entry in entries:
        for number in range(count(small=2, full=5)):
            form = change(people.edda_s, entry).fill(change_note="Why.")
            form.fill(review_due=f"203{number}-01-01").press("_submit_review")
        people.paula_s.get(QUEUE)
        with CaptureQueriesContext(connection) as queries:
            people.paula_s.get(QUEUE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[2] <= counts[0] + 1  # another kind of page


def test_the_page_shows_the_difference_in_words_and_leads_to_both_pages(people):
    submission = submitted(people)
    response = people.paula_s.get(admin_url(submission))
    page = Page(response)
    assert "Newly told by Edda." in page.words
    assert "Written by edda." in page.words
    links = {link.get("href") for link in page.by_id("page-pair").iter("a")}
    assert links == {LEGS, f"{LEGS}?draft"}
    assert "doses, warnings or interactions" not in page.words


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("legs_entry", {"regimens-0-amount": "500"}),
        ("legs_entry", {"precautions-0-who": "you have very weak kidneys"}),
        ("legs_entry", {"dosing": "Studies used it at night."}),
        ("magnesium", {"interactions-0-effect": "The medicine acts much less."}),
        ("restless_legs", {"red_flags-0-text": "you cannot walk"}),
    ],
    ids=str,
)
def test_a_change_of_doses_warnings_and_interactions_says_so_and_needs_a_publisher(
    people, part, values
):
    subject = getattr(people.world, part)
    change(people.edda_s, subject).fill(change_note="Why.", **values).press("_submit_review")
    submission = Submission.objects.get()
    assert (
        "It changes doses, warnings or interactions"
        in Page(people.paula_s.get(admin_url(submission))).words
    )
    other = people.world.browser_of(make_user("editor"))
    assert decide(other, submission, "approve").status_code == 403
    assert subject.revisions.count() == 1
    decide(people.paula_s, submission, "approve")
    assert subject.revisions.count() == 2


# ---- approving ---------------------------------------------------------------------------------


def test_a_publisher_approves_and_the_reason_goes_into_the_revision(people):
    submission = submitted(people)
    response = decide(people.paula_s, submission, "approve")
    assert "published as revision 2" in messages_of(response)
    assert "Newly told by Edda." in people.page(LEGS)
    revision = people.world.legs_entry.revisions.first()
    assert (revision.author, revision.approver) == (people.world.edda, people.paula)
    assert revision.note == "It was out of date."
    submission.refresh_from_db()
    assert (submission.state, submission.approver) == ("approved", people.paula)
    assert Notification.objects.get(user=people.world.edda).url == LEGS
    assert state_of(people.world.legs_entry) == "published"


def test_what_was_saved_since_the_page_was_opened_is_not_approved(people):
    submission = submitted(people)
    seen = Page(people.paula_s.get(admin_url(submission))).one("input", name="_seen").get("value")
    change(people.edda_s, people.world.legs_entry).fill(dosing="A late word.").press()
    sent = {"decision": "approve", "_seen": seen}
    assert people.paula_s.post(admin_url(submission, "decide"), sent).status_code == 403
    assert people.page(LEGS).count("Newly told") == 0
    page = Page(people.paula_s.get(admin_url(submission)))
    assert "saved again since it was submitted" in page.words
    assert "A late word." in page.words
    decide(people.paula_s, submission, "approve")
    assert "A late word." in people.page(LEGS)


def test_what_cannot_be_published_any_more_is_not_approved(people):
    submission = submitted(people)
    change(people.edda_s, people.world.legs_entry).fill(written_on="").press()
    page = Page(people.paula_s.get(admin_url(submission)))
    assert "It cannot be published as it is:" in page.words
    response = decide(people.paula_s, submission, "approve")
    assert response.status_code == 409
    assert "written_on" in Page(response).words
    submission.refresh_from_db()
    assert submission.state == "waiting"


def test_publishing_from_the_form_ends_the_submission(people):
    submission = submitted(people)
    change(people.paula_s, people.world.legs_entry).press("_publish")
    submission.refresh_from_db()
    assert (submission.state, submission.approver) == ("approved", people.paula)
    assert people.world.legs_entry.revisions.first().note == "It was out of date."


def test_a_command_that_publishes_ends_the_submission(people):
    from remedies.services import publish_entry

    submission = submitted(people)
    publish_entry(people.world.legs_entry, by=None, author_name="content pack")
    submission.refresh_from_db()
    assert (submission.state, submission.decided_by_name) == ("taken_back", "system")


def test_a_decided_submission_is_not_decided_again(people):
    submission = submitted(people)
    decide(people.paula_s, submission, "approve")
    for decision in ("approve", "send_back", "take_back"):
        sent = {"decision": decision, "_seen": "0", "note": "No."}
        assert people.pim_s.post(admin_url(submission, "decide"), sent).status_code == 409
    assert people.world.legs_entry.revisions.count() == 2


# ---- sending back ------------------------------------------------------------------------------


def test_a_publisher_sends_back_with_comments_that_stand_at_their_fields(people):
    values = {"clinical": "Newly told.", "regimens-0-duration": "8 weeks"}
    submission = submitted(people, **values)
    page = Page(people.paula_s.get(admin_url(submission)))
    paths = {
        element.get("value"): element.get("name").removeprefix("path-")
        for element in page.by_id("decision").iter("input")
        if element.get("name", "").startswith("path-")
    }
    regimen = people.world.legs_entry.regimens.get()
    dose = f"regimens/{regimen.pk}/duration"
    assert set(paths) == {"clinical", dose}
    comments = {
        f"comment-{paths['clinical']}": "Which trial?",
        f"comment-{paths[dose]}": "It was six weeks.",
    }
    response = decide(people.paula_s, submission, "send_back", note="Nearly.", **comments)
    assert "Sent back." in messages_of(response)
    assert state_of(people.world.legs_entry) == "published, sent back"
    note = Notification.objects.get(user=people.world.edda)
    assert note.url == admin_url(people.world.legs_entry)

    form = Page(people.edda_s.get(admin_url(people.world.legs_entry)))
    review = form.by_id("review")
    links = {link.get("href"): link.text for link in review.iter("a")}
    assert "#id_clinical" in links
    assert "#id_regimens-0-duration" in links
    shown = [element for element in form.all("p", class_="place-comment")]
    assert len(shown) == 2
    assert "Sent back by paula" in form.words
    assert "Nearly." in form.words


def test_a_draft_that_was_sent_back_is_mended_and_submitted_again(people):
    first = submitted(people)
    decide(people.paula_s, first, "send_back", note="Name the trial.")
    second = submitted(people, clinical="Newly told with its trial.")
    first.refresh_from_db()
    assert (first.state, first.is_open) == ("sent_back", False)
    decide(people.paula_s, second, "approve")
    assert "with its trial" in people.page(LEGS)


def test_sending_back_without_a_word_is_refused_and_keeps_what_was_typed(people):
    submission = submitted(people)
    response = decide(
        people.paula_s, submission, "send_back", note="  ", publish_at="2030-01-01T10:00"
    )
    assert response.status_code == 409
    assert "Say what has to change" in Page(response).words
    assert 'value="2030-01-01T10:00"' in response.content.decode()


def test_text_that_arrives_after_a_log_in_is_shown_and_nothing_decided(people):
    submission = submitted(people)
    sent = {"decision": "send_back", "note": "Nearly.", "comment-1": "Which?", "show_again": "1"}
    response = people.paula_s.post(admin_url(submission, "decide"), sent)
    assert "Nearly." in response.content.decode()
    assert "Which?" in response.content.decode()
    submission.refresh_from_db()
    assert submission.state == "waiting"


def test_an_editor_takes_their_own_back_and_nobody_else_s(people):
    submission = submitted(people)
    other = people.world.browser_of(make_user("editor"))
    for browser in (other, people.paula_s):
        sent = {"decision": "take_back"}
        assert browser.post(admin_url(submission, "decide"), sent).status_code == 403
    assert "Taken back" in messages_of(decide(people.edda_s, submission, "take_back"))
    assert state_of(people.world.legs_entry) == "published, draft waiting"


def test_discarding_the_draft_takes_the_submission_back(people):
    submission = submitted(people)
    url = admin_url(people.world.legs_entry, "discard")
    seen = Page(people.edda_s.get(url)).one("input", name="_seen").get("value")
    people.edda_s.post(url, {"_seen": seen})
    submission.refresh_from_db()
    assert (submission.state, submission.decision_note) == (
        "taken_back",
        "The draft was discarded.",
    )


# ---- rules of the services and of the database -------------------------------------------------


def test_each_step_is_logged_as_an_event(people, caplog):
    with caplog.at_level("INFO", logger="remedies.events"):
        first = submitted(people)
        decide(people.paula_s, first, "send_back", note="No.")
        take_back(submitted(people, clinical="Again."), by=people.world.edda)
        decide(people.paula_s, submitted(people, clinical="Once more."), "approve")
    for name in ("review_submitted", "review_sent_back", "review_taken_back", "review_approved"):
        assert f"{name} actor=" in caplog.text


def test_the_services_refuse_who_may_not(people):
    submission = submitted(people)
    other = make_user("editor")
    for call in (
        lambda: approve_submission(submission, by=people.world.edda, seen=submission.seen),
        lambda: approve_submission(submission, by=other, seen=submission.seen),
        lambda: approve_submission(submission, by=people.paula, seen=0),
        lambda: send_back(submission, by=people.world.edda, note="No."),
        lambda: send_back(submission, by=other, note="No."),
        lambda: take_back(submission, by=people.paula),
    ):
        with pytest.raises(NotPermitted):
            call()
    people.world.edda.delete()
    submission.refresh_from_db()
    with pytest.raises(NotPermitted, match="no account any more"):
        approve_submission(submission, by=people.paula, seen=submission.seen)


def test_a_draft_with_errors_is_refused_by_the_service(people):
    entry = people.world.legs_entry
    type(entry).objects.filter(pk=entry.pk).update(written_on=None)
    with pytest.raises(NotPublishable):
        submit_draft(entry, by=people.world.edda, reason="Why.")


@pytest.mark.parametrize(
    "values",
    [
        {"state": "approved", "is_open": False},  # without a time and a name
        {"state": "approved", "is_open": False, "decided": True, "approver": "author"},
        {"state": "sent_back", "decided": True, "approver": "author"},
        {"state": "taken_back", "is_open": True, "decided": True},
        {"state": "taken_back", "is_open": False, "decided": True, "approver": "other"},
        {"state": "waiting", "is_open": False},
        {"state": "nonsense"},
        {"reason": ""},
    ],
    ids=str,
)
def test_the_database_keeps_the_rules_of_a_submission(people, values):
    people_by_name = {"author": people.world.edda, "other": people.paula}
    if values.pop("decided", False):
        values |= {"decided_at": timezone.now(), "decided_by_name": "paula"}
    if approver := values.get("approver"):
        values["approver"] = people_by_name[approver]
    row = Submission(
        subject=people.world.legs_entry,
        author=people.world.edda,
        author_name="edda",
        **{"reason": "Why.", **values},
    )
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        row.save()


def test_one_submission_of_a_page_is_open_at_a_time(people):
    submitted(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(
            subject=people.world.legs_entry, author_name="edda", reason="Twice."
        )


def test_what_was_submitted_and_decided_never_changes(people):
    submission = submitted(people)
    rows = Submission.objects.filter(pk=submission.pk)
    for values in ({"reason": "Another."}, {"seen": 0}, {"author_name": "paula"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
    decide(people.paula_s, submission, "approve")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="sent_back")


def test_the_buttons_fit_who_looks(people):
    def buttons(browser):
        page = Page(browser.get(admin_url(people.world.legs_entry)))
        return {e.get("name") for e in page.all("input") if e.get("type") == "submit"}

    assert {"_save", "_submit_review"} <= buttons(people.edda_s)
    assert "_publish" not in buttons(people.edda_s) | buttons(people.paula_s)
    submitted(people)
    assert "_publish" in buttons(people.paula_s)
    assert "_submit_review" not in buttons(people.paula_s)
    assert "_publish" not in buttons(people.edda_s)
    assert isinstance(Form, type)
