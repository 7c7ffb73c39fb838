"""Submitting, approving and rejecting merges."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from citations.models import Citation
from publishing.merging.plans import MergePlan
from publishing.merging.subjects import merge_subjects, plan_merge_of_subjects
from publishing.merging.works import merge_works, plan_merge_of_works
from publishing.models import Merge, ReviewState
from remedies_site.exceptions import InvalidInput, NotPermitted
from remedies_site.markup import without_controls


@dataclass(frozen=True)
class Mergeable:
    """How rows of one model are merged; `key` is the field by which people name them."""

    key: str
    plan: Callable[[Any, Any], MergePlan]
    merge: Callable[[Any, Any, MergePlan, User, str], None]


def _merge_works(source: Any, target: Any, plan: MergePlan, by: User, note: str) -> None:
    merge_works(source, target, plan, note=note, by=by.name)


def _merge_subjects(source: Any, target: Any, plan: MergePlan, by: User, note: str) -> None:
    merge_subjects(source, target, plan, note=note, by=by)


_WORKS = Mergeable("key", plan_merge_of_works, _merge_works)
_SUBJECTS = Mergeable("slug", plan_merge_of_subjects, _merge_subjects)


def _mergeable(model: type[models.Model]) -> Mergeable:
    return _WORKS if model is Citation else _SUBJECTS


def find_row(model: type[models.Model], key: str) -> models.Model | None:
    """The row that people name so, None where there is none."""
    rows = model._default_manager.filter(**{_mergeable(model).key: key})
    row: models.Model | None = rows.first()
    return row


def plan_merge(source: models.Model, target: models.Model) -> MergePlan:
    """What merging `source` into `target` changes now."""
    return _mergeable(type(source)).plan(source, target)


def may_merge(user: User) -> bool:
    """Whether this person may put merges into effect: publishers may."""
    return user.has_perm("publishing.approve_merge")


@transaction.atomic
def submit_merge(source: models.Model, target: models.Model, *, by: User, note: str) -> Merge:
    """Merge two rows, or with REVIEW=two ask a second person for it.

    Raises NotPermitted; InvalidInput without a reason, or where an editor has something to settle first.
    """
    if settings.REVIEW == "one" and not may_merge(by):
        raise NotPermitted(_("Publishers merge: it changes every page that refers to both."))
    note = without_controls(note).strip()[:400]
    if not note:
        raise InvalidInput(_("Say why these two are one."))
    key = _mergeable(type(source)).key
    merge = Merge(
        content_type=ContentType.objects.get_for_model(type(source)),
        source=getattr(source, key),
        target=getattr(target, key),
        note=note,
        author=by,
        author_name=by.name,
    )
    plan = _plan_without_conflicts(source, target)
    merge.changes = plan.changes
    if settings.REVIEW == "two":
        return _saved_waiting(merge, by)
    return _carry_out(merge, by=by)


def _saved_waiting(merge: Merge, by: User) -> Merge:
    try:
        with transaction.atomic():
            merge.save()
    except IntegrityError as error:
        raise InvalidInput(_("A merge of this waits already.")) from error
    log_event("review_submitted", actor=by.pk, kind="publishing.merge", number=merge.pk)
    return merge


def _plan_without_conflicts(source: models.Model, target: models.Model) -> MergePlan:
    plan = plan_merge(source, target)
    if plan.conflicts:
        raise InvalidInput(" ".join(plan.conflicts))
    return plan


@transaction.atomic
def approve_merge(merge: Merge, *, by: User, seen: str) -> Merge:
    """Carry out a waiting merge as this person saw it: `seen` is the digest of the plan by then.

    Raises NotPermitted or InvalidInput.
    """
    waiting = _lock_waiting(merge)
    if message := approval_error(waiting, by):
        raise NotPermitted(message)
    waiting.approver = by if by.pk != waiting.author_id else None
    merged = _carry_out(waiting, by=by, seen=seen)
    log_event("review_approved", actor=by.pk, kind="publishing.merge", number=merged.pk)
    return merged


def approval_error(merge: Merge, by: User) -> str:
    """Why this person may not approve a waiting merge; empty where they may."""
    if not may_merge(by):
        return _("It waits for a publisher: only a publisher other than its author approves it.")
    if settings.REVIEW == "two" and merge.author_id in {by.pk, None}:
        return _("A second person has to approve this: you submitted it.")
    return ""


@transaction.atomic
def reject_merge(merge: Merge, *, by: User, reason: str) -> Merge:
    """Keep a waiting merge from being made; its author takes it back. Raises NotPermitted, InvalidInput."""
    waiting = _lock_waiting(merge)
    is_author = by.pk == waiting.author_id
    if not is_author and not may_merge(by):
        raise NotPermitted(_("Only a publisher rejects what somebody else submitted."))
    waiting.decision_note = without_controls(reason).strip()[:400]
    if not is_author and not waiting.decision_note:
        raise InvalidInput(_("Say why: whoever submitted it will read the reason."))
    waiting.state = ReviewState.TAKEN_BACK if is_author else ReviewState.REJECTED
    waiting.approver, waiting.decided_at = None if is_author else by, timezone.now()
    waiting.save()
    log_event("review_rejected", actor=by.pk, kind="publishing.merge", number=waiting.pk)
    return waiting


def _lock_waiting(merge: Merge) -> Merge:
    waiting = Merge.objects.select_for_update().get(pk=merge.pk)
    if waiting.state != ReviewState.WAITING:
        raise InvalidInput(_("This was decided already."))
    return waiting


def plan_waiting(merge: Merge) -> MergePlan:
    """What a waiting merge would change now."""
    source, target = rows_of(merge)
    if source is None or target is None:
        return MergePlan(conflicts=[_("One of the two is not there any more.")])
    return plan_merge(source, target)


def _carry_out(merge: Merge, *, by: User, seen: str | None = None) -> Merge:
    source, target = rows_of(merge, lock=True)
    if source is None or target is None:
        raise InvalidInput(_("One of the two is not there any more."))
    plan = _plan_without_conflicts(source, target)
    if seen is not None and plan.digest != seen:
        raise InvalidInput(_("What it would change is not what you saw: look again."))
    merge.changes = plan.changes
    note = f"{merge}: {merge.note}"[:400]
    _mergeable(type(source)).merge(source, target, plan, by, note)
    merge.state, merge.decided_at = ReviewState.PUBLISHED, timezone.now()
    merge.save()
    return merge


def rows_of(merge: Merge, *, lock: bool = False) -> tuple[models.Model | None, models.Model | None]:
    """The two rows of a merge, locked in the order of their keys where `lock`."""
    model = merge.content_type.model_class()
    assert model is not None  # noqa: S101  (models of the project are not taken away)
    key = _mergeable(model).key
    rows = model._default_manager.filter(**{f"{key}__in": [merge.source, merge.target]})
    if lock:
        rows = rows.select_for_update(of=("self",)).order_by("pk")
    by_key = {getattr(row, key): row for row in rows}
    return by_key.get(merge.source), by_key.get(merge.target)
