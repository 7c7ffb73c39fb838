"""Many short transactions instead of a long one, so that members go on posting during a long command."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_LEAST_PAUSE, _LONGEST_PAUSE = 0.02, 0.25


@contextmanager
def short_transaction() -> Iterator[None]:
    """One transaction of a series; at its end whoever waits to write has a chance to come in."""
    started = time.monotonic()
    with transaction.atomic():
        yield
    let_others_write(time.monotonic() - started)


def let_others_write(taken: float) -> None:
    """Pause after a transaction that took so many seconds; not where it is part of a longer one.

    SQLite has one writer and no queue: without a pause those who wait might never come in.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(min(max(taken, _LEAST_PAUSE), _LONGEST_PAUSE))
