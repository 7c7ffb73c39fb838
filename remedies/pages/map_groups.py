"""What the filters of the map offer: the kinds of remedy and parts of medicine that have a published entry.

Few entries are counted by both. Of many, the groups alone are looked up, and nothing says how many entries
they have: counting 200,000 would cost the first reader after each publication a second.
"""

from collections import Counter
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from conditions.choices import Category
from conditions.models import Condition
from remedies.choices import RemedyKind
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.listing import MOST_COUNTED
from remedies_site.pagecache.kept_values import derived

SubjectT = TypeVar("SubjectT", Remedy, Condition)


@dataclass(frozen=True)
class MapGroups:
    """The kinds and categories that have an entry, in their own order.

    `counts` holds the number of entries by kind and category; None where there are too many to count.
    """

    kinds: list[RemedyKind]
    categories: list[Category]
    counts: Counter[tuple[str, str]] | None

    def count(self, kind: str, category: str) -> int | None:
        """The entries of a kind and a category, of any where it is empty; None where nobody counted."""
        if self.counts is None:
            return None
        return sum(
            number
            for (of_kind, of_category), number in self.counts.items()
            if kind in {"", of_kind} and category in {"", of_category}
        )


def map_groups() -> MapGroups:
    """The groups of what is published; in three queries, once for each state of the content."""
    return derived("groups of the map", _read_groups)


def _read_groups() -> MapGroups:
    kinds = _values(remedies_of_map(), "shown_kind")
    categories = _values(conditions_of_map(), "shown_category")
    published = RemedyConditionEntry.objects.published().order_by()
    rows = published.values_list("remedy__shown_kind", "condition__shown_category")
    counts = Counter(rows[: MOST_COUNTED + 1])
    return MapGroups(
        [kind for kind in RemedyKind if kind in kinds],
        [category for category in Category if category in categories],
        counts if counts.total() <= MOST_COUNTED else None,
    )


def _values(subjects: QuerySet[SubjectT], column: str) -> set[str]:
    """The values of a column; of each subject only the first of its entries is looked up."""
    return set(subjects.order_by().values_list(column, flat=True).distinct())


def remedies_of_map(kind: str = "", category: str = "") -> QuerySet[Remedy]:
    """The remedies of a kind that have an entry for a condition of a category; an empty one is any."""
    entries = RemedyConditionEntry.objects.published().filter(remedy=OuterRef("pk"))
    if category:
        entries = entries.filter(condition__shown_category=category)
    remedies = Remedy.objects.published().filter(Exists(entries))
    remedies = remedies.filter(shown_kind=kind) if kind else remedies
    return remedies.only("sort_key", "slug", "shown_name", "shown_kind", "shown_stops")


def conditions_of_map(kind: str = "", category: str = "") -> QuerySet[Condition]:
    """The conditions of a category that have an entry of a remedy of a kind; an empty one is any."""
    entries = RemedyConditionEntry.objects.published().filter(condition=OuterRef("pk"))
    if kind:
        entries = entries.filter(remedy__shown_kind=kind)
    conditions = Condition.objects.published().filter(Exists(entries))
    conditions = conditions.filter(shown_category=category) if category else conditions
    return conditions.only("sort_key", "slug", "shown_name", "shown_category")
