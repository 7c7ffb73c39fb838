"""What the page about grading prints: the rule's own constants, so that page and rule cannot differ."""

from dataclasses import dataclass

from remedies.choices import Certainty, JudgementKind, RiskOfBias
from remedies.grading import scale
from remedies.grading.scale import EvidenceTier, ExclusionReason
from remedies.grading.wording import exclusion_label, tier_label


@dataclass(frozen=True)
class TierStart:
    """A tier of evidence and where the rule begins for it."""

    kind: str
    certainty: Certainty


@dataclass(frozen=True)
class BiasShare:
    """A judgement of bias and the share of its weight that a study keeps, in percent."""

    bias: str
    percent: int


@dataclass(frozen=True)
class GradingMethod:
    """Thresholds, weights and caps of the rule, ready to print. Shares are in percent."""

    version: str
    starts: list[TierStart]
    weights: list[BiasShare]
    most_weighed: int
    few: int
    some: int
    split: int
    uneven: int
    half: int
    near: int
    newer_share: int
    ratio_percent: int
    most_for_one_study: Certainty
    most_by_judgement: Certainty
    judgements: list[str]
    exclusions: list[str]


def grading_method() -> GradingMethod:
    """The rule as it runs now, by its constants."""
    return GradingMethod(
        version=scale.VERSION,
        starts=[
            TierStart(tier_label(tier), Certainty.at_level(scale.START_LEVEL[tier]))
            for tier in EvidenceTier
        ],
        weights=[
            BiasShare(str(RiskOfBias(bias).label), int(share * 100))
            for bias, share in scale.BIAS_WEIGHT.items()
        ],
        most_weighed=scale.MOST_PEOPLE_WEIGHED,
        few=scale.FEW,
        some=scale.SOME,
        split=int(scale.SPLIT * 100),
        uneven=int(scale.UNEVEN * 100),
        half=int(scale.HALF * 100),
        near=int(scale.NEAR * 100),
        newer_share=int(scale.NEWER_SHARE * 100),
        ratio_percent=int(scale.RATIO_THAT_MATTERS * 100),
        most_for_one_study=Certainty.at_level(scale.MOST_FOR_ONE_STUDY),
        most_by_judgement=Certainty.at_level(scale.MOST_BY_JUDGEMENT),
        judgements=[str(kind.label) for kind in JudgementKind],
        exclusions=[exclusion_label(reason) for reason in ExclusionReason],
    )
