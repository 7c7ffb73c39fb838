"""Titles and excerpts in fragments, with the words of the query marked. Pure."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from search.normalizing import search_text, word_pattern
from search.query import Word

_EXCERPT_LENGTH = 160
"""Characters of a text that an excerpt shows."""
_BEYOND_PLAIN = re.compile(r"[^\x00-\x7f\u2010-\u2015\u2018-\u201f\u2026\u2212\u2264\u2265]")
"""Other than ASCII, dashes, quotation marks and signs of measures: it may fold into letters, or be a mark."""


class Fragment(NamedTuple):
    """A part of a text; `matched` where it is a word of the query."""

    text: str
    matched: bool


class Highlighter:
    """Marks the words of one query in texts. A word that several texts have is looked at once."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self._forms = _Forms(words)

    def fragments(self, text: str) -> list[Fragment]:
        """The whole text split at the words of the query; joined again, the fragments are the text."""
        parts: list[Fragment] = []
        end = 0
        for word in word_pattern().finditer(text):
            if self._forms[word[0]]:
                if word.start() > end:
                    parts.append(Fragment(text[end : word.start()], matched=False))
                parts.append(Fragment(word[0], matched=True))
                end = word.end()
        if end < len(text):
            parts.append(Fragment(text[end:], matched=False))
        return parts

    def excerpt(self, text: str) -> list[Fragment]:
        """About 160 characters of a text, from the first stretch with the most words of the query."""
        text = " ".join(text.split())
        if len(text) <= _EXCERPT_LENGTH:
            return self.fragments(text)
        begin = _best_start(self._places(text))
        cut = text[begin : begin + _EXCERPT_LENGTH]
        if begin:
            cut = "… " + cut.partition(" ")[2]
        if begin + _EXCERPT_LENGTH < len(text):
            cut = cut.rpartition(" ")[0] + " …"
        return self.fragments(cut)

    def _places(self, text: str) -> Sequence[int]:
        """Where words of the query begin in a text, in their order."""
        forms = self._forms
        if _BEYOND_PLAIN.search(text) is None:
            return forms.places_in_plain(text)
        return [word.start() for word in word_pattern().finditer(text) if forms[word[0]]]


def _best_start(offsets: Sequence[int]) -> int:
    """`offsets` ascend."""
    width = _EXCERPT_LENGTH - 60
    densest = max(
        range(len(offsets)),
        key=lambda number: (bisect_left(offsets, offsets[number] + width) - number, -number),
        default=None,
    )
    return 0 if densest is None else max(0, offsets[densest] - 40)


class _Forms(dict[str, bool]):
    """Whether a word of a text is one of the query; each is looked at once."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._beginnings = tuple(form for word in words if word.prefix for form in word.spellings)
        self._whole = {form for word in words if not word.prefix for form in word.spellings}

    def places_in_plain(self, text: str) -> list[int]:
        """Where these words begin in a text whose folding is its lower case: without reading the other words."""
        lower, places = text.lower(), set()
        for form in (*self._beginnings, *self._whole):
            place = lower.find(form)
            while place >= 0:
                end = place + len(form)
                ends = form in self._beginnings or not lower[end : end + 1].isalnum()
                if ends and not lower[place - 1 : place].isalnum():
                    places.add(place)
                place = lower.find(form, end)
        return sorted(places)

    def __missing__(self, text_word: str) -> bool:
        folded = _folded(text_word)
        self[text_word] = matches = folded.startswith(self._beginnings) or folded in self._whole
        return matches


@lru_cache(maxsize=8192)
def _folded(text_word: str) -> str:
    """Texts repeat their words, and folding one costs more than all comparisons of it."""
    return search_text(text_word)
