"""Whether the words of a verdict fit the grade (the word table of the design). Pure functions."""

import re
from collections.abc import Iterator

from publishing.claims.sentences import sentences
from remedies.choices import Certainty, Effect

_UNSURE = re.compile(r"\b(?:do not know|very unsure)\b", re.IGNORECASE)
_MIXED = re.compile(r"\b(?:mixed|depends?|disagree|differ)\b", re.IGNORECASE)
_WITHOUT_STUDIES = {
    Certainty.NO_STUDIES: "no studies in people",
    Certainty.NOT_BY_MOUTH: "no studies by mouth",
    Certainty.NOT_SEARCHED: "not searched",
}
_MAY = re.compile(r"\bmay\b", re.IGNORECASE)
_PROBABLY = re.compile(r"\bprobably\b", re.IGNORECASE)
_MAY_ACT = re.compile(
    r"\bmay (?:help|reduce|lower|ease|improve|prevent|shorten|raise|make)\b", re.IGNORECASE
)


def verdict_errors(verdict: str, certainty: Certainty, effect: Effect) -> Iterator[str]:
    """What in a verdict (Markdown) does not fit its computed grade, as messages to an editor."""
    texts = [sentence.text for sentence in sentences(verdict)]
    whole, first = " ".join(texts), (texts or [""])[0]
    grade = f"“{certainty.label}”"
    if words := _WITHOUT_STUDIES.get(certainty):
        if words not in whole.lower():
            yield f"must say “{words}”: the grade is {grade}"
    elif effect is Effect.MIXED:
        if not _MIXED.search(whole):
            yield "must say that results are mixed: that is the computed effect"
    elif certainty is Certainty.VERY_LOW and not _UNSURE.search(whole):
        yield f"must say that we do not know: the grade is {grade}"
    elif certainty is Certainty.LOW and not _MAY.search(whole):
        yield f"must say “may”: the grade is {grade}"
    elif certainty is Certainty.MODERATE and not _PROBABLY.search(whole):
        yield f"must say “probably”: the grade is {grade}"
    if _promises_too_much(first, certainty):
        yield f"says more than its grade allows, which is {grade}"
    if certainty is Certainty.HIGH and (_MAY_ACT.search(first) or _PROBABLY.search(first)):
        yield f"says less than its grade allows, which is {grade}"


def _promises_too_much(first: str, certainty: Certainty) -> bool:
    """Whether the first sentence, which is about the use itself, promises too much."""
    if certainty in {Certainty.LOW, Certainty.VERY_LOW} and _PROBABLY.search(first):
        return True
    return certainty is Certainty.VERY_LOW and _MAY_ACT.search(first) is not None
