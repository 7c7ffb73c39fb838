"""Which version of what it shows a page would have now: one query, by primary key."""

import threading
import time
from collections.abc import Sequence

from django.db import connection
from django.db.utils import Error

from remedies_site.pagecache.triggers import TABLE

Version = tuple[tuple[str, int], ...]
_SECONDS = 5
"""How long a thread that makes no page keeps its connection; a file that was put in the place of the
database is met after that time."""
_opened = threading.local()


def current_version(scopes: Sequence[str]) -> Version | None:
    """The numbers of the scopes, sorted; None where the database cannot say."""
    marks = ", ".join(["%s"] * len(scopes))
    try:
        _refresh_connection()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT scope, number FROM {TABLE} WHERE scope IN ({marks})", scopes)
            return tuple(sorted(cursor.fetchall()))
    except Error:
        connection.close_if_unusable_or_obsolete()
        return None


def _refresh_connection() -> None:
    """Keep a connection for a while: Django closes SQLite's after each request, which costs more than it."""
    now = time.monotonic()
    if connection.connection is None:
        _opened.at = now
    elif now - getattr(_opened, "at", 0) > _SECONDS:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        _opened.at = now
