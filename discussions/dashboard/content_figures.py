"""What is counted over published content: once for each state of it and each day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Count, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone
from pydantic import ValidationError

from conditions.models import Condition, ConditionRevision
from publishing.claims.rules import claims
from publishing.claims.sentences import sentences
from publishing.models.revision import Kind
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies.schema import EntryDocument
from remedies_site.pagecache.kept_values import derived

MOST_READ = 100
"""Entries whose sentences are looked at: those that were written last. More would cost more with each page."""
YEAR = timedelta(days=365)
_REVISIONS: Mapping[type[RemedyConditionEntry | Remedy | Condition], Any] = {
    RemedyConditionEntry: EntryRevision,
    Remedy: RemedyRevision,
    Condition: ConditionRevision,
}


@dataclass(frozen=True)
class SentenceCounts:
    """Sentences of so many entries, the claims among them, and how many of each name a source."""

    entries: int = 0
    sentences: int = 0
    sourced: int = 0
    claims: int = 0
    sourced_claims: int = 0


@dataclass(frozen=True)
class ContentFigures:
    """Numbers of what is published. `middle_written_on` is the median day of writing, None without any."""

    by_certainty: Mapping[str, int]
    dated: int
    middle_written_on: date | None
    overdue: int
    sentences: SentenceCounts
    corrections: int
    corrections_of_year: int

    @property
    def entries(self) -> int:
        """All published entries."""
        return sum(self.by_certainty.values())


def year_before(today: date) -> datetime:
    """The begin of the day 365 days ago: a kept page counts from the same moment all day."""
    return timezone.make_aware(datetime.combine(today - YEAR, time.min))


def content_figures(today: date) -> ContentFigures:
    """The numbers of a day; no query where they are kept."""
    return derived(("trust figures", today), lambda: _count(today))


def _count(today: date) -> ContentFigures:
    entries = RemedyConditionEntry.objects.published().order_by()
    by_certainty = dict(entries.values_list("shown_certainty").annotate(Count("pk")))
    days = entries.filter(shown_written_on__isnull=False)
    dated = days.count()
    ordered = days.order_by("-shown_written_on").values_list("shown_written_on", flat=True)
    corrections, of_year = _count_corrections(year_before(today))
    return ContentFigures(
        by_certainty=by_certainty,
        dated=dated,
        middle_written_on=ordered[dated // 2] if dated else None,
        overdue=_count_overdue(today),
        sentences=_count_sentences(),
        corrections=corrections,
        corrections_of_year=of_year,
    )


def _count_overdue(today: date) -> int:
    """Published pages past their day, as it was published: a date that is still a draft does not count."""
    return sum(
        revisions.objects.filter(
            pk__in=model.objects.published().order_by().values("current_revision")
        )
        .annotate(due=Cast(KT("document__review_due"), CharField()))
        .filter(due__lt=today.isoformat())
        .count()
        for model, revisions in _REVISIONS.items()
    )


def _count_corrections(since: datetime) -> tuple[int, int]:
    """Corrections of all time and since a moment, also of pages that were withdrawn later."""
    total = of_year = 0
    for model in _REVISIONS.values():
        counts = model.objects.filter(kind=Kind.CORRECTION).aggregate(
            all=Count("pk"), of_year=Count("pk", filter=Q(published_at__gte=since))
        )
        total, of_year = total + counts["all"], of_year + counts["of_year"]
    return total, of_year


def _count_sentences() -> SentenceCounts:
    newest = (
        RemedyConditionEntry.objects.published()
        .filter(shown_written_on__isnull=False)
        .order_by("-shown_written_on", "-published_at", "-pk")
        .values_list("current_revision__document", flat=True)[:MOST_READ]
    )
    numbers = [0, 0, 0, 0, 0]
    for stored in newest:
        try:
            document = EntryDocument.model_validate(stored)
        except ValidationError:
            continue  # from a schema of the past
        numbers[0] += 1
        for text in document.prose().values():
            for sentence in sentences(text):
                is_sourced, is_claim = bool(sentence.keys), bool(claims(sentence.text))
                numbers[1] += 1
                numbers[2] += is_sourced
                numbers[3] += is_claim
                numbers[4] += is_sourced and is_claim
    return SentenceCounts(*numbers)
