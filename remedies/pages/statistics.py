"""Numbers of a remedy, counted from what is published."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from citations.choices import StudyType
from citations.models import Citation
from remedies.models import Remedy, RemedyConditionEntry


@dataclass(frozen=True)
class Statistics:
    """Numbers of a remedy: entries, votes, cited works (in all, and by study type) and two dates."""

    conditions: int
    works: list[tuple[StudyType, int]]
    works_total: int
    first_published: datetime | None
    last_changed: datetime | None


def shown_citation_keys(remedy: Remedy, entries: Iterable[RemedyConditionEntry]) -> Iterable[str]:
    """Keys of every work that the published remedy and its published entries cite."""
    return chain(remedy.shown_citations, *(entry.shown_citations for entry in entries))


def statistics_of(
    remedy: Remedy, entries: Sequence[RemedyConditionEntry], works: dict[str, Citation]
) -> Statistics:
    """Count entries, votes and cited works; `works` are those of the page, by key."""
    cited = {key for key in shown_citation_keys(remedy, entries) if key in works}
    by_type = Counter(works[key].study_type for key in cited)
    counts = [(kind, by_type[kind]) for kind in StudyType if kind in by_type]
    published = [entry.published_at for entry in entries] + [remedy.published_at]
    return Statistics(
        conditions=len(entries),
        works=counts,
        works_total=len(cited),
        first_published=remedy.first_published_at,
        last_changed=max((moment for moment in published if moment), default=None),
    )
