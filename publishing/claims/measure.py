"""Precision and recall of the claim rules on sentences that a person labelled beforehand."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from publishing.claims.rules import claims

LABELLED = Path(__file__).with_name("labelled.yaml")


@dataclass(frozen=True)
class RuleAccuracy:
    """The number of claims that were found, those missed, and sentences wrongly called claims."""

    true_positives: int
    missed: list[str] = field(default_factory=list)
    false_positives: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what the rules call a claim that is one."""
        return self.true_positives / (self.true_positives + len(self.false_positives))

    @property
    def recall(self) -> float:
        """Share of the claims that the rules find."""
        return self.true_positives / (self.true_positives + len(self.missed))


def measure() -> RuleAccuracy:
    """Apply the rules to every labelled sentence."""
    true_positives, missed, false_positives = 0, [], []
    for labelled in yaml.safe_load(LABELLED.read_text(encoding="utf-8")):
        text, is_claim = labelled["says"], labelled["claim"]
        if not claims(text):
            missed += [text] if is_claim else []
        elif is_claim:
            true_positives += 1
        else:
            false_positives.append(text)
    return RuleAccuracy(true_positives, missed, false_positives)
