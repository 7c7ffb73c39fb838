"""Whether the words of a verdict fit the grade (the word table of the design). Pure functions.

Each sentence is read for statements of an effect: a verb in the present tense, with the hedge that
governs it, a negation, and which way it points. Results of studies stand in the past tense and are
no such statements. How well this agrees with a person is a test on labelled verdicts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from publishing.claims.sentences import sentences
from remedies.choices import Certainty, Effect
from remedies_site.patterns import lazy_pattern


class Hedge(IntEnum):
    """How sure a statement sounds."""

    UNSURE = 0
    MAY = 1
    PROBABLY = 2
    BARE = 3


class Pointing(StrEnum):
    """Which way a statement points."""

    GOOD = "good"
    BAD = "bad"
    NO_DIFFERENCE = "no difference"


@dataclass(frozen=True)
class VerdictStatement:
    """An effect that a sentence states; `of_remedy` where the remedy or a pronoun is its subject."""

    hedge: Hedge
    pointing: Pointing
    of_remedy: bool
    words: str


_GOOD = (
    r"helps?|eases?|reduces?|lowers?|improves?|prevents?|shortens?|relieves?|protects?|cures?|"
    r"corrects?|works?(?= (?:for|against|better))"
)
_BAD = r"harms?|worsens?|causes?|rais(?:e|es) the risks?|makes? [^.;:]{0,60}?worse"
_NO_DIFFERENCE = r"makes? (?:probably )?(?:little or no|no|little) (?:clear )?difference"
_VERB = lazy_pattern(
    rf"\b(?:(?P<none>{_NO_DIFFERENCE})|(?P<bad>{_BAD})|(?P<good>{_GOOD}))\b", re.IGNORECASE
)
_CLAUSE = lazy_pattern(r"[;:]| but | and (?=(?:it|they|has|have|is)\b)")
_UNSURE = lazy_pattern(
    r"\b(?:whether|if|how|unsure|unclear|not known|do not know|cannot (?:say|tell))\b",
    re.IGNORECASE,
)
_MAY = lazy_pattern(r"\b(?:may|might|could|can)\b", re.IGNORECASE)
_PROBABLY = lazy_pattern(r"\b(?:probably|likely)\b", re.IGNORECASE)
_NOT = lazy_pattern(r"\b(?:not|no|never|neither)\b(?: \w+){0,2}$", re.IGNORECASE)
_NOUN = lazy_pattern(r"\b(?:a|an|the|of|some|any|more|little|no|first|to)$", re.IGNORECASE)
_PRONOUN = lazy_pattern(r"^(?:it|they|this|these)\b", re.IGNORECASE)
_INSTRUCTION = lazy_pattern(
    r"^(?:keep|ask|talk|see|get|call|do not|take|use|follow|always|never|tell|stop)\b",
    re.IGNORECASE,
)
_SAYS_UNSURE = lazy_pattern(r"\b(?:do not know|very unsure)\b", re.IGNORECASE)
_SAYS_MIXED = lazy_pattern(r"\b(?:mixed|depends?|disagree|differ)\b", re.IGNORECASE)
_ABSOLUTE = lazy_pattern(
    r"\b(?:harmless|(?:perfectly|completely|entirely|totally|absolutely) safe|no side effects|"
    r"without (?:any )?(?:side effects|risks?)|free (?:of|from) (?:side effects|risks?))\b",
    re.IGNORECASE,
)
_WITHOUT_STUDIES = {
    Certainty.NO_STUDIES: "no studies in people",
    Certainty.NOT_BY_MOUTH: "no studies by mouth",
    Certainty.NOT_SEARCHED: "not searched",
}
_HEDGE_OF = {
    Certainty.HIGH: Hedge.BARE,
    Certainty.MODERATE: Hedge.PROBABLY,
    Certainty.LOW: Hedge.MAY,
    Certainty.VERY_LOW: Hedge.UNSURE,
}
_POINTING_OF = {
    Effect.BENEFIT: Pointing.GOOD,
    Effect.CORRECTS: Pointing.GOOD,
    Effect.HARM: Pointing.BAD,
    Effect.CAUSES: Pointing.BAD,
    Effect.NONE: Pointing.NO_DIFFERENCE,
}


def verdict_errors(
    verdict: str, certainty: Certainty, effect: Effect, remedy: str = ""
) -> Iterator[str]:
    """What in a verdict (Markdown) does not fit its computed grade, as messages to an editor.

    `remedy` is the remedy's name or slug: statements about anything else are left alone.
    """
    texts = [sentence.text for sentence in sentences(verdict)]
    whole = " ".join(texts)
    found = [statement for text in texts for statement in statements(text, remedy)]
    if match := _ABSOLUTE.search(whole):
        yield f"must not say “{match[0]}”: say for whom, and how that is known"
    if words := _WITHOUT_STUDIES.get(certainty):
        if words not in whole.lower():
            yield f"must say “{words}”: the grade is “{certainty.label}”"
        return
    yield from _required_words(whole, certainty, effect)
    first = next((statement for statement in found if statement.of_remedy), None)
    if first is not None:
        yield from _first_statement(first, certainty, effect)
    for statement in found:
        if statement.of_remedy and statement is not first:
            yield from _later_statement(statement, certainty)


def _required_words(whole: str, certainty: Certainty, effect: Effect) -> Iterator[str]:
    grade = f"“{certainty.label}”"
    if effect is Effect.MIXED:
        if not _SAYS_MIXED.search(whole):
            yield "must say that results are mixed: that is the computed effect"
    elif certainty is Certainty.VERY_LOW and not _SAYS_UNSURE.search(whole):
        yield f"must say that we do not know: the grade is {grade}"
    elif certainty is Certainty.LOW and not _MAY.search(whole):
        yield f"must say “may”: the grade is {grade}"
    elif certainty is Certainty.MODERATE and not _PROBABLY.search(whole):
        yield f"must say “probably”: the grade is {grade}"


def _first_statement(
    first: VerdictStatement, certainty: Certainty, effect: Effect
) -> Iterator[str]:
    """The first statement is the answer: its hedge is that of the grade, and so is its direction."""
    expected = _HEDGE_OF[certainty]
    if effect is not Effect.MIXED and first.hedge > expected:
        yield f"says more than its grade allows, which is “{certainty.label}”: “{first.words}”"
    if effect is not Effect.MIXED and expected > first.hedge > Hedge.UNSURE:
        yield f"says less than its grade allows, which is “{certainty.label}”: “{first.words}”"
    pointing = _POINTING_OF.get(effect)
    if pointing and first.hedge is not Hedge.UNSURE and first.pointing is not pointing:
        yield f"denies the computed effect, which is “{effect.label}”: “{first.words}”"


def _later_statement(statement: VerdictStatement, certainty: Certainty) -> Iterator[str]:
    """What follows may speak of something else, but not more surely than the grade."""
    most = max(_HEDGE_OF[certainty], Hedge.MAY) if statement.pointing is Pointing.BAD else None
    if statement.hedge > (most or _HEDGE_OF[certainty]):
        yield f"says more than its grade allows, which is “{certainty.label}”: “{statement.words}”"


def statements(sentence: str, remedy: str = "") -> list[VerdictStatement]:
    """The effects that a sentence states, in their order; none in an instruction."""
    if _INSTRUCTION.search(sentence):
        return []
    found = []
    start = 0
    for clause in _CLAUSE.split(sentence):
        place = sentence.index(clause, start)
        start = place + len(clause)
        for verb in _VERB.finditer(clause):
            before = clause[: verb.start()].rstrip()
            if _NOUN.search(before) and not _MAY.search(before):
                continue  # “the harm”, “little help”: a noun
            found.append(
                VerdictStatement(
                    hedge=_hedge(before, sentence[:place]),
                    pointing=_pointing(verb, before),
                    of_remedy=_is_of_remedy(before, sentence, remedy),
                    words=" ".join(f"{before} {verb[0]}".split()),
                )
            )
    return found


def _hedge(before: str, earlier: str) -> Hedge:
    """The hedge that governs a verb: in its own clause, before it; doubt may begin the sentence."""
    if _UNSURE.search(before) or re.search(r"\bwhether\b[^;:.]*$", earlier, re.IGNORECASE):
        return Hedge.UNSURE
    if _PROBABLY.search(before):
        return Hedge.PROBABLY
    return Hedge.MAY if _MAY.search(before) else Hedge.BARE


def _pointing(verb: re.Match[str], before: str) -> Pointing:
    if verb["none"] or _NOT.search(before):
        return Pointing.NO_DIFFERENCE
    return Pointing.BAD if verb["bad"] else Pointing.GOOD


def _is_of_remedy(before: str, sentence: str, remedy: str) -> bool:
    if _PRONOUN.search(before.strip()) or not remedy:
        return True
    name = remedy.replace("-", " ").lower()
    return name in before.replace("-", " ").lower() or sentence.lower().startswith("it is likely")
