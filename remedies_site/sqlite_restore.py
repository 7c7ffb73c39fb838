"""Restores a copy of the SQLite database into the site's own file, over whatever lies there.

Copying a file into place by hand leaves the `-wal` file of the database that was there before, and SQLite
would write its pages into the copy. Here SQLite's backup interface overwrites the database in one
transaction, so that an interrupted restore leaves it as it was.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

_LOCK_SECONDS = 20
_BESIDE = ("-wal", "-shm", "-journal")
DAMAGED = {"SQLITE_NOTADB", "SQLITE_CORRUPT"}
"""Names of the errors of a file that is no sound database."""


class CannotRestore(Exception):
    """Nothing was restored; `str()` is the reason."""


def restore(copy: Path, live: Path, *, replace: bool) -> Path | None:
    """Make the database in `live` that of the file `copy`.

    A damaged database in `live` is moved aside; the path that it has then is returned, else None.
    Raises CannotRestore where the copy is no sound database of this site, where there is content in
    `live` and not `replace`, or where another process holds a lock.
    """
    if live.exists() and copy.exists() and live.samefile(copy):
        raise CannotRestore("it is the database of the site itself")
    _check_copy(copy)
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


def check_sound(copy: Path) -> set[tuple[str, str]]:
    """Read the whole database; return the migrations that were applied to it, as (app, name).

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


def _check_copy(copy: Path) -> None:
    if not copy.is_file():
        raise CannotRestore(f"{copy} is not a file")
    applied = check_sound(copy)
    if get_user_model()._meta.app_label not in {app for app, _name in applied}:
        raise CannotRestore(
            f"{copy} is a database of something else: it has no members of this site"
        )
    installed = {config.label for config in apps.get_app_configs()}
    known = MigrationLoader(None).disk_migrations.keys()
    newer = sorted(f"{app}.{name}" for app, name in applied - known if app in installed)
    if newer:
        raise CannotRestore(f"{copy} was made by a newer release: it has {', '.join(newer)}")


def _applied_migrations(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    if "django_migrations" not in _tables(connection):
        return set()
    return {
        (app, name) for app, name in connection.execute("SELECT app, name FROM django_migrations")
    }


def _tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}


def _content(live: Path) -> str:
    """Why the database in `live` must not be overwritten without a word; empty where it holds nothing."""
    if not live.exists() or not live.stat().st_size:
        return ""
    try:
        with closing(sqlite3.connect(live, timeout=_LOCK_SECONDS)) as connection:
            for table in sorted(_tables(connection) & set(_own_tables())):
                if connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone():  # noqa: S608
                    return f"there is content in {live}"
            return (
                ""
                if "django_migrations" in _tables(connection)
                else f"{live} is no database of this site"
            )
    except sqlite3.DatabaseError as error:
        return f"{live} cannot be read ({error})"


def _own_tables() -> Iterable[str]:
    """The tables of all apps but Django's own, which migrations fill."""
    models = apps.get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if not model.__module__.startswith("django.")]


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
