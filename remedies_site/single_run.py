"""Work that nobody may do twice at the same time, whatever process does it.

On PostgreSQL it is an advisory lock of the connection, elsewhere a locked file in `VAR_DIR`. Both are gone
with the process that held them, also where it was killed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from django.conf import settings
from django.core.files import locks
from django.db import connection
from django.utils.translation import gettext as _

from remedies_site.exceptions import ServiceError


class AlreadyRunning(ServiceError):
    """Another process does the same work now."""

    status = 409

    def __init__(self) -> None:
        """The message is the same for all work."""
        super().__init__(
            _("This is being done by somebody else at this moment. Try again in a minute.")
        )


@contextmanager
def single_run(name: str) -> Iterator[None]:
    """Hold the lock of this name. Raises AlreadyRunning where somebody else holds it."""
    hold = _postgres_lock if connection.vendor == "postgresql" else _file_lock
    with hold(name):
        yield


@contextmanager
def _postgres_lock(name: str) -> Iterator[None]:
    number = crc32(f"single run of {name}".encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        (is_held,) = cursor.fetchone() or (False,)
    if not is_held:
        raise AlreadyRunning
    try:
        yield
    finally:
        # In a transaction that failed no statement is run: the lock then goes with the connection.
        if connection.connection is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


@contextmanager
def _file_lock(name: str) -> Iterator[None]:
    with (settings.VAR_DIR / f"{name}.lock").open("ab") as file:
        if not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
            raise AlreadyRunning
        try:
            yield
        finally:
            locks.unlock(file)
