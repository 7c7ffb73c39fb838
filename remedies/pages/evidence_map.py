"""The evidence map: remedies against conditions, at most forty of each on one page.

What does not fit is reached by a kind of remedy and a part of medicine, and by pages of either side.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.text import capfirst

from conditions.models import Condition
from remedies.charts.direction_marks import mark_of
from remedies.choices import Certainty, WarningLevel
from remedies.grading.wording import effect_label
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.map_data import (
    CONDITIONS,
    REMEDIES,
    MapAnswer,
    MapCell,
    MapEntry,
    MapFilters,
    MapRow,
    MapSubject,
)
from remedies.pages.map_groups import conditions_of_map, map_groups, remedies_of_map
from remedies_site.key_pages import KeyPage, PagePosition, key_page
from remedies_site.listing import Choice, FilterLink, filter_links

MOST = 40
"""Remedies, and conditions, on one page of the map."""
WHOLE_MAP = MapFilters()
SubjectT = TypeVar("SubjectT", Remedy, Condition)


@dataclass(frozen=True)
class EvidenceMap:
    """What the map shows under its filters, and what the filters offer.

    `total` counts the pairs under kind and category, None where there are too many to count; `entries` are
    those of the remedies and conditions on this page.
    """

    entries: list[MapEntry]
    total: int | None
    remedies: KeyPage[MapSubject]
    conditions: KeyPage[MapSubject]
    kinds: list[Choice]
    categories: list[Choice]
    filters: MapFilters

    @property
    def is_swapped(self) -> bool:
        """Whether conditions are in rows."""
        return self.filters.is_swapped

    @property
    def is_whole(self) -> bool:
        """Whether all pairs under kind and category are on this page."""
        return not (self.remedies.has_other_pages or self.conditions.has_other_pages)

    @property
    def kind_links(self) -> list[FilterLink]:
        """The filter by kind of remedy; the other filter and the axes are kept."""
        kept = self.filters.query("kind", REMEDIES, CONDITIONS)
        return filter_links("kind", self.kinds, self.filters.kind, kept)

    @property
    def category_links(self) -> list[FilterLink]:
        """The filter by kind of condition; the other filter and the axes are kept."""
        kept = self.filters.query("category", REMEDIES, CONDITIONS)
        return filter_links("category", self.categories, self.filters.category, kept)

    @property
    def swap_url(self) -> str:
        """The same map with its axes swapped, or as usual again."""
        swapped = replace(self.filters, is_swapped=not self.is_swapped)
        return f"?{urlencode(swapped.query())}"

    @property
    def remedies_start(self) -> str:
        """The URL of a page of remedies without its key; that of conditions is kept."""
        return _start(self.filters.query(REMEDIES))

    @property
    def conditions_start(self) -> str:
        """The URL of a page of conditions without its key; that of remedies is kept."""
        return _start(self.filters.query(CONDITIONS))

    @property
    def columns(self) -> list[MapSubject]:
        """The headings of the columns."""
        return self.remedies.rows if self.is_swapped else self.conditions.rows

    def rows(self) -> Iterator[MapRow]:
        """The headings of the rows from A to Z, each with a cell for every column."""
        entries = {(entry.remedy.slug, entry.condition.slug): entry for entry in self.entries}
        answer = cache(_answer)  # few answers for many cells
        for heading in self.conditions.rows if self.is_swapped else self.remedies.rows:
            cells = []
            for column, other in enumerate(self.columns, 1):
                remedy, condition = (other, heading) if self.is_swapped else (heading, other)
                entry = entries.get((remedy.slug, condition.slug))
                if entry is None:
                    cells.append(MapCell(column, other))
                    continue
                path = f"{remedy.slug}/{condition.slug}/"
                shown = answer(entry.effect, entry.certainty, entry.stops)
                cells.append(MapCell(column, other, path, shown))
            yield MapRow(heading, cells)


def _start(parameters: Mapping[str, str]) -> str:
    return f"?{urlencode(parameters)}&" if parameters else "?"


def evidence_map(filters: MapFilters = WHOLE_MAP) -> EvidenceMap:
    """The map of what is published, in three queries and, once for each state of the content, three more.

    A filter value that no entry has is ignored.
    """
    groups = map_groups()
    filters = replace(
        filters,
        kind=filters.kind if filters.kind in groups.kinds else "",
        category=filters.category if filters.category in groups.categories else "",
    )
    kind, category = filters.kind, filters.category
    remedies = _page(remedies_of_map(kind, category), filters.remedies)
    conditions = _page(conditions_of_map(kind, category), filters.conditions)
    entries = read_entries(remedies.rows, conditions.rows)
    whole = not (remedies.has_other_pages or conditions.has_other_pages)

    def choice(value: str, label: str, number: int | None) -> Choice:
        return Choice(value, label, None if whole else number)

    return EvidenceMap(
        entries=entries,
        total=len(entries) if whole else groups.count(kind, category),
        remedies=remedies.map(_remedy),
        conditions=conditions.map(_condition),
        kinds=[
            choice(each.value, capfirst(str(each.label)), groups.count(each, category))
            for each in groups.kinds
        ],
        categories=[
            choice(each.value, str(each.label), groups.count(kind, each))
            for each in groups.categories
        ],
        filters=filters,
    )


def _answer(effect: str, certainty: Certainty, stops: int) -> MapAnswer:
    return MapAnswer(
        effect_label(effect, certainty),
        mark_of(effect, certainty).value,
        certainty.level,
        str(certainty.label),
        stops,
    )


def _page(subjects: QuerySet[SubjectT], position: PagePosition) -> KeyPage[SubjectT]:
    return key_page(subjects, ("sort_key", "pk"), position, MOST, named_by="slug")


def read_entries(remedies: Iterable[Remedy], conditions: Iterable[Condition]) -> list[MapEntry]:
    """The published entries of these published remedies for these conditions, in their order; one query."""
    remedy_by_pk = {remedy.pk: (place, remedy) for place, remedy in enumerate(remedies)}
    condition_by_pk = {
        condition.pk: (place, condition) for place, condition in enumerate(conditions)
    }
    # With the 0, an empty map takes as many queries.
    entries = (
        RemedyConditionEntry.objects.published()
        .filter(remedy__in=[0, *remedy_by_pk], condition__in=[0, *condition_by_pk])
        .order_by()
        .values_list("remedy", "condition", "shown_effect", "shown_certainty", "shown_cautions")
    )
    found = []
    for remedy_pk, condition_pk, effect, certainty, cautions in entries:
        remedy_place, remedy = remedy_by_pk[remedy_pk]
        condition_place, condition = condition_by_pk[condition_pk]
        entry = MapEntry(
            _remedy(remedy),
            _condition(condition),
            effect,
            Certainty(certainty),
            _count_stops(cautions, remedy.shown_stops),
        )
        found.append((remedy_place, condition_place, entry))
    found.sort(key=itemgetter(0, 1))
    return [entry for _remedy_place, _condition_place, entry in found]


_SUBJECT_COLUMNS = ("sort_key", "slug", "shown_name")


def map_entries(entries: QuerySet[RemedyConditionEntry]) -> list[MapEntry]:
    """Published entries as the map has them, in the order of the queryset; one query."""
    columns = [f"remedy__{name}" for name in (*_SUBJECT_COLUMNS, "shown_kind")]
    columns += [f"condition__{name}" for name in (*_SUBJECT_COLUMNS, "shown_category")]
    columns += ["shown_effect", "shown_certainty", "shown_cautions", "remedy__shown_stops"]
    return [
        MapEntry(
            MapSubject(*row[:4]),
            MapSubject(*row[4:8]),
            row[8],
            Certainty(row[9]),
            _count_stops(row[10], row[11]),
        )
        for row in entries.values_list(*columns)
    ]


def _count_stops(cautions: Iterable[Sequence[object]], general: Iterable[Sequence[object]]) -> int:
    """The number of different stops among the warnings of an entry and those of its remedy."""
    warnings = (*cautions, *general)
    return len({words for level, words, _for in warnings if level == WarningLevel.STOP})


def _remedy(row: Remedy) -> MapSubject:
    return MapSubject(row.sort_key, row.slug, row.shown_name, row.shown_kind)


def _condition(row: Condition) -> MapSubject:
    return MapSubject(row.sort_key, row.slug, row.shown_name, row.shown_category)
