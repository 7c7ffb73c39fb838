"""Who may review what, and what the database keeps to itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.privacy.export import export_of
from accounts.privacy.services import erase_member
from publishing.models import ClinicalReview, ConflictStatement, DraftEdit, Reviewer
from publishing.reviewers.selectors import page_review
from publishing.reviewers.services import (
    record_review,
    record_statement,
    reviewer_error,
    take_back_review,
)
from remedies.models import RemedyConditionEntry
from remedies.services import publish_entry, withdraw_entry
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.factories import make_entry, make_review, make_reviewer, make_user

pytestmark = pytest.mark.django_db


def shown_review(entry):
    entry = RemedyConditionEntry.objects.with_current_revision().get(pk=entry.pk)
    return page_review(entry, entry.current_revision)


def review(entry, person, **values):
    return record_review(entry, by=person, **{"number": 1, "scope": "The warnings."} | values)


def test_a_review_keeps_what_it_rests_on():
    entry, reviewer = make_entry(), make_reviewer()
    stored = make_review(entry, by=reviewer)
    assert stored.statement == reviewer.statements.get()
    assert stored.credential == "Made-up pharmacist"
    assert stored.credential_checked_on == reviewer.credential_checked_on
    assert stored.reviewed_on == timezone.localdate()
    shown = shown_review(entry)
    assert (shown.name, shown.number, shown.is_of_this_text) == (reviewer.public_name, 1, True)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"is_shown": False}, "not shown to readers"),
        (
            {"is_shown": False, "credential_checked_on": None, "credential_checked_in": ""},
            "not shown",
        ),
        ({"credential_checked_on": timezone.localdate() + timedelta(days=2)}, "Nobody has checked"),
        ({"declares": False}, "no conflict statement"),
        ({"statement": timezone.localdate() - timedelta(days=367)}, "older than 12 months"),
    ],
)
def test_without_check_or_statement_no_review_counts(values, message):
    entry, reviewer = make_entry(), make_reviewer(**values)
    assert message in reviewer_error(reviewer)
    with pytest.raises(InvalidInput, match=message):
        make_review(entry, by=reviewer)
    assert shown_review(entry) is None


def test_a_statement_of_twelve_months_ago_is_the_last_that_counts():
    today = timezone.localdate()
    entry = make_entry()
    make_review(entry, by=make_reviewer(statement=today - timedelta(days=365)))
    assert shown_review(entry) is not None


def test_a_review_stays_when_its_statement_grows_old_and_goes_with_the_profile():
    """The day of the review counts, whatever day it is now."""
    entry, reviewer = make_entry(), make_reviewer()
    make_review(entry, by=reviewer)
    record_statement(
        reviewer,
        by=reviewer.user,
        dated=timezone.localdate() - timedelta(days=800),
        text="An older one.",
    )
    assert shown_review(entry) is not None
    Reviewer.objects.update(is_shown=False)
    assert shown_review(entry) is None


def test_a_row_that_came_past_the_service_does_not_count_without_a_statement_of_its_time():
    entry, reviewer = make_entry(), make_reviewer(statement=timezone.localdate() - timedelta(800))
    ClinicalReview.objects.create(
        subject=entry,
        revision_number=1,
        document_digest="",
        reviewer=reviewer,
        statement=reviewer.statements.get(),
        reviewed_on=timezone.localdate(),
        credential="x",
        credential_checked_on=reviewer.credential_checked_on,
        scope="x",
    )
    assert shown_review(entry) is None


def test_a_changed_text_is_not_the_reviewed_one_until_it_is_as_before():
    entry = make_entry()
    before = entry.verdict
    make_review(entry)
    entry.verdict = "We do not know whether it helps. Much is open."
    publish_entry(entry, by=None)
    assert shown_review(entry).is_of_this_text is False
    entry.verdict = before
    publish_entry(entry, by=None)
    assert shown_review(entry).is_of_this_text is True


def test_the_review_of_the_shown_text_comes_before_a_newer_one_of_another_text():
    entry = make_entry()
    before = entry.verdict
    first = make_reviewer()
    make_review(entry, by=first)
    entry.verdict = "We do not know whether it helps. Much is open."
    publish_entry(entry, by=None)
    second = make_reviewer()
    make_review(entry, by=second)
    assert shown_review(entry).name == second.public_name
    entry.verdict = before
    publish_entry(entry, by=None)
    assert shown_review(entry).name == first.public_name


def test_nobody_reviews_a_page_with_words_of_their_own():
    person = make_user("reviewer")
    reviewer = make_reviewer(user=person)
    entry = make_entry(published=False)
    publish_entry(entry, by=person)
    entry.verdict = "We do not know whether it helps. Much is open."
    publish_entry(entry, by=make_user("publisher"))
    for number in (1, 2):
        with pytest.raises(NotPermitted, match="are yours"):
            review(entry, person, number=number)
    other = make_entry()
    other.edits.create(author=person, author_name=person.name, changes={}, published_in=1)
    assert DraftEdit.objects.exists()
    with pytest.raises(NotPermitted, match="are yours"):
        review(other, person)
    assert not reviewer.reviews.exists()


def test_the_database_refuses_a_review_of_ones_own_version():
    entry, reviewer = make_entry(), make_reviewer()
    stored = make_review(entry, by=reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClinicalReview.objects.filter(pk=stored.pk).update(text_author=reviewer.user)


@pytest.mark.parametrize(
    ("column", "value"),
    [("scope", "another"), ("revision_number", 7), ("document_digest", "x"), ("credential", "y")],
)
def test_what_was_reviewed_is_final(column, value):
    make_review(make_entry())
    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        ClinicalReview.objects.update(**{column: value})


def test_a_statement_is_final():
    make_reviewer()
    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        ConflictStatement.objects.update(text="Another.")


def test_who_is_no_reviewer_reviews_nothing():
    entry = make_entry()
    publisher = make_user("publisher")
    with pytest.raises(NotPermitted, match="in their own name"):
        review(entry, publisher)
    make_reviewer(user=publisher)  # a profile alone is no permission
    with pytest.raises(NotPermitted, match="in their own name"):
        review(entry, publisher)


def test_a_version_that_is_not_there_is_not_reviewed():
    entry, reviewer = make_entry(), make_reviewer()
    with pytest.raises(InvalidInput, match="not published"):
        review(entry, reviewer.user, number=2)
    withdraw_entry(entry, by=None, reason="It was wrong.")
    with pytest.raises(InvalidInput, match="not published"):
        review(entry, reviewer.user)


def test_a_version_is_reviewed_once_by_a_person_unless_it_was_taken_back():
    entry, reviewer = make_entry(), make_reviewer()
    stored = review(entry, reviewer.user)
    with pytest.raises(InvalidInput, match="already"):
        review(entry, reviewer.user)
    with pytest.raises(InvalidInput, match="Say why"):
        take_back_review(stored, by=reviewer.user, reason=" ")
    with pytest.raises(NotPermitted):
        take_back_review(stored, by=make_user("editor"), reason="No.")
    take_back_review(stored, by=make_user("publisher"), reason="The doses were overlooked.")
    assert shown_review(entry) is None
    with pytest.raises(InvalidInput, match="already"):
        take_back_review(stored, by=reviewer.user, reason="Again.")
    review(entry, reviewer.user)
    assert shown_review(entry) is not None


def test_a_review_says_what_was_checked():
    entry, reviewer = make_entry(), make_reviewer()
    for scope, note in ((" ", ""), ("x" * 401, ""), ("x", "y" * 401)):
        with pytest.raises(InvalidInput, match="what you checked"):
            review(entry, reviewer.user, scope=scope, note=note)


def test_a_statement_is_ones_own_or_has_a_source():
    reviewer, today = make_reviewer(declares=False), timezone.localdate()
    publisher = make_user("publisher")
    with pytest.raises(InvalidInput, match="where you have"):
        record_statement(reviewer, by=publisher, dated=today, text="None.")
    with pytest.raises(InvalidInput, match="future"):
        record_statement(reviewer, by=reviewer.user, dated=today + timedelta(2), text="None.")
    with pytest.raises(InvalidInput, match="between 1"):
        record_statement(reviewer, by=reviewer.user, dated=today, text=" ")
    for person in (make_user("editor"), make_user(), make_reviewer().user):
        with pytest.raises(NotPermitted):
            record_statement(reviewer, by=person, dated=today, text="None.", source="A letter")
    own = record_statement(reviewer, by=reviewer.user, dated=today, text="None.", source="x")
    sourced = record_statement(reviewer, by=publisher, dated=today, text="A.", source="A letter")
    assert (own.source, sourced.source) == ("", "A letter")


def test_suspended_rights_review_nothing():
    entry, reviewer = make_entry(), make_reviewer()
    reviewer.user.rights_suspended = True
    with pytest.raises(NotPermitted):
        review(entry, reviewer.user)


def test_the_person_takes_profile_statements_and_reviews_along_and_they_go_with_the_account():
    person = make_user()
    reviewer = make_reviewer(user=person, checked_by=make_user("publisher"))
    entry = make_entry()
    ClinicalReview.objects.create(
        subject=entry,
        revision_number=1,
        document_digest="",
        reviewer=reviewer,
        statement=reviewer.statements.get(),
        reviewed_on=timezone.localdate(),
        credential=reviewer.credential,
        credential_checked_on=reviewer.credential_checked_on,
        scope="The warnings.",
    )
    rows = export_of(person)["rows"]
    names = {"publishing.reviewer", "publishing.conflictstatement", "publishing.clinicalreview"}
    assert names <= rows.keys()
    assert rows["publishing.conflictstatement"][0]["text"] == "Made up: nothing to declare."
    assert rows["publishing.clinicalreview"][0]["scope"] == "The warnings."
    assert names & export_of(reviewer.checked_by)["rows"].keys() == set()
    erase_member(person, words=True)
    assert not Reviewer.objects.exists()
    assert not ConflictStatement.objects.exists()
    assert shown_review(entry) is None
