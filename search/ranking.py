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
    """The words of the query are in several names."""
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
    is_nameless = candidate.kind in {ResultKind.COMMENT, ResultKind.REFERENCE}
    match = NameMatch.TEXT_ONLY if is_nameless else names.match(candidate.names)
    return (
        candidate.kind == ResultKind.COMMENT,
        candidate.kind == ResultKind.REFERENCE,
        match,
        _KIND_ORDER[candidate.kind],
        -round(candidate.weight, 4) if match == NameMatch.TEXT_ONLY else 0,
        len(candidate.names.partition("\n")[0]),
        candidate.names,
        -candidate.object_id,
    )


class _Names:
    """How names match the words of one query. Entries of one remedy share its names: one look at each."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._sides: dict[str, NameMatch | None] = {}

    def match(self, names: str) -> NameMatch:
        """The best match; `names` is as in `SearchItem`, with two groups of names for an entry.

        “magnesium rls”: each side of an entry is matched with the words that its names contain. The
        worse of the two matches counts, and it is never a title. Where the query has no word of one of
        the sides, the match is `ACROSS_NAMES`.
        """
        groups = names.split("\n\n")
        if len(groups) == 1:
            return _group_match(groups[0], self._words)
        sides = [self._side(group) for group in groups]
        matches = [side for side in sides if side is not None]
        if len(matches) == len(groups) and NameMatch.TEXT_ONLY not in matches:
            return max(NameMatch.ALIAS, *matches)
        return NameMatch.ACROSS_NAMES if matches else NameMatch.TEXT_ONLY

    def _side(self, names: str) -> NameMatch | None:
        """The match with those of the words that are in one side's names; None where no word is."""
        if names not in self._sides:
            group_words = _words_of(names)
            own = [word for word in self._words if _has_begin(group_words, word)]
            self._sides[names] = _group_match(names, own) if own else None
        return self._sides[names]


def _group_match(names: str, words: Sequence[Word]) -> NameMatch:
    forms = [frozenset(word.spellings) for word in words]
    best = min(
        (
            _one_name_match(name, words, forms, is_title=position == 0)
            for position, name in enumerate(names.splitlines())
        ),
        default=NameMatch.TEXT_ONLY,
    )
    if best == NameMatch.TEXT_ONLY and _all_begin(_words_of(names), words):
        return NameMatch.ACROSS_NAMES
    return best


def _one_name_match(
    name: str, words: Sequence[Word], forms: list[frozenset[str]], *, is_title: bool
) -> NameMatch:
    name_words = _words_of(name)
    if len(name_words) >= len(forms) and all(map(_equals, name_words, forms)):
        if len(name_words) == len(forms):
            return NameMatch.TITLE if is_title else NameMatch.ALIAS
        return NameMatch.TITLE_START if is_title else NameMatch.WHOLE_WORDS
    if all(any(_equals(word, form) for word in name_words) for form in forms):
        return NameMatch.WHOLE_WORDS
    return NameMatch.WORD_STARTS if _all_begin(name_words, words) else NameMatch.TEXT_ONLY


def _equals(name_word: str, form: frozenset[str]) -> bool:
    return name_word in form or not form.isdisjoint(_spelling_set(name_word))


def _all_begin(name_words: Sequence[str], words: Sequence[Word]) -> bool:
    return all(_has_begin(name_words, word) for word in words)


def _has_begin(name_words: Sequence[str], word: Word) -> bool:
    if word.prefix:
        return any(name_word.startswith(word.spellings) for name_word in name_words)
    return not set(word.spellings).isdisjoint(name_words)


@lru_cache(maxsize=4096)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(word for word in search_words(name) if word not in _LINKING_WORDS)


@lru_cache(maxsize=4096)
def _spelling_set(word: str) -> frozenset[str]:
    return frozenset(spellings(word))
