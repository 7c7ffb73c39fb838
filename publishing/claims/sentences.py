"""A Markdown text as its sentences, each with the citation marks that stand in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from citations.marks import keys_in
from remedies_site.markup import MARK
from remedies_site.patterns import lazy_pattern

_BLOCK = lazy_pattern(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)")
_LIST_MARKER = lazy_pattern(r"^\s*(?:[-*]|\d+\.)\s+")
# A sentence ends at its full stop (with a bracket, quote or bold mark that closes after it), before a
# space and a capital.
_END = lazy_pattern(r"(?<=[.!?])[\"”)*]*\s+(?=[*\"“(]*[A-Z0-9ÄÖÜ])")
_ABBREVIATION = lazy_pattern(r"(?:\b(?:e\.g|i\.e|vs|cf|Dr|No|p|pp|al)\.|\b[A-Z]\.)$")


@dataclass(frozen=True)
class Sentence:
    """One sentence without its citation marks, and the keys that the marks name."""

    text: str
    keys: tuple[str, ...]


def sentences(markdown: str) -> Iterator[Sentence]:
    """The sentences of a text in order; each item of a list and each heading is one at least."""
    for block in _BLOCK.split(markdown):
        for raw in _split(_LIST_MARKER.sub("", " ".join(block.split()))):
            text = MARK.sub("", raw)
            plain = re.sub(r"\s+([.,;:!?)])", r"\1", " ".join(text.replace("**", "").split()))
            if plain:
                yield Sentence(plain, tuple(keys_in(raw)))


def _split(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        part = text[start : end.start()]
        if _ABBREVIATION.search(part.rstrip('*"”)')):
            continue
        yield text[start : end.end()].strip()
        start = end.end()
    yield text[start:].strip()
