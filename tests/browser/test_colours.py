"""Nothing is told by colour alone: whoever sees none, or chooses their own, misses nothing."""

import pytest

from tests.browser.walk import measure, open_everything
from tests.populated_site import PAGE_TYPES

WITH_LIST = [kind for kind in PAGE_TYPES if kind.name in {"entry, member", "remedy"}]


@pytest.mark.parametrize(("size", "kinds"), [("desk", PAGE_TYPES), ("phone", WITH_LIST)])
def test_nothing_is_lost_where_colours_are_forced(walk, size, kinds) -> None:
    for page, faults in walk(kinds, size=size, forced_colors="active"):
        open_everything(page)
        for popover in page.locator("[popover]").all():
            popover.evaluate("part => part.showPopover()")
        faults += measure(page, "told_apart", forced=True)
        faults += measure(page, "rings", width=2, ratio=3)


def test_nothing_is_lost_in_grey(walk) -> None:
    for page, faults in walk():
        open_everything(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults += measure(page, "told_apart", forced=False)
