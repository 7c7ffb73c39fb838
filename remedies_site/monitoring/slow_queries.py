"""Logs statements that took longer than `SLOW_QUERY_MS`: their SQL, without the values.

For development. It sees what goes through Django's cursors, on each connection from its opening.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

_MOST_SHOWN = 1_000


def watch_connection(connection: BaseDatabaseWrapper, **_kwargs: object) -> None:
    """Receiver of `connection_created`: time each statement of this connection, where the setting wants it."""
    if settings.SLOW_QUERY_MS and time_statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(time_statement)


def time_statement(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Run the statement; log it where it was slow. Its values, which may be anybody's, are left out."""
    start = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = (time.perf_counter() - start) * 1000
        if milliseconds >= settings.SLOW_QUERY_MS:
            logger.warning("%.0f ms: %s", milliseconds, " ".join(str(sql).split())[:_MOST_SHOWN])
