"""A time limit for the statements of SQLite, which has none of its own; PostgreSQL has statement_timeout.

SQLite calls a function of ours again and again while it works on a statement, and interrupts it where
that says so: an OperationalError, which `remedies_site.unavailable` answers with 503. Waiting for a lock
does not count; that has a limit of its own.
"""

import math
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

_STEPS = 100_000
"""Of SQLite's virtual machine between two looks at the clock: a few milliseconds."""


class StatementLimit:
    """Notes when a statement of one connection began, and says when its time is over."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = math.inf

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """A wrapper for `connection.execute_wrappers`. Rows that are fetched later count too."""
        self.restart()
        return execute(*arguments)

    def restart(self) -> None:
        """A statement begins now."""
        self._end = time.monotonic() + self._seconds

    def is_over(self) -> bool:
        """Whether SQLite has to give up the statement."""
        return time.monotonic() > self._end


def limit_statements(connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Receiver of `connection_created`: limit what a web server runs; commands may take their time."""
    seconds = settings.STATEMENT_SECONDS
    if connection.vendor != "sqlite" or seconds is None:
        return
    wrappers = connection.execute_wrappers
    wrappers[:] = [wrapper for wrapper in wrappers if not isinstance(wrapper, StatementLimit)]
    limit = StatementLimit(seconds)
    wrappers.insert(0, limit)  # first: who adds one for a while takes away the last
    connection.connection.set_progress_handler(limit.is_over, _STEPS)


def restart_limit(connection: BaseDatabaseWrapper) -> None:
    """For a statement that is given to the driver past Django's cursor, and so past its wrappers."""
    for wrapper in connection.execute_wrappers:
        if isinstance(wrapper, StatementLimit):
            wrapper.restart()
