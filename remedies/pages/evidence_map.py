"""The evidence map: every remedy against every condition, in one query however many there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.text import capfirst

from conditions.choices import Category
from remedies.choices import Certainty, RemedyKind, WarningLevel
from remedies.grading.wording import effect_label
from remedies.models import RemedyConditionEntry
from remedies_site.listing import Choice, FilterLink, filter_links

_FILLED, _EMPTY = "●", "○"


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
    """One cell of the map; `effect` is empty where there is no entry. `column` counts from 1."""

    column: int
    condition: MapSubject
    effect: str = ""
    pips: str = ""
    certainty: str = ""
    stops: int = 0


@dataclass(frozen=True)
class MapRow:
    """One remedy with a cell for each condition."""

    remedy: MapSubject
    cells: list[MapCell]


@dataclass(frozen=True)
class EvidenceMap:
    """What the map shows under its two filters, and what the filters offer.

    `kind` and `category` are the values that narrow it, empty where nothing does.
    """

    entries: list[MapEntry]
    remedies: list[MapSubject]
    conditions: list[MapSubject]
    kinds: list[Choice]
    categories: list[Choice]
    kind: str
    category: str

    @property
    def kind_links(self) -> list[FilterLink]:
        """The filter by kind of remedy; the other filter is kept."""
        return filter_links("kind", self.kinds, self.kind, {"category": self.category})

    @property
    def category_links(self) -> list[FilterLink]:
        """The filter by kind of condition; the other filter is kept."""
        return filter_links("category", self.categories, self.category, {"kind": self.kind})

    def rows(self) -> Iterator[MapRow]:
        """The remedies from A to Z, each with a cell for every condition."""
        entries = {(entry.remedy, entry.condition): entry for entry in self.entries}
        texts = cache(_cell_texts)  # few texts for thousands of cells
        for remedy in self.remedies:
            cells = []
            for column, condition in enumerate(self.conditions, 1):
                entry = entries.get((remedy, condition))
                if entry is None:
                    cells.append(MapCell(column, condition))
                    continue
                values = texts(entry.effect, entry.certainty)
                cells.append(MapCell(column, condition, *values, entry.stops))
            yield MapRow(remedy, cells)


def evidence_map(*, kind: str, category: str) -> EvidenceMap:
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
    )


def _cell_texts(effect: str, certainty: Certainty) -> tuple[str, str, str]:
    """Effect, pips and certainty of a cell."""
    pips = _FILLED * certainty.level + _EMPTY * (Certainty.HIGH.level - certainty.level)
    return effect_label(effect, certainty), pips, str(certainty.label)


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
