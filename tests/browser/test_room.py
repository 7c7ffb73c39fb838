"""Text has room on every page, whatever the reader does to it: see tests/browser/room.py."""

from tests.browser.visits import TWICE_OVER
from tests.counts import FULL
from tests.populated_site import PAGE_TYPES

MEASURED = [kind.name for kind in PAGE_TYPES if FULL or kind.name not in TWICE_OVER]


def test_text_has_room_in_every_window_and_at_every_size(visits) -> None:
    visits.check("room", "desk", kinds=MEASURED)
