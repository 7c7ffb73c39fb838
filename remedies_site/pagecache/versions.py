"""Which version of what it shows a page would have now: one query, by primary key."""

import threading
import time
from collections.abc import Callable, Sequence
from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import Error

from remedies_site.pagecache.triggers import TABLE
from remedies_site.replica.routing import reading_connection
from remedies_site.sqlite_connections import close_kept, close_moved
from remedies_site.statement_limit import restart_limit

Version = tuple[tuple[str, int], ...]
PAGE_VERSION = "site.page_version"
"""The key of the WSGI environment under which the store states the version that a page is made for."""
_SECONDS = 5
"""How long a thread that makes no page relies on its connection without a look at its age and health."""
_opened = threading.local()


def current_version(scopes: Sequence[str]) -> Version | None:
    """The numbers of the scopes, sorted; None where the database cannot say.

    It asks the driver's own connection, since Django's cursor costs more than the query. What the driver
    raises is an error of Django's here too, and so a broken connection is known to Django as one.
    """
    return _read_version(connections[DEFAULT_DB_ALIAS], scopes, _refresh_connection)


def version_in_request(scopes: Sequence[str]) -> Version | None:
    """The same within a request of Django, which looks after its connection itself.

    Asked of the database from which the request reads what it will keep under this version.
    """
    return _read_version(reading_connection(), scopes, BaseDatabaseWrapper.ensure_connection)


def version_on(alias: str, scopes: Sequence[str]) -> Version | None:
    """The same of one database, on a connection that is known to work."""
    return _read_version(connections[alias], scopes, _open_healthy)


def _read_version(
    connection: BaseDatabaseWrapper,
    scopes: Sequence[str],
    open_connection: Callable[[BaseDatabaseWrapper], None],
) -> Version | None:
    try:
        open_connection(connection)
        with connection.wrap_database_errors:
            restart_limit(connection)
            rows = connection.connection.execute(_query(connection.vendor, len(scopes)), scopes)
            return tuple(sorted(rows.fetchall()))
    except Error:
        connection.close_if_unusable_or_obsolete()
        close_kept(connection)
        return None


@cache
def _query(vendor: str, scopes: int) -> str:
    marks = ", ".join(["?" if vendor == "sqlite" else "%s"] * scopes)
    return f"SELECT scope, number FROM {TABLE} WHERE scope IN ({marks})"


def _open_healthy(connection: BaseDatabaseWrapper) -> None:
    connection.close_if_health_check_failed()
    connection.ensure_connection()


def _refresh_connection(connection: BaseDatabaseWrapper) -> None:
    """What Django does at the begin of a request; its signals cost more than the query."""
    close_moved(connection)
    now = time.monotonic()
    if now - getattr(_opened, "at", 0) > _SECONDS:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        _opened.at = now
    connection.close_if_health_check_failed()
    if connection.connection is None:
        connection.ensure_connection()
        _opened.at = now
