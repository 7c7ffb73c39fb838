"""The parameters of a discussion in the URL of a page, or in a form on it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from discussions.choices import Order
from remedies_site.listing import page_number, parse_positive

_ANCHOR = re.compile(r"[a-z-]{1,40}")
_FORM_ID = re.compile(r"[a-z][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class DiscussionParams:
    """`root_id` requests one thread alone, and of it what follows the key `after`; `anchor` is the element id of the discussion on its page.

    `whole` is False for the list of newest threads, which has neither order nor pages.
    """

    order: Order
    page: int
    root_id: int | None
    anchor: str
    whole: bool
    after: int = 0


def read_params(data: Mapping[str, str]) -> DiscussionParams:
    """Read `order`, `page`, `thread`, `after`, `anchor` and `whole`; invalid values count as missing."""
    order, anchor = data.get("order", ""), data.get("anchor", "")
    return DiscussionParams(
        order=Order(order) if order in Order.values else Order.BEST,
        page=page_number(data.get("page")),
        root_id=parse_positive(data.get("thread")),
        anchor=anchor if _ANCHOR.fullmatch(anchor) else "discussion",
        whole=data.get("whole") != "0",
        after=parse_positive(data.get("after")) or 0,
    )


def read_form_id(data: Mapping[str, str]) -> str:
    """The element id of the form that a preview is asked for, in `form`; empty where it is none."""
    form_id = data.get("form", "")
    return form_id if _FORM_ID.fullmatch(form_id) else ""
