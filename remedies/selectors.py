"""Reads of remedies and entries: rows for a page, each in a fixed number of queries."""

from accounts.models import User
from conditions.document import to_document as condition_document
from conditions.models import Condition
from conditions.schema import ConditionDocument
from remedies.document import (
    entry_document,
    entry_grade,
    entry_html,
    remedy_document,
    remedy_html,
)
from remedies.grading.record import GradeRecord
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies.schema import EntryDocument, RemedyDocument

Html = dict[str, str]
"""Safe HTML of a document's Markdown, by field; citation keys in place."""


def find_remedy(slug: str) -> Remedy | None:
    """The remedy with its current revision, published or not."""
    return (
        Remedy.objects.select_related("current_revision")
        .defer("shown_text")
        .filter(slug=slug)
        .first()
    )


def find_entry(remedy: str, condition: str) -> RemedyConditionEntry | None:
    """The entry of a pair with all three current revisions, published or not."""
    return (
        RemedyConditionEntry.objects.select_related(
            "current_revision", "remedy__current_revision", "condition__current_revision"
        )
        .defer("shown_text", "remedy__shown_text", "condition__shown_text")
        .filter(remedy__slug=remedy, condition__slug=condition)
        .first()
    )


def listed_entries(remedy: Remedy) -> list[RemedyConditionEntry]:
    """The remedy's published entries from A to Z by condition."""
    entries = RemedyConditionEntry.objects.published().filter(remedy=remedy).with_names()
    return list(entries.order_by("condition__sort_key", "pk"))


def my_vote(entry: RemedyConditionEntry, member: User | None) -> int:
    """What the member said of the entry: 1, -1, or 0 for nothing. No query for readers."""
    if member is None:
        return 0
    return entry.votes.filter(voter=member).values_list("value", flat=True).first() or 0


def recently_published(limit: int = 5) -> list[RemedyConditionEntry]:
    """The entries published last, newest first."""
    return list(
        RemedyConditionEntry.objects.published()
        .with_names()
        .order_by("-published_at", "-pk")[:limit]
    )


def remedy_state(
    remedy: Remedy, *, revision: RemedyRevision | None = None, draft: bool = False
) -> tuple[RemedyDocument, Html]:
    """What the remedy says and its HTML: as published, as an old version, or as drafted."""
    frozen = revision or remedy.current_revision
    if draft or frozen is None:
        document = remedy_document(remedy)
        return document, remedy_html(document)
    return RemedyDocument.model_validate(frozen.document), frozen.html


def entry_state(
    entry: RemedyConditionEntry, *, revision: EntryRevision | None = None, draft: bool = False
) -> tuple[EntryDocument, Html, GradeRecord]:
    """What the entry says, its HTML and its grade: as published, as an old version, or as drafted.

    A version from before grades were computed shows what its editors wrote.
    """
    frozen = revision or entry.current_revision
    if draft or frozen is None:
        document = entry_document(entry)
        return document, entry_html(document), entry_grade(document)
    document = EntryDocument.model_validate(frozen.document)
    if frozen.grade is None:
        grade = GradeRecord(version="", certainty=document.certainty, effect=document.effect)
    else:
        grade = GradeRecord.model_validate(frozen.grade)
    return document, frozen.html, grade


def condition_state(condition: Condition) -> ConditionDocument:
    """What the condition says: as published, or as drafted where it never was."""
    frozen = condition.current_revision
    if frozen is None:
        return condition_document(condition)
    return ConditionDocument.model_validate(frozen.document)
