"""A web server keeps its connections to SQLite between requests, as those to PostgreSQL.

Opening one costs more than a page: SQLite reads the whole schema again. Django's `CONN_MAX_AGE` keeps it;
what is missing there is done here. A file that was renamed into the place of the database is met by the
next request, where the old `-wal` and `-shm` are gone with the old file, and a connection that failed is
not used again.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class ExistingDatabase(sqlite3.Connection):
    """A connection that creates no file: a web server without its database says so, and makes no empty one."""

    def __init__(self, database: str | Path, *arguments: Any, **options: Any) -> None:
        """Raises sqlite3.OperationalError where the file is not there."""
        self._path = database
        self._file = _file_in(database)  # before it is opened: it may be replaced meanwhile
        super().__init__(f"{Path(database).absolute().as_uri()}?mode=rw", *arguments, **options)

    def is_moved(self) -> bool:
        """Whether another file, or none, lies in the place of the one that was opened."""
        return _file_in(self._path) != self._file


def _file_in(path: str | Path) -> tuple[int, int] | None:
    """What tells the file in a place from all others; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def close_moved(connection: BaseDatabaseWrapper) -> None:
    """Close a connection whose file does not lie in its place any more."""
    opened = connection.connection
    if isinstance(opened, ExistingDatabase) and opened.is_moved():
        close_kept(connection)


def close_kept(connection: BaseDatabaseWrapper) -> None:
    """Close what a web server keeps of SQLite: the next query opens the file. Not within a transaction."""
    is_kept = isinstance(connection.connection, ExistingDatabase)
    if is_kept and not connection.in_atomic_block:
        connection.close()


def close_all_moved(**_signal: object) -> None:
    """Receiver of `request_started`."""
    for connection in connections.all(initialized_only=True):
        close_moved(connection)
