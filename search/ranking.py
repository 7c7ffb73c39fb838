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
    forms = _forms(words)
    return sorted(candidates, key=lambda candidate: _sort_key(candidate, words, forms))


def matches_by_name(candidate: Candidate, words: Sequence[Word]) -> bool:
    """Whether one name contains every word (for an entry: a name of each of its two sides)."""
    return _name_match(candidate.names, words, _forms(words)) < NameMatch.ACROSS_NAMES


def _forms(words: Sequence[Word]) -> list[frozenset[str]]:
    return [frozenset(word.spellings) for word in words]


def _sort_key(
    candidate: Candidate, words: Sequence[Word], forms: list[frozenset[str]]
) -> tuple[object, ...]:
    is_nameless = candidate.kind in {ResultKind.COMMENT, ResultKind.REFERENCE}
    match = NameMatch.TEXT_ONLY if is_nameless else _name_match(candidate.names, words, forms)
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


def _name_match(names: str, words: Sequence[Word], forms: list[frozenset[str]]) -> NameMatch:
    """The best match; `names` is as in `SearchItem`, with two groups of names for an entry."""
    groups = [group.splitlines() for group in names.split("\n\n")]
    if len(groups) == 1:
        return _group_match(groups[0], words, forms)
    return _entry_match(groups, words, forms)


def _group_match(names: list[str], words: Sequence[Word], forms: list[frozenset[str]]) -> NameMatch:
    all_words = _words_of("\n".join(names))
    best = NameMatch.ACROSS_NAMES if _all_begin(all_words, words) else NameMatch.TEXT_ONLY
    for position, name in enumerate(names):
        best = min(best, _one_name_match(name, words, forms, is_title=position == 0))
    return best


def _one_name_match(
    name: str, words: Sequence[Word], forms: list[frozenset[str]], *, is_title: bool
) -> NameMatch:
    name_words = _words_of(name)
    if len(name_words) == len(forms) and _all_equal(name_words, forms):
        return NameMatch.TITLE if is_title else NameMatch.ALIAS
    if len(name_words) > len(forms) and _all_equal(name_words[: len(forms)], forms):
        return NameMatch.TITLE_START if is_title else NameMatch.WHOLE_WORDS
    if all(any(_equals(word, form) for word in name_words) for form in forms):
        return NameMatch.WHOLE_WORDS
    return NameMatch.WORD_STARTS if _all_begin(name_words, words) else NameMatch.TEXT_ONLY


def _entry_match(
    groups: list[list[str]], words: Sequence[Word], forms: list[frozenset[str]]
) -> NameMatch:
    """“magnesium rls”: each side of an entry is matched with the words that its names contain.

    The worse of the two matches counts, and it is never a title. Where the query has no word of one
    of the sides, the match is `ACROSS_NAMES`.
    """
    matches = []
    for group in groups:
        group_words = _words_of("\n".join(group))
        own = [
            (word, form)
            for word, form in zip(words, forms, strict=True)
            if _all_begin(group_words, [word])
        ]
        if own:
            matches.append(_group_match(group, [w for w, _f in own], [f for _w, f in own]))
    if len(matches) == len(groups) and NameMatch.TEXT_ONLY not in matches:
        return max(NameMatch.ALIAS, *matches)
    return NameMatch.ACROSS_NAMES if matches else NameMatch.TEXT_ONLY


def _all_equal(name_words: Sequence[str], forms: Sequence[frozenset[str]]) -> bool:
    return all(_equals(word, form) for word, form in zip(name_words, forms, strict=True))


def _equals(name_word: str, form: frozenset[str]) -> bool:
    return name_word in form or not form.isdisjoint(_spelling_set(name_word))


def _all_begin(name_words: Sequence[str], words: Sequence[Word]) -> bool:
    return all(any(_begins(name_word, word) for name_word in name_words) for word in words)


def _begins(name_word: str, word: Word) -> bool:
    return name_word.startswith(word.spellings) if word.prefix else name_word in word.spellings


@lru_cache(maxsize=4096)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(word for word in search_words(name) if word not in _LINKING_WORDS)


@lru_cache(maxsize=4096)
def _spelling_set(word: str) -> frozenset[str]:
    return frozenset(spellings(word))
