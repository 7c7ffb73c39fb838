"""How long a statement waits for a lock of the database, where that is shorter than usual."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

LOCK_MILLISECONDS = 500
"""Writers that take their turns hold the lock for a fraction of that."""


@contextmanager
def short_wait() -> Iterator[None]:
    """On SQLite, where any writer holds the one lock; PostgreSQL locks rows, and needs none of this."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {LOCK_MILLISECONDS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
