"""The rules that find a claim: a sentence with a figure, a comparison or an effect verb. Pure.

A claim needs a citation mark in its own sentence. Three kinds of sentence need none though they
look like claims: what the editors say of their own work ("we found no trial"), what the reader is
asked to do, and the editors' own arithmetic, which is marked as such. How well the rules agree with
a person is measured on `labelled.yaml` by `manage.py lint_content --measure`.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from publishing.claims.banned_words import banned_words
from publishing.claims.sentences import sentences
from remedies_site.documents import Document, holds_figure
from remedies_site.patterns import lazy_pattern


class ClaimSign(StrEnum):
    """What makes a sentence a claim."""

    FIGURE = "a figure"
    COMPARISON = "a comparison"
    EFFECT = "an effect verb"


_NAMES = lazy_pattern(
    r"\bomega-3\b|\b[A-Z]{1,4}-?\d{1,2}\b|\b(?:of|in|until) (?:19|20)\d\d\b", re.IGNORECASE
)
"""Digits that count nothing: B12, Q10, HIT-6, and the year of a work."""
_NUMBER_WORDS = lazy_pattern(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundred|thousand|half|halved|twice|doubled?|tripled?|quarter|"
    r"(?:a|one|two)[ -](?:third|fifth|tenth)s?|dozen|most of|majority)\b",
    re.IGNORECASE,
)
_COMPARISON = lazy_pattern(
    r"\b(?:than|compared with|as (?:often|well|much|many|likely|good|bad) as|(?:no |little |the )"
    r"(?:clear |or no |significant )*(?:differences?|effect|advantage)|differ(?:ed|s|ently)?|more common|"
    r"less common|more frequent|less frequent|more often|less often|milder|weaker|stronger|"
    r"(?:linked|related|tied) (?:with|to)|better|worse|fewer|sooner|denser|alike|"
    r"at most|at least)\b",
    re.IGNORECASE,
)
_EFFECT = lazy_pattern(
    r"\b(?:helps?|helped|reduc(?:es?|ed)|(?<!\ba )(?<!\bthe )lower(?:s|ed)?|rais(?:es?|ed)|improv(?:es?|ed)|eas(?:es?|ed)|"
    r"prevent(?:s|ed)?|causes|caused|(?:can|may|might|could|to|not|probably|together) cause|shorten(?:s|ed)?|lengthen(?:s|ed)?|treat(?:s|ed)|"
    r"increas(?:es?|ed)|decreas(?:es?|ed)|weaken(?:s|ed)?|strengthen(?:s|ed)?|slow(?:s|ed)|"
    r"block(?:s|ed)|relie(?:ves?|ved)|worsen(?:s|ed)?|fell|rose|drop(?:s|ped)|rated it|"
    r"protect(?:s|ed)?|harm(?:s|ed)|cur(?:es?|ed)|do(?:es)? no good)\b(?! by pharmacists)",
    re.IGNORECASE,
)

_OWN_WORDS = lazy_pattern(
    r"\(our arithmetic\)|\bour own (?:search|reading)\b|\bour (?:source|editors)\b|\bon file\b|"
    r"\bwe (?:do not know|cannot (?:tell|say|name)|can name no|are very unsure|found no|have no\b|have "
    r"read|read\b|know of no|name\b|show\b|call\b)|\bwhat we (?:have|read)\b|"
    r"\bsays? nothing\b|\b(?:does|do) not (?:tell|show|carry|mean)\b|\bwe have not\b|"
    r"\b(?:none of this|neither) shows\b|\bis not to know\b|"
    r"\bcannot (?:show|tell)\b|\bnobody can tell\b|\bis (?:only )?an idea\b|\bnot (?:proof|proven)\b|"
    r"\bno official dose\b|\bthere are no studies\b|\bhas not been\b|\bwe are unsure\b",
    re.IGNORECASE,
)
_INSTRUCTION = lazy_pattern(
    r"^(?:so )?(?:please )?(?:ask|tell|do not|don't|get|see|call|keep|use|stop|talk|have|measure|look|leave|"
    r"take|follow|always|never|check|show|for that,? look)\b",
    re.IGNORECASE,
)


def signs(text: str) -> list[ClaimSign]:
    """What in a sentence looks like a claim, whether or not it needs a source."""
    checks = {
        ClaimSign.FIGURE: _has_figure(text),
        ClaimSign.COMPARISON: _COMPARISON.search(text),
        ClaimSign.EFFECT: _EFFECT.search(text),
    }
    return [sign for sign, match in checks.items() if match]


def _has_figure(text: str) -> bool:
    without_names = _NAMES.sub("", text)
    return holds_figure(without_names) or _NUMBER_WORDS.search(without_names) is not None


def claims(text: str) -> list[ClaimSign]:
    """What makes a sentence a claim that needs a source; empty where it needs none."""
    if "(our arithmetic)" in text or text.endswith("?"):
        return []
    exempt = _OWN_WORDS.search(text) or _INSTRUCTION.search(text)
    return [] if exempt and not holds_figure(_NAMES.sub("", text)) else signs(text)


def claim_errors(document: Document) -> Iterator[tuple[str, str]]:
    """Claims without a source and banned words of a document, as (field path, message)."""
    yield from unsourced(document.prose())
    yield from banned_words(document)


def unsourced(prose: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each claim without a citation mark, as (field, message). `prose` is Markdown by field."""
    for field, text in prose.items():
        for sentence in sentences(text):
            if not sentence.keys and (claim_signs := claims(sentence.text)):
                first = claim_signs[0].value
                yield field, f"needs a source, for it holds {first}: “{sentence.text}”"
