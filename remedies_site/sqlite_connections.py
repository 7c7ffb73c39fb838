"""A web server keeps its connections to SQLite between requests, as those to PostgreSQL.

Opening one costs more than a page: SQLite reads the whole schema again. Django's `CONN_MAX_AGE` keeps it;
what is missing there is done here. A file that was put in the place of the database, by hand or by a
restore, is met by the next request, and a connection that failed is not used again.
"""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from remedies_site.env import ExistingDatabase


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
