"""Recording who may review, what they declared, and what they reviewed.

Nobody writes a review for somebody else, nobody checks their own credential, and nobody reviews a page
with words of their own.
"""

from datetime import date
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from accounts.services import lock_member
from publishing.models import (
    LONGEST_STATEMENT,
    ClinicalReview,
    ConflictStatement,
    Kind,
    Reviewer,
    Revision,
    Subject,
)
from publishing.reviewers.review_rules import document_digest, is_statement_current
from publishing.reviewers.selectors import newest_statement
from remedies_site.exceptions import InvalidInput, NotPermitted
from remedies_site.markup import without_controls

REVIEW = "publishing.review_pages"
MANAGE = "publishing.change_reviewer"
_LONGEST = 400
_NOT_WRITTEN = (Kind.SYSTEM, Kind.WITHDRAWAL)
"""Revisions that bring no new words."""


def check_error(reviewer: Reviewer, *, by: User, on: date | None) -> str:
    """Why this person cannot record a check of the credential on a day; empty where they can."""
    if reviewer.pk == by.pk:
        return _("Another person has to check your credential.")
    if on is not None and on > timezone.localdate():
        return _("The day of the check lies in the future.")
    return ""


class StatementError(NamedTuple):
    """Why a statement cannot be recorded, and the field of it that is wrong."""

    field: str
    message: str


def statement_error(
    reviewer: Reviewer, *, by: User, dated: date, text: str, source: str = ""
) -> StatementError | None:
    """Why this person cannot record what a reviewer declared; None where they can."""
    is_own = _is_own(reviewer, by)
    if not is_own and not by.has_perm(MANAGE):
        message = _("Only the reviewer or a publisher records a conflict statement.")
        return StatementError("reviewer", message)
    if not 1 <= len(_statement(text)) <= LONGEST_STATEMENT:
        message = _("A statement has between 1 and %(most)s characters.")
        return StatementError("text", message % {"most": LONGEST_STATEMENT})
    if dated > timezone.localdate():
        return StatementError("dated", _("The day of the statement lies in the future."))
    if not is_own and not _one_line(source):
        return StatementError("source", _("Say where you have the statement from."))
    return None


@transaction.atomic
def record_statement(
    reviewer: Reviewer, *, by: User, dated: date, text: str, source: str = ""
) -> ConflictStatement:
    """Add what a reviewer declared about conflicts of interest.

    By their own account, or by an editor who says where it comes from. Raises NotPermitted or
    InvalidInput.
    """
    lock_member(by)
    if error := statement_error(reviewer, by=by, dated=dated, text=text, source=source):
        raise (NotPermitted if error.field == "reviewer" else InvalidInput)(error.message)
    statement = ConflictStatement.objects.create(
        reviewer=reviewer,
        dated=dated,
        text=_statement(text),
        source="" if _is_own(reviewer, by) else _one_line(source)[:200],
        recorded_by=by,
    )
    log_event("conflict_statement_recorded", actor=by.pk, person=reviewer.pk)
    return statement


@transaction.atomic
def record_review(
    subject: Subject[Revision], *, by: User, number: int, scope: str, note: str = ""
) -> ClinicalReview:
    """Record that this person reviewed a version of a page today. Raises NotPermitted or InvalidInput."""
    lock_member(by)
    reviewer = Reviewer.objects.select_for_update().filter(pk=by.pk).first()
    if reviewer is None or not by.has_perm(REVIEW):
        raise NotPermitted(_("Only reviewers review pages, each in their own name."))
    statement, checked_on = _basis_of_today(reviewer)
    revision = subject.revisions.filter(number=number).first()
    if revision is None or not subject.is_published:
        raise InvalidInput(_("This version is not published."))
    if _wrote_words(by, subject, number):
        raise NotPermitted(_("Some of the words of this page are yours: somebody else reviews it."))
    scope, note = _one_line(scope), _one_line(note)
    if not scope or len(scope) > _LONGEST or len(note) > _LONGEST:
        raise InvalidInput(_("Say what you checked, in at most 400 characters; so the note."))
    try:
        with transaction.atomic():
            review = ClinicalReview.objects.create(
                content_type=ContentType.objects.get_for_model(subject),
                object_id=subject.pk,
                revision_number=number,
                document_digest=document_digest(revision.document),
                reviewer=reviewer,
                statement=statement,
                reviewed_on=timezone.localdate(),
                credential=reviewer.credential,
                credential_checked_on=checked_on,
                scope=scope,
                note=note,
                text_author_id=None if revision.kind in _NOT_WRITTEN else revision.author_id,
            )
    except IntegrityError as error:
        raise InvalidInput(_("You have reviewed this version already.")) from error
    log_event("clinical_review_recorded", actor=by.pk, number=review.pk)
    return review


def reviewer_error(reviewer: Reviewer) -> str:
    """Why a review that this person made today would not count; empty where it would."""
    try:
        _basis_of_today(reviewer)
    except InvalidInput as error:
        return str(error)
    return ""


def _basis_of_today(reviewer: Reviewer) -> tuple[ConflictStatement, date]:
    """What a review of today rests on: the statement, and the day of the check. Raises InvalidInput."""
    today = timezone.localdate()
    checked_on, statement = reviewer.credential_checked_on, newest_statement(reviewer)
    if not reviewer.is_shown:
        raise InvalidInput(
            _("Your profile is not shown to readers yet: a publisher has to do that first.")
        )
    if checked_on is None or checked_on > today:
        raise InvalidInput(_("Nobody has checked your credential yet."))
    if statement is None:
        raise InvalidInput(_("There is no conflict statement of yours: record one first."))
    if not is_statement_current(statement.dated, today):
        raise InvalidInput(
            _("Your conflict statement is older than 12 months: record a new one first.")
        )
    return statement, checked_on


def _wrote_words(person: User, subject: Subject[Revision], number: int) -> bool:
    """Whether words of any version up to this one may be theirs: who edited a page is no judge of it."""
    revisions = subject.revisions.filter(author=person, number__lte=number)
    if revisions.exclude(kind__in=_NOT_WRITTEN).exists():
        return True
    edits = subject.edits.filter(author=person, published_in__lte=number)
    return bool(edits.exists())


@transaction.atomic
def take_back_review(review: ClinicalReview, *, by: User, reason: str) -> ClinicalReview:
    """Let a review count no more: by its reviewer, or by a publisher. Raises NotPermitted or InvalidInput."""
    lock_member(by)
    if by.pk != review.reviewer_id and not by.has_perm(MANAGE):
        raise NotPermitted(_("Only the reviewer or a publisher takes a review back."))
    locked = ClinicalReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if locked.taken_back_at is not None:
        raise InvalidInput(_("It was taken back already."))
    locked.taken_back_reason = _one_line(reason)[:_LONGEST]
    if not locked.taken_back_reason:
        raise InvalidInput(_("Say why it is taken back: the reason stays on record."))
    locked.taken_back_at = timezone.now()
    locked.save(update_fields=["taken_back_at", "taken_back_reason"])
    log_event("clinical_review_taken_back", actor=by.pk, number=locked.pk)
    return locked


def _is_own(reviewer: Reviewer, by: User) -> bool:
    """Whether this person, as a reviewer, declares something of themselves."""
    return by.pk == reviewer.pk and by.has_perm(REVIEW)


def _statement(text: str) -> str:
    return without_controls(text).strip()


def _one_line(text: str) -> str:
    return " ".join(without_controls(text).split())
