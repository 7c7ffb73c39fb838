"""Empties the database after a test that commits, as Django does, at a fraction of what that costs.

    with emptying_quickly(connection):
        ...  # what the tests do

Django deletes from every table and then derives content types, permissions, roles, triggers and the index of
search again. Here that happens once; later the state that it left is put back: the whole file of
SQLite, and on PostgreSQL the rows of those tables that differ.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol
from unittest import mock

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

_SCHEMA = """
    SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
        SELECT concat_ws(' ', oid, relnatts, relchecks, relname) AS part FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', oid, tgenabled, tgname) FROM pg_trigger
        UNION ALL SELECT concat_ws(' ', oid, proname, md5(prosrc)) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', oid, conname) FROM pg_constraint
        UNION ALL SELECT concat_ws(' ', adrelid, adnum, pg_get_expr(adbin, adrelid)) FROM pg_attrdef
    ) AS parts
"""
"""A digest of tables, indexes, columns, triggers, functions and constraints; a copy has the same."""


class Emptied(Protocol):
    """An empty database as it was when this was made."""

    def put_back(self, connection: BaseDatabaseWrapper) -> bool:
        """Make the database equal to it; False where it cannot, and has changed nothing."""


class EmptiedFile:
    """SQLite: every page of the file, its schema included."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._pages = sqlite3.connect(":memory:")
        connection.connection.backup(self._pages)
        self._pages.execute("VACUUM")  # a copy that was full of content is no larger than others

    def put_back(self, connection: BaseDatabaseWrapper) -> bool:
        self._pages.backup(connection.connection)
        return True


class EmptiedTables:
    """PostgreSQL: the few rows that an empty site has. Its user has to be one who may switch triggers off."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            self._may = cursor.fetchone()[0]
            cursor.execute(_SCHEMA)
            self._schema = cursor.fetchone()
            self._tables = connection.introspection.table_names(cursor)
            self._kept = {table: _rows(cursor, table) for table in self._filled(cursor)}

    def put_back(self, connection: BaseDatabaseWrapper) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(_SCHEMA)
            if not self._may or cursor.fetchone() != self._schema:
                return False
            filled = self._filled(cursor)
            differing = [
                table
                for table in {*filled, *self._kept}
                if table not in self._kept or _rows(cursor, table) != self._kept[table]
            ]
            if not differing:
                return True
            cursor.execute("SET session_replication_role = replica")  # no triggers, no foreign keys
            try:
                for table in differing:
                    cursor.execute(f'DELETE FROM "{table}"')
                    for row in self._kept.get(table, ()):
                        marks = ", ".join(["%s"] * len(row))
                        cursor.execute(f'INSERT INTO "{table}" VALUES ({marks})', row)
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
        return True

    def _filled(self, cursor: Any) -> list[str]:
        """The tables that have rows."""
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in self._tables
            )
        )
        return [table for (table,) in cursor.fetchall()]


def _rows(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def keep_empty(connection: BaseDatabaseWrapper) -> Emptied:
    """What the database holds now, to be put back later."""
    return EmptiedFile(connection) if connection.vendor == "sqlite" else EmptiedTables(connection)


@contextmanager
def emptying_quickly(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Inside, tests that commit leave the default database behind as Django's flush would."""
    by_django: Callable[[TransactionTestCase], None] = TransactionTestCase._fixture_teardown
    emptied: Emptied | None = None

    def empty(case: TransactionTestCase) -> None:
        nonlocal emptied
        alone = set(case._databases_names(include_mirrors=False)) == {DEFAULT_DB_ALIAS}
        connection.ensure_connection()
        if alone and emptied and emptied.put_back(connection):
            ContentType.objects.clear_cache()
            return
        by_django(case)
        connection.ensure_connection()
        emptied = keep_empty(connection)

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", empty):
        yield
