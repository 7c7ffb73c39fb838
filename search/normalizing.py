"""One rule for the words of texts and queries, on every database. Pure.

“B₁₂”, “Straße”, “Ёлка” and “CO²” become “b12”, “strasse”, “елка” and “co2”: compatibility characters are
replaced, marks (accents, vowel signs) and case are dropped, and a word is a run of letters and digits.
SQLite calls `search_text`; for PostgreSQL, `postgresql.py` writes the same steps in SQL.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

_POSSESSIVE = re.compile(r"(?<=[^\W_])['\u2019]s(?![^\W_])")
_NON_ASCII = range(0x80, 0x10000)


def search_words(text: str) -> list[str]:
    """The words of a text, each of letters and digits only.

    “Ménière's disease” gives `["meniere", "disease"]`.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    if not decomposed.isascii():
        decomposed = "".join(char for char in decomposed if not is_mark(char))
    folded = unicodedata.normalize("NFKC", _POSSESSIVE.sub(" ", decomposed).casefold().lower())
    return re.findall(r"[^\W_]+", folded)


def search_text(text: str) -> str:
    """The words of a text, joined by spaces."""
    return " ".join(search_words(text))


def is_mark(char: str) -> bool:
    """Whether the character modifies the one before it."""
    return unicodedata.category(char)[0] == "M"


def is_separator(char: str) -> bool:
    """Whether the character stands between words."""
    return not (char.isalnum() or is_mark(char) or "\ud800" <= char <= "\udfff")


@cache
def character_class(test: Callable[[str], bool]) -> str:
    """Ranges of a regular expression with the characters beyond ASCII for which the test holds."""
    codes = [code for code in _NON_ASCII if test(chr(code))]
    starts = [code for code, before in zip(codes, [-1, *codes], strict=False) if code != before + 1]
    ends = [code for code, after in zip(codes, [*codes[1:], -1], strict=True) if code != after - 1]
    return "".join(f"\\u{a:04x}-\\u{b:04x}" for a, b in zip(starts, ends, strict=True))


@cache
def word_pattern() -> re.Pattern[str]:
    """A word in a text as it was written, with its marks."""
    return re.compile(rf"[^\W_](?:[^\W_]|[{character_class(is_mark)}])*")


@cache
def casefolds_beside_lower() -> dict[str, str]:
    """Lower-case letters that case folding replaces by another letter (“ς” by “σ”), with that letter."""
    # Case folding turns Cherokee into capitals, and PostgreSQL's dictionary back: lower case it is.
    letters = [chr(code) for code in _NON_ASCII if not 0xD800 <= code <= 0xDFFF]
    return {
        char.lower(): folded
        for char in letters
        if unicodedata.is_normalized("NFKD", char)
        and (folded := char.casefold().lower()) != char.lower()
        and len(char.lower()) == len(folded) == 1
    }
