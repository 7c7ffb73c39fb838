"""Text has room on every page, whatever the reader does to it: see tests/browser/room.py."""

from tests.populated_site import PAGE_TYPES


def test_text_has_room_in_every_window_and_at_every_size(visits) -> None:
    visits.check("room", "desk", kinds=[kind.name for kind in PAGE_TYPES])
