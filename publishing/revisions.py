"""The one append of every publication: freeze, regrade and withdraw a subject.

Each takes the subject's row lock first, adds the next revision and points the subject to it, in one
transaction. What a document, a grade and a subject are is not known here.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from pydantic import ValidationError as PydanticError

from publishing.models import Kind, Revision, Subject
from remedies_site.documents import Document, validation_errors
from remedies_site.exceptions import NotPublishable
from remedies_site.markup import RENDERER_VERSION, without_controls

if TYPE_CHECKING:
    from accounts.models import User

_STATE = [
    *("current_revision", "published_at", "first_published_at"),
    *("withdrawn_at", "withdrawn_reason"),
]


@contextmanager
def rows_as_document() -> Iterator[None]:
    """Rows that make no valid document are an editor's to mend: NotPublishable, not a server error."""
    try:
        yield
    except PydanticError as error:
        raise NotPublishable(list(validation_errors(error))) from error


def review_error(subject: Subject, by: "User | None") -> str:
    """Why this person may not publish the draft; empty where they may.

    With REVIEW=two it takes a second person, with the right to approve. `by` is None for the
    operator's commands, which are outside that rule.
    """
    if settings.REVIEW == "one" or by is None:
        return ""
    if subject.edited_by_id == by.pk:
        return "a second person has to publish this: you made the last edit"
    right = f"{subject._meta.app_label}.publish_{subject._meta.model_name}"
    return "" if by.has_perm(right) else "a publisher has to approve what somebody else wrote"


@transaction.atomic
def freeze(
    subject: Subject,
    *,
    document: Document,
    html: dict[str, str],
    grade: dict[str, Any] | None = None,
    errors: Sequence[tuple[str, str]] = (),
    by: "User | None",
    author_name: str = "",
    note: str = "",
    correction: bool = False,
) -> Revision:
    """Publish `document` as the subject's next revision and return it.

    Nothing is written where document and grade are the published ones already. Raises NotPublishable where the
    document is not fit for readers (`errors` are the caller's own reasons), or the second person that
    REVIEW=two requires is missing.
    """
    locked = _lock(subject)
    found = [*document.publish_errors(), *errors]
    if said := review_error(locked, by):
        found.append(("review", said))
    if found:
        raise NotPublishable(found)
    canonical = document.canonical()
    current: Revision | None = locked.current_revision
    if current is not None and locked.is_published and current.document == canonical:
        if current.grade != grade:
            return _regrade(subject, locked, grade, note)
        subject.current_revision = current  # another process may have published it meanwhile
        return current
    kind = Kind.FIRST if current is None else Kind.CORRECTION if correction else Kind.UPDATE
    author = by if author_name else locked.edited_by or by
    revision = _add_revision(
        subject,
        kind=kind,
        document=canonical,
        html=html,
        renderer_version=RENDERER_VERSION,
        grade=grade,
        note=note,
        author=author,
        author_name=author_name or (author.name if author else "system"),
        approver=by if by and author and by.pk != author.pk else None,
    )
    subject.withdrawn_at, subject.withdrawn_reason = None, ""
    subject.first_published_at = locked.first_published_at or revision.published_at
    _point_to(subject, revision)
    return revision


@transaction.atomic
def regrade(
    subject: Subject, to_grade: Callable[[dict[str, Any]], dict[str, Any] | None], *, note: str
) -> Revision | None:
    """Compute the grade of what is published again; the text stays as it is.

    Returns the revision that the system made, or None where the grade is the same, or readers do
    not see the subject. Drafts of editors stay untouched.
    """
    locked = _lock(subject)
    current: Revision | None = locked.current_revision
    if current is None or not locked.is_published:
        return None
    grade = to_grade(current.document)
    return None if grade == current.grade else _regrade(subject, locked, grade, note)


def _regrade(
    subject: Subject, locked: Subject, grade: dict[str, Any] | None, note: str
) -> Revision:
    current = locked.current_revision
    revision = _add_revision(
        subject,
        kind=Kind.SYSTEM,
        document=current.document,
        html=current.html,
        renderer_version=current.renderer_version,
        grade=grade,
        note=note,
        author=None,
        author_name=current.author_name,  # the text is still theirs; the kind tells who acted
        approver=None,
    )
    subject.first_published_at = locked.first_published_at
    subject.withdrawn_at, subject.withdrawn_reason = None, ""
    _point_to(subject, revision)
    return revision


@transaction.atomic
def withdraw(subject: Subject, *, by: "User | None", reason: str) -> Revision:
    """Take a published subject from readers: its address answers 410 with the reason.

    Raises NotPublishable where there is no reason or nothing to withdraw.
    """
    locked = _lock(subject)
    reason = without_controls(reason).strip()
    if not reason:
        raise NotPublishable([("reason", "is missing: readers are told why a page is gone")])
    current: Revision | None = locked.current_revision
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
    subject.withdrawn_at, subject.withdrawn_reason = revision.published_at, reason
    subject.first_published_at = locked.first_published_at
    _point_to(subject, revision)
    return revision


def _lock(subject: Subject) -> Subject:
    """The subject's row as it is now, held until the transaction ends."""
    rows: models.QuerySet[Any] = type(subject)._default_manager.select_for_update(of=("self",))
    locked: Subject = rows.select_related("current_revision", "edited_by").get(pk=subject.pk)
    return locked


def _add_revision(subject: Subject, **values: Any) -> Revision:
    revisions = subject.all_revisions()
    newest = revisions.aggregate(models.Max("number"))["number__max"] or 0
    made: Revision = revisions.create(number=newest + 1, published_at=timezone.now(), **values)
    return made


def _point_to(subject: Subject, revision: Revision) -> None:
    subject.current_revision = revision
    subject.published_at = revision.published_at
    subject.save(update_fields=_STATE)
