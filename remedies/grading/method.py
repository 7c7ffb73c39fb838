"""What the method page prints: the rule's own constants, so that page and rule cannot differ."""

from dataclasses import dataclass
from fractions import Fraction

from remedies.choices import Certainty, JudgementKind, RiskOfBias
from remedies.grading import rule
from remedies.grading.rule import Body, Left
from remedies.grading.wording import exclusion_label, tier_label


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
        version=rule.VERSION,
        starts=[Start(tier_label(kind), Certainty.at_level(rule.START[kind])) for kind in Body],
        weights=[
            Weighed(str(RiskOfBias(bias).label), _percent(share))
            for bias, share in rule.BIAS_WEIGHT.items()
        ],
        most_weighed=rule.MOST_PEOPLE_WEIGHED,
        few=rule.FEW,
        some=rule.SOME,
        split=_percent(rule.SPLIT),
        uneven=_percent(rule.UNEVEN),
        half=_percent(rule.HALF),
        most_for_one_study=Certainty.at_level(rule.MOST_FOR_ONE_STUDY),
        most_by_judgement=Certainty.at_level(rule.MOST_BY_JUDGEMENT),
        judgements=[str(kind.label) for kind in JudgementKind],
        left_out=[exclusion_label(why) for why in Left],
    )


def _percent(share: Fraction) -> int:
    return int(share * 100)
