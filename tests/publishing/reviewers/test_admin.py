"""Profiles, statements and reviews in the admin."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.models import ClinicalReview, ConflictStatement, Reviewer
from tests.admin_forms import Form, admin_url, change
from tests.factories import make_entry, make_reviewer, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db
ADD = reverse("admin:publishing_reviewer_add")
ADD_STATEMENT = reverse("admin:publishing_conflictstatement_add")


@pytest.fixture
def paula():
    return make_user("publisher")


@pytest.fixture
def publisher(paula):
    return browser(paula)


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def profile(person, **values):
    return {
        "user": person.name,
        "public_name": "Made-up Person",
        "slug": "made-up-person",
        "credential": "Made-up pharmacist",
        "credential_checked_on": "",
        "credential_checked_in": "",
    } | values


CHECK = {"credential_checked_on": "2026-01-02", "credential_checked_in": "Made-up register"}


def test_a_publisher_makes_a_draft_then_checks_the_credential_and_shows_it(publisher, paula):
    person = make_user("reviewer")
    Form.open(publisher, ADD).fill(**profile(person)).press()
    reviewer = Reviewer.objects.get()
    assert (reviewer.is_shown, reviewer.checked_by) == (False, None)
    response = change(publisher, reviewer).fill(is_shown="on").press()
    assert "add day and register" in Page(response).words
    change(publisher, reviewer).fill(is_shown="on", **CHECK).press()
    reviewer.refresh_from_db()
    assert (reviewer.is_shown, reviewer.checked_by) == (True, paula)
    assert Client().get(reviewer.get_absolute_url()).status_code == 200


def test_nobody_checks_their_own_credential(publisher, paula):
    response = publisher.post(ADD, profile(paula, **CHECK))
    assert "Another person has to check your credential." in Page(response).words
    assert not Reviewer.objects.exists()


def test_a_check_is_not_in_the_future(publisher):
    day = timezone.localdate() + timedelta(days=2)
    values = CHECK | {"credential_checked_on": day.isoformat()}
    assert "future" in Page(publisher.post(ADD, profile(make_user(), **values))).words


def test_a_changed_credential_is_checked_anew(publisher, paula):
    reviewer = make_reviewer()
    form = change(publisher, reviewer).fill(credential="Made-up surgeon")
    assert "another one now" in Page(form.press()).words
    form.fill(credential_checked_on=timezone.localdate().isoformat()).press()
    reviewer.refresh_from_db()
    assert (reviewer.credential, reviewer.checked_by) == ("Made-up surgeon", paula)


def test_a_reviewer_records_their_own_statement_and_no_other(publisher):
    reviewer, other = make_reviewer(declares=False), make_reviewer(declares=False)
    today = timezone.localdate().isoformat()
    sent = {"reviewer": reviewer.pk, "dated": today, "text": "None.", "source": ""}
    browser(reviewer.user).post(ADD_STATEMENT, sent)
    assert ConflictStatement.objects.get().recorded_by == reviewer.user
    sent["reviewer"] = other.pk
    browser(reviewer.user).post(ADD_STATEMENT, sent)
    assert "where you have" in Page(publisher.post(ADD_STATEMENT, sent)).words
    assert ConflictStatement.objects.count() == 1
    publisher.post(ADD_STATEMENT, sent | {"source": "A letter"})
    assert other.statements.get().source == "A letter"
    assert browser(make_user("editor")).get(ADD_STATEMENT).status_code == 403


def test_a_statement_of_a_future_day_is_an_error_of_its_field(publisher):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"reviewer": make_reviewer(declares=False).pk, "dated": tomorrow.isoformat()}
    page = Page(publisher.post(ADD_STATEMENT, sent | {"text": "None.", "source": "A letter"}))
    assert "The day of the statement lies in the future." in page.words
    assert not ConflictStatement.objects.exists()


def test_a_publisher_who_may_not_review_says_where_their_own_statement_comes_from(publisher, paula):
    publisher.post(ADD, profile(paula))
    own = Reviewer.objects.get(user=paula)
    sent = {"reviewer": own.pk, "dated": timezone.localdate().isoformat(), "text": "None."}
    assert "where you have" in Page(publisher.post(ADD_STATEMENT, sent)).words
    publisher.post(ADD_STATEMENT, sent | {"source": "A letter"})
    assert own.statements.get().source == "A letter"


def test_a_reviewer_records_a_review_from_the_form_of_the_page_and_takes_it_back():
    entry, reviewer = make_entry(), make_reviewer()
    own = browser(reviewer.user)
    url = reverse(
        "admin:publishing_clinicalreview_record", args=[entry._meta.label_lower, entry.pk]
    )
    assert url in own.get(admin_url(entry)).content.decode()
    assert own.get(url).status_code == 200
    assert own.post(url, {"number": 1, "scope": ""}).status_code == 400
    assert "Recorded" in Page(own.post(url, {"number": 1, "scope": "Doses."}, follow=True)).words
    review = ClinicalReview.objects.get()
    assert "already" in Page(own.post(url, {"number": 1, "scope": "Doses."})).words
    back = reverse("admin:publishing_clinicalreview_take_back", args=[review.pk])
    assert back in own.get(admin_url(review)).content.decode()
    assert browser(make_user("editor")).post(back, {"reason": "x"}).status_code == 403
    own.post(back, {"reason": "A mistake."})
    review.refresh_from_db()
    assert review.taken_back_reason == "A mistake."


def test_the_form_says_why_a_review_would_not_count():
    entry = make_entry()
    reviewer = make_reviewer(statement=timezone.localdate() - timedelta(days=400))
    url = reverse(
        "admin:publishing_clinicalreview_record", args=[entry._meta.label_lower, entry.pk]
    )
    own = browser(reviewer.user)
    assert "older than 12 months" in Page(own.get(url)).words
    assert own.post(url, {"number": 1, "scope": "Doses."}).status_code == 400
    assert not ClinicalReview.objects.exists()


@pytest.mark.parametrize("role", ["editor", "publisher", "moderator"])
def test_nobody_else_records_a_review(role):
    entry, person = make_entry(), make_user(role)
    make_reviewer(user=person)
    url = reverse(
        "admin:publishing_clinicalreview_record", args=[entry._meta.label_lower, entry.pk]
    )
    assert browser(person).post(url, {"number": 1, "scope": "Doses."}).status_code == 403


def test_no_review_of_what_is_not_published():
    entry, reviewer = make_entry(published=False), make_reviewer()
    url = reverse(
        "admin:publishing_clinicalreview_record", args=[entry._meta.label_lower, entry.pk]
    )
    assert browser(reviewer.user).get(url).status_code == 404
