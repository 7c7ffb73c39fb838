"""Titles that files write with HTML or XML in them, as plain text, and back where it is needed.

`&amp;` and `<sub>3</sub>` in an exported title are marks of the format, not letters of the title.
The rare title that really holds such letters is written with numeric references (`&#60;sub&#62;`),
which are read last, so that what `escape_markup` writes `strip_markup` gives back.
"""

import html
import re

from remedies_site.patterns import lazy_pattern

_REFERENCE = lazy_pattern(
    r"&(?!#(?:0*(?:38|60|62)|[xX]0*(?:26|3[cCeE]));)(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_PROTECTED = lazy_pattern(r"&#(?:0*(?:38|60|62)|[xX]0*(?:26|3[cCeE]));")
_ATTRIBUTE = r"""\s+[\w:-]{1,40}\s*=\s*(?:"[^"<>]*"|'[^'<>]*')"""
_TAG = lazy_pattern(
    r"<(?P<end>/?)(?P<name>(?:(?:jats|mml|xhtml|m):[a-z-]+|su[bp]|inf|i|b|u|em|strong|sc|scp|span|p|br|"
    r"tt|it|italic|bold|underline|title|div|font|small|big|emph|roman|sans-serif|"
    r"math|mi|mo|mn|mrow|msub|msup|msubsup|mfrac|mtext|mover|munder|mspace|mstyle|semantics))"
    rf"(?:{_ATTRIBUTE})*\s*(?P<empty>/?)>",
    re.I,
)
_BREAKS = {"br", "p", "div"}
_MOST_ROUNDS = 3
"""Some registers escape their text twice; nobody does it more often."""


def strip_markup(text: str) -> str:
    """The text without HTML or XML: “Food &amp;amp; D<sub>3</sub>” is “Food & D3”."""
    for _round in range(_MOST_ROUNDS):
        if "&" not in text and "<" not in text:
            return text
        stripped = _without_tags(_REFERENCE.sub(_character, text))
        if stripped == text:
            break
        text = stripped
    return _PROTECTED.sub(lambda match: html.unescape(match[0]), text)


def escape_markup(text: str) -> str:
    """The text as `strip_markup` reads it back: unchanged, unless it looks like markup."""
    if strip_markup(text) == text:
        return text
    return re.sub(r"[&<>]", lambda match: f"&#{ord(match[0])};", text)


def _without_tags(text: str) -> str:
    """Tags that are closed go; in “if a<b> or c” the signs are the title's own."""
    closed = {tag["name"].lower() for tag in _TAG.finditer(text) if tag["end"]} | _BREAKS

    def replacement(tag: re.Match[str]) -> str:
        name = tag["name"].lower()
        if not (tag["empty"] or name in closed):
            return tag[0]
        return " " if name in _BREAKS else ""

    return _TAG.sub(replacement, text)


def _character(match: re.Match[str]) -> str:
    """The character of a reference; a name that HTML does not know stays as it is."""
    return html.unescape(match[0])
