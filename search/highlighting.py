"""The words that were found, marked in a title or in the line that holds most of them. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from remedies_site.sorting import fold
from search.query import Word

_WORD = re.compile(r"[^\W_]+")
_AROUND = 160
"""Letters of a line of text that is shown."""


class Piece(NamedTuple):
    """A run of letters; `found` where it was asked for."""

    text: str
    found: bool


def pieces(text: str, words: Sequence[Word]) -> list[Piece]:
    """The whole text in runs; together they are the text, letter for letter."""
    runs: list[Piece] = []
    end = 0
    for word in _WORD.finditer(text):
        if _was_asked(word[0], words):
            if word.start() > end:
                runs.append(Piece(text[end : word.start()], found=False))
            runs.append(Piece(word[0], found=True))
            end = word.end()
    if end < len(text):
        runs.append(Piece(text[end:], found=False))
    return runs


def line(text: str, words: Sequence[Word]) -> list[Piece]:
    """About 160 letters of a long text, around the first place that holds the most of the words."""
    text = " ".join(text.split())
    if len(text) <= _AROUND:
        return pieces(text, words)
    places = [word.start() for word in _WORD.finditer(text) if _was_asked(word[0], words)]
    begin = _best_begin(places)
    cut = text[begin : begin + _AROUND]
    if begin:
        cut = "… " + cut.partition(" ")[2]
    if begin + _AROUND < len(text):
        cut = cut.rpartition(" ")[0] + " …"
    return pieces(cut, words)


def _best_begin(places: list[int]) -> int:
    reach = _AROUND - 60
    most = max(
        places, key=lambda at: (sum(at <= other < at + reach for other in places), -at), default=0
    )
    return max(0, most - 40)


def _was_asked(said: str, words: Sequence[Word]) -> bool:
    folded = fold(said)
    return any(
        folded.startswith(form) if word.prefix else folded == form
        for word in words
        for form in word.spellings
    )
