"""What a name that is not known may be meant for. Pure functions.

A guess is only a question. Where several names are near, all of them are asked about, also those that are a
little less near: one wrong letter can be another medicine (clonazepam, clobazam).
"""

import re
from collections.abc import Iterable, Mapping, Sequence

_LONG_NAME = 7
"""Letters from which on a name may differ from the right spelling by two instead of one."""
_MIN_LETTERS = 4
_MAX_GUESSES = 3


def guess_names(name: str, spellings: Iterable[str]) -> list[str]:
    """The near spellings with the same first letter, else the only one that begins so; at most three.

    Near by edits (a letter added, dropped or replaced, or two neighbours swapped): at most 1, or 2 for
    a long name.
    """
    if len(name) < _MIN_LETTERS:
        return []
    from rapidfuzz import process  # with the first unknown name, not with the process
    from rapidfuzz.distance import OSA

    candidates = [spelling for spelling in spellings if spelling[:1] == name[:1]]
    cutoff = 1 + (len(name) >= _LONG_NAME)
    near = process.extract(name, candidates, scorer=OSA.distance, score_cutoff=cutoff, limit=20)
    if near:
        ranked = sorted((distance, spelling) for spelling, distance, _index in near)
        return [spelling for _distance, spelling in ranked[:_MAX_GUESSES]]
    completions = {spelling for spelling in candidates if spelling.startswith(name)}
    return list(completions) if len(completions) == 1 else []


def correct_spelling(text: str, guesses: Mapping[str, Sequence[str]]) -> str:
    """The text with every guess that is the only one in the place of the name it is for."""
    for name, names in guesses.items():
        if len(names) == 1:
            replacement = names[0].replace("\\", r"\\")
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", replacement, text)
    return text
