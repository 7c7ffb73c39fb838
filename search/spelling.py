"""One word in its several spellings, and the nearest known word to one that is not known. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

# British and American parts of words, either way. Each stands for whole families (anaemia, anaemic).
_PAIRS = (
    ("coeliac", "celiac"), ("apnoea", "apnea"), ("diarrhoea", "diarrhea"), ("oedema", "edema"),
    ("oestr", "estr"), ("oesoph", "esoph"), ("foet", "fet"), ("haem", "hem"), ("aemi", "emi"),
    ("anaesth", "anesth"), ("paed", "ped"), ("gynaec", "gynec"), ("caec", "cec"), ("faec", "fec"),
    ("orthopaed", "orthoped"), ("leuk", "leuc"), ("tumour", "tumor"), ("colour", "color"),
    ("behaviour", "behavior"), ("flavour", "flavor"), ("odour", "odor"), ("fibre", "fiber"),
    ("litre", "liter"), ("centre", "center"), ("sulph", "sulf"), ("sceptic", "skeptic"),
    ("isation", "ization"), ("ise", "ize"), ("yse", "yze"), ("ageing", "aging"), ("grey", "gray"),
    ("manoeuv", "maneuv"), ("homoeo", "homeo"), ("dyspnoea", "dyspnea"), ("caesar", "cesar"),
    ("defence", "defense"), ("licence", "license"), ("practise", "practice"), ("ll", "l"),
)  # fmt: skip
_LEAST_FOR_ONE, _LEAST_FOR_TWO = 3, 8
"""Letters of a word from which on one letter, and two, may be wrong."""
_MOST_ALTERNATIVES = 3


def spellings(word: str) -> tuple[str, ...]:
    """The word, its singular, and either of them as the other side of the Atlantic spells it."""
    forms = [word, *_singulars(word)]
    for form in list(forms):
        forms += _across_the_sea(form)
    return tuple(dict.fromkeys(forms))


def _singulars(word: str) -> list[str]:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return []
    if word.endswith("ies") and len(word) > 4:
        return [word[:-3] + "y", word[:-1]]
    if word.endswith(("ches", "shes", "xes", "sses")):
        return [word[:-2], word[:-1]]
    return [word[:-1]]


def _across_the_sea(word: str) -> list[str]:
    found = []
    for british, american in _PAIRS:
        if british in word:
            found.append(word.replace(british, american))
        elif len(american) > 1 and american in word:
            found.append(word.replace(american, british))
    return found


def nearest(word: str, vocabulary: Counter[str]) -> list[str]:
    """The known words closest to one that nobody knows: one letter off, two in long words.

    `vocabulary` counts how often each word stands in a name. The same first letter is likelier meant,
    then the more frequent word; at most three that are equally near.
    """
    if len(word) < _LEAST_FOR_ONE:
        return []
    cutoff = 2 if len(word) >= _LEAST_FOR_TWO else 1
    near = process.extract(
        word, list(vocabulary), scorer=OSA.distance, score_cutoff=cutoff, limit=50
    )
    ranked = sorted(
        (distance, known[0] != word[0], -vocabulary[known], known)
        for known, distance, _index in near
        if len(known) >= _LEAST_FOR_ONE
    )
    return [known for distance, *_rest, known in ranked if distance == ranked[0][0]][
        :_MOST_ALTERNATIVES
    ]


def alike(query: str, names: Sequence[str], limit: int = 5) -> list[str]:
    """Names that look most like the query, for when nothing is found."""
    near = process.extract(query, names, scorer=fuzz.WRatio, score_cutoff=55, limit=limit * 3)
    return list(dict.fromkeys(name for name, *_rest in near))[:limit]


def counted(words: Iterable[str]) -> Counter[str]:
    """A vocabulary from words; single letters are left out."""
    return Counter(word for word in words if len(word) > 1)
