"""Which rows of two lists are the same row, and which of them changed places. Pure functions."""

import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]
"""A row as documents store it: JSON values by field."""
_WORDS = re.compile(r"\w+")
_LIKE_ENOUGH = 0.5
_MOST_PAIRS = 2_500
"""Rows without an equal in the one list times those in the other; beyond it only identities are compared."""
_MOST_WEIGHT = 12
"""A text counts as its words, up to these; a choice counts as one."""


@dataclass(frozen=True)
class RowPair:
    """A row before and after: its places, counted from 0, None where it was not there.

    `is_moved` says that it changed places with a row that is in both lists.
    """

    before: int | None
    after: int | None
    is_moved: bool = False


def match_rows(
    before: Sequence[Values], after: Sequence[Values], identity: Sequence[str] = ()
) -> list[RowPair]:
    """Pair the rows of two lists, in the order of the new one; what was taken out stands where it was.

    Equal rows are the same row, then those that agree in every field of `identity`, then those that
    have at least half of their words in common. As few rows as possible count as moved.
    """
    partners = _equal_rows(before, after)
    partners |= _similar_rows(before, after, identity, partners)
    origins = [partners[place] for place in sorted(partners)]
    unmoved = _longest_rising(origins)
    pairs = [
        RowPair(partners.get(place), place, place in partners and partners[place] not in unmoved)
        for place in range(len(after))
    ]
    return _with_removed(pairs, len(before))


def _equal_rows(before: Sequence[Values], after: Sequence[Values]) -> dict[int, int]:
    """The place before of each row that was not edited, by its place after."""
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for place, row in enumerate(before):
        places[_canonical(row)].append(place)
    partners = {}
    for place, row in enumerate(after):
        if equals := places[_canonical(row)]:
            partners[place] = equals.popleft()
    return partners


def _canonical(row: Values) -> str:
    return json.dumps(row, sort_keys=True, default=str)


def _similar_rows(
    before: Sequence[Values],
    after: Sequence[Values],
    identity: Sequence[str],
    taken: Mapping[int, int],
) -> dict[int, int]:
    """Partners of the rows that have no equal, the most similar first."""
    old = {place: _Words(row, identity) for place, row in enumerate(before)}
    for place in taken.values():
        del old[place]
    new = {place: _Words(row, identity) for place, row in enumerate(after) if place not in taken}
    found = sorted(_candidates(old, new))
    partners: dict[int, int] = {}
    for _unlikeness, _distance, place_after, place_before in found:
        if place_after not in partners and place_before in old:
            partners[place_after] = place_before
            del old[place_before]
    return partners


def _candidates(
    old: Mapping[int, "_Words"], new: Mapping[int, "_Words"]
) -> Iterator[tuple[float, int, int, int]]:
    """Pairs that may be the same row: the best first when sorted."""
    only_identity = len(old) * len(new) > _MOST_PAIRS
    by_identity: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, row in old.items():
        by_identity[row.identity].append(place)
    for place_after, row in new.items():
        places = by_identity[row.identity] if only_identity and any(row.identity) else old
        if only_identity and not any(row.identity):
            continue
        for place_before in places:
            likeness = old[place_before].likeness(row)
            if likeness >= _LIKE_ENOUGH:
                yield -likeness, abs(place_before - place_after), place_after, place_before


class _Words:
    """The words of a row by field, for comparing it with many."""

    def __init__(self, row: Values, identity: Sequence[str]) -> None:
        self.words = {name: Counter(_WORDS.findall(str(value))) for name, value in row.items()}
        self.texts = {name: str(value) for name, value in row.items()}
        self.identity = tuple(self.texts.get(name, "") for name in identity)

    def likeness(self, other: "_Words") -> float:
        """From 0 to 1: the share of words in common; above 1 where both have the same identity."""
        shared = total = 0.0
        for name in {*self.texts, *other.texts}:
            mine, theirs = self.words.get(name), other.words.get(name)
            counts = [words.total() for words in (mine, theirs) if words]
            weight = min(max([1, *counts]), _MOST_WEIGHT)
            total += weight
            if self.texts.get(name) == other.texts.get(name):
                shared += weight
            elif mine and theirs:
                shared += weight * 2 * (mine & theirs).total() / sum(counts)
        share = shared / total if total else 1.0
        if not any(self.identity):
            return share
        same = sum(a == b for a, b in zip(self.identity, other.identity, strict=True))
        if same == len(self.identity):
            return 1 + share
        return share + same / len(self.identity) / 4


def _longest_rising(places: Sequence[int]) -> set[int]:
    """The places of a longest part of the list that rises: rows that kept their order."""
    ends: list[int] = []
    indexes: list[int] = []
    links: list[int] = []
    for index, place in enumerate(places):
        at = bisect_left(ends, place)
        links.append(indexes[at - 1] if at else -1)
        ends[at : at + 1] = [place]
        indexes[at : at + 1] = [index]
    kept: set[int] = set()
    index = indexes[-1] if indexes else -1
    while index >= 0:
        kept.add(places[index])
        index = links[index]
    return kept


def _with_removed(pairs: list[RowPair], count_before: int) -> list[RowPair]:
    """The pairs, and each row that was taken out after the row that stood before it."""
    by_origin = {pair.before: place for place, pair in enumerate(pairs) if pair.before is not None}
    ordered = [((place, 0), pair) for place, pair in enumerate(pairs)]
    last = -1
    for place in range(count_before):
        if place not in by_origin:
            ordered.append(((last, place + 1), RowPair(place, None)))
        elif not pairs[by_origin[place]].is_moved:
            last = by_origin[place]
    return [pair for _key, pair in sorted(ordered, key=lambda item: item[0])]
