"""What lists and forms say of the state of each thing: of the page, of the draft, and of its errors."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from citations.models import Citation
from conditions.services import publish_condition
from publishing.models import Schedule, Submission
from publishing.publication_state import in_state, publication_state
from remedies.models import Precaution, RemedyConditionEntry
from remedies.services import ENTRIES, publish_entry, rename_remedy, withdraw_entry
from tests.admin_forms import add, admin_url, change
from tests.factories import make_condition, make_entry
from tests.reading import Page

pytestmark = pytest.mark.django_db
LISTS = ["conditions/condition", "remedies/remedy", "remedies/remedyconditionentry"]


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def editor(world):
    return world.browser_of(world.edda)


def state_of(subject) -> str:
    return str(publication_state(type(subject).objects.get(pk=subject.pk)))


def test_a_page_and_its_draft_have_a_state_each(world, editor):
    entry = world.legs_entry
    assert state_of(entry) == "published"
    change(editor, entry).fill(clinical="Newly written.").press()
    assert state_of(entry) == "published, draft waiting"
    change(editor, entry).fill(clinical="One [@Moss2021].", written_on="").press()
    assert state_of(entry) == "published, draft waiting, 1 error"
    change(editor, entry).fill(written_on="2026-01-01").press("_publish")
    assert state_of(entry) == "published"
    withdraw_entry(entry, by=None, reason="The dose was wrong.")
    assert state_of(entry) == "withdrawn"
    change(editor, entry).fill(clinical="Mended.").press()
    assert state_of(entry) == "withdrawn, draft waiting"


def test_a_new_draft_says_how_many_errors_it_has(world, editor):
    form = add(editor, "conditions_condition")
    form.fill(name="Hiccups", slug="hiccups", category="other", one_line="They come and go.")
    response = form.press()
    assert "State: draft" in Page(response).words
    entry = make_entry(world.magnesium, make_condition("Cramps"), published=False, written_on=None)
    Precaution.objects.filter(entry=entry).delete()
    change(editor, entry).fill(clinical="Written.").press()
    assert state_of(entry) == f"draft, {len(ENTRIES.draft_errors(entry))} errors"


def test_what_is_typed_back_does_not_wait(world, editor):
    entry = world.legs_entry
    before = entry.clinical
    change(editor, entry).fill(clinical="Newly written.").press()
    change(editor, entry).fill(clinical=before).press()
    assert state_of(entry) == "published"


def test_a_new_address_is_no_draft_that_waits(world, editor):
    rename_remedy(world.magnesium, slug="magnesia")
    for subject in (world.magnesium, world.legs_entry):
        change(editor, subject).press()
        assert state_of(subject) == "published"


def test_rows_that_a_command_wrote_are_seen_when_they_are_published_or_not(world, editor):
    entry = world.legs_entry
    type(entry).objects.filter(pk=entry.pk).update(clinical="Written by a command.")
    ENTRIES.refresh_state(entry)
    assert state_of(entry) == "published, draft waiting"
    entry.refresh_from_db()
    publish_entry(entry, by=None)
    assert state_of(entry) == "published"


def test_a_draft_of_what_the_schema_cannot_read_any_more_waits(world):
    entry = world.legs_entry
    Citation.objects.filter(key="Ahlberg2020")
    entry.current_revision.document["no_such_field"] = "x"
    assert ENTRIES.has_changes(entry)


def test_a_state_tells_how_far_a_draft_is_on_its_way(world, editor):
    entry = world.legs_entry
    change(editor, entry).fill(clinical="Newly written.").press()
    submission = Submission.objects.create(
        subject=entry, author=world.edda, author_name="edda", reason="Why."
    )
    assert state_of(entry) == "published, submitted for review"
    now = datetime(2026, 11, 1, tzinfo=UTC)
    submission.state, submission.decided_at, submission.decided_by_name = "sent_back", now, "paula"
    submission.save()
    assert state_of(entry) == "published, sent back"
    schedule = Schedule.objects.create(subject=entry, author_name="paula", publish_at=now)
    assert state_of(entry) == "published, scheduled for 2026-11-01"
    submission.is_open = False
    submission.save()
    schedule.state, schedule.ended_at = "failed", datetime(2999, 1, 1, tzinfo=UTC)
    schedule.save()
    assert state_of(entry) == "published, not published on 2026-11-01"
    schedule.ended_at = datetime(2000, 1, 1, tzinfo=UTC)
    schedule.save()
    assert state_of(entry) == "published, draft waiting"


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_scheduled_day_is_that_of_the_site(world, settings, zone):
    settings.TIME_ZONE = zone
    draft = make_condition("Hiccups", published=False)
    at = datetime(2026, 12, 1, 11, 30, tzinfo=UTC)
    Schedule.objects.create(subject=draft, author_name="paula", publish_at=at)
    day = {"Pacific/Auckland": "2026-12-02", "America/Los_Angeles": "2026-12-01"}[zone]
    assert state_of(draft) == f"draft, scheduled for {day}"


def test_lists_are_filtered_by_what_waits(world, editor):
    entry, other = world.legs_entry, world.sleep_entry
    change(editor, entry).fill(clinical="Newly written.", written_on="").press()
    draft = make_entry(world.magnesium, make_condition("Hiccups"), published=False)
    Submission.objects.create(subject=entry, author_name="edda", reason="Why.")
    Schedule.objects.create(
        subject=other, author_name="paula", publish_at=datetime(2026, 12, 1, tzinfo=UTC)
    )
    expected = {
        "draft": {draft.pk},
        "published": {entry.pk, other.pk},
        "waiting": {entry.pk},
        "errors": {entry.pk},
        "submitted": {entry.pk},
        "sent_back": set(),
        "scheduled": {other.pk},
        "withdrawn": set(),
        "nonsense": {entry.pk, other.pk, draft.pk},
    }
    url = "/admin/remedies/remedyconditionentry/"
    for name, keys in expected.items():
        rows = in_state(RemedyConditionEntry.objects.all(), name)
        assert set(rows.values_list("pk", flat=True)) == keys, name
        shown = editor.get(url, {"state": name}).context["cl"].result_list
        assert {row.pk for row in shown} == keys, name


@pytest.mark.parametrize("path", LISTS)
def test_a_list_needs_as_many_queries_for_many_rows_as_for_one(world, editor, path):
    counts = []
    for size in (1, 20, 40):
        for _number in range(size):
            entry = make_entry(world.magnesium, make_condition(), published=False)
            ENTRIES.refresh_state(entry)
            publish_condition(entry.condition, by=None)
        editor.get(f"/admin/{path}/")
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(f"/admin/{path}/").status_code == 200
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 13


def test_a_list_has_at_most_a_hundred_rows(world, editor):
    for number in range(101):
        make_condition(f"Condition {number:03}", published=False)
    for query in ("", "?all="):
        page = editor.get(f"/admin/conditions/condition/{query}")
        assert len(page.context["cl"].result_list) == 100


@pytest.mark.parametrize("part", ["magnesium", "restless_legs", "legs_entry"])
def test_a_form_leads_to_the_page_and_to_the_draft(world, editor, part):
    subject = getattr(world, part)
    change(editor, subject).fill(review_due="2031-01-01").press()
    page = Page(editor.get(admin_url(subject)))
    links = {link.get("href") for link in page.all("a")}
    assert f"{subject.get_absolute_url()}?draft" in links
    assert admin_url(subject, "discard") in links
    assert "State: published, draft waiting" in page.words
