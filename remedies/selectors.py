"""Reads of remedies and entries for pages, each in a fixed number of queries."""

from accounts.models import User
from conditions.document import condition_html
from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.selectors import Html, document_and_html, with_live_marks
from remedies.document import entry_grade, entry_html, remedy_html
from remedies.grading.record import GradeRecord
from remedies.models import EntryRevision, EntryVote, Remedy, RemedyConditionEntry, RemedyRevision
from remedies.schema import EntryDocument, RemedyDocument
from remedies_site.compiled_queries import CompiledQuery
from remedies_site.listing import FirstRows

EntryState = tuple[EntryDocument, Html, GradeRecord]
"""An entry's document, its HTML by field, and its grade."""


def find_remedy(slug: str) -> Remedy | None:
    """The remedy, published or not. Its revision, which is large, is read where a page is composed."""
    return Remedy.objects.defer("shown_text").filter(slug=slug).first()


def load_remedy(pk: int) -> Remedy:
    """The remedy with its current revision, for whoever composes a page: read after the page's version."""
    return with_live_marks(Remedy.objects.with_current_revision()).defer("shown_text").get(pk=pk)


def find_entry(remedy: str, condition: str) -> RemedyConditionEntry | None:
    """The entry of a remedy and a condition (slugs), if any: where it is, whether it shows, its votes."""
    return (
        RemedyConditionEntry.objects.select_related("remedy", "condition")
        .only(*_STATE, *(f"{part}__{name}" for part in ("remedy", "condition") for name in _NAMES))
        .filter(remedy__slug=remedy, condition__slug=condition)
        .first()
    )


_PUBLICATION = ("published_at", "withdrawn_at", "withdrawn_reason")
_NAMES = ("slug", "name", "shown_name", *_PUBLICATION)
_STATE = ("up_count", "down_count", *_PUBLICATION)


def load_entry(pk: int) -> RemedyConditionEntry:
    """The whole entry with its remedy, its condition, and the current revisions of all three.

    Whoever composes a page reads it after the page's version, so that nothing older is kept under it.
    """
    paths = ("current_revision", "remedy__current_revision", "condition__current_revision")
    entries = with_live_marks(RemedyConditionEntry.objects.select_related(*paths))
    return entries.defer("shown_text", "remedy__shown_text", "condition__shown_text").get(pk=pk)


def listed_entries(remedy: Remedy) -> FirstRows[RemedyConditionEntry]:
    """The remedy's published entries from A to Z by condition, or those that a page shows first."""
    return RemedyConditionEntry.objects.published().filter(remedy=remedy).first_of_list("condition")


def my_vote(entry: RemedyConditionEntry, member: User | None) -> int:
    """The member's vote on the entry: 1, -1, or 0 for none. No query for readers (None)."""
    if member is None:
        return 0
    return next((value for (value,) in _MY_VOTE.rows(entry.pk, member.pk)), 0)


_MY_VOTE = CompiledQuery(
    lambda entry, member: EntryVote.objects.filter(entry=entry, voter=member).values_list("value"),
    int,
    int,
)


def remedy_state(
    remedy: Remedy, *, revision: RemedyRevision | None = None, draft: bool = False
) -> tuple[RemedyDocument, Html]:
    """The remedy's document and HTML: of the current revision, of an old one, or of the draft."""
    return document_and_html(remedy, RemedyDocument, remedy_html, revision=revision, draft=draft)


def entry_state(
    entry: RemedyConditionEntry, *, revision: EntryRevision | None = None, draft: bool = False
) -> EntryState:
    """The entry's document, HTML and grade: of the current revision, an old one, or the draft.

    A revision from before grades were computed has the certainty and effect of its editors.
    """
    document, html = document_and_html(
        entry, EntryDocument, entry_html, revision=revision, draft=draft
    )
    stored = revision or entry.current_revision
    if draft or stored is None:
        return document, html, entry_grade(document)
    if stored.grade is None:
        grade = GradeRecord(version="", certainty=document.certainty, effect=document.effect)
        return document, html, grade
    return document, html, GradeRecord.model_validate(stored.grade)


def typed_entry(entry: RemedyConditionEntry) -> RemedyConditionEntry:
    """An entry that a form holds, stored or not, with the revisions of its remedy and its condition."""
    entry.remedy = load_remedy(entry.remedy_id)
    entry.condition = Condition.objects.with_current_revision().get(pk=entry.condition_id)
    return entry


def condition_state(condition: Condition) -> ConditionDocument:
    """The condition's document: of the current revision, or of the draft where it has none."""
    return document_and_html(condition, ConditionDocument, condition_html)[0]
