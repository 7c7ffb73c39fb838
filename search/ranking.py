"""The order of what was found, the same on every database. Pure: names in, order out.

A candidate holds every word that was asked for. What tells them apart is how its names say them:
the title itself, another name, a name's beginning, whole words of a name, beginnings of words, and
last the text alone. Among equals a remedy stands before a condition, both before their pairs.
Members' talk is always last.
"""

from collections.abc import Sequence
from functools import lru_cache

from search.choices import ResultKind
from search.engine import Candidate
from search.query import Word, bare_words
from search.spelling import spellings

_ORDER = {kind.value: place for place, kind in enumerate(ResultKind)}
EXACT, ALIAS, BEGINS, WHOLE, PARTS, SCATTERED, TEXT = range(7)


def ranked(candidates: Sequence[Candidate], words: Sequence[Word]) -> list[Candidate]:
    """Best first; the order is whole, so that pages of results do not overlap."""
    typed = [frozenset(word.spellings) for word in words]
    return sorted(candidates, key=lambda one: _key(one, words, typed))


def by_name(one: Candidate, words: Sequence[Word]) -> bool:
    """Whether its names alone say every word."""
    return _fit(one.names, words, [frozenset(word.spellings) for word in words]) < SCATTERED


def _key(one: Candidate, words: Sequence[Word], typed: list[frozenset[str]]) -> tuple[object, ...]:
    last = one.kind in {ResultKind.COMMENT, ResultKind.REFERENCE}
    fit = TEXT if last else _fit(one.names, words, typed)
    return (
        one.kind == ResultKind.COMMENT,
        one.kind == ResultKind.REFERENCE,
        fit,
        _ORDER[one.kind],
        -round(one.weight, 4) if fit == TEXT else 0,
        len(one.names.partition("\n")[0]),
        one.names,
        -one.object_id,
    )


def _fit(names: str, words: Sequence[Word], typed: list[frozenset[str]]) -> int:
    """How well names say the words. An entry has two groups of names, and each must say its part."""
    groups = [group.splitlines() for group in names.split("\n\n")]
    if len(groups) == 1:
        return _fit_of_group(groups[0], words, typed)
    return _fit_of_pair(groups, words, typed)


def _fit_of_group(names: list[str], words: Sequence[Word], typed: list[frozenset[str]]) -> int:
    best = SCATTERED if _all_begin(_words_of("\n".join(names)), words) else TEXT
    for place, name in enumerate(names):
        said = _words_of(name)
        if len(said) == len(typed) and _same(said, typed):
            best = min(best, EXACT if place == 0 else ALIAS)
        elif len(said) > len(typed) and _same(said[: len(typed)], typed):
            best = min(best, BEGINS if place == 0 else WHOLE)
        elif all(any(_is(part, form) for part in said) for form in typed):
            best = min(best, WHOLE)
        elif _all_begin(said, words):
            best = min(best, PARTS)
    return best


def _fit_of_pair(
    groups: list[list[str]], words: Sequence[Word], typed: list[frozenset[str]]
) -> int:
    """“magnesium rls”: every word goes to the group that says it best; one group alone says no pair."""
    fits = []
    for group in groups:
        own = [
            (word, form)
            for word, form in zip(words, typed, strict=True)
            if _all_begin(_words_of("\n".join(group)), [word])
        ]
        fits.append(
            _fit_of_group(group, [w for w, _f in own], [f for _w, f in own]) if own else None
        )
    said = [fit for fit in fits if fit is not None]
    if len(said) == len(groups) and TEXT not in said:
        return max(ALIAS, *said)
    return SCATTERED if said else TEXT


def _same(said: Sequence[str], typed: Sequence[frozenset[str]]) -> bool:
    return all(_is(word, form) for word, form in zip(said, typed, strict=True))


def _is(said: str, form: frozenset[str]) -> bool:
    return said in form or not form.isdisjoint(_spelled(said))


def _all_begin(said: Sequence[str], words: Sequence[Word]) -> bool:
    return all(any(_begins(part, word) for part in said) for word in words)


def _begins(said: str, word: Word) -> bool:
    return said.startswith(word.spellings) if word.prefix else said in word.spellings


@lru_cache(maxsize=4096)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(word for word in bare_words(name) if word not in _LINKING)


@lru_cache(maxsize=4096)
def _spelled(word: str) -> frozenset[str]:
    return frozenset(spellings(word))


_LINKING = frozenset({"of", "the", "and", "for", "in"})
