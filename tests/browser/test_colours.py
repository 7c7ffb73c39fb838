"""Nothing is told by colour alone: whoever sees none, or chooses their own, misses nothing."""

from tests.browser.visits import LONG_LOOKS, WITH_LIST


def test_nothing_is_lost_where_colours_are_forced(visits) -> None:
    visits.check("forced colours", "desk", kinds=LONG_LOOKS)
    visits.check("forced colours", "phone", kinds=WITH_LIST)


def test_the_focus_is_seen_where_colours_are_forced(visits) -> None:
    visits.check("forced rings", "desk", kinds=LONG_LOOKS)
    visits.check("forced rings", "phone", kinds=WITH_LIST)


def test_nothing_is_lost_in_grey(visits) -> None:
    visits.check("grey", "desk", kinds=LONG_LOOKS)
