"""Copies the SQLite database to a file, and restores one into the site's own, over whatever lies there.

Copying a file into place by hand leaves the `-wal` file of the database that was there before, and SQLite
would write its pages into the copy. Here SQLite's backup interface overwrites the database in one
transaction, so that an interrupted restore leaves it as it was.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from django.utils import timezone

from remedies_site.backups import CannotBackUp, CannotRestore, ReportProgress
from remedies_site.backups.fitness import Migrations, check_migrations, own_tables

_LOCK_SECONDS = 20
_BUSY_SECONDS = 20
_PAGES = 1_000
"""Pages that are copied between two reports of progress."""
_BESIDE = ("-wal", "-shm", "-journal")
DAMAGED = {"SQLITE_NOTADB", "SQLITE_CORRUPT"}
"""Names of the errors of a file that is no sound database."""


def copy(name: Path, target: Path, report_progress: ReportProgress) -> dict[str, int]:
    """Copy the database `name` as it is at one moment to `target`; return the rows of each table.

    Raises CannotBackUp where it is not there, or where the copy is not sound.
    """
    if not name.is_file():
        raise CannotBackUp(f"there is no database {name}")

    def report(_status: int, remaining: int, total: int) -> None:
        report_progress(f"{total - remaining} of {total} pages …")

    with (
        closing(sqlite3.connect(name, timeout=_BUSY_SECONDS, isolation_level=None)) as source,
        closing(sqlite3.connect(target)) as copied,
    ):
        # Within a transaction of the source every step sees one state. Without it, the copy would begin
        # again after each write of another process, and on a busy site never end.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copied, pages=_PAGES, progress=report)
        copied.execute("PRAGMA journal_mode=DELETE")  # one file, which read-only media can hold
    try:
        check_sound(target)
    except CannotRestore as error:
        raise CannotBackUp(f"the database itself seems to be damaged; {error}") from error
    return rows(target)


def rows(name: Path) -> dict[str, int]:
    """The number of rows of each table but the index of search, which has a check of its own."""
    with closing(_open_copy(name)) as connection:
        return {
            table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
            for table in sorted(_tables(connection))
        }


def restore(copy: Path, live: Path, *, replace: bool) -> Path | None:
    """Make the database in `live` that of the file `copy`, which `check_copy` has found fit.

    A damaged database in `live` is moved aside; the path that it has then is returned, else None.
    Raises CannotRestore where there is content in `live` and not `replace`, or where another process
    holds a lock.
    """
    if not replace and (reason := _content(live)):
        raise CannotRestore(f"{reason}; --replace overwrites it")
    moved = None
    if not live.exists():
        _remove(beside(live))
    try:
        _overwrite(copy, live)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname not in DAMAGED:
            raise CannotRestore(f"{live} cannot be written: {error}") from error
        moved = _move_aside(live)
        _overwrite(copy, live)
    return moved


def beside(database: Path) -> list[Path]:
    """The files that SQLite keeps beside a database while it is open, or left when it was killed."""
    return [database.with_name(database.name + suffix) for suffix in _BESIDE]


def _open_copy(copy: Path) -> sqlite3.Connection:
    """Read-only, and without making files beside it, unless some of it is in such a file."""
    log = copy.with_name(copy.name + "-wal")
    mode = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    return sqlite3.connect(f"{copy.resolve().as_uri()}?{mode}", uri=True)


def check_sound(copy: Path) -> Migrations:
    """Read the whole database; return the migrations that were applied to it.

    Raises CannotRestore where the file is damaged, or no database.
    """
    try:
        with closing(_open_copy(copy)) as connection:
            (first, *_more) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if first != "ok":
                raise CannotRestore(f"{copy} is damaged: {first}")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise CannotRestore(f"{copy} is damaged: rows refer to rows that are not there")
            return _applied_migrations(connection)
    except sqlite3.DatabaseError as error:
        raise CannotRestore(f"{copy} is damaged or no SQLite database: {error}") from error


def check_copy(copy: Path) -> None:
    """Raise CannotRestore where the file is no sound database of this site, or a newer release's."""
    if not copy.is_file():
        raise CannotRestore(f"{copy} is not a file")
    check_migrations(check_sound(copy))


def _applied_migrations(connection: sqlite3.Connection) -> Migrations:
    if "django_migrations" not in _tables(connection):
        return set()
    return {
        (app, name) for app, name in connection.execute("SELECT app, name FROM django_migrations")
    }


def _tables(connection: sqlite3.Connection) -> set[str]:
    """The tables but those of full-text indexes, virtual ones and what SQLite keeps for them."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
    ).fetchall()
    virtual = tuple(name for name, sql in found if (sql or "").upper().startswith("CREATE VIRTUAL"))
    return {name for name, _sql in found if not name.startswith((*virtual, "sqlite_"))}


def _content(live: Path) -> str:
    """Why the database in `live` must not be overwritten without a word; empty where it holds nothing."""
    if not live.exists() or not live.stat().st_size:
        return ""
    try:
        with closing(sqlite3.connect(live, timeout=_LOCK_SECONDS)) as connection:
            for table in sorted(_tables(connection) & own_tables()):
                if connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone():  # noqa: S608
                    return f"there is content in {live}"
            return (
                ""
                if "django_migrations" in _tables(connection)
                else f"{live} is no database of this site"
            )
    except sqlite3.DatabaseError as error:
        return f"{live} cannot be read ({error})"


def _overwrite(copy: Path, live: Path) -> None:
    live.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(_open_copy(copy)) as source,
        closing(sqlite3.connect(live, timeout=_LOCK_SECONDS, isolation_level=None)) as target,
    ):
        target.execute("BEGIN IMMEDIATE")  # `backup` itself would wait for a lock for ever
        target.execute("ROLLBACK")
        source.backup(target)
        target.execute("PRAGMA journal_mode=WAL")
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _move_aside(live: Path) -> Path:
    """Rename the database, and what lies beside it, for whoever wants to rescue something from it."""
    moved = live.with_name(f"{live.name}.damaged-{timezone.now():%Y%m%d%H%M%S}")
    for old, new in zip([live, *beside(live)], [moved, *beside(moved)], strict=True):
        if old.exists():
            old.replace(new)
    return moved


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
