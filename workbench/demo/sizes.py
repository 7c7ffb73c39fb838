"""How large a made-up site is, and what sizes make no site."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.demo.shapes import KIT

MOST = 10_000_000
"""More rows of one kind than anybody measures with."""


@dataclass(frozen=True)
class Sizes:
    """The seed, and how many rows of each kind."""

    seed: int = 1
    remedies: int = 400
    conditions: int = 200
    entries: int = 20_000
    comments: int = 200_000
    citations: int = 3_000
    members: int = 200

    def faults(self) -> Iterator[str]:
        """What makes no site, as sentences."""
        least = {"remedies": 1, "conditions": 1, "entries": 0, "comments": 0, "members": 1}
        for name, few in {**least, "citations": KIT}.items():
            if not few <= getattr(self, name) <= MOST:
                yield f"--{name} must be from {few} to {MOST:,}."
        pairs = self.remedies * self.conditions
        if self.entries > pairs:
            yield (
                f"--entries must be at most {pairs:,}: that is every remedy for every condition."
            )
