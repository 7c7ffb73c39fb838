"""The rows that a load writes, locked, and compared with those that it was planned with."""

from collections.abc import Sequence
from typing import Any

from publishing.models import Kind, Revision, Subject
from publishing.review.services import ReviewedRows
from remedies.content.load_plan import PlannedDocument, fingerprint
from remedies.content.load_state import PageAction
from remedies.content.stored_subjects import state_of
from remedies_site.exceptions import InvalidInput


class ChangedSincePlan(InvalidInput):
    """Somebody changed what the plan was made from; nothing more is loaded."""


def lock_unchanged(action: PageAction) -> Subject[Revision]:
    """The row of a page as it was planned with, locked. Raises ChangedSincePlan."""
    rows: Any = type(action.subject)._default_manager.select_for_update(of=("self",))
    subject: Subject[Revision] | None = (
        rows.select_related("current_revision").filter(pk=action.subject.pk).first()
    )
    if subject is None or not _is_as_planned(action, subject):
        raise _changed(action.planned)
    return subject


def lock_unchanged_rows(
    kind: ReviewedRows[Any, Any], planned: Sequence[PlannedDocument]
) -> dict[str, Any]:
    """The stored rows of planned documents that have no page, by key, locked; new ones have none.

    Raises ChangedSincePlan.
    """
    keys = [document.label for document in planned]
    rows = kind.model._default_manager.select_for_update().order_by("pk")
    stored = {getattr(row, kind.key): row for row in rows.filter(**{f"{kind.key}__in": keys})}
    for document in planned:
        if fingerprint(kind.stored_document(stored.get(document.label))) != document.base:
            raise _changed(document)
    return stored


def _changed(planned: PlannedDocument) -> ChangedSincePlan:
    return ChangedSincePlan(f"Somebody changed {planned.label} since this was planned.")


def _is_as_planned(action: PageAction, subject: Subject[Revision]) -> bool:
    """Whether a row is still that of the plan; grades that this load itself renewed are no change."""
    planned, now = state_of(action.subject), state_of(subject)
    if planned == now:
        return True
    revision = subject.current_revision
    before = action.subject.current_revision
    is_regraded = (
        revision is not None
        and before is not None
        and revision.kind == Kind.SYSTEM
        and revision.document == before.document
    )
    return is_regraded and planned[1:] == now[1:]
