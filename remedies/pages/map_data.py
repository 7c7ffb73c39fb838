"""What the evidence map shows, as values: remedies, conditions, entries, cells, and its filters."""

from dataclasses import dataclass
from typing import NamedTuple

from remedies.choices import Certainty
from remedies.grading.wording import effect_label
from remedies_site.key_pages import FIRST, PagePosition

REMEDIES, CONDITIONS = "r_", "c_"
"""What the parameters begin with that name a page of a side."""
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


class MapAnswer(NamedTuple):
    """What a cell says: the hedged effect, the key of its mark, the certainty from 0 to 4 and in words."""

    effect: str
    mark: str
    level: int
    certainty: str
    stops: int


class MapCell(NamedTuple):
    """One cell of the map; without path and answer where there is no entry.

    `column` counts from 1, and `heading` is the subject of the column. `path` is what follows the path of
    all remedies.
    """

    column: int
    heading: MapSubject
    path: str = ""
    answer: MapAnswer | None = None


@dataclass(frozen=True)
class MapRow:
    """One remedy with a cell for each condition; where the axes are swapped, the other way round."""

    heading: MapSubject
    cells: list[MapCell]


@dataclass(frozen=True)
class MapFilters:
    """Which part of the map is shown: by kind and category, by pages of remedies and of conditions.

    `kind` and `category` are empty where nothing narrows them. `is_swapped` says that conditions are in
    rows.
    """

    kind: str = ""
    category: str = ""
    is_swapped: bool = False
    remedies: PagePosition = FIRST
    conditions: PagePosition = FIRST

    def query(self, *left_out: str) -> dict[str, str]:
        """The parameters of the URL, without some; `r_` and `c_` stand for the pages of a side."""
        parameters = {
            "kind": self.kind,
            "category": self.category,
            "axes": SWAPPED if self.is_swapped else "",
        }
        for prefix, position in ((REMEDIES, self.remedies), (CONDITIONS, self.conditions)):
            if prefix not in left_out:
                parameters |= {prefix + key: text for key, text in position.parameters.items()}
        return {key: text for key, text in parameters.items() if text and key not in left_out}
