"""Nobody publishes their own words where REVIEW=two, whatever they post and by whatever road."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing.models import Schedule, Submission
from publishing.review.drafts import newest_edit
from publishing.review.scheduling import publish_due
from remedies.models import RemedyConditionEntry
from tests.admin_forms import admin_url, change
from tests.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_people")]
LEGS = "/remedies/magnesium/restless-legs-syndrome/"
MARK = "Own words that nobody else has read."
LIST = reverse("admin:remedies_remedyconditionentry_changelist")


@pytest.fixture(params=["edda", "paula"], ids=["an editor", "a publisher"])
def author(request, people):
    """Whoever wrote what waits and submitted it, with the browser and the submission."""
    browser = {"edda": people.edda_s, "paula": people.paula_s}[request.param]
    form = change(browser, people.world.legs_entry)
    form.fill(clinical=MARK, change_note="Why.").press("_submit_review")
    return browser, Submission.objects.get()


def is_public(people) -> bool:
    return MARK in people.page(LEGS)


def test_by_the_button_in_any_combination(people, author):
    browser, _submission = author
    entry = people.world.legs_entry
    fields = change(browser, entry).fields
    for buttons in ({"_publish": "1"}, {"_publish": "1", "_submit_review": "1", "_save": "1"}):
        for seen in (str(newest_edit(entry)), "999999999", "", "x"):
            sent = {k: v for k, v in fields.items() if "__prefix__" not in k}
            browser.post(admin_url(entry), {**sent, **buttons, "_seen": seen})
            assert not is_public(people)


def test_by_approving_their_own_submission(people, author):
    browser, submission = author
    url = admin_url(submission, "decide")
    for extra in ({}, {"publish_at": "2999-01-01T10:00"}):
        sent = {"decision": "approve", "_seen": newest_edit(people.world.legs_entry), **extra}
        assert browser.post(url, sent).status_code == 403
    assert not Schedule.objects.exists()
    assert not is_public(people)


def test_by_the_submission_of_somebody_else(people, author):
    """Edda submits what Paula wrote: Paula did not submit it, and still wrote it."""
    browser, submission = author
    other = people.pim_s
    sent = {"decision": "take_back"}
    browser.post(admin_url(submission, "decide"), sent)
    form = change(other, people.world.legs_entry).fill(change_note="Submitted for them.")
    form.press("_submit_review")
    newest = Submission.objects.latest("pk")
    assert newest.author == people.pim
    sent = {"decision": "approve", "_seen": newest_edit(people.world.legs_entry)}
    assert browser.post(admin_url(newest, "decide"), sent).status_code == 403
    assert other.post(admin_url(newest, "decide"), sent).status_code == 403
    assert not is_public(people)


def test_by_a_time(people, author):
    browser, _submission = author
    entry = people.world.legs_entry
    sent = {"publish_at": "2999-01-01T10:00", "seen": newest_edit(entry), "note": "x"}
    assert browser.post(admin_url(entry, "schedule"), sent).status_code == 403
    publish_due(timezone.now() + timedelta(days=400_000))
    assert not is_public(people)


def test_by_a_time_that_was_written_into_the_database_for_them(people, author):
    """Even then the worker asks whether they may publish what they wrote."""
    _browser, submission = author
    entry = people.world.legs_entry
    Schedule.objects.create(
        subject=entry,
        author=submission.author,
        author_name=submission.author_name,
        publish_at=timezone.now(),
        seen=newest_edit(entry),
    )
    assert publish_due() == 0
    assert not is_public(people)


def test_by_discarding_and_restoring(people, author):
    browser, _submission = author
    entry = people.world.legs_entry
    browser.post(admin_url(entry, "discard"), {"_seen": newest_edit(entry)})
    change(people.edda_s if browser is people.paula_s else people.paula_s, entry).fill(
        clinical=MARK
    ).press()
    change(browser, entry).press("_publish")
    assert not is_public(people)


def test_by_the_actions_of_the_lists(people, author):
    browser, submission = author
    page = Page(browser.get(LIST))
    actions = {option.get("value") for option in page.all("option")}
    for name in {"publish", "approve", "delete_selected", *actions}:
        for url, pk in (
            (LIST, people.world.legs_entry.pk),
            (reverse("admin:publishing_submission_changelist"), submission.pk),
        ):
            sent = {"action": name, "_selected_action": [pk], "post": "yes"}
            browser.post(url, sent, follow=True)
    assert not is_public(people)
    submission.refresh_from_db()
    assert submission.state == "waiting"
    assert RemedyConditionEntry.objects.filter(pk=people.world.legs_entry.pk).exists()


def test_by_writing_the_submission_itself(people, author):
    browser, submission = author
    for page in ("change", "delete"):
        sent = {"state": "approved", "approver": people.pim.pk, "post": "yes", "_save": "1"}
        assert browser.post(admin_url(submission, page), sent).status_code == 403
    url = reverse("admin:publishing_submission_add")
    assert browser.post(url, {"reason": "x"}).status_code == 403
    submission.refresh_from_db()
    assert submission.state == "waiting"


def test_the_second_person_is_the_road(people, author):
    _browser, submission = author
    sent = {"decision": "approve", "_seen": newest_edit(people.world.legs_entry)}
    people.pim_s.post(admin_url(submission, "decide"), sent)
    assert is_public(people)


def test_a_pending_change_shows_to_no_reader(people, author):
    _browser, submission = author
    for url in (LEGS, f"{LEGS}?draft", f"{LEGS}grade/", "/remedies/magnesium/", "/", "/updates/"):
        assert MARK not in people.world.vera.get(url).content.decode(), url
    for url in (admin_url(submission), admin_url(submission, "decide")):
        assert people.world.vera.get(url).status_code in {302, 405}
    assert (
        people.world.browser_of(people.world.morten).get(admin_url(submission)).status_code == 403
    )
