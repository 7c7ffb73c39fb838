"""Everything is reached by the keyboard, once, in order, in sight, and under a ring that shows."""

from tests.browser.visits import BACK, TWICE_OVER
from tests.populated_site import PAGE_TYPES

EVERY = [kind.name for kind in PAGE_TYPES]


def test_the_tab_key_comes_everywhere_once_and_in_order(visits) -> None:
    visits.check("keyboard", "phone", kinds=set(EVERY) - TWICE_OVER)


def test_shift_and_tab_lead_back_the_same_way(visits) -> None:
    visits.check("keyboard back", "phone", kinds=BACK)


def test_the_focus_is_seen_everywhere(visits) -> None:
    visits.check("rings", "desk", kinds=EVERY)
