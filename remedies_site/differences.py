"""What differs between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MAX_COMPARISONS = 4_000_000
"""Words of one text times words of the other; beyond it the comparison would hold up the request."""


@dataclass(frozen=True)
class Segment:
    """A run of words: in both texts, in the first alone (`removed`), or in the second alone."""

    kind: Literal["same", "removed", "added"]
    text: str


def differences(before: str, after: str) -> list[Segment]:
    """The segments that lead from one text to the other.

    The segments that are not `added` spell `before`, those that are not `removed` spell `after`. Very
    long texts that have little in common are compared line by line.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    start = _common_length(old, new)
    end = _common_length(old[start:][::-1], new[start:][::-1])
    old_end, new_end = len(old) - end, len(new) - end
    segments = [
        Segment("same", "".join(old[:start])),
        *_changed(old[start:old_end], new[start:new_end]),
        Segment("same", "".join(old[old_end:])),
    ]
    return [segment for segment in segments if segment.text]


def _common_length(old: list[str], new: list[str]) -> int:
    """How many words the lists share from their beginning."""
    pairs = zip(old, new, strict=False)
    return next(
        (index for index, (left, right) in enumerate(pairs) if left != right),
        min(len(old), len(new)),
    )


def _changed(old: list[str], new: list[str]) -> list[Segment]:
    """The segments of two texts that begin and end differently; blanks alone keep no two changes apart."""
    if len(old) * len(new) > _MAX_COMPARISONS:
        old, new = (_lines(words) for words in (old, new))
    if len(old) * len(new) > _MAX_COMPARISONS:
        return [Segment("removed", "".join(old)), Segment("added", "".join(new))]
    segments: list[Segment] = []
    removed = added = ""
    for tag, left, right, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        text, other = "".join(old[left:right]), "".join(new[first:last])
        if tag == "equal" and not text.isspace():
            segments += [Segment("removed", removed), Segment("added", added)]
            segments.append(Segment("same", text))
            removed = added = ""
        else:
            removed, added = removed + text, added + other
    return [*segments, Segment("removed", removed), Segment("added", added)]


def _lines(words: list[str]) -> list[str]:
    return "".join(words).splitlines(keepends=True)
