"""A sentence as clauses, as far as words and commas show where one ends. Pure.

A cut too many is meant: words that are cut off take nothing from what they do not belong to.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from remedies_site.patterns import lazy_pattern

_SUBJECT = r"(?:i|im|ive|ill|my|we|our|he|she|hes|shes|his|her)"
_GOES_ON = r"(?:a|an|went|was|were|had|passed|collapsed|fainted|ended|called|spent|woke|got)"
"""After “and”: the same person in the same past."""
_CUT = lazy_pattern(
    rf" (?=, (?!or )|and (?!{_GOES_ON} )|(?:but|because|since|although|though|while|until|yet) "
    rf"|(?:so|now|that|please) {_SUBJECT} )"
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_OPENING = lazy_pattern(
    rf" (?:(?:back )?in (?:{_MONTH} )?(?:YEAR|{_MONTH})|(?:\w+ ){{0,3}}(?:years?|months?|weeks?|days) ago"
    r"|last \w+|back then|as an? \w+(?: \w+)?|when i was(?: \w+){1,4}) (?=, )"
)
"""A time before the first comma, which holds for the clause after it."""


class ClauseCutter:
    """A line with its cuts; it remembers what was looked for, so that no part is read twice for the same words."""

    def __init__(self, text: str) -> None:
        opening = _OPENING.match(text)
        first = opening.end() if opening else 1
        self.text = text
        self._cuts = [0, *(cut.start() for cut in _CUT.finditer(text, first)), len(text) - 1]
        self._seen: dict[tuple[re.Pattern[str], int, int], bool] = {}

    def clause_of(self, match: re.Match[str]) -> "Clause":
        """The clause that holds a match, or the clauses that it reaches over."""
        start = self._cuts[bisect_right(self._cuts, match.start() - 1) - 1]
        return Clause(self, start, self._cuts[bisect_left(self._cuts, match.end())])

    def has(self, words: re.Pattern[str], start: int = 0, end: int | None = None) -> bool:
        """Whether the words stand between two spaces; in the whole line, where none are given."""
        end = len(self.text) - 1 if end is None else end
        key = (words, start, end)
        if key not in self._seen:
            self._seen[key] = bool(words.search(self.text[start : end + 1]))
        return self._seen[key]


@dataclass(frozen=True)
class Clause:
    """The part of a line from the space at `start` to the space at `end`."""

    line: ClauseCutter
    start: int
    end: int

    def has(self, words: re.Pattern[str]) -> bool:
        """Whether the clause has them."""
        return self.line.has(words, self.start, self.end)

    def sentence_has(self, words: re.Pattern[str]) -> bool:
        """Whether the sentence has them, in whatever clause."""
        return self.line.has(words)
