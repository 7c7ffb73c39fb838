"""What readers see of reviewers and of their reviews: the true state, on every kind of page."""

import time
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.models import Reviewer
from publishing.reviewers.services import take_back_review
from remedies.services import publish_entry, withdraw_entry
from tests.clock import clock_at
from tests.factories import (
    make_condition,
    make_entry,
    make_remedy,
    make_review,
    make_reviewer,
    make_user,
)
from tests.reading import Page
from tests.site.pagecache.site import Site

NOT_YET = "Not yet reviewed by a clinician."
pytestmark = pytest.mark.django_db


def words_at(url: str) -> str:
    response = Client().get(url)
    assert response.status_code == 200
    return Page(response).words


def subjects():
    entry = make_entry()
    return [entry, entry.remedy, entry.condition]


def test_the_list_says_honestly_that_nobody_has_reviewed_a_page():
    assert "No clinician has reviewed a page yet." in words_at("/about/reviewers/")


def test_every_kind_of_page_names_the_reviewer_with_the_credential_and_its_check():
    reviewer = make_reviewer(credential_checked_on=date(2024, 3, 2))
    for subject in subjects():
        assert NOT_YET in words_at(subject.get_absolute_url())
        make_review(subject, by=reviewer)
        words = words_at(subject.get_absolute_url())
        assert NOT_YET not in words
        today = timezone.localdate()
        day = f"{today.day} {today:%B %Y}"
        assert (
            f"Reviewed by {reviewer.public_name} (Made-up pharmacist, verified 2 March 2024). "
            f"Last reviewed {day}." in words
        )
        assert "What was checked: The warnings." in words


@pytest.mark.parametrize("kind", ["clinician", "patient"])
def test_the_sheets_name_the_reviewer(kind):
    entry, reviewer = make_entry(), make_reviewer()
    url = f"{entry.get_absolute_url()}?print={kind}"
    assert NOT_YET in words_at(url)
    make_review(entry, by=reviewer)
    assert f"Reviewed by {reviewer.public_name}" in words_at(url)
    assert NOT_YET not in words_at(url)


def test_a_changed_text_is_said_to_be_unreviewed():
    entry = make_entry()
    make_review(entry)
    entry.verdict = "We do not know whether it helps. Much is open."
    publish_entry(entry, by=None)
    words = words_at(entry.get_absolute_url())
    assert "Version 1 was reviewed by" in words
    assert "The text has changed since; nobody has reviewed the change." in words
    page = Page(Client().get(entry.get_absolute_url()))
    medical = next(node for node in page.graph if node["@type"] == "MedicalWebPage")
    assert "reviewedBy" not in medical
    assert "lastReviewed" not in medical
    old = words_at(f"{entry.get_absolute_url()}r/1/")
    assert "Reviewed by" in old
    assert "The text has changed since" not in old


def test_the_machines_read_what_the_line_says():
    editor, reviewer = make_user("editor"), make_reviewer()
    entry = make_entry(published=False)
    publish_entry(entry, by=editor)
    make_review(entry, by=reviewer)
    page = Page(Client().get(entry.get_absolute_url()))
    assert f"this version by {editor.name}." in page.words
    medical = next(node for node in page.graph if node["@type"] == "MedicalWebPage")
    assert medical["author"] == [{"@type": "Person", "name": editor.name}]
    assert medical["lastReviewed"] == timezone.localdate().isoformat()
    assert medical["reviewedBy"]["name"] == reviewer.public_name
    assert medical["reviewedBy"]["url"].endswith(reviewer.get_absolute_url())


def test_the_next_review_stands_beside_the_last_one_until_it_is_overdue():
    entry = make_entry(review_due=date(2999, 1, 2))
    make_review(entry)
    assert "Next review due by 2 January 2999." in words_at(entry.get_absolute_url())
    late = make_entry(written_on=date(2020, 1, 1), review_due=date(2022, 1, 1))
    make_review(late)
    words = words_at(late.get_absolute_url())
    assert "due for review since 1 January 2022" in words
    assert "Next review due by 1 January 2022." not in words


def test_a_profile_shows_credential_statement_and_reviewed_pages():
    entry, reviewer = make_entry(), make_reviewer(credential_checked_on=date(2024, 3, 2))
    make_review(entry, by=reviewer)
    assert reviewer.public_name in words_at("/about/reviewers/")
    words = words_at(reviewer.get_absolute_url())
    for text in ("2 March 2024", "Register of made-up pharmacists", "nothing to declare"):
        assert text in words
    assert entry.shown_title in words


def test_a_draft_of_a_profile_is_nowhere():
    entry, reviewer = make_entry(), make_reviewer(public_name="Secretname")
    make_review(entry, by=reviewer)
    Reviewer.objects.update(is_shown=False)
    assert Client().get(reviewer.get_absolute_url()).status_code == 404
    browser = Client()
    browser.force_login(make_user("publisher"))
    assert browser.get(reviewer.get_absolute_url()).status_code == 404
    for url in ("/about/reviewers/", entry.get_absolute_url(), "/sitemap/pages.xml"):
        assert "Secretname" not in Client().get(url).content.decode()
    assert NOT_YET in words_at(entry.get_absolute_url())


def test_a_profile_lists_no_page_that_readers_cannot_see_and_no_review_taken_back():
    reviewer = make_reviewer()
    gone, back, shown = make_entry(), make_entry(), make_entry()
    for entry in (gone, back, shown):
        make_review(entry, by=reviewer)
    withdraw_entry(gone, by=None, reason="It was wrong.")
    take_back_review(reviewer.reviews.get(object_id=back.pk), by=reviewer.user, reason="Wrong.")
    words = words_at(reviewer.get_absolute_url())
    assert shown.shown_title in words
    assert gone.shown_title not in words
    assert back.shown_title not in words


def test_a_statement_that_grows_old_is_said_to_be_so_from_that_day_on():
    dated = timezone.localdate() - timedelta(days=100)
    reviewer = make_reviewer(statement=dated)
    url = reviewer.get_absolute_url()
    assert "no new review counts" not in words_at(url)
    later = timezone.now() + timedelta(days=300)
    with clock_at(later):
        assert "no new review counts" in words_at(url)
        assert "no new review counts" in words_at("/about/reviewers/")


@pytest.mark.parametrize("many", [1, 5, 12])
def test_pages_take_as_many_queries_for_many_as_for_one(many):
    reviewer = make_reviewer()
    for _number in range(many):
        make_reviewer()
        for subject in subjects():
            make_review(subject, by=reviewer)
    Client().get("/about/reviewers/")
    with CaptureQueriesContext(connection) as queries:
        Client().get("/about/reviewers/")
    assert len(queries) == 3  # people, statements, safety notices
    Client().get(reviewer.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        Client().get(reviewer.get_absolute_url())
    assert len(queries) == 7  # person, statement, reviews, three kinds of subjects, safety notices


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_shows_a_new_review_with_the_next_request_and_a_new_day_is_a_new_page():
    site, entry = Site(), make_entry(make_remedy(), make_condition())
    reviewer = make_reviewer(statement=timezone.localdate() - timedelta(days=100))
    page, profile = entry.get_absolute_url(), reviewer.get_absolute_url()
    assert NOT_YET in site.get(page)[2].decode()
    assert "no new review counts" not in site.get(profile)[2].decode()
    make_review(entry, by=reviewer)
    assert reviewer.public_name in site.get(page)[2].decode()
    assert entry.shown_title in site.get(profile)[2].decode()
    with (
        clock_at(timezone.now() + timedelta(days=300)),
        patch("time.time", return_value=time.time() + 300 * 86_400),
    ):
        assert "no new review counts" in site.get(profile)[2].decode()
    Reviewer.objects.update(is_shown=False)
    assert NOT_YET in site.get(page)[2].decode()
