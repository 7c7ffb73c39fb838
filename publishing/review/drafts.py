"""Saves of drafts: recorded with what they changed, and read for who wrote what waits."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from publishing.models import DraftEdit, Revision, Subject
from publishing.review.authorship import Contributor, Edit, pending_authors
from publishing.review.open_reviews import cancel_schedule
from remedies_site.documents import Document
from remedies_site.rows import stored_leaves

Leaves = dict[str, str]
"""The filled fields of a draft as texts, by path (see `stored_leaves`)."""


class PendingField(NamedTuple):
    """A field of a draft that differs from what was published; an empty text is none."""

    path: str
    before: str
    after: str


class PendingDraft(NamedTuple):
    """Who wrote what of a draft waits, first come first, and each field that its saves made differ."""

    authors: list[Contributor]
    fields: list[PendingField]


def lock_draft(subject: Subject[Revision], schema: type[Document]) -> Leaves:
    """The draft as it is stored, its row locked until the transaction ends."""
    rows = type(subject).objects.select_for_update(of=("self",))
    return stored_leaves(rows.get(pk=subject.pk), schema)


def read_draft(subject: Subject[Revision], schema: type[Document]) -> Leaves:
    """The draft as it is stored, whatever the instance holds."""
    return stored_leaves(type(subject).objects.get(pk=subject.pk), schema)


def record_edit(
    subject: Subject[Revision],
    schema: type[Document],
    before: Mapping[str, str],
    by: User,
    *,
    discards: bool = False,
) -> DraftEdit | None:
    """Record what a save changed, told from the words; None where it changed none.

    Call it in the transaction of the save, with what `lock_draft` returned before it. `discards` where
    the rows are again what is published.
    """
    after = read_draft(subject, schema)
    changes = {
        path: [before.get(path), after.get(path)]
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
    }
    if not changes:
        return None
    if (earlier := _unrecorded(subject)) and not pending_edits(subject).exists():
        subject.edits.create(
            author=earlier,
            author_name=earlier.name,
            saved_at=subject.edited_at,
            changes={},
        )
    edit: DraftEdit = subject.edits.create(
        author=by, author_name=by.name, changes=changes, discards=discards
    )
    subject.edited_by, subject.edited_at = by, edit.saved_at
    subject.save(update_fields=["edited_by", "edited_at"])
    # What is published at a time is what was seen when the time was set.
    cancel_schedule(subject, _("Saved again by %(name)s.") % {"name": by.name})
    return edit


def _unrecorded(subject: Subject[Revision]) -> User | None:
    """Who edited last since the last publication, where that save may be from before edits were kept."""
    if subject.published_at is not None and subject.edited_at <= subject.published_at:
        return None
    return subject.edited_by


def pending_edits(subject: Subject[Revision]) -> models.QuerySet[DraftEdit]:
    """The saves that no revision has published yet, oldest first."""
    pending: models.QuerySet[DraftEdit] = subject.edits.filter(published_in__isnull=True)
    return pending


def draft_authors(subject: Subject[Revision], schema: type[Document]) -> list[Contributor]:
    """Who wrote the words of the stored draft that were not published yet, first come first."""
    return pending_draft(subject, schema).authors


def pending_draft(subject: Subject[Revision], schema: type[Document]) -> PendingDraft:
    """What of the stored draft was not published yet, and who wrote it."""
    edits = list(pending_edits(subject))
    if not edits:
        earlier = _unrecorded(subject)
        return PendingDraft([Contributor(earlier.pk, earlier.name)] if earlier else [], [])
    draft = read_draft(subject, schema)
    # What was discarded waits no more, but its words may be typed again.
    start = max((n for n, edit in enumerate(edits, start=1) if edit.discards), default=0)
    given_up, waiting = _as_written(edits[:start]), _as_written(edits[start:])
    authors = pending_authors(waiting, draft, given_up)
    return PendingDraft(authors, _pending_fields(edits[start:], draft))


def _as_written(edits: Iterable[DraftEdit]) -> list[Edit]:
    return [
        Edit(Contributor(edit.author_id, edit.author_name), edit.changes, edit.discards)
        for edit in edits
    ]


def _pending_fields(edits: Iterable[DraftEdit], draft: Leaves) -> list[PendingField]:
    published: Leaves = {}
    for edit in edits:
        for path, (before, _after) in edit.changes.items():
            published.setdefault(path, before or "")
    return [
        PendingField(path, text, draft.get(path, ""))
        for path, text in published.items()
        if text != draft.get(path, "")
    ]


def newest_edit(subject: Subject[Revision], *, not_by: User | None = None) -> int:
    """The number of the newest pending save, 0 where there is none."""
    edits = pending_edits(subject)
    if not_by is not None:
        edits = edits.exclude(author=not_by)
    return edits.aggregate(newest=models.Max("pk"))["newest"] or 0


def event_facts(subject: Subject[Revision]) -> dict[str, str | int]:
    """What the log says of a subject: its kind and its number."""
    return {"kind": subject._meta.label_lower, "number": subject.pk}


def close_edits(subject: Subject[Revision], number: int) -> None:
    """Note that the pending saves are published, or overwritten, by the revision of this number."""
    pending_edits(subject).update(published_in=number)
