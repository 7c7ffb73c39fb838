"""Text has room on every page, whatever the reader does to it: see tests/browser/room.py."""

from tests.browser.visits import LONG_LOOKS


def test_text_has_room_in_every_window_and_at_every_size(visits) -> None:
    visits.check("room", "desk", kinds=LONG_LOOKS)
