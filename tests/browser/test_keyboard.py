"""Everything is reached by the keyboard, once, in order, in sight, and under a ring that shows."""

import pytest

from tests.browser.walk import measure, open_everything
from tests.populated_site import PAGE_TYPES

SPARE = 12  # presses beyond the number of stops: parts that scroll are stops too

# Every kind of page once; the others are the same templates with longer lists.
TWICE_OVER = {"entry in discussion order", "entry, editor", "draft entry, editor", "overdue entry"}
KINDS = [kind for kind in PAGE_TYPES if kind.name not in TWICE_OVER]


# The way back: a long page, a form with choices, and one of each other sort.
BACK = {"home", "remedy", "discussion, member", "report", "log-in"}


@pytest.mark.parametrize(
    ("key", "kinds"),
    [("Tab", KINDS), ("Shift+Tab", [kind for kind in KINDS if kind.name in BACK])],
    ids=["Tab", "Shift-Tab"],
)
def test_the_tab_key_comes_everywhere_once_and_in_order(walk, key, kinds) -> None:
    for page, faults in walk(kinds, size="phone"):
        number = measure(page, "path", backwards=key != "Tab")
        for _press in range(number + SPARE):
            page.keyboard.press(key)
        faults += measure(page, "arrived")


def test_the_focus_is_seen_everywhere(walk) -> None:
    for page, faults in walk():
        open_everything(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults += measure(page, "rings", width=2, ratio=3)
