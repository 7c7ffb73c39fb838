"""Variant spellings of a word, and the nearest words of a vocabulary to a misspelled one. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from search.normalizing import search_text

# British and American parts of words. Each covers a whole family of words (anaemia, anaemic).
_VARIANTS = (
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
_MIN_LENGTH_ONE_ERROR, _MIN_LENGTH_TWO_ERRORS = 3, 8
"""Letters that a word must have for one or two of them to be corrected."""
_MAX_CORRECTIONS = 3
_SIMILAR = 70.0
"""The lowest similarity of a name that is offered, from 0 to 100."""


def spellings(word: str) -> tuple[str, ...]:
    """The word first, its possible singulars, and the British and American variants of each."""
    forms = [word, *_singulars(word)]
    for form in list(forms):
        forms += _british_american_variants(form)
    return tuple(dict.fromkeys(forms))


def _singulars(word: str) -> list[str]:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return []
    if word.endswith("ies") and len(word) > 4:
        return [word[:-3] + "y", word[:-1]]
    if word.endswith(("ches", "shes", "xes", "sses")):
        return [word[:-2], word[:-1]]
    return [word[:-1]]


def _british_american_variants(word: str) -> list[str]:
    variants = []
    for british, american in _VARIANTS:
        if british in word:
            variants.append(word.replace(british, american))
        elif len(american) > 1 and american in word:
            variants.append(word.replace(american, british))
    return variants


def nearest_words(word: str, vocabulary: Counter[str]) -> list[str]:
    """The nearest words of the vocabulary by edit distance, at most three, all equally distant.

    One edit (a letter added, dropped or replaced, or two neighbours swapped) is allowed in words from
    3 letters, two from 8. `vocabulary` counts in how many names a word occurs: words with the same
    first letter come first, then the more frequent.
    """
    if len(word) < _MIN_LENGTH_ONE_ERROR:
        return []
    from rapidfuzz import process  # with the first wrong letter, not with the process
    from rapidfuzz.distance import OSA

    cutoff = 2 if len(word) >= _MIN_LENGTH_TWO_ERRORS else 1
    near = process.extract(
        word, list(vocabulary), scorer=OSA.distance, score_cutoff=cutoff, limit=50
    )
    ranked = sorted(
        (distance, candidate[0] != word[0], -vocabulary[candidate], candidate)
        for candidate, distance, _index in near
        if len(candidate) >= _MIN_LENGTH_ONE_ERROR
    )
    return [candidate for distance, *_rest, candidate in ranked if distance == ranked[0][0]][
        :_MAX_CORRECTIONS
    ]


def similar_names(query: str, names: Sequence[str], limit: int = 5) -> list[str]:
    """The names most similar to the query, best first, for a search without results.

    A name is similar where the whole of it, or one of its words, is spelled as nearly as `_SIMILAR` says.
    """
    normalized = search_text(query)
    scores = {name: _similarity(normalized, search_text(name)) for name in names}
    near = sorted((-score, name) for name, score in scores.items() if score >= _SIMILAR)
    return [name for _score, name in near[:limit]]


def _similarity(query: str, name: str) -> float:
    """The highest ratio of the query to the name or to one of its words, from 0 to 100."""
    from rapidfuzz import fuzz

    words = [word for word in name.split() if len(word) >= _MIN_LENGTH_ONE_ERROR]
    return max(fuzz.ratio(query, form, score_cutoff=_SIMILAR) for form in [name, *words])


def count_words(words: Iterable[str]) -> Counter[str]:
    """How often each word occurs; single letters are left out."""
    return Counter(word for word in words if len(word) > 1)
