"""The states in lists follow what changes under a draft: the library, a rule, a release."""

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.signals import rounds_due
from citations.models import Citation
from publishing.models import DerivedVersion, DraftState
from publishing.review.draft_checks import check_oldest
from tests.admin_forms import admin_url, change
from tests.factories import make_citation, make_condition, make_user
from tests.reading import Page, words

pytestmark = pytest.mark.django_db


def errors_of(subject) -> int:
    return subject.draft_states.get().error_count


def test_the_worker_looks_again_at_errors(people):
    entry = people.world.legs_entry
    type(entry).objects.filter(pk=entry.pk).update(verdict="It may help [@Later2027].")
    rounds_due.send(None)  # the draft has no state yet: commands write none
    change(people.edda_s, people.world.sleep_entry).fill(review_due="2031-01-01").press()
    call_command("check_drafts", verbosity=0)
    assert errors_of(entry) == 1
    make_citation("Later2027")
    rounds_due.send(None)
    assert errors_of(entry) == 0


def test_those_looked_at_longest_ago_come_first(people):
    for part in (people.world.legs_entry, people.world.magnesium, people.world.restless_legs):
        change(people.edda_s, part).fill(review_due="2031-01-01").press()
    drafts = DraftState.objects.filter(has_changes=True)
    assert drafts.count() == 3
    before = dict(drafts.values_list("pk", "checked_at"))
    oldest = min(before, key=before.__getitem__)
    assert check_oldest(1) == 1
    after = dict(drafts.values_list("pk", "checked_at"))
    assert {pk for pk in before if before[pk] != after[pk]} == {oldest}


def test_a_release_looks_at_every_draft_once(people, django_assert_num_queries):
    make_condition("Hiccups", published=False)
    DerivedVersion.objects.filter(name="states of drafts").delete()
    call_command("check_drafts", "--if-outdated", verbosity=0)
    states = DraftState.objects.filter(has_changes=True)
    assert [str(state.subject) for state in states] == ["Hiccups"]
    Citation.objects.filter(key="nothing")
    with django_assert_num_queries(1):
        call_command("check_drafts", "--if-outdated", verbosity=0)


# ---- the admin's first page --------------------------------------------------------------------


def panel(browser: Client, key: str) -> str:
    page = Page(browser.get("/admin/"))
    return words(page.by_id(f"panel-{key}")) if page.has(f"panel-{key}") else ""


@pytest.mark.usefixtures("two_people")
def test_the_first_page_says_what_waits_for_whom(people):
    entry = people.world.legs_entry
    form = change(people.edda_s, entry).fill(clinical="Newly told.", change_note="It was old.")
    form.press("_submit_review")
    assert "edda: It was old." in panel(people.paula_s, "waiting")
    assert panel(people.edda_s, "waiting") == ""
    submission = entry.submissions.get()
    sent = {"decision": "send_back", "note": "Name the trial."}
    people.paula_s.post(admin_url(submission, "decide"), sent)
    assert "Name the trial." in panel(people.edda_s, "sent-back")
    assert "Nobody waits" in panel(people.paula_s, "waiting")
    assert "Nothing that you submitted" in panel(people.paula_s, "sent-back")


def test_the_first_page_lists_own_drafts_and_times(people):
    entry = people.world.legs_entry
    before = entry.clinical
    change(people.edda_s, entry).fill(clinical="Newly told.").press()
    assert str(entry) in panel(people.edda_s, "drafts")
    assert str(entry) not in panel(people.world.browser_of(make_user("editor")), "drafts")
    entry.schedules.create(author_name="edda", publish_at="2999-01-01T10:00:00Z")
    assert str(entry) in panel(people.edda_s, "times")
    change(people.edda_s, entry).fill(clinical=before).press()
    assert str(entry) not in panel(people.edda_s, "drafts")
    assert "No time is set." in panel(people.edda_s, "times")
