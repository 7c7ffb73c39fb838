"""Made-up words that can be pronounced, and dice that fall the same for the same seed."""

from collections.abc import Iterator
from random import Random

_FIRST, _VOWELS, _LAST = "bdfgklmnprstvz", "aeiou", ("", "n", "l", "s")


def dice(seed: int, what: str) -> Random:
    """Chance for one table alone: more rows of another table do not move it."""
    return Random(f"{seed} {what}")  # noqa: S311  (for measuring, not for secrets)


def word(chance: Random, syllables: int = 3) -> str:
    """“tovalin”, “remuka”: no word of any language that we know."""
    body = "".join(chance.choice(_FIRST) + chance.choice(_VOWELS) for _ in range(syllables))
    return body + chance.choice(_LAST)


def names(chance: Random) -> Iterator[str]:
    """Words with a capital, without end, none of them twice."""
    told: set[str] = set()
    while True:
        name = word(chance, chance.choice((3, 3, 4))).capitalize()
        if name not in told:
            told.add(name)
            yield name


def talk(chance: Random) -> str:
    """One to three paragraphs of what somebody might write, in words that mean nothing."""
    return "\n\n".join(
        " ".join(_sentence(chance) for _ in range(chance.randint(1, 4)))
        for _ in range(chance.choice((1, 1, 1, 2, 3)))
    )


def _sentence(chance: Random) -> str:
    words = [word(chance, chance.choice((1, 2, 2, 3))) for _ in range(chance.randint(4, 14))]
    return f"Made up: {' '.join(words)}."
