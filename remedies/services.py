"""Every write with a rule about remedies and entries."""

from collections.abc import Collection, Iterable
from typing import Any, Unpack

from django.db import transaction

from accounts.models import User
from accounts.rate_limits import VOTES, acquire, consume
from accounts.services import require_consent
from citations.schema import citation_keys
from publishing import revisions
from publishing.models import Revision
from publishing.redirects import add_redirect
from publishing.services import (
    GradingResult,
    PublishOptions,
    draft_errors,
    name_columns,
    publish,
    reading_text,
    store_columns,
)
from remedies.choices import PrecautionSeverity
from remedies.document import (
    entry_document,
    entry_grade,
    entry_html,
    remedy_document,
    remedy_html,
)
from remedies.grading.verdicts import verdict_errors
from remedies.models import Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies.teaser import teaser
from remedies_site.voting import cast_vote

_LOUD = (PrecautionSeverity.STOP, PrecautionSeverity.ASK)


def publish_remedy(remedy: Remedy, **how: Unpack[PublishOptions]) -> Revision:
    """Publish the draft; readers see it on the next request. Raises NotPublishable with every fault."""
    return publish(remedy, remedy_document, remedy_html, copy_shown_remedy, **how)


def publish_entry(entry: RemedyConditionEntry, **how: Unpack[PublishOptions]) -> Revision:
    """Publish the draft; readers see it once its remedy and condition are published too.

    Raises NotPublishable with every fault.
    """
    return publish(
        entry,
        entry_document,
        entry_html,
        copy_shown_entry,
        grade_document,
        **how,
    )


def grade_document(document: EntryDocument) -> GradingResult:
    """The grade of an entry, and what its verdict says beside it."""
    grade = entry_grade(document)
    errors = verdict_errors(document.verdict, grade.certainty, grade.effect)
    return GradingResult(grade.canonical(), [("verdict", message) for message in errors])


@transaction.atomic
def regrade_entry(entry: RemedyConditionEntry, *, note: str) -> Revision | None:
    """Compute the published entry's grade again; a change makes a system revision.

    Texts stay as they are, and so do drafts. Returns the revision, or None where nothing changed.
    """
    revision = revisions.regrade(
        entry,
        lambda document: entry_grade(EntryDocument.model_validate(document)).canonical(),
        note=note,
    )
    if revision is not None:
        copy_shown_entry(entry)
    return revision


def regrade_citing(keys: Iterable[str], *, note: str) -> list[RemedyConditionEntry]:
    """Regrade every published entry that cites one of the works; those that changed are returned."""
    wanted = set(keys)
    cited = RemedyConditionEntry.objects.filter(
        published_at__isnull=False, withdrawn_at__isnull=True
    ).values_list("pk", "shown_citations")
    found = [pk for pk, shown in cited if wanted & set(shown)]
    entries = RemedyConditionEntry.objects.filter(pk__in=found).order_by("pk")
    return [entry for entry in entries if regrade_entry(entry, note=note)]


def remedy_errors(remedy: Remedy) -> list[tuple[str, str]]:
    """What keeps the remedy's draft from readers, as (field, sentence)."""
    return draft_errors(remedy, remedy_document)


def entry_errors(entry: RemedyConditionEntry) -> list[tuple[str, str]]:
    """What keeps the entry's draft from readers, as (field, sentence)."""
    return draft_errors(entry, entry_document, grade_document)


def withdraw_remedy(remedy: Remedy, *, by: User | None, reason: str) -> Revision:
    """Take the remedy, and with it its entries, from readers. Raises NotPublishable."""
    return revisions.withdraw(remedy, by=by, reason=reason)


def withdraw_entry(entry: RemedyConditionEntry, *, by: User | None, reason: str) -> Revision:
    """Take one entry from readers: its address answers 410 with the reason. Raises NotPublishable."""
    return revisions.withdraw(entry, by=by, reason=reason)


@transaction.atomic
def rename_remedy(remedy: Remedy, *, slug: str) -> None:
    """Move the remedy's page and all below it to a new address; the old one forwards."""
    if slug == remedy.slug:
        return
    old_path = remedy.get_absolute_url()
    remedy.slug = slug
    remedy.save(update_fields=["slug"])
    add_redirect(old_path, remedy.get_absolute_url())


@transaction.atomic
def vote_on_entry(
    entry: RemedyConditionEntry, *, by: User, value: int, consent: bool = False
) -> RemedyConditionEntry:
    """Say that it helped (1), that it did not (-1), or take that back (0).

    Repeating the same value changes nothing and uses up nothing. Raises InvalidInput, RateLimited or
    InvalidVote.
    """
    require_consent(by, consent)
    allowance = acquire(by, VOTES)
    if value != (entry.votes.filter(voter=by).values_list("value", flat=True).first() or 0):
        consume(allowance, VOTES)
    cast_vote(entry.votes, target=entry, by=by, value=value)
    return entry


def regrade_after_change(*, keys: Collection[str], **_signal: Any) -> None:
    """Grade again what cites works that changed in the library; the note names them."""
    names = ", ".join(sorted(keys))
    regrade_citing(keys, note=f"Changed in the library: {names}."[:400])


def remedy_columns(document: RemedyDocument) -> dict[str, Any]:
    """What lists show of a remedy's published document, by column."""
    stops = [row.who for row in document.precautions if row.severity is PrecautionSeverity.STOP]
    return {
        **name_columns(
            document, name=document.name, aliases=document.aliases, one_line=document.one_line
        ),
        "shown_kind": document.kind.value,
        "shown_stops": stops,
        "shown_text": reading_text(document),
    }


def entry_columns(document: EntryDocument, grade: dict[str, Any] | None) -> dict[str, Any]:
    """What lists show of an entry's published document and its grade, by column."""
    graded = grade or {"effect": document.effect.value, "certainty": document.certainty.value}
    return {
        "shown_effect": graded["effect"],
        "shown_certainty": graded["certainty"],
        "shown_teaser": teaser(document.verdict),
        "shown_cautions": [
            row.who for row in document.precautions if row.severity in _LOUD and row.who
        ],
        "shown_citations": citation_keys(document),
        "shown_text": reading_text(document),
    }


def copy_shown_remedy(remedy: Remedy) -> None:
    """Copy what lists show from the current revision into the row's own columns."""
    if remedy.current_revision is not None:
        store_columns(
            remedy, remedy_columns(RemedyDocument.model_validate(remedy.current_revision.document))
        )


def copy_shown_entry(entry: RemedyConditionEntry) -> None:
    """Copy what lists show from the current revision into the row's own columns."""
    revision = entry.current_revision
    if revision is not None:
        document = EntryDocument.model_validate(revision.document)
        store_columns(entry, entry_columns(document, revision.grade))
