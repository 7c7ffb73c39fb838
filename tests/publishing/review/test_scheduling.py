"""A draft is published at its time: once, as it was seen, in the name of whoever set the time."""

from datetime import timedelta

import pytest
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils import timezone

from accounts.models import Notification
from accounts.signals import minute_passed
from publishing import revisions
from publishing.models import Schedule, Submission
from publishing.publication_state import publication_state
from publishing.review.drafts import newest_edit
from publishing.review.scheduling import approve_for_later, publish_due, schedule_draft
from remedies.models import RemedyConditionEntry
from remedies_site.exceptions import InvalidInput, NotPermitted, NotPublishable
from tests.admin_forms import admin_url, change, messages_of
from tests.factories import make_entry, make_user
from tests.reading import Page
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db
LEGS = "/remedies/magnesium/restless-legs-syndrome/"
DAY = timedelta(days=1)


def scheduled(people, browser=None, text="Newly told.", **values) -> Schedule:
    """The entry is changed by Edda; whose browser it is sets the time to tomorrow."""
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(clinical=text, change_note="It was old.").press()
    moment = timezone.localtime(timezone.now() + DAY).strftime("%Y-%m-%dT%H:%M")
    response = set_time(browser or people.edda_s, entry, moment, **values)
    assert "It will be published at that time." in messages_of(response), messages_of(response)
    return Schedule.objects.latest("pk")


def set_time(browser, entry, moment, **values):
    """Fill in the page that sets the time."""
    url = admin_url(entry, "schedule")
    page = Page(browser.get(url))
    names = ("seen", "note")
    sent = {name: page.one("input", name=name).get("value", "") for name in names}
    return browser.post(url, sent | {"publish_at": moment} | values, follow=True)


def pass_time(days=2) -> int:
    return publish_due(timezone.now() + days * DAY)


def state_of(subject) -> str:
    return str(publication_state(type(subject).objects.get(pk=subject.pk)))


def test_a_draft_is_published_when_its_time_has_come_and_not_before(people):
    schedule = scheduled(people)
    day = timezone.localtime(schedule.publish_at).date().isoformat()
    assert state_of(people.world.legs_entry) == f"published, scheduled for {day}"
    assert publish_due() == 0
    assert "Newly told." not in people.page(LEGS)
    assert pass_time() == 1
    assert "Newly told." in people.page(LEGS)
    revision = people.world.legs_entry.revisions.first()
    assert (revision.author, revision.note) == (people.world.edda, "It was old.")
    assert pass_time() == 0
    assert people.world.legs_entry.revisions.count() == 2
    schedule.refresh_from_db()
    assert schedule.state == "published"


def test_the_worker_looks_every_minute(people):
    scheduled(people)
    Schedule.objects.update(publish_at=timezone.now())
    minute_passed.send(None)
    assert "Newly told." in people.page(LEGS)


def test_a_time_is_that_of_the_site(people, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(clinical="Newly told.").press()
    page = Page(people.edda_s.get(admin_url(entry, "schedule")))
    assert "Pacific/Auckland" in page.words
    set_time(people.edda_s, entry, "2999-07-01T09:00")
    assert Schedule.objects.get().publish_at.isoformat() == "2999-06-30T21:00:00+00:00"


@pytest.mark.parametrize("moment", ["2020-01-01T09:00", "", "soon", "9999999-01-01T09:00"])
def test_a_time_that_is_past_or_none_is_refused(people, moment):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(clinical="Newly told.").press()
    response = set_time(people.edda_s, entry, moment)
    assert response.status_code == 400
    assert not Schedule.objects.exists()


def test_a_save_after_it_cancels_the_time_and_says_so(people):
    schedule = scheduled(people)
    form = change(people.edda_s, people.world.legs_entry).fill(dosing="One word more.")
    assert "The time for publishing is cancelled" in messages_of(form.press())
    schedule.refresh_from_db()
    assert (schedule.state, schedule.outcome) == ("cancelled", "Saved again by edda.")
    assert pass_time() == 0
    assert "Newly told." not in people.page(LEGS)


def test_a_save_without_a_change_leaves_the_time(people):
    scheduled(people)
    change(people.edda_s, people.world.legs_entry).press()
    assert pass_time() == 1


def test_publishing_at_once_and_discarding_end_the_time(people):
    first = scheduled(people)
    change(people.edda_s, people.world.legs_entry).press("_publish")
    second = scheduled(people, text="Told again.")
    url = admin_url(people.world.legs_entry, "discard")
    seen = Page(people.edda_s.get(url)).one("input", name="_seen").get("value")
    people.edda_s.post(url, {"_seen": seen})
    for schedule in (first, second):
        schedule.refresh_from_db()
        assert schedule.state == "cancelled"
    assert pass_time() == 0


def test_a_time_is_cancelled_and_set_anew(people):
    first = scheduled(people)
    page = Page(people.edda_s.get(admin_url(people.world.legs_entry)))
    assert admin_url(people.world.legs_entry, "unschedule") in {
        link.get("href") for link in page.by_id("schedule").iter("a")
    }
    url = admin_url(people.world.legs_entry, "unschedule")
    assert "Cancelled" in messages_of(people.edda_s.post(url, follow=True))
    assert people.edda_s.post(url).status_code == 400
    first.refresh_from_db()
    assert first.state == "cancelled"
    assert pass_time() == 0
    second, third = scheduled(people, text="Told again."), scheduled(people, text="Told otherwise.")
    second.refresh_from_db()
    assert (second.state, third.state) == ("cancelled", "waiting")


def test_a_draft_that_cannot_be_published_is_not_scheduled(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(written_on="").press()
    with pytest.raises(NotPublishable):
        schedule_draft(
            entry, by=people.world.edda, publish_at=timezone.now() + DAY, seen=newest_edit(entry)
        )
    change(people.edda_s, entry).fill(written_on="2026-01-01").press()
    with pytest.raises(InvalidInput, match="Nothing waits"):
        schedule_draft(
            entry, by=people.world.edda, publish_at=timezone.now() + DAY, seen=newest_edit(entry)
        )


def test_what_cannot_be_published_at_its_time_stays_a_draft_and_its_editor_is_told(people, caplog):
    schedule = scheduled(people)
    entry = people.world.legs_entry
    type(entry).objects.filter(pk=entry.pk).update(written_on=None)  # as a command would
    with caplog.at_level("INFO", logger="remedies.events"):
        assert pass_time() == 0
    schedule.refresh_from_db()
    assert schedule.state == "failed"
    assert "written_on" in schedule.outcome
    assert "publication_failed" in caplog.text
    assert Notification.objects.get(user=people.world.edda).url == admin_url(entry)
    assert "Newly told." not in people.page(LEGS)
    day = timezone.localtime(schedule.publish_at).date().isoformat()
    assert f"not published on {day}" in state_of(entry)
    assert pass_time() == 0  # it is not tried again
    assert "Written on: " in Page(people.edda_s.get(admin_url(entry))).words


def fail_by(monkeypatch, error: type[Exception]) -> None:
    """Publishing the entry fails; another page is published after it."""
    freeze = revisions.freeze

    def fail(subject, **options):
        if isinstance(subject, RemedyConditionEntry):
            raise error("broken")
        return freeze(subject, **options)

    monkeypatch.setattr(revisions, "freeze", fail)


@pytest.mark.parametrize("error", [RuntimeError, IntegrityError, DataError])
def test_a_draft_that_cannot_be_stored_keeps_no_later_one_waiting(people, monkeypatch, error):
    first, legs = scheduled(people), people.world.restless_legs
    change(people.edda_s, legs).fill(one_line="Newly told of legs.").press()
    later = first.publish_at + timedelta(minutes=1)
    schedule_draft(legs, by=people.world.edda, publish_at=later, seen=newest_edit(legs))
    fail_by(monkeypatch, error)
    assert pass_time() == 1
    assert set(Schedule.objects.values_list("state", flat=True)) == {"failed", "published"}
    assert "Newly told of legs." in people.page(legs.get_absolute_url())


def test_a_draft_is_tried_again_when_the_database_is_back(people, monkeypatch):
    scheduled(people)
    with monkeypatch.context() as patched:
        fail_by(patched, OperationalError)
        with pytest.raises(OperationalError), transaction.atomic():
            pass_time()
    assert Schedule.objects.get().state == "waiting"
    assert pass_time() == 1


@pytest.mark.parametrize("loss", ["rights", "account", "barred"])
def test_nothing_is_published_for_who_may_not_publish_any_more(people, loss):
    scheduled(people)
    edda = people.world.edda
    if loss == "rights":
        edda.groups.clear()
    elif loss == "account":
        edda.delete()
    else:
        type(edda).objects.filter(pk=edda.pk).update(is_active=False)
    assert pass_time() == 0
    assert Schedule.objects.get().outcome == "Whoever set the time may not publish any more."


def test_who_only_looks_sets_and_cancels_no_time(people):
    scheduled(people)
    morten = people.world.browser_of(people.world.morten)
    for page in ("schedule", "unschedule"):
        url = admin_url(people.world.legs_entry, page)
        assert morten.get(url).status_code == 403
        assert morten.post(url, {"publish_at": "2999-01-01T10:00", "seen": "1"}).status_code == 403
    assert Schedule.objects.get().state == "waiting"


def withdraw(people) -> None:
    url = admin_url(people.world.legs_entry, "withdraw")
    people.edda_s.post(url, {"reason": "The dose harms."})


def test_a_page_that_is_withdrawn_does_not_come_back_at_the_time_that_was_set_before(people):
    schedule = scheduled(people)
    withdraw(people)
    assert pass_time() == 0
    assert people.world.vera.get(LEGS).status_code == 410
    schedule.refresh_from_db()
    assert (schedule.state, schedule.outcome) == ("cancelled", "It was withdrawn.")
    assert state_of(people.world.legs_entry) == "withdrawn, draft waiting"


def test_whoever_sets_a_time_for_a_withdrawn_page_reads_that_it_comes_back(people):
    scheduled(people)
    withdraw(people)
    page = Page(people.edda_s.get(admin_url(people.world.legs_entry, "schedule")))
    assert "The page is withdrawn: “The dose harms.” At that time it comes back." in page.words


# ---- two people --------------------------------------------------------------------------------


@pytest.mark.usefixtures("two_people")
def test_a_second_person_approves_for_a_time(people):
    entry = people.world.legs_entry
    form = change(people.edda_s, entry).fill(clinical="Newly told.", change_note="It was old.")
    form.press("_submit_review")
    submission = Submission.objects.get()
    sent = {
        "decision": "approve",
        "_seen": submission.seen,
        "publish_at": timezone.localtime(timezone.now() + DAY).strftime("%Y-%m-%dT%H:%M"),
    }
    response = people.paula_s.post(admin_url(submission, "decide"), sent, follow=True)
    assert "Approved: it will be published at that time." in messages_of(response)
    assert "Newly told." not in people.page(LEGS)
    assert pass_time() == 1
    revision = entry.revisions.first()
    assert (revision.author, revision.approver) == (people.world.edda, people.paula)
    assert revision.note == "It was old."


@pytest.mark.usefixtures("two_people")
def test_nobody_sets_a_time_for_their_own_words(people):
    entry = people.world.legs_entry
    for person, browser in ((people.world.edda, people.edda_s), (people.paula, people.paula_s)):
        change(browser, entry).fill(clinical=f"Told by {person.name}.").press()
        with pytest.raises(NotPermitted):
            schedule_draft(
                entry, by=person, publish_at=timezone.now() + DAY, seen=newest_edit(entry)
            )
        sent = {"publish_at": "2999-01-01T10:00", "seen": newest_edit(entry)}
        assert browser.post(admin_url(entry, "schedule"), sent).status_code == 403
    assert not Schedule.objects.exists()


@pytest.mark.usefixtures("two_people")
def test_an_approver_who_adds_words_after_setting_the_time_publishes_nothing(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(clinical="Newly told.", change_note="Old.").press(
        "_submit_review"
    )
    submission = Submission.objects.get()
    approve_for_later(
        submission, by=people.paula, publish_at=timezone.now() + DAY, seen=submission.seen
    )
    change(people.paula_s, entry).fill(dosing="A word of Paula.").press()
    Schedule.objects.update(state="waiting", ended_at=None)  # whatever became of the cancelling
    assert pass_time() == 0
    assert "word of Paula" not in people.page(LEGS)


@pytest.mark.django_db(transaction=True)
def test_several_workers_publish_a_draft_once():
    """On rows of its own: what threads see has to be committed."""
    entry = make_entry()
    edda = make_user("editor")
    type(entry).objects.filter(pk=entry.pk).update(review_due="2031-01-01")
    schedule_draft(entry, by=edda, publish_at=timezone.now() + DAY, seen=newest_edit(entry))
    assert sorted(all_at_once([pass_time] * 4)) == [0, 0, 0, 1]
    assert entry.revisions.count() == 2
    assert Schedule.objects.get().state == "published"
