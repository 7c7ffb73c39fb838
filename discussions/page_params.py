"""Where in a discussion a reader is, as the address of the page or a form of it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from discussions.choices import Order

_ANCHOR = re.compile(r"[a-z-]{1,40}")


@dataclass(frozen=True)
class Place:
    """An order, a page, perhaps one thread alone; and which part of which page it stands in."""

    order: Order
    page: int
    thread: int | None
    anchor: str
    whole: bool


def read_place(data: Mapping[str, str]) -> Place:
    """What GET or POST says of it; everything that makes no sense is as if it were not there."""
    order, anchor = data.get("order", ""), data.get("anchor", "")
    return Place(
        order=Order(order) if order in Order.values else Order.BEST,
        page=_number(data.get("page")) or 1,
        thread=_number(data.get("thread")),
        anchor=anchor if _ANCHOR.fullmatch(anchor) else "discussion",
        whole=data.get("whole") != "0",
    )


def _number(text: str | None) -> int | None:
    """A positive number of at most nine digits, or None."""
    if text and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text) or None
    return None
