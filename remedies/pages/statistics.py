"""Numbers of a remedy, counted from what is published."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import Count, Max

from citations.choices import StudyType
from citations.models import Citation
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.listing import FirstRows
from remedies_site.pagecache.kept_values import derived


@dataclass(frozen=True)
class Statistics:
    """Numbers of a remedy: entries, cited works (in all, and by study type) and two dates."""

    conditions: int
    works: list[tuple[StudyType, int]]
    works_total: int
    first_published: datetime | None
    last_changed: datetime | None


@dataclass(frozen=True)
class UseCount:
    """The entries of a remedy with one effect at one certainty: how many, and when the last was changed."""

    effect: str
    certainty: str
    number: int
    last_changed: datetime | None


def count_uses(remedy: Remedy, listed: FirstRows[RemedyConditionEntry]) -> list[UseCount]:
    """All published entries of a remedy by effect and certainty: those of its list, or, of many, by a query."""
    if listed.is_whole:
        return [
            UseCount(entry.shown_effect, entry.shown_certainty, 1, entry.published_at)
            for entry in listed
        ]
    groups = ("shown_effect", "shown_certainty")
    rows = (
        RemedyConditionEntry.objects.published()
        .filter(remedy=remedy)
        .order_by()
        .values_list(*groups)
        .annotate(n=Count("pk"), at=Max("published_at"))
    )
    return [UseCount(*row) for row in rows]


def shown_citation_keys(remedy: Remedy, entries: Iterable[RemedyConditionEntry]) -> Iterable[str]:
    """Keys of every work that the published remedy and these entries of it cite."""
    return chain(remedy.shown_citations, *(entry.shown_citations for entry in entries))


def statistics_of(
    remedy: Remedy,
    uses: Sequence[UseCount],
    entries: FirstRows[RemedyConditionEntry],
    works: dict[str, Citation],
) -> Statistics:
    """The numbers of `uses`, and the cited works by study type.

    `entries` are those of the page and `works` its works, by key; where there are other entries, the
    works of all are counted once for each state of the content.
    """
    if entries.is_whole:
        cited = {key for key in shown_citation_keys(remedy, entries) if key in works}
        by_type = Counter(works[key].study_type for key in cited)
    else:
        by_type = derived(("works of remedy", remedy.pk), lambda: _count_works(remedy))
    changed = [use.last_changed for use in uses] + [remedy.published_at]
    return Statistics(
        conditions=sum(use.number for use in uses),
        works=[(kind, by_type[kind]) for kind in StudyType if kind in by_type],
        works_total=by_type.total(),
        first_published=remedy.first_published_at,
        last_changed=max((moment for moment in changed if moment), default=None),
    )


def _count_works(remedy: Remedy) -> Counter[str]:
    """The works that the remedy or any published entry of it cites, by study type.

    The remedy's own are read again, after the version that the numbers are kept under.
    """
    own = Remedy.objects.values_list("shown_citations", flat=True).get(pk=remedy.pk)
    published = RemedyConditionEntry.objects.published().filter(remedy=remedy).order_by()
    lists = published.values_list("shown_citations", flat=True)
    keys = {*own, *chain.from_iterable(lists)}
    by_key = Citation.objects.order_by().values_list("key", "study_type")
    return Counter(kind for key, kind in by_key.iterator() if key in keys)
