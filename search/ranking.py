"""The order of results, the same on every database. Pure.

Every candidate contains all words of the query. They are ordered by how well their names match
(`NameMatch`). Among equal matches remedies stand first, then conditions, then entries; references come
after all of them, and comments of members last.
"""

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

from search.choices import ResultKind
from search.engine import Candidate
from search.normalizing import search_words
from search.query import Word
from search.spelling import spellings

_KIND_ORDER = {kind.value: position for position, kind in enumerate(ResultKind)}
_NAMELESS = {ResultKind.REFERENCE.value: 1, ResultKind.COMMENT.value: 2}
"""What stands behind all pages, and in which order."""
_LINKING_WORDS = frozenset({"of", "the", "and", "for", "in", "problem", "problems"})


class NameMatch(IntEnum):
    """How the names of a candidate match the query, the best first."""

    TITLE = 0
    """The title is the query."""
    ALIAS = 1
    """Another name is the query."""
    TITLE_START = 2
    """The title begins with the query."""
    WHOLE_WORDS = 3
    """One name contains all words of the query."""
    WORD_STARTS = 4
    """The words of one name begin with the words of the query."""
    ACROSS_NAMES = 5
    """The words of the query are in several names, or one whole name is among them."""
    TEXT_ONLY = 6
    """Some word of the query is in no name, only in the text."""


def rank(candidates: Sequence[Candidate], words: Sequence[Word]) -> list[Candidate]:
    """The candidates, best first. The order is total, so that pages of results do not overlap."""
    names = _Names(words)
    return sorted(candidates, key=lambda candidate: _sort_key(candidate, names))


def matches_by_name(candidate: Candidate, words: Sequence[Word]) -> bool:
    """Whether one name contains every word (for an entry: a name of each of its two sides)."""
    return _Names(words).match(candidate.names) < NameMatch.ACROSS_NAMES


def _sort_key(candidate: Candidate, names: "_Names") -> tuple[object, ...]:
    kind, key, own_names, weight = candidate
    place = _NAMELESS.get(kind, 0)
    match = NameMatch.TEXT_ONLY if place else names.match(own_names)
    return (
        place,
        match,
        _KIND_ORDER[kind],
        -round(weight, 4) if match is NameMatch.TEXT_ONLY else 0,
        len(own_names.partition("\n")[0]),
        own_names,
        -key,
    )


class _Names:
    """How names match the words of one query; what names share, they have looked at once.

    Words of the query are bits, the first is 1.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self._all = (1 << len(words)) - 1
        self._bits = _Bits(words)
        self._sides: dict[str, NameMatch | None] = {}

    def match(self, names: str) -> NameMatch:
        """The best match; `names` is as in `SearchItem`, with two groups of names for an entry.

        “magnesium rls”: each side of an entry is matched with the words that its names contain. The
        worse of the two matches counts, and it is never a title. Where the query has no word of one of
        the sides, the match is `ACROSS_NAMES`.
        """
        groups = names.split("\n\n")
        if len(groups) == 1:
            return self._page_match(self._group(groups[0]))
        sides = [self._side(group) for group in groups]
        matches = [side for side in sides if side is not None]
        if len(matches) == len(groups) and NameMatch.TEXT_ONLY not in matches:
            return max(NameMatch.ALIAS, *matches)
        return NameMatch.ACROSS_NAMES if matches else NameMatch.TEXT_ONLY

    def _page_match(self, group: Sequence[tuple[int, int, list[int]]]) -> NameMatch:
        """The match of a page with names of its own: “cranberry warfarin” has all of one, as it has of an entry's."""
        match = _group_match(group, self._all)
        has_whole_name = any(each and all(each) for _equal, _begun, each in group)
        return min(match, NameMatch.ACROSS_NAMES) if has_whole_name else match

    def _side(self, names: str) -> NameMatch | None:
        """The match with those of the words that are in one side's names; None where no word is."""
        if names not in self._sides:
            group, own = self._group(names), 0
            for _equal, begun, _each in group:
                own |= begun
            self._sides[names] = _group_match(group, own) if own else None
        return self._sides[names]

    def _group(self, names: str) -> list[tuple[int, int, list[int]]]:
        """For each name: the words that are in it, those that its words begin with, the former word by word."""
        bits, group = self._bits, []
        for name_words in _names_of(names):
            equal = begun = 0
            each = []
            for name_word in name_words:
                own_equal, own_begun = bits[name_word]
                each.append(own_equal)
                equal |= own_equal
                begun |= own_begun
            group.append((equal, begun, each))
        return group


class _Bits(dict[str, tuple[int, int]]):
    """Which words of a query a word of a name is, and which it begins with; each is looked at once."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words

    def __missing__(self, name_word: str) -> tuple[int, int]:
        forms, equal, begun = _spelling_set(name_word), 0, 0
        for position, word in enumerate(self._words):
            if not forms.isdisjoint(word.spellings):
                equal |= 1 << position
            if name_word.startswith(word.spellings) if word.prefix else name_word in word.spellings:
                begun |= 1 << position
        self[name_word] = equal, begun
        return equal, begun


def _group_match(group: Sequence[tuple[int, int, list[int]]], own: int) -> NameMatch:
    """The best match of one of the names with some of the words; the first name is the title."""
    best, all_begun = NameMatch.TEXT_ONLY, 0
    for position, (equal, begun, each) in enumerate(group):
        all_begun |= begun
        if equal & own == own:
            best = min(best, _whole_match(each, own, is_title=position == 0))
        elif begun & own == own:
            best = min(best, NameMatch.WORD_STARTS)
    if best == NameMatch.TEXT_ONLY and all_begun & own == own:
        return NameMatch.ACROSS_NAMES
    return best


def _whole_match(each: Sequence[int], own: int, *, is_title: bool) -> NameMatch:
    """The match of a name that has all the words; `each` are those that its words are."""
    remaining = own
    for equal in each:
        first = remaining & -remaining
        if not equal & first:
            break
        remaining ^= first
    if remaining:  # it does not begin with them in their order
        return NameMatch.WHOLE_WORDS
    if len(each) == own.bit_count():
        return NameMatch.TITLE if is_title else NameMatch.ALIAS
    return NameMatch.TITLE_START if is_title else NameMatch.WHOLE_WORDS


@lru_cache(maxsize=2048)
def _names_of(names: str) -> tuple[tuple[str, ...], ...]:
    """The words of each name of a group."""
    return tuple(
        tuple(word for word in search_words(name) if word not in _LINKING_WORDS)
        for name in names.splitlines()
    )


@lru_cache(maxsize=4096)
def _spelling_set(word: str) -> frozenset[str]:
    return frozenset(spellings(word))
