"""How long a statement waits for a lock of the database, where that is shorter than usual."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections

from remedies_site.sqlite.base import DatabaseWrapper

LOCK_SECONDS = 0.5
"""Writers that take their turns hold the lock for a fraction of that."""


@contextmanager
def short_wait() -> Iterator[None]:
    """On SQLite, where any writer holds the one lock; PostgreSQL locks rows, and needs none of this."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not isinstance(connection, DatabaseWrapper):
        yield
        return
    with connection.lock_wait(LOCK_SECONDS):
        yield
