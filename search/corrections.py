"""What to search for instead, where no page contains all words of a query."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remedies_site.pagecache.kept_values import derived
from search import spelling
from search.choices import ResultKind
from search.engine import PAGE_QUOTAS, SUGGESTION_QUOTAS, Candidate, candidates
from search.models import SearchItem
from search.normalizing import search_text, search_words
from search.query import STOP_WORDS, Word, replace_words

_MAX_ITEMS = 20_000
"""Remedies and conditions whose names make up the vocabulary."""


@dataclass(frozen=True)
class Matches:
    """Candidates in no order, with the words that found them.

    `corrected` is the query that was searched instead, empty where it was the one typed. `partly` says
    that a candidate contains some of the words only. `similar_names` are names of pages that resemble
    a query without any candidates.
    """

    candidates: Sequence[Candidate]
    words: Sequence[Word]
    corrected: str = ""
    partly: bool = False
    similar_names: Sequence[str] = ()


def find_matches(query: str, words: Sequence[Word]) -> Matches:
    """The candidates that contain all the words, or else those that contain something similar.

    The search goes on where only comments contain all the words: with the nearest spellings of
    misspelled words, and, where not even a comment does, with some of the words. Without any
    candidates the similar names are set.
    """
    exact = Matches(_all_words(words), words)
    if any(candidate.kind != ResultKind.COMMENT for candidate in exact.candidates):
        return exact
    corrections = correct_words(words)
    if corrected := _with_corrections(words, corrections):
        return corrected
    if exact.candidates:
        return exact
    if partial := _with_some_words(replace_words(words, corrections)):
        return partial
    if any(word.is_known for word in words):
        return Matches([], words)
    return Matches([], words, similar_names=spelling.similar_names(query, _page_names()))


def _all_words(words: Sequence[Word]) -> list[Candidate]:
    """The candidates with all the words; the A of vitamin A counts right behind the word, in names.

    “A” is a word of every text, so that one on vitamin D would be found for vitamin A.
    """
    matches = candidates(words, PAGE_QUOTAS)
    letters = [word.typed for word in words if word.typed in STOP_WORDS]
    return [
        match
        for match in matches
        if all(f" vitamin {letter} " in f" {search_text(match.names)} " for letter in letters)
    ]


def correct_words(words: Iterable[Word]) -> dict[str, list[str]]:
    """The corrections of each misspelled word, the likeliest first, by the word as it was typed.

    A word is misspelled where no word of the names begins with one of its spellings, and it is no brand.
    """
    vocabulary = derived("words of page names", _vocabulary)
    return {
        word.typed: corrections
        for word in words
        if not word.is_known
        and not any(name_word.startswith(word.spellings) for name_word in vocabulary)
        and (corrections := spelling.nearest_words(word.typed, vocabulary))
    }


def _vocabulary() -> Counter[str]:
    return spelling.count_words(word for name in _page_names() for word in search_words(name))


def _page_names() -> list[str]:
    """Every name of the published remedies and conditions."""
    items = SearchItem.objects.filter(kind__in=[ResultKind.REMEDY, ResultKind.CONDITION]).order_by(
        "pk"
    )
    texts = items.values_list("names", flat=True)[:_MAX_ITEMS]
    return [name for text in texts for name in text.splitlines() if name]


def _with_corrections(words: Sequence[Word], corrections: dict[str, list[str]]) -> Matches | None:
    if not corrections:
        return None
    corrected = replace_words(words, corrections)
    matches = candidates(corrected, PAGE_QUOTAS)
    if not matches:
        return None
    query = " ".join(corrections.get(word.typed, [word.typed])[0] for word in words)
    return Matches(matches, corrected, corrected=query)


def _with_some_words(words: Sequence[Word]) -> Matches | None:
    """Pages with a name that contains any of the words; None for a single word, or no such page."""
    if len(words) < 2:
        return None
    by_word = {
        word: matches
        for word in words
        if word.typed not in STOP_WORDS and (matches := candidates([word], SUGGESTION_QUOTAS))
    }
    if not by_word:
        return None
    unique = dict.fromkeys(candidate for matches in by_word.values() for candidate in matches)
    return Matches(list(unique), list(by_word), partly=True)
