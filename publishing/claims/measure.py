"""How well the rules agree with a person, on sentences labelled before the rules were written."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from publishing.claims.rules import claims

LABELLED = Path(__file__).with_name("labelled.yaml")


@dataclass(frozen=True)
class Measured:
    """Claims found, claims missed, and sentences wrongly called claims."""

    right: int
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what the rules call a claim that is one."""
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """Share of the claims that the rules find."""
        return self.right / (self.right + len(self.missed))


def measure() -> Measured:
    """Run the rules over the labelled sentences."""
    labelled = yaml.safe_load(LABELLED.read_text(encoding="utf-8"))
    right, missed, wrong = 0, [], []
    for one in labelled:
        found = bool(claims(one["says"]))
        if found and one["claim"]:
            right += 1
        elif found:
            wrong.append(one["says"])
        elif one["claim"]:
            missed.append(one["says"])
    return Measured(right, missed, wrong)
