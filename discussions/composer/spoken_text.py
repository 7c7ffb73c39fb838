"""A text as sentences of folded words, each with its place in the text. Pure.

Every expression here takes a character in at most once for a fixed number of ways to begin, so that the
time grows with the length of the text and no faster. Lines that quote somebody (Markdown's “>”) are left
out; words between quotation marks stay, marked as quoted.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from remedies_site.patterns import lazy_pattern
from remedies_site.sorting import fold

LONGEST_WORD = 40
NUMBER, YEAR, LINK, ADDRESS = "9", "YEAR", "LINK", "ADDRESS"
"""How a line writes a number, a year, a web address and a mail address."""

_TOKEN = lazy_pattern(
    r"(?P<link>(?:https?://|www\.)[^\s<>]{1,2000})"
    r"|(?P<address>[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63})"
    r"|(?P<number>\d[\d.,]{0,20}(?<=\d)|\d)"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*)"
    r"|(?P<quote>[\"“”„«»])"
    r"|(?P<sign>[%$€£])"
    r"|(?P<comma>,)"
    r"|(?P<end>[.!?;\n]+)"
)
_APOSTROPHES = lazy_pattern("['’ʼ`´]")
_QUOTING_LINE = lazy_pattern(r"^[ ]{0,3}>[^\n]*", re.MULTILINE)
_YEAR = lazy_pattern(r"(?:19|20)\d\d")
_LONGEST_QUOTATION = 60


@dataclass(frozen=True)
class SpokenWord:
    """A word, number or sign: folded, as typed in `text[start:end]`."""

    text: str
    start: int
    end: int
    is_number: bool = False
    is_quoted: bool = False


@dataclass(frozen=True)
class SpokenLine:
    """Words between single spaces, one more at each end, for expressions to search in.

    `spans` has the place in the typed text of each word.
    """

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @cached_property
    def text(self) -> str:
        """The words, for expressions."""
        return f" {' '.join(self.words)} "

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(word) + 1 for word in self.words), initial=1))[:-1]

    def place(self, match: re.Match[str]) -> tuple[int, int]:
        """Where a match in `text` stands in the typed text."""
        first = max(0, bisect_left(self._starts, match.start()))
        last = max(first, bisect_left(self._starts, match.end()) - 1)
        first, last = (min(index, len(self.spans) - 1) for index in (first, last))
        return self.spans[first][0], self.spans[last][1]


@dataclass(frozen=True)
class SpokenSentence:
    """Words up to a full stop, a question mark or the end of a line; `is_question` by its mark."""

    words: tuple[SpokenWord, ...]
    is_question: bool = False

    @cached_property
    def line(self) -> SpokenLine:
        """The folded words, with numbers as `NUMBER`."""
        spans = tuple((word.start, word.end) for word in self.words)
        return SpokenLine(tuple(map(word_in_line, self.words)), spans)


def word_in_line(word: SpokenWord) -> str:
    """The word as lines have it."""
    if not word.is_number:
        return word.text
    return YEAR if _YEAR.fullmatch(word.text) else NUMBER


def split_sentences(text: str) -> list[SpokenSentence]:
    """The sentences of a text that hold a word; what it quotes by “>” is left out."""
    unquoted = _QUOTING_LINE.sub(lambda line: " " * len(line[0]), text)
    sentences: list[SpokenSentence] = []
    words: list[SpokenWord] = []
    for token in _tokens(unquoted):
        if isinstance(token, SpokenWord):
            words.append(token)
        elif words:
            sentences.append(SpokenSentence(tuple(words), is_question="?" in token))
            words = []
    return [*sentences, SpokenSentence(tuple(words))] if words else sentences


def fold_words(text: str) -> tuple[str, ...]:
    """The folded words of a name, as sentences hold them."""
    return tuple(token.text for token in _tokens(text) if isinstance(token, SpokenWord))


def _tokens(text: str) -> Iterator[SpokenWord | str]:
    """Words, and the marks between sentences."""
    matches = list(_TOKEN.finditer(text))
    quoted = _quoted_places(matches)
    for place, match in enumerate(matches):
        kind = match.lastgroup
        if kind == "end":
            yield match[0]
        elif kind != "quote":
            yield SpokenWord(
                _folded(kind, match[0]), *match.span(), kind == "number", bool(quoted[place])
            )


def _folded(kind: str | None, text: str) -> str:
    if kind == "link":
        return LINK
    if kind == "address":
        return ADDRESS
    if kind != "word":
        return text
    return fold(_APOSTROPHES.sub("", text[: 2 * LONGEST_WORD]))[:LONGEST_WORD]


def _quoted_places(matches: list[re.Match[str]]) -> list[int]:
    """1 for each token between two quotation marks that are near each other, else 0."""
    changes = [0] * (len(matches) + 1)
    opened: int | None = None
    for place, match in enumerate(matches):
        if match.lastgroup != "quote":
            continue
        if opened is not None and place - opened <= _LONGEST_QUOTATION:
            changes[opened] += 1
            changes[place] -= 1
            opened = None
        else:
            opened = place
    return list(accumulate(changes[:-1]))
