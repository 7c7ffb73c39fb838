"""Who answers whom in a made-up site: the shape of every discussion, without rows."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from random import Random

from discussions.choices import State
from discussions.models.comment import DEEPEST
from workbench.demo.sizes import Sizes
from workbench.demo.wordlist import dice


@dataclass(slots=True)
class Said:
    """One contribution, named by its place in the order of time."""

    number: int
    subject: int
    parent: "Said | None"
    root: "Said | None"
    author: int
    state: State = State.VISIBLE
    replies: int = 0

    @property
    def depth(self) -> int:
        """How far below its root."""
        return 0 if self.parent is None else self.parent.depth + 1


@dataclass(slots=True)
class Discussions:
    """Everything that is said, by depth: what is answered comes before its answers."""

    levels: list[list[Said]] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)


def discussions(sizes: Sizes, subjects: int) -> Discussions:
    """Spread the comments over subjects 0, 1, …: few are talked of much, most of them little."""
    chance = dice(sizes.seed, "comments")
    order = list(range(subjects))
    chance.shuffle(order)
    told: dict[int, list[Said]] = defaultdict(list)
    levels: dict[int, list[Said]] = defaultdict(list)
    for number in range(sizes.comments):
        subject = order[int(subjects * chance.random() ** 3)]
        said = _say(number, subject, told[subject], chance, sizes.members)
        told[subject].append(said)
        levels[said.depth].append(said)
    return Discussions([levels[depth] for depth in sorted(levels)], sorted(told))


def _say(number: int, subject: int, earlier: list[Said], chance: Random, members: int) -> Said:
    parent = chance.choice(earlier) if earlier and chance.random() < 0.55 else None
    if parent is not None and parent.depth >= DEEPEST:
        parent = parent.parent
    root = (parent.root or parent) if parent else None
    said = Said(number, subject, parent, root, chance.randrange(members))
    said.state = chance.choices((State.VISIBLE, State.DELETED, State.REMOVED), weights=(97, 2, 1))[
        0
    ]
    if said.state is State.VISIBLE and parent is not None and root is not None:
        parent.replies += 1
        if parent is not root:
            root.replies += 1
    return said


def votes(chance: Random, members: int, most: int) -> list[tuple[int, int]]:
    """Who votes on one thing, and how: few votes on most, many on some."""
    count = min(members, int((most + 1) * chance.random() ** 3))
    lean = chance.choice((0.35, 0.6, 0.85))
    return [
        (voter, 1 if chance.random() < lean else -1)
        for voter in chance.sample(range(members), count)
    ]


def counted(cast: list[tuple[int, int]]) -> dict[str, int]:
    """The two counters of what was voted on."""
    values = Counter(value for _voter, value in cast)
    return {"up_count": values[1], "down_count": values[-1]}
