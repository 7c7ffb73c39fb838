"""Puts a flat list of comments into reading order. Pure functions."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar


class TreeNode(Protocol):
    """A row with a primary key and the key of its parent."""

    pk: Any
    parent_id: int | None


N = TypeVar("N", bound=TreeNode)


def reading_order(
    roots: Sequence[N], replies: Iterable[N], key: Callable[[N], tuple[float, int]]
) -> list[tuple[N, int]]:
    """Each root, followed by its replies depth first, siblings sorted by `key`; as (node, depth).

    A reply whose parent is missing is left out, with everything below it.
    """
    children: dict[int | None, list[N]] = defaultdict(list)
    for reply in replies:
        children[reply.parent_id].append(reply)
    ordered: list[tuple[N, int]] = []
    stack = [(root, 0) for root in reversed(roots)]
    while stack:
        node, depth = stack.pop()
        ordered.append((node, depth))
        siblings = sorted(children.get(node.pk, ()), key=key, reverse=True)
        stack.extend((sibling, depth + 1) for sibling in siblings)
    return ordered
