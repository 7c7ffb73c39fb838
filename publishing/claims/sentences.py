"""A Markdown text as its sentences, each with the citation marks that stand in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from citations.marks import keys_in
from remedies_site.markup import MARK

_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)")
_LIST_SIGN = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
# A sentence ends at its sign (with a bracket, quote or bold sign that closes after it) before a blank.
_END = re.compile(r"(?<=[.!?])[\"”)*]*\s+(?=[*\"“(]*[A-Z0-9ÄÖÜ])")
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|vs|cf|Dr|No|p|pp|al)\.|\b[A-Z]\.)$")


@dataclass(frozen=True)
class Sentence:
    """One sentence without its marks, and the keys that the marks name."""

    text: str
    keys: tuple[str, ...]


def sentences(markdown: str) -> Iterator[Sentence]:
    """The sentences of a text in order; each item of a list and each heading is one at least."""
    for block in _BLOCK.split(markdown):
        for raw in _split(_LIST_SIGN.sub("", " ".join(block.split()))):
            text = MARK.sub("", raw)
            plain = re.sub(r"\s+([.,;:!?)])", r"\1", " ".join(text.replace("**", "").split()))
            if plain:
                yield Sentence(plain, tuple(keys_in(raw)))


def _split(text: str) -> Iterator[str]:
    begin = 0
    for end in _END.finditer(text):
        part = text[begin : end.start()]
        if _SHORT.search(part.rstrip('*"”)')):
            continue
        yield text[begin : end.end()].strip()
        begin = end.end()
    yield text[begin:].strip()
