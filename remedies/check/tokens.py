"""Typed text as words. Pure functions.

A list pasted from a label brings hyphens of several kinds, characters that nobody sees, and letters of
another script that look Latin; all of them mean the same to whoever typed them.
"""

import re
import unicodedata
from dataclasses import dataclass

from remedies_site.sorting import fold

_PART = re.compile(r"[^,;•·●▪◦‣►▶■□✓✔☐、，；،\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_EDGE = r"\s+/&()®™©℠:\"“”„‟«»‹›!¡?¿\[\]{}<>=*×_|#~^\\@§¶†‡…。，"
_INNER = r".\-"
_APOSTROPHE = "'’‘‛ʼ`´"
# Stops and hyphens belong to a word only inside it, apostrophes only before its last letter and between
# digits: `5.5`, `l-thyroxine`, `john's`, `10'000`. Elsewhere an apostrophe is a quotation mark.
_WORD = re.compile(
    rf"(?<!\w)[^\W\d_]/[^\W\d_](?!\w)|"  # m/r, s/c
    rf"(?:[^{_EDGE}{_INNER}{_APOSTROPHE}]|(?<=[^{_EDGE}{_INNER}{_APOSTROPHE}])[{_INNER}]"
    rf"(?=[^{_EDGE}{_INNER}{_APOSTROPHE}])|(?<=[^\W\d_])[{_APOSTROPHE}](?=[st](?!\w))|"
    rf"(?<=\d)[{_APOSTROPHE}](?=\d))+",
    re.I,
)
_TOKEN = re.compile(r"[^.-]+")
_APOSTROPHES = re.compile(f"[{_APOSTROPHE}]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?=[^\W\d_])")
# Letters of Cyrillic and Greek with the Latin ones that they look like.
_LOOK_ALIKES = str.maketrans(
    "асеорхуіјѕԁһԛԝкмтАВЕКМНОРСТХУІЈЅαειονρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aceopxyijsdhqwkmtABEKMHOPCTXYIJSaeiovptuxABEZHIKMNOPTYX",
)
_LATIN = re.compile(r"[A-Za-z]")

Name = tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Token:
    """A word, or a part of one between hyphens or stops; `word_end` is the number of the next word's first token.

    `text` is folded and without apostrophes. `word` is the folded whole word, of the first token alone;
    the others have "".
    """

    text: str
    start: int
    end: int
    word: str
    word_end: int


def clean(text: str) -> str:
    """The text without characters that nobody sees, with one kind of hyphen, broken words joined."""
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return _BROKEN_WORD.sub("-", _DASHES.sub("-", seen))


def split_parts(text: str) -> list[str]:
    """The parts of a cleaned text between commas, lines and bullets."""
    return _PART.findall(text)


def split_tokens(part: str) -> list[Token]:
    """The tokens of a part, in order, with their places in it."""
    tokens: list[Token] = []
    for match in _WORD.finditer(part):
        word = _fold_word(match[0])
        found = [match] if "/" in match[0] else list(_TOKEN.finditer(part, *match.span()))
        word_end = len(tokens) + len(found)
        tokens += [
            Token(
                _fold_word(token[0]).replace("/", ""),
                token.start(),
                token.end(),
                "" if position else word,
                word_end,
            )
            for position, token in enumerate(found)
        ]
    return tokens


def name_of(text: str) -> Name:
    """The folded tokens of a name: `st johns wort` for St John's-wort."""
    return tuple(token.text for token in split_tokens(clean(text)) if token.text)


def _fold_word(word: str) -> str:
    if _LATIN.search(word) and not word.isascii():
        word = word.translate(_LOOK_ALIKES)
    return _APOSTROPHES.sub("", fold(word))
