"""What the method page prints: the rule's own constants, so that page and rule cannot differ."""

from dataclasses import dataclass
from fractions import Fraction

from remedies.evidence import grading
from remedies.evidence.grading import Body, Left
from remedies.evidence.words import LEVEL_CERTAINTY, body_words, left_words
from remedies.vocabulary import Certainty, JudgementKind, RiskOfBias


@dataclass(frozen=True)
class Start:
    """A kind of evidence and where the rule begins for it."""

    kind: str
    certainty: Certainty


@dataclass(frozen=True)
class Weighed:
    """A judgement of bias and the share of its weight that a study keeps, in percent."""

    bias: str
    percent: int


@dataclass(frozen=True)
class Method:
    """Thresholds, weights and caps of the rule, ready to print. Shares are in percent."""

    version: str
    starts: list[Start]
    weights: list[Weighed]
    most_weighed: int
    few: int
    some: int
    split: int
    uneven: int
    half: int
    most_for_one_study: Certainty
    most_by_judgement: Certainty
    judgements: list[str]
    left_out: list[str]


def method() -> Method:
    """The rule as it runs now."""
    return Method(
        version=grading.VERSION,
        starts=[Start(body_words(kind), LEVEL_CERTAINTY[grading.START[kind]]) for kind in Body],
        weights=[
            Weighed(str(RiskOfBias(bias).label), _percent(share))
            for bias, share in grading.BIAS_WEIGHT.items()
        ],
        most_weighed=grading.MOST_PEOPLE_WEIGHED,
        few=grading.FEW,
        some=grading.SOME,
        split=_percent(grading.SPLIT),
        uneven=_percent(grading.UNEVEN),
        half=_percent(grading.HALF),
        most_for_one_study=LEVEL_CERTAINTY[grading.MOST_FOR_ONE_STUDY],
        most_by_judgement=LEVEL_CERTAINTY[grading.MOST_BY_JUDGEMENT],
        judgements=[str(kind.label) for kind in JudgementKind],
        left_out=[left_words(why) for why in Left],
    )


def _percent(share: Fraction) -> int:
    return int(share * 100)
