"""Appending revisions: freeze, regrade and withdraw a subject.

Each locks the subject's row first, adds the next revision and points the subject to it, in one
transaction. Nothing here knows what a document or a grade contains.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import log_event
from publishing.models import Kind, Revision, Subject
from publishing.review.authorship import Contributor, joined_names
from publishing.review.drafts import close_edits, draft_authors, event_facts, newest_edit
from publishing.review.open_reviews import cancel_schedule, give_up_reviews
from remedies_site.documents import Document
from remedies_site.exceptions import InvalidInput, NotPublishable
from remedies_site.markup import RENDERER_VERSION, without_controls

if TYPE_CHECKING:
    from accounts.models import User

RevisionT = TypeVar("RevisionT", bound=Revision)
_STATE = [
    *("current_revision", "published_at", "first_published_at"),
    *("withdrawn_at", "withdrawn_reason"),
]


def review_error(
    subject: Subject[Revision],
    by: "User | None",
    authors: Sequence[Contributor],
    seen: int | None = None,
) -> str:
    """Why this person may not publish what the authors wrote; empty where they may.

    With REVIEW=two it takes a second person, with the permission to publish, who wrote none of the
    pending words. `seen` is the newest save that they looked at, where that is known. `by` is None
    for the operator's commands, which that rule does not bind.
    """
    if settings.REVIEW == "one" or by is None:
        return ""
    if by.pk in {author.user_id for author in authors}:
        return "a second person has to publish this: some of the words that wait are yours"
    permission = f"{subject._meta.app_label}.publish_{subject._meta.model_name}"
    if not by.has_perm(permission):
        names = joined_names(authors)
        return f"a publisher has to approve what somebody else wrote{names and f' ({names})'}"
    if seen is not None and newest_edit(subject, not_by=by) > seen:
        return "somebody saved this after you opened it: look at what waits now, then save again"
    return ""


@transaction.atomic
def freeze(
    subject: Subject[RevisionT],
    *,
    document: Document,
    html: dict[str, str],
    grade: dict[str, object] | None = None,
    errors: Sequence[tuple[str, str]] = (),
    by: "User | None",
    author_name: str = "",
    note: str = "",
    correction: bool = False,
    seen: int | None = None,
) -> RevisionT:
    """Publish `document` as the subject's next revision and return that.

    Its author is who wrote the words that are new; where several did, the first, with the names of
    all. Where document and grade are the published ones already, no revision is made and the current
    one is returned. Raises NotPublishable where the document is not fit for readers (`errors`
    are the caller's own reasons), or the second person that REVIEW=two requires is missing.
    """
    locked = _lock(subject)
    all_errors = [*document.publish_errors(), *errors]
    canonical = document.canonical()
    current = locked.current_revision
    is_shown = current is not None and locked.is_published and current.document == canonical
    authors = [] if is_shown else draft_authors(locked, type(document))
    if not is_shown and (message := review_error(locked, by, authors, seen)):
        all_errors.append(("review", message))
    if all_errors:
        raise NotPublishable(all_errors)
    if current is not None and is_shown:  # pending saves stay: their words may be typed again
        if current.grade != grade:
            return _append_regraded(subject, locked, current, grade, note)
        subject.current_revision = current  # another process may have published it meanwhile
        return current
    if author_name or not authors:
        authors = [_author_without_edits(locked, canonical, by, author_name)]
    author_ids = [author.user_id for author in authors]
    kind = Kind.FIRST if current is None else Kind.CORRECTION if correction else Kind.UPDATE
    revision = _add_revision(
        subject,
        kind=kind,
        document=canonical,
        html=html,
        renderer_version=RENDERER_VERSION,
        grade=grade,
        note=note,
        author_id=author_ids[0],
        author_name=joined_names(authors),
        approver=by if by and by.pk not in author_ids else None,
    )
    close_edits(locked, revision.number)
    subject.withdrawn_at, subject.withdrawn_reason = None, ""
    subject.first_published_at = locked.first_published_at or revision.published_at
    _point_to(subject, revision)
    if revision.approver_id is not None:
        log_event("review_approved", actor=revision.approver_id, **event_facts(subject))
    return revision


def _author_without_edits(
    subject: Subject[RevisionT],
    canonical: dict[str, object],
    by: "User | None",
    author_name: str,
) -> Contributor:
    """The author where no recorded save wrote the words: who published them before, or who acts now."""
    if author_name or by is None:
        return Contributor(by.pk if by else None, author_name or "system")
    earlier = subject.revisions.exclude(kind=Kind.WITHDRAWAL).first()  # the newest
    if earlier is not None and earlier.document == canonical:
        return Contributor(earlier.author_id, earlier.author_name)
    return Contributor(by.pk, by.name)


@transaction.atomic
def regrade(
    subject: Subject[RevisionT],
    to_grade: Callable[[dict[str, object]], dict[str, object] | None],
    *,
    note: str,
) -> RevisionT | None:
    """Compute the grade of the published document again; the text stays as it is.

    `to_grade` gets the stored document. Returns the revision that the system made, or None where
    the grade is the same, or readers do not see the subject. Drafts of editors stay untouched.
    """
    locked = _lock(subject)
    current = locked.current_revision
    if current is None or not locked.is_published:
        return None
    grade = to_grade(current.document)
    if grade == current.grade:
        return None
    return _append_regraded(subject, locked, current, grade, note)


def _append_regraded(
    subject: Subject[RevisionT],
    locked: Subject[RevisionT],
    current: RevisionT,
    grade: dict[str, object] | None,
    note: str,
) -> RevisionT:
    revision = _add_revision(
        subject,
        kind=Kind.SYSTEM,
        document=current.document,
        html=current.html,
        renderer_version=current.renderer_version,
        grade=grade,
        note=note,
        author=None,
        author_name=current.author_name,  # the text is still theirs; `kind` says who acted
        approver=None,
    )
    subject.first_published_at = locked.first_published_at
    subject.withdrawn_at, subject.withdrawn_reason = None, ""
    _point_to(subject, revision)
    return revision


@transaction.atomic
def rewrite(
    subject: Subject[RevisionT],
    *,
    base: int,
    document: Document,
    html: dict[str, str],
    grade: dict[str, object] | None,
    note: str,
) -> RevisionT:
    """Publish the document of revision `base` again with other keys in it: the system's revision.

    Texts stay whose they are, and so do drafts. Raises InvalidInput where another revision is current:
    what was published meanwhile would be lost.
    """
    locked = _lock(subject)
    current = locked.current_revision
    if locked.current_revision_id != base:
        raise InvalidInput(
            _("Somebody published %(page)s meanwhile: look again.")
            % {"page": locked.get_absolute_url()}
        )
    if current is None or not locked.is_published:
        raise NotPublishable([("state", "is not published")])
    revision = _add_revision(
        subject,
        kind=Kind.SYSTEM,
        document=document.canonical(),
        html=html,
        renderer_version=RENDERER_VERSION,
        grade=grade,
        note=note,
        author=None,
        author_name=current.author_name,
        approver=None,
    )
    subject.first_published_at = locked.first_published_at
    subject.withdrawn_at, subject.withdrawn_reason = None, ""
    _point_to(subject, revision)
    return revision


@transaction.atomic
def withdraw(subject: Subject[RevisionT], *, by: "User | None", reason: str) -> RevisionT:
    """Take a published subject from readers: its URL answers 410 with the reason.

    Nobody who approved its draft, or set a time for it, knew of that: the draft waits for neither any
    more. Raises NotPublishable where there is no reason or nothing to withdraw.
    """
    locked = _lock(subject)
    reason = without_controls(reason).strip()
    if not reason:
        raise NotPublishable([("reason", "is missing: readers are told why a page is gone")])
    current = locked.current_revision
    if current is None or not locked.is_published:
        raise NotPublishable([("state", "is not published, so there is nothing to withdraw")])
    revision = _add_revision(
        subject,
        kind=Kind.WITHDRAWAL,
        document=current.document,
        html=current.html,
        renderer_version=current.renderer_version,
        grade=current.grade,
        note=reason,
        author=by,
        author_name=by.name if by else "system",
        approver=None,
    )
    give_up_reviews(locked, by=by, note=_("It was withdrawn."))
    cancel_schedule(locked, _("It was withdrawn."))
    subject.withdrawn_at, subject.withdrawn_reason = revision.published_at, reason
    subject.first_published_at = locked.first_published_at
    _point_to(subject, revision)
    return revision


def _lock(subject: Subject[RevisionT]) -> Subject[RevisionT]:
    """The subject's row as it is now, locked until the transaction ends."""
    rows = type(subject).objects.select_for_update(of=("self",)).with_current_revision()
    return rows.select_related("edited_by").get(pk=subject.pk)


def _add_revision(subject: Subject[RevisionT], **values: object) -> RevisionT:
    newest = subject.revisions.aggregate(models.Max("number"))["number__max"] or 0
    return subject.revisions.create(number=newest + 1, published_at=timezone.now(), **values)


def _point_to(subject: Subject[RevisionT], revision: RevisionT) -> None:
    subject.current_revision = revision
    subject.published_at = revision.published_at
    subject.save(update_fields=_STATE)
