"""What somebody typed, as words to look for and as the identifier of a work. Pure text."""

import re
from dataclasses import dataclass

from remedies_site.sorting import fold
from search.spelling import spellings

LONGEST = 200
"""Letters of a query that are read; a name is shorter, and the rest would only cost time."""
MOST_WORDS = 10
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b")
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
        "cure",
        "do",
        "does",
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
"""Words of a question that no page is about."""


@dataclass(frozen=True)
class Word:
    """A word that was typed, with the spellings that count as the same; letters and digits only."""

    typed: str
    spellings: tuple[str, ...]
    prefix: bool


@dataclass(frozen=True)
class Identifier:
    """The number of a work, as its column holds it."""

    column: str
    value: str


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
    """The query as it is shown again: one line, no control characters, not longer than is read."""
    printable = "".join(letter if letter.isprintable() else " " for letter in query[: 10 * LONGEST])
    return " ".join(printable.split())[:LONGEST].strip()


def parse_identifier(query: str) -> Identifier | None:
    """The identifier that the whole query is, if it is one."""
    for column, pattern in _IDENTIFIERS:
        if found := pattern.fullmatch(query):
            value = found[1].rstrip(".,;") if column == "doi" else found[1].upper()
            return Identifier(column, value)
    return None


def bare_words(text: str) -> list[str]:
    """The folded words of a text, a possessive s left out: “Meniere's disease” is two words."""
    return _WORD.findall(_POSSESSIVE.sub("", fold(text)))


def query_words(query: str) -> list[Word]:
    """What to look for: words of a question are left out, and each word may begin a longer one."""
    meant = [word for word in dict.fromkeys(bare_words(query)) if word not in STOP_WORDS]
    return [Word(word, spellings(word), len(word) > 1) for word in meant[:MOST_WORDS]]


def replace_words(words: list[Word], instead: dict[str, list[str]]) -> list[Word]:
    """The same words, those misspelled as the vocabulary has them."""
    return [
        Word(word.typed, tuple(dict.fromkeys(s for n in near for s in (n, *spellings(n)))), True)
        if (near := instead.get(word.typed))
        else word
        for word in words
    ]
