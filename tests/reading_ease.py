"""How hard a text is to read: the Flesch-Kincaid grade (Kincaid and others, 1975).

0.39 × words a sentence + 11.8 × syllables a word - 15.59. Syllables are counted by groups of vowels,
which is right for nearly all English words and never off by more than one in short ones.
"""

import re
from collections.abc import Set

from publishing.claims.sentences import sentences

_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|\d[\d.,]*")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^laeiouytd]ed|[^laeiouy]e)$")
_VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """Syllables of one word; a figure is read as one."""
    if word[0].isdigit():
        return 1
    spoken = _SILENT.sub("", word.lower()) if len(word) > 3 else word.lower()
    return max(1, len(_VOWELS.findall(spoken)))


def grade(markdown: str, names: Set[str] = frozenset()) -> float:
    """The grade of school at which a text is read easily, `names` (lower case) left out."""
    told = [sentence.text for sentence in sentences(markdown)]
    words = [word for word in _WORD.findall(" ".join(told)) if word.lower() not in names]
    if not words:
        return 0.0
    per_word = sum(syllables(word) for word in words) / len(words)
    return 0.39 * len(words) / len(told) + 11.8 * per_word - 15.59
