"""The evidence map: every remedy against every condition, in one query however many there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.text import capfirst

from conditions.choices import Category
from remedies.choices import PIPS, Certainty, RemedyKind
from remedies.grading.wording import effect_label
from remedies.models import RemedyConditionEntry
from remedies_site.listing import Choice, FilterLink, filter_links

_FILLED, _EMPTY = "●", "○"


@dataclass(frozen=True, order=True)
class Named:
    """A remedy or a condition as far as the map shows it; the order is that of lists."""

    sort_key: str
    slug: str
    name: str
    group: str


@dataclass(frozen=True)
class Pair:
    """One reviewed pair: what it seems to do and how sure that is."""

    remedy: Named
    condition: Named
    effect: str
    certainty: Certainty

    @property
    def words(self) -> str:
        """The effect, hedged by the certainty."""
        return effect_label(self.effect, self.certainty)

    @property
    def certainty_label(self) -> str:
        """“Low certainty”."""
        return str(self.certainty.label)


@dataclass(frozen=True)
class Square:
    """One square of the map; `words` is empty where our editors have not reviewed the pair."""

    column: int
    condition: Named
    words: str = ""
    pips: str = ""
    certainty: str = ""


@dataclass(frozen=True)
class MapRow:
    """One remedy with a square for each condition."""

    remedy: Named
    squares: list[Square]


@dataclass(frozen=True)
class EvidenceMap:
    """What the map shows under its two filters, and what the filters offer."""

    pairs: list[Pair]
    remedies: list[Named]
    conditions: list[Named]
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
        """The remedies from A to Z, each with a square for every condition."""
        at = {(pair.remedy, pair.condition): pair for pair in self.pairs}
        drawn = cache(_drawn)
        for remedy in self.remedies:
            squares = []
            for column, condition in enumerate(self.conditions, 1):
                pair = at.get((remedy, condition))
                said = drawn(pair.effect, pair.certainty) if pair else ()
                squares.append(Square(column, condition, *said))
            yield MapRow(remedy, squares)


def evidence_map(*, kind: str, category: str) -> EvidenceMap:
    """The map of what is published. A filter that names nothing on it is left out."""
    every = list(_pairs())
    kinds = [choice for choice in RemedyKind if any(p.remedy.group == choice for p in every)]
    parts = [choice for choice in Category if any(p.condition.group == choice for p in every)]
    kind = kind if kind in kinds else ""
    category = category if category in parts else ""
    shown = [
        pair
        for pair in every
        if kind in {"", pair.remedy.group} and category in {"", pair.condition.group}
    ]
    return EvidenceMap(
        pairs=shown,
        remedies=_each(pair.remedy for pair in shown),
        conditions=_each(pair.condition for pair in shown),
        kinds=[Choice(choice.value, capfirst(str(choice.label))) for choice in kinds],
        categories=[Choice(choice.value, str(choice.label)) for choice in parts],
        kind=kind,
        category=category,
    )


def _drawn(effect: str, certainty: Certainty) -> tuple[str, str, str]:
    filled = PIPS[certainty]
    pips = _FILLED * filled + _EMPTY * (4 - filled)
    return effect_label(effect, certainty), pips, str(certainty.label)


def _each(named: Iterable[Named]) -> list[Named]:
    return sorted(set(named))


_NAMED = ("sort_key", "slug", "shown_name")


def _pairs() -> Iterator[Pair]:
    columns = [f"remedy__{name}" for name in (*_NAMED, "shown_kind")]
    columns += [f"condition__{name}" for name in (*_NAMED, "shown_category")]
    rows = (
        RemedyConditionEntry.objects.published()
        .order_by("remedy__sort_key", "condition__sort_key", "pk")
        .values_list(*columns, "shown_effect", "shown_certainty")
    )
    for row in rows:
        yield Pair(Named(*row[:4]), Named(*row[4:8]), row[8], Certainty(row[9]))
