"""Databases that are filled once in a process and copied for those who want them.

    prepared = PreparedDatabases(connection)
    with prepared.copy("content", load_the_content_pack):
        ...  # `connection` is on a copy of its own, thrown away at the end

Loading the content pack takes seconds, a copy of the database that holds it takes milliseconds: the
backup of SQLite, and CREATE DATABASE … TEMPLATE of PostgreSQL.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")
Base = tuple[str, Callable[[], object]]
"""The name of a filled database, and what fills it."""


class PreparedDatabases:
    """The copies of one connection's test database, by name."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self._plain = str(connection.settings_dict["NAME"])
        self._filled: dict[str, Any] = {}
        self._numbers = count()

    @contextmanager
    def copy(self, name: str, fill: Callable[[], T], *, on: Base | None = None) -> Iterator[T]:
        """Stand on a fresh copy of the database that `fill` has filled; no transaction may be open.

        `fill` begins with an empty database, or with a copy of the one that `on` names and fills.
        What it returned is handed out with every copy.
        """
        source = self._template(*on, source=self._plain) if on else self._plain
        template = self._template(name, fill, source=source)
        # A thread that still answers somebody may be on the copy before: this one has a name of its own.
        copy = self._path(f"{name}_copy{next(self._numbers)}")
        self._create(copy, source=template)
        try:
            with self._standing_on(copy):
                yield self._filled[name]
        finally:
            self._drop(copy)

    def _template(self, name: str, fill: Callable[[], object], *, source: str) -> str:
        """The database that is copied; it is filled once."""
        path = self._path(name)
        if name not in self._filled:
            self._create(path, source=source)
            with self._standing_on(path):
                self._filled[name] = fill()
                if self._connection.vendor == "postgresql":
                    with self._connection.cursor() as cursor:
                        cursor.execute("ANALYZE")  # as autovacuum does in time; copies have it too
        return path

    def drop_all(self) -> None:
        """Leave nothing behind on the server or in the folder."""
        for name in self._filled:
            self._drop(self._path(name))
        self._filled.clear()

    @contextmanager
    def _standing_on(self, database: str) -> Iterator[None]:
        """Threads that connect inside, as those of a live server do, come to the same database."""
        settings = self._connection.settings_dict
        before = settings["NAME"]
        self._connection.close()
        settings["NAME"] = database
        try:
            yield
        finally:
            self._connection.close()
            settings["NAME"] = before

    def _path(self, name: str) -> str:
        if self._connection.vendor == "sqlite":
            plain = Path(self._plain)
            return str(plain.with_name(f"{plain.stem}_{name}{plain.suffix}"))
        return f"{self._plain}_{name}"

    def _create(self, database: str, *, source: str) -> None:
        self._drop(database)
        self._connection.close()
        if self._connection.vendor == "sqlite":
            with (
                closing(sqlite3.connect(source)) as held,
                closing(sqlite3.connect(database)) as made,
            ):
                held.backup(made)
        else:
            # A server copies no database that somebody is on, were it an idle connection.
            self._on_server(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = '{source}' AND pid <> pg_backend_pid()"
            )
            self._on_server(f'CREATE DATABASE "{database}" TEMPLATE "{source}"')

    def _drop(self, database: str) -> None:
        if self._connection.vendor == "sqlite":
            for suffix in ("", "-wal", "-shm", "-queue"):
                Path(database + suffix).unlink(missing_ok=True)
        else:
            self._on_server(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _on_server(self, statement: str) -> None:
        with self._connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(statement)
