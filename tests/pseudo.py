"""Two languages that nobody speaks, made from the English sentences while a test runs.

One runs from right to left in Arabic letters; the other has words as long as German ones, and half
as many letters again. Pages in them show where a layout counts on English.
"""

import re
from collections.abc import Callable

LATIN = "abcdefghijklmnopqrstuvwxyz"
ARABIC = "ابجدهوزحطيكلمنسعفصقرشتثخذض"
TO_ARABIC = str.maketrans(LATIN + LATIN.upper(), ARABIC + ARABIC)
TAIL = "ungsverordnungszusammenhang"
LONGEST = 32

# What is no word of the sentence: names of values, elements, entities.
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]*>|&\w+;)")
PAIR = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?")


def right_to_left(message: str) -> str:
    """The same length in Arabic letters."""
    return _spoken(message, lambda words: words.translate(TO_ARABIC))


def long_words(message: str) -> str:
    """Every two words as one, half as long again."""
    return _spoken(message, lambda words: PAIR.sub(lambda pair: _compound(pair[0]), words))


def _compound(words: str) -> str:
    first, _space, second = words.partition(" ")
    wanted = round(len(words) * 1.5)
    if len(first) + len(second) > LONGEST - 4:
        return f"{first} {second}{TAIL[: wanted - len(words)]}"
    return (first + second.lower() + TAIL)[: max(wanted, len(first) + len(second))]


def _spoken(message: str, change: Callable[[str], str]) -> str:
    parts = KEPT.split(message)
    return "".join(part if KEPT.fullmatch(part) else change(part) for part in parts)
