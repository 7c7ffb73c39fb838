"""How much a test tries: few times in `make test`, as often as an issue asks in `make drill`."""

import os

FULL = os.environ.get("TEST_COUNTS", "small") == "full"


def count(*, small: int, full: int) -> int:
    """Write both numbers where they are used: `for _ in range(count(small=20, full=2_000))`."""
    return full if FULL else small
