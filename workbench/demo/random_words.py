"""Random generators by seed, and the made-up words and texts they make."""

from collections.abc import Iterator
from random import Random

_CONSONANTS, _VOWELS, _ENDINGS = "bdfgklmnprstvz", "aeiou", ("", "n", "l", "s")


def generator(seed: int, purpose: str) -> Random:
    """A generator of its own for each purpose, so that more rows in one table change no other."""
    return Random(f"{seed} {purpose}")  # noqa: S311  (for measurements, not for secrets)


def random_word(random: Random, syllables: int = 3) -> str:
    """A word that can be pronounced and means nothing: “tovalin”, “remuka”."""
    body = "".join(random.choice(_CONSONANTS) + random.choice(_VOWELS) for _ in range(syllables))
    return body + random.choice(_ENDINGS)


def random_names(random: Random) -> Iterator[str]:
    """Different capitalised words, without end."""
    used: set[str] = set()
    while True:
        name = random_word(random, random.choice((3, 3, 4))).capitalize()
        if name not in used:
            used.add(name)
            yield name


def random_text(random: Random) -> str:
    """One to three paragraphs of sentences that mean nothing and say so."""
    return "\n\n".join(
        " ".join(_sentence(random) for _ in range(random.randint(1, 4)))
        for _ in range(random.choice((1, 1, 1, 2, 3)))
    )


def _sentence(random: Random) -> str:
    words = [random_word(random, random.choice((1, 2, 2, 3))) for _ in range(random.randint(4, 14))]
    return f"Made up: {' '.join(words)}."
