"""A search query: its words, or the identifier of a work. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citations.identifiers import NORMALISERS, Identifier
from search.normalizing import search_words
from search.spelling import spellings

MAX_QUERY_LENGTH = 200
"""Characters of a query that are used; names are shorter, and a longer query only costs time."""
MAX_WORDS = 10
_VITAMIN = "vitamin"
_APOSTROPHE_T = re.compile(r"(?<=n)['\u2019]t\b", re.I)
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "best",
        "by",
        "can",
        "cannot",
        "cant",
        "cure",
        "do",
        "does",
        "dont",
        "effective",
        "for",
        "from",
        "good",
        "help",
        "helps",
        "how",
        "i",
        "in",
        "is",
        "it",
        "my",
        "of",
        "on",
        "or",
        "problem",
        "problems",
        "remedies",
        "remedy",
        "should",
        "supplement",
        "supplements",
        "take",
        "taking",
        "that",
        "the",
        "to",
        "treat",
        "treatment",
        "treating",
        "use",
        "used",
        "using",
        "what",
        "which",
        "with",
        "work",
        "works",
        "you",
        "your",
    ]
)
"""Words of questions, which say nothing about what to look for."""


@dataclass(frozen=True)
class Word:
    """A word of the query with the spellings that match it, all of them letters and digits only.

    `prefix` says whether a longer word that begins with a spelling matches too, `is_known` that it is
    right as it was typed, though no page may have it.
    """

    typed: str
    spellings: tuple[str, ...]
    prefix: bool
    is_known: bool = False


_IDENTIFIERS = (
    ("doi", re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/\S+)", re.I)),
    ("nct", re.compile(r"(?:https?://(?:www\.)?clinicaltrials\.gov/\S*?)?(NCT\d{8})/?", re.I)),
    ("pmcid", re.compile(r"(?:pmcid:?\s*)?(PMC\d{1,9})", re.I)),
    (
        "pmid",
        re.compile(
            r"(?:pmid:?\s*|(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/)?([1-9]\d{4,8})/?", re.I
        ),
    ),
    ("pmid", re.compile(r"pmid:?\s*([1-9]\d{0,8})", re.I)),
)


def clean_query(query: str) -> str:
    """The query on one line, without control characters, cut to `MAX_QUERY_LENGTH`."""
    printable = "".join(
        letter if letter.isprintable() else " " for letter in query[: 10 * MAX_QUERY_LENGTH]
    )
    return " ".join(printable.split())[:MAX_QUERY_LENGTH].strip()


def parse_identifier(query: str) -> Identifier | None:
    """The DOI, NCT, PMC or PubMed number that the whole query is; None for any other query."""
    for column, pattern in _IDENTIFIERS:
        if match := pattern.fullmatch(query):
            return Identifier(column, NORMALISERS[column](match[1]))
    return None


def query_words(query: str, phrases: Mapping[tuple[str, ...], Word] | None = None) -> list[Word]:
    """The first ten different words of a query, without stop words, but with the A of vitamin A.

    Words of more than one letter match the beginnings of words too. Words in a row that are one of the
    phrases give the word of the phrase.
    """
    typed = search_words(_APOSTROPHE_T.sub("nt", query))
    words: dict[str, Word] = {}
    position = 0
    while position < len(typed):
        phrase = _phrase_at(typed[position:], phrases or {})
        word = typed[position]
        is_vitamin = position > 0 and typed[position - 1] == _VITAMIN and len(word) == 1
        if phrase:
            words.setdefault(" ".join(phrase), (phrases or {})[phrase])
        elif word not in STOP_WORDS or is_vitamin:
            words.setdefault(word, Word(word, spellings(word), len(word) > 1))
        position += len(phrase) or 1
    return list(words.values())[:MAX_WORDS]


def _phrase_at(typed: Sequence[str], phrases: Mapping[tuple[str, ...], Word]) -> tuple[str, ...]:
    found = [phrase for phrase in phrases if tuple(typed[: len(phrase)]) == phrase]
    return max(found, key=len, default=())


def replace_words(words: Sequence[Word], corrections: Mapping[str, Sequence[str]]) -> list[Word]:
    """The same words, those in `corrections` matched by the spellings of their corrections."""
    return [
        Word(word.typed, _all_spellings(corrected), True)
        if (corrected := corrections.get(word.typed))
        else word
        for word in words
    ]


def _all_spellings(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for word in words for form in spellings(word)))
