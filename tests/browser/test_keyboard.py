"""Everything is reached by the keyboard, once, in order, in sight, and under a ring that shows."""

from tests.browser.visits import BACK, LONG_LOOKS


def test_the_tab_key_comes_everywhere_once_and_in_order(visits) -> None:
    visits.check("keyboard", "phone", kinds=LONG_LOOKS)


def test_shift_and_tab_lead_back_the_same_way(visits) -> None:
    visits.check("keyboard back", "phone", kinds=BACK)


def test_the_focus_is_seen_everywhere(visits) -> None:
    visits.check("rings", "desk", kinds=LONG_LOOKS)
