"""The structure of the demo discussions: who replies to whom and who votes, without rows."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from random import Random

from discussions.choices import State
from discussions.models.comment import MAX_DEPTH
from workbench.demo.random_words import generator
from workbench.demo.sizes import Sizes


@dataclass(slots=True)
class PlannedComment:
    """A comment; `number` is its place in the order of time over all discussions.

    `subject` and `author` are positions in the lists of subjects and members. `replies` counts the
    visible direct replies, for a root all visible replies below it.
    """

    number: int
    subject: int
    parent: "PlannedComment | None"
    root: "PlannedComment | None"
    author: int
    state: State = State.VISIBLE
    replies: int = 0

    @property
    def depth(self) -> int:
        """The number of comments above it; 0 for a root."""
        return 0 if self.parent is None else self.parent.depth + 1


@dataclass(frozen=True)
class DiscussionPlan:
    """All comments as one list for each depth, and the subjects that have any comments."""

    levels: list[list[PlannedComment]]
    subjects: list[int]


def plan_discussions(sizes: Sizes, subjects: int) -> DiscussionPlan:
    """Spread the comments unevenly over subjects 0, 1, …: most of them on a few subjects."""
    random = generator(sizes.seed, "comments")
    order = list(range(subjects))
    random.shuffle(order)
    by_subject: dict[int, list[PlannedComment]] = defaultdict(list)
    levels: dict[int, list[PlannedComment]] = defaultdict(list)
    for number in range(sizes.comments):
        subject = order[int(subjects * random.random() ** 3)]
        comment = _plan_comment(number, subject, by_subject[subject], random, sizes.members)
        by_subject[subject].append(comment)
        levels[comment.depth].append(comment)
    return DiscussionPlan([levels[depth] for depth in sorted(levels)], sorted(by_subject))


def _plan_comment(
    number: int, subject: int, earlier: list[PlannedComment], random: Random, members: int
) -> PlannedComment:
    """A new root, or a reply to an earlier comment, counted in `replies` of its parent and root."""
    parent = random.choice(earlier) if earlier and random.random() < 0.55 else None
    if parent is not None and parent.depth >= MAX_DEPTH:
        parent = parent.parent
    root = (parent.root or parent) if parent else None
    comment = PlannedComment(number, subject, parent, root, random.randrange(members))
    states = (State.VISIBLE, State.DELETED, State.REMOVED)
    comment.state = random.choices(states, weights=(97, 2, 1))[0]
    if comment.state is State.VISIBLE and parent is not None and root is not None:
        parent.replies += 1
        if parent is not root:
            root.replies += 1
    return comment


def random_votes(random: Random, members: int, at_most: int) -> list[tuple[int, int]]:
    """Pairs of a voter's position and 1 or -1; few votes in most cases, many in some."""
    count = min(members, int((at_most + 1) * random.random() ** 3))
    up_share = random.choice((0.35, 0.6, 0.85))
    return [
        (voter, 1 if random.random() < up_share else -1)
        for voter in random.sample(range(members), count)
    ]


def count_votes(votes: list[tuple[int, int]]) -> dict[str, int]:
    """The values of the columns `up_count` and `down_count`."""
    values = Counter(value for _voter, value in votes)
    return {"up_count": values[1], "down_count": values[-1]}
