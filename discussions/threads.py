"""From a flat list of comments to reading order. Plain Python."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar


class Placed(Protocol):
    """What a comment's place is told by."""

    pk: Any
    parent_id: int | None


P = TypeVar("P", bound=Placed)


def reading_order(
    roots: Sequence[P], replies: Iterable[P], key: Callable[[P], Any]
) -> list[tuple[P, int]]:
    """Every comment with its depth, each followed by its replies, siblings sorted by `key`.

    A reply whose parent is not among the comments is left out with all below it.
    """
    below: dict[int | None, list[P]] = defaultdict(list)
    for reply in replies:
        below[reply.parent_id].append(reply)
    ordered: list[tuple[P, int]] = []
    waiting = [(root, 0) for root in reversed(roots)]
    while waiting:
        comment, depth = waiting.pop()
        ordered.append((comment, depth))
        answers = sorted(below.get(comment.pk, ()), key=key, reverse=True)
        waiting.extend((answer, depth + 1) for answer in answers)
    return ordered
