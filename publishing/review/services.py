"""Changes of rows that have no draft (circumstances, works): submit, approve, reject, take back.

Each kind of row is a `ReviewedRows`. Whoever writes such a row does it here, or records here what it
wrote (commands of the operator), so that every change has its revision.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError as PydanticError

from accounts.events import log_event
from accounts.models import User
from publishing.models import Kind, ReviewState, RowRevision
from remedies_site.exceptions import InvalidInput, NotPermitted
from remedies_site.markup import without_controls
from remedies_site.rows import DocumentT

RowT = TypeVar("RowT", bound=models.Model)
_AS_BEFORE = "As it was before changes were kept."


@dataclass(frozen=True)
class SubmitError:
    """Why a change cannot be submitted; `wants_note` where its reason is missing."""

    message: str
    wants_note: bool = False


@dataclass(frozen=True)
class ReviewedRows(Generic[RowT, DocumentT]):
    """How the rows of one model are changed.

    `key` is the field by which row and document are known; it never changes. `fill` sets a row's
    columns by a document. `reaches_readers` gets the stored row (None for a new one) and the changed
    fields, and says whether the change needs a second person. `after_write` gets the same.
    """

    model: type[RowT]
    revisions: type[RowRevision]
    key: str
    to_document: Callable[[RowT], DocumentT]
    fill: Callable[[RowT, DocumentT], RowT]
    schema: type[DocumentT]
    reaches_readers: Callable[[RowT | None, Collection[str]], bool]
    after_write: Callable[[RowT, Collection[str]], None] = lambda _row, _fields: None

    def waiting(self, key: str) -> RowRevision | None:
        """The change of this row that waits; there is one at most."""
        return self._revisions.filter(key=key, state=ReviewState.WAITING).first()

    @property
    def _revisions(self) -> models.QuerySet[RowRevision]:
        return self.revisions._default_manager.all()

    def stored_document(self, row: RowT | None) -> dict[str, Any]:
        """The document of a stored row, {} of none; the plain values of one that is invalid today."""
        if row is None:
            return {}
        try:
            return self.to_document(row).canonical()
        except PydanticError:
            names = self.schema.model_fields
            fields = [field for field in row._meta.concrete_fields if field.name in names]
            return {field.name: field.value_to_string(row) for field in fields}

    @transaction.atomic
    def submit(self, document: DocumentT, *, by: User, note: str = "") -> RowRevision | None:
        """Change or add a row; None where nothing changes.

        With REVIEW=two a change that reaches readers waits, and the row stays as it is. Raises
        InvalidInput where another change of the row waits, or the reason is missing that the second
        person needs.
        """
        row = self._lock(getattr(document, self.key))
        base, after = self.stored_document(row), document.canonical()
        revision = self._new(row, base, after, by=by, note=note)
        changed = revision.changed_fields
        if not changed:
            return None
        if error := self.submit_error(row, revision.key, changed, revision.note):
            raise InvalidInput(error.message)
        if self._needs_second_person(row, changed):
            revision.save()
            self._log("review_submitted", revision, by)
            return revision
        self._record_base(row, revision)
        revision.row = self._write(row, document, changed)
        self._publish(revision)
        return revision

    def submit_error(
        self, row: RowT | None, key: str, changed: Sequence[str], note: str
    ) -> SubmitError | None:
        """Why a change of these fields cannot be submitted; None where it can. `row` is None of a new one."""
        if (waiting := self.waiting(key)) is not None:
            sentence = _("A change by %(name)s waits for a second person; it comes first.")
            return SubmitError(sentence % {"name": waiting.author_name})
        if changed and not note and self._needs_second_person(row, changed):
            message = _("Say what changed and why: a second person decides by it.")
            return SubmitError(message, wants_note=True)
        return None

    def _needs_second_person(self, row: RowT | None, changed: Sequence[str]) -> bool:
        return settings.REVIEW == "two" and self.reaches_readers(row, changed)

    @transaction.atomic
    def approve(self, revision: RowRevision, *, by: User) -> RowRevision:
        """Put a waiting change into effect. Raises NotPermitted or InvalidInput."""
        row, waiting = self._lock_waiting(revision)
        if message := self.approval_error(waiting, by):
            raise NotPermitted(message)
        if self.stored_document(row) != waiting.base:
            raise InvalidInput(
                _("It was changed by a command since this was submitted: submit the change again.")
            )
        document = self.schema.model_validate(waiting.document)
        self._record_base(row, waiting)
        waiting.row = self._write(row, document, waiting.changed_fields)
        waiting.approver = by if by.pk != waiting.author_id else None
        self._publish(waiting)
        self._log("review_approved", waiting, by)
        return waiting

    @transaction.atomic
    def reject(self, revision: RowRevision, *, by: User, reason: str) -> RowRevision:
        """Keep a waiting change from taking effect, with the reason; its author takes it back.

        Raises NotPermitted or InvalidInput.
        """
        _row, waiting = self._lock_waiting(revision)
        is_author = by.pk == waiting.author_id
        if not is_author and not self.may_decide(by):
            raise NotPermitted(_("Only a publisher rejects what somebody else submitted."))
        waiting.decision_note = without_controls(reason).strip()[:400]
        if not is_author and not waiting.decision_note:
            raise InvalidInput(_("Say why: whoever submitted it will read the reason."))
        waiting.state = ReviewState.TAKEN_BACK if is_author else ReviewState.REJECTED
        waiting.approver = None if is_author else by
        waiting.decided_at = timezone.now()
        waiting.save()
        self._log("review_rejected", waiting, by)
        return waiting

    def may_decide(self, by: User) -> bool:
        """Whether this person has the permission to approve changes of such rows."""
        meta = self.revisions._meta
        return by.has_perm(f"{meta.app_label}.approve_{meta.model_name}")

    def approval_error(self, revision: RowRevision, by: User) -> str:
        """Why this person may not approve a waiting change; empty where they may."""
        if not self.may_decide(by):
            return _(
                "It waits for a publisher: only a publisher other than its author approves it."
            )
        if settings.REVIEW == "two" and revision.author_id in {by.pk, None}:
            if revision.author_id is None:
                return _("Whoever submitted this has no account any more: submit it anew.")
            return _("A second person has to approve this: you submitted it.")
        return ""

    def record_written(
        self, before: Iterable[tuple[RowT, dict[str, Any]]], *, author_name: str, note: str = ""
    ) -> None:
        """Record what a command of the operator wrote: each row with its document from before."""
        for row, base in before:
            revision = self._new(row, base, self.stored_document(row), by=None, note=note)
            revision.author_name = author_name
            if revision.changed_fields:
                self._record_base(row, revision)
                self._publish(revision, kind=Kind.SYSTEM)

    def _lock(self, key: str) -> RowT | None:
        rows = self.model._default_manager.select_for_update()
        return rows.filter(**{self.key: key}).first()

    def _lock_waiting(self, revision: RowRevision) -> tuple[RowT | None, RowRevision]:
        """Row and change as they are now, locked in this order. Raises InvalidInput if it is decided."""
        row = self._lock(revision.key)
        waiting = self._revisions.select_for_update().get(pk=revision.pk)
        if waiting.state != ReviewState.WAITING:
            raise InvalidInput(_("This was decided already."))
        return row, waiting

    def _new(
        self,
        row: RowT | None,
        base: dict[str, Any],
        after: dict[str, Any],
        *,
        by: User | None,
        note: str,
    ) -> RowRevision:
        revision = self.revisions(
            key=after[self.key],
            kind=Kind.UPDATE if base else Kind.FIRST,
            base=base,
            document=after,
            note=without_controls(note).strip()[:400],
            author=by,
            author_name=by.name if by else "",
        )
        revision.row = row
        return revision

    def _write(self, row: RowT | None, document: DocumentT, changed: Collection[str]) -> RowT:
        """Save the row. Raises InvalidInput where it does not fit the other rows any more."""
        written = self.fill(row or self.model(), document)
        try:
            written.full_clean()
        except ValidationError as error:
            raise InvalidInput(" ".join(error.messages)) from error
        written.save()
        self.after_write(written, changed)
        return written

    def _record_base(self, row: RowT | None, revision: RowRevision) -> None:
        """Before the first change of a row from before changes were kept: the row as it was."""
        published = self._revisions.filter(key=revision.key, number__isnull=False)
        if not revision.base or published.exists():
            return
        first = self._new(row, {}, revision.base, by=None, note=_AS_BEFORE)
        first.author_name = "system"
        self._publish(first, kind=Kind.SYSTEM)

    def _publish(self, revision: RowRevision, *, kind: str = "") -> None:
        newest = self._revisions.filter(key=revision.key).aggregate(models.Max("number"))
        revision.number = (newest["number__max"] or 0) + 1
        revision.kind = kind or revision.kind
        revision.state, revision.decided_at = ReviewState.PUBLISHED, timezone.now()
        revision.save()

    def _log(self, name: str, revision: RowRevision, by: User) -> None:
        log_event(name, actor=by.pk, kind=revision._meta.label_lower, number=revision.pk)


_ROWS: dict[type[models.Model], ReviewedRows[Any, Any]] = {}


def register_rows(rows: ReviewedRows[Any, Any]) -> None:
    """Make a kind of rows known by its model and by that of its revisions; call it when apps are ready."""
    _ROWS[rows.model] = _ROWS[rows.revisions] = rows


def reviewed_rows(model: type[models.Model]) -> ReviewedRows[Any, Any]:
    """The kind of rows of a model, or of a model of revisions. Raises KeyError."""
    return _ROWS[model]


def waiting_changes() -> list[tuple[type[RowRevision], int]]:
    """How many changes of each kind of row wait, by the model of their revisions."""
    models_of_changes = dict.fromkeys(rows.revisions for rows in _ROWS.values())
    return [
        (model, model._default_manager.filter(state=ReviewState.WAITING).count())
        for model in models_of_changes
    ]
