"""The size of a demo site, and its limits."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.demo.demo_documents import WORKS_PER_SET

MAX_ROWS = 10_000_000
"""The most rows of one kind; no measurement needs more."""


@dataclass(frozen=True)
class Sizes:
    """The seed of the random generators, and the number of rows of each kind."""

    seed: int = 1
    remedies: int = 400
    conditions: int = 200
    entries: int = 20_000
    comments: int = 200_000
    citations: int = 3_000
    members: int = 200

    def errors(self) -> Iterator[str]:
        """A message for each size that makes no site, in the words of the command's options."""
        least = {"remedies": 1, "conditions": 1, "entries": 0, "comments": 0, "members": 1}
        for name, minimum in {**least, "citations": WORKS_PER_SET}.items():
            if not minimum <= getattr(self, name) <= MAX_ROWS:
                yield f"--{name} must be from {minimum} to {MAX_ROWS:,}."
        pairs = self.remedies * self.conditions
        if self.entries > pairs:
            yield (
                f"--entries must be at most {pairs:,}: that is every remedy for every condition."
            )
