"""The evidence map: every remedy against every condition, in one query however many there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.http import urlencode
from django.utils.text import capfirst

from conditions.choices import Category
from remedies.charts.direction_marks import mark_of
from remedies.choices import Certainty, RemedyKind, WarningLevel
from remedies.grading.wording import effect_label
from remedies.models import RemedyConditionEntry
from remedies_site.listing import Choice, FilterLink, filter_links

SWAPPED = "swapped"
"""The value of the parameter `axes` that puts conditions in rows."""


@dataclass(frozen=True, order=True)
class MapSubject:
    """A remedy or a condition with what the map shows of it; sorted as lists are.

    `group` is the remedy's kind or the condition's category.
    """

    sort_key: str
    slug: str
    name: str
    group: str


@dataclass(frozen=True)
class MapEntry:
    """One published entry: its effect, the certainty of it, and how many stops warn of it."""

    remedy: MapSubject
    condition: MapSubject
    effect: str
    certainty: Certainty
    stops: int

    @property
    def effect_label(self) -> str:
        """The effect, hedged by the certainty."""
        return effect_label(self.effect, self.certainty)

    @property
    def certainty_label(self) -> str:
        """“Low certainty”."""
        return str(self.certainty.label)


@dataclass(frozen=True)
class MapCell:
    """One cell of the map; all but `column` and `heading` are empty where there is no entry.

    `column` counts from 1, and `heading` is the subject of the column. `mark` is the key of the
    direction's mark, `level` the certainty from 0 to 4, `path` what follows the path of all remedies.
    """

    column: int
    heading: MapSubject
    path: str = ""
    effect: str = ""
    mark: str = ""
    level: int = 0
    certainty: str = ""
    stops: int = 0


@dataclass(frozen=True)
class MapRow:
    """One remedy with a cell for each condition; where the axes are swapped, the other way round."""

    heading: MapSubject
    cells: list[MapCell]


@dataclass(frozen=True)
class EvidenceMap:
    """What the map shows under its two filters, and what the filters offer.

    `kind` and `category` are the values that narrow it, empty where nothing does. `is_swapped` says that
    conditions are in rows.
    """

    entries: list[MapEntry]
    remedies: list[MapSubject]
    conditions: list[MapSubject]
    kinds: list[Choice]
    categories: list[Choice]
    kind: str
    category: str
    is_swapped: bool

    @property
    def kind_links(self) -> list[FilterLink]:
        """The filter by kind of remedy; the other filter and the axes are kept."""
        return filter_links("kind", self.kinds, self.kind, self._kept("kind"))

    @property
    def category_links(self) -> list[FilterLink]:
        """The filter by kind of condition; the other filter and the axes are kept."""
        return filter_links("category", self.categories, self.category, self._kept("category"))

    @property
    def swap_url(self) -> str:
        """The same map with its axes swapped, or as usual again."""
        kept = self._kept("axes")
        return f"?{urlencode(kept if self.is_swapped else kept | {'axes': SWAPPED})}"

    @property
    def columns(self) -> list[MapSubject]:
        """The headings of the columns."""
        return self.remedies if self.is_swapped else self.conditions

    def rows(self) -> Iterator[MapRow]:
        """The headings of the rows from A to Z, each with a cell for every column."""
        entries = {(entry.remedy, entry.condition): entry for entry in self.entries}
        texts = cache(_cell_texts)  # few texts for thousands of cells
        for heading in self.conditions if self.is_swapped else self.remedies:
            cells = []
            for column, other in enumerate(self.columns, 1):
                remedy, condition = (other, heading) if self.is_swapped else (heading, other)
                entry = entries.get((remedy, condition))
                if entry is None:
                    cells.append(MapCell(column, other))
                    continue
                values = texts(entry.effect, entry.certainty)
                path = f"{remedy.slug}/{condition.slug}/"
                cells.append(MapCell(column, other, path, *values, entry.stops))
            yield MapRow(heading, cells)

    def _kept(self, name: str) -> dict[str, str]:
        """The parameters of this page that are set, without one of them."""
        axes = SWAPPED if self.is_swapped else ""
        parameters = {"kind": self.kind, "category": self.category, "axes": axes}
        return {key: value for key, value in parameters.items() if value and key != name}


def evidence_map(*, kind: str, category: str, is_swapped: bool = False) -> EvidenceMap:
    """The map of what is published. A filter value that no entry has is ignored."""
    published = list(_published_entries())
    used = {entry.remedy.group for entry in published}
    kinds = [choice for choice in RemedyKind if choice in used]
    used = {entry.condition.group for entry in published}
    categories = [choice for choice in Category if choice in used]
    kind = kind if kind in kinds else ""
    category = category if category in categories else ""
    entries = [
        entry
        for entry in published
        if kind in {"", entry.remedy.group} and category in {"", entry.condition.group}
    ]
    return EvidenceMap(
        entries=entries,
        remedies=sorted({entry.remedy for entry in entries}),
        conditions=sorted({entry.condition for entry in entries}),
        kinds=[Choice(choice.value, capfirst(str(choice.label))) for choice in kinds],
        categories=[Choice(choice.value, str(choice.label)) for choice in categories],
        kind=kind,
        category=category,
        is_swapped=is_swapped,
    )


def _cell_texts(effect: str, certainty: Certainty) -> tuple[str, str, int, str]:
    """Effect, mark, level and label of the certainty of a cell."""
    mark = mark_of(effect, certainty).value
    return effect_label(effect, certainty), mark, certainty.level, str(certainty.label)


_SUBJECT_COLUMNS = ("sort_key", "slug", "shown_name")


def _published_entries() -> Iterator[MapEntry]:
    columns = [f"remedy__{name}" for name in (*_SUBJECT_COLUMNS, "shown_kind")]
    columns += [f"condition__{name}" for name in (*_SUBJECT_COLUMNS, "shown_category")]
    rows = (
        RemedyConditionEntry.objects.published()
        .order_by("remedy__sort_key", "condition__sort_key", "pk")
        .values_list(
            *columns, "shown_effect", "shown_certainty", "shown_cautions", "remedy__shown_stops"
        )
    )
    for row in rows:
        remedy, condition = MapSubject(*row[:4]), MapSubject(*row[4:8])
        stops = {words for level, words, _for in (*row[10], *row[11]) if level == WarningLevel.STOP}
        yield MapEntry(remedy, condition, row[8], Certainty(row[9]), len(stops))
