"""What every page keeps, for everybody: the rules of axe-core, targets that a thumb hits, nothing
that moves by itself, and no breach of the policy.
"""

import pytest

from tests.browser.visits import EVERY, LONG_LOOKS

SIZES = pytest.mark.parametrize("size", ["phone", "desk"])


@SIZES
def test_no_page_breaks_a_rule_with_everything_open(visits, size) -> None:
    visits.check("rules", size, kinds=LONG_LOOKS)


def test_nothing_that_opens_over_a_page_breaks_a_rule(visits) -> None:
    visits.check("rules of popovers", "phone", kinds=["remedy", "entry, member"])


def test_a_thumb_hits_every_control_of_a_phone(visits) -> None:
    visits.check("targets", "phone", kinds=EVERY)


@SIZES
def test_nothing_moves_by_itself(visits, size) -> None:
    visits.check("moved", size, kinds=EVERY if size == "phone" else LONG_LOOKS)


@SIZES
def test_a_line_that_opens_a_part_stays_under_the_pointer(visits, size) -> None:
    visits.check("jumps", size, kinds=["entry, member", "discussion, member"])


def test_no_page_breaks_the_policy_fails_in_a_script_or_asks_another_host(visits) -> None:
    visits.check("rules", "desk", kinds=LONG_LOOKS)
    assert visits.problems == []
