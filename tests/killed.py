"""Sites whose commands run in processes of their own, to be killed, and what their databases hold.

A site is a folder and a database: a file in the folder on SQLite, one of the server's on PostgreSQL. Its
dump says every row, without times, and with numbers that only count how often something was tried
replaced by what they stand for, so that two sites are alike where their dumps are.
"""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.introspection import BaseDatabaseIntrospection
from django.db.backends.utils import CursorWrapper

from search.sources import SOURCES
from tests.counts import count as how_often

KILLS = how_often(small=1, full=20)
# Modules are imported before "ready", so that kills fall into the work itself.
_COMMAND = """
import sys
import django
django.setup()
from django.core.management import call_command
from remedies.grading import rule
print("ready", flush=True)
{code}
"""
_SECONDS = 240
"""After which a command that hangs fails its test."""
_NATURAL_KEYS = {
    "django_content_type": "SELECT id, app_label || '.' || model FROM django_content_type",
    "auth_permission": """
        SELECT auth_permission.id, app_label || '.' || codename FROM auth_permission
        JOIN django_content_type ON content_type_id = django_content_type.id""",
    "auth_group": "SELECT id, name FROM auth_group",
}
"""Tables that are numbered by the order in which migrations ended: a killed one ends in two parts."""
_DERIVED = {"remedies_searchitem", "remedies_mention"}
_UNNUMBERED = {*_DERIVED, "django_migrations"}
"""Tables whose rows are numbered by the order in which they happened to be derived.

So are those of many-to-many fields: Django adds what a set holds.
"""
_DOCUMENT_ID = re.compile(rf"({'|'.join(SOURCES)}):(\d+)")
Dump = dict[str, list[tuple[Any, ...]]]
_Keys = dict[str, dict[Any, Any]]
_names = count(1)


class Site:
    """A folder with static files, and a database; `folder` is made where it is not there."""

    def __init__(self, folder: Path, *, copy_of: str | None = None) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.database = (
            str(folder / "db.sqlite3")
            if connection.vendor == "sqlite"
            else f"{connection.settings_dict['NAME']}_site{next(_names)}"
        )
        _create(self.database, copy_of)

    @property
    def url(self) -> str:
        """Its DATABASE_URL."""
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.database}"
        return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{self.database}").geturl()

    def start(self, code: str, *arguments: object) -> subprocess.Popen[str]:
        """Start Python code on this site; return when its modules are imported.

        The code finds the arguments in `sys.argv`.
        """
        return start(self.url, self.folder, code, *arguments)

    def run(self, code: str, *arguments: object) -> float:
        """Run Python code to its end; return how many seconds its own work took."""
        return end_well(self.start(code, *arguments))

    def kill(self, code: str, *arguments: object, after: float) -> None:
        """Start Python code and kill it after so many seconds of its work."""
        process = self.start(code, *arguments)
        time.sleep(after)
        process.kill()
        process.communicate()

    def copy_to(self, folder: Path) -> "Site":
        """The same database in another folder."""
        return Site(folder, copy_of=self.database)

    def remove(self) -> None:
        """Give the disk its space back."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if connection.vendor != "sqlite":
            _on_server(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """One table of the dump; nothing where it does not exist yet."""
        with connected(self.database) as database:
            if table not in _tables(database):
                return []
            return _rows(database, table, _keys(database))

    def dump(self) -> Dump:
        """Every table, the text of search included, and the static files. The database must be sound."""
        with connected(self.database) as database:
            if database.vendor == "sqlite":
                _check_file(database)
            keys = _keys(database)
            dump = {table: _rows(database, table, keys) for table in _tables(database)}
        static = self.folder / "static"
        dump["static files"] = sorted(
            (str(path.relative_to(static)),) for path in static.rglob("*")
        )
        return dump


def start(url: str, folder: Path, code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start Python code on a database, as `Site.start` does on its own."""
    environment = os.environ | {
        "VAR_DIR": str(folder),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "remedies_site.settings.test",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND.format(code=code), *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def end_well(process: subprocess.Popen[str]) -> float:
    """Wait for the end of what `start` began; return how many seconds its own work took."""
    begin = time.monotonic()
    process.communicate(timeout=_SECONDS)
    assert process.returncode == 0
    return time.monotonic() - begin


def check_kills(
    site: Site, code: str, *arguments: object, changes: str, at_least: float = 0.0
) -> None:
    """Compare an undisturbed run with killed ones; `changes` is a table that has to change.

    Each is killed once, after a random part of the time that an undisturbed run takes but no less than
    `at_least` of it, and run again.
    """
    before = site.rows(changes)
    undisturbed = site.copy_to(site.folder / "undisturbed")
    seconds = undisturbed.run(code, *arguments)
    expected = undisturbed.dump()
    undisturbed.remove()
    assert expected[changes] != before
    for number in range(KILLS):
        moment = random.uniform(at_least, 1) * seconds
        killed = site.copy_to(site.folder / f"killed{number}")
        killed.kill(code, *arguments, after=moment)
        killed.run(code, *arguments)
        after = killed.dump()
        killed.remove()
        assert_alike(after, expected, f"killed after {moment:.3f} of {seconds:.3f} seconds")


def check_untouched(site: Site, code: str, *arguments: object, or_done: bool = False) -> None:
    """Killed at any moment before its end, the code leaves the database as it was.

    With `or_done` as an undisturbed run leaves it, too: for code that goes on after its work is whole.
    """
    before = site.dump()
    undisturbed = site.copy_to(site.folder / "undisturbed")
    seconds = undisturbed.run(code, *arguments)
    done = undisturbed.dump() if or_done else before
    undisturbed.remove()
    for _kill in range(KILLS):
        moment = random.uniform(0, 0.8) * seconds
        process = site.start(code, *arguments)
        time.sleep(moment)
        was_running = process.poll() is None
        process.kill()
        process.communicate()
        found = site.dump()
        if was_running and found != done:
            assert_alike(found, before, f"killed after {moment:.3f} of {seconds:.3f} seconds")


def assert_alike(dump: Dump, expected: Dump, case: str) -> None:
    """Every table holds the same rows."""
    assert dump.keys() == expected.keys(), case
    for table, rows in expected.items():
        if dump[table] != rows:
            left, right = set(map(repr, dump[table])), set(map(repr, rows))
            only = [*sorted(left - right)[:2], *sorted(right - left)[:2]]
            raise AssertionError("\n".join([f"{table} differs, {case}:", *only]))


def _create(name: str, source: str | None) -> None:
    if connection.vendor != "sqlite":
        template = source or "template0"
        _on_server(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{template}' AND pid <> pg_backend_pid()"
        )
        _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    elif source:
        with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(name)) as made:
            held.backup(made)


def _on_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement)


@contextmanager
def connected(name: str) -> Iterator[BaseDatabaseWrapper]:
    other = connection.copy()
    other.settings_dict["NAME"] = name
    try:
        yield other
    finally:
        other.close()


def _check_file(database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchall() == [("ok",)]
        tables = database.introspection.table_names(cursor)
        for fts in {"remedies_searchfts", "remedies_searchfts_names"}.intersection(tables):
            cursor.execute(f"INSERT INTO {fts}({fts}, rank) VALUES ('integrity-check', 1)")


def _tables(database: BaseDatabaseWrapper) -> list[str]:
    """All but the full-text index, which the file's check compares with the rows that it is made from, and
    the versions of pages, which are random."""
    return [
        name
        for name in database.introspection.table_names()
        if not name.startswith(("remedies_searchfts", "page_version"))
    ]


def _keys(database: BaseDatabaseWrapper) -> _Keys:
    """What stands for the numbers of each table's rows: their place among its rows, or a name.

    A transaction that was killed leaves a gap in PostgreSQL's numbers.
    """
    keys: _Keys = {}
    with database.cursor() as cursor:
        for table in _tables(database):
            primary = database.introspection.get_primary_key_column(cursor, table)
            if primary == "id":
                cursor.execute(f'SELECT id FROM "{table}" ORDER BY id')
                keys[table] = {row[0]: place for place, row in enumerate(cursor.fetchall())}
            if table in _NATURAL_KEYS:
                cursor.execute(_NATURAL_KEYS[table])
                keys[table] = dict(cursor.fetchall())
    return keys


def _rows(database: BaseDatabaseWrapper, table: str, keys: _Keys) -> list[tuple[Any, ...]]:
    """The rows without their times, sorted."""
    introspection = database.introspection
    with database.cursor() as cursor:
        relations = introspection.get_relations(cursor, table)
        columns = _columns_without_times(cursor, introspection, table)
        if table in _UNNUMBERED or (len(columns) == 3 and len(relations) == 2):
            columns.remove("id")
        quoted = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(f'SELECT {quoted} FROM "{table}"')
        replaced = {
            place: keys.get(table if name == "id" else relations[name][1], {})
            for place, name in enumerate(columns)
            if name == "id" or name in relations
        }
        rows = [
            [replaced[place].get(value, value) if place in replaced else value
             for place, value in enumerate(row)]
            for row in cursor.fetchall()
        ]  # fmt: skip
    if table in _DERIVED:
        rows = [_with_documents(columns, row, keys) for row in rows]
    return sorted((tuple(row) for row in rows), key=repr)


def _columns_without_times(
    cursor: CursorWrapper, introspection: BaseDatabaseIntrospection, table: str
) -> list[str]:
    """Django's description of a table of SQLite fails at constraints that call a function with a number."""
    if cursor.db.vendor == "sqlite":
        cursor.execute(f'PRAGMA table_xinfo("{table}")')
        return [name for _cid, name, kind, *_rest in cursor.fetchall() if kind != "datetime"]
    description = introspection.get_table_description(cursor, table)
    return [column.name for column in description if not _is_time(introspection, column)]


def _is_time(introspection: BaseDatabaseIntrospection, column: Any) -> bool:
    try:
        return bool(introspection.get_field_type(column.type_code, column) == "DateTimeField")
    except KeyError:  # no field of Django: the vector of search
        return False


def _with_documents(columns: list[str], row: list[Any], keys: _Keys) -> list[Any]:
    """A row of search, whose texts and numbers name rows of other tables: `entry:12`."""

    def standing_for(kind: str, number: int) -> Any:
        return keys[SOURCES[kind].table].get(number, "nothing")  # type: ignore[index]

    values = [
        f"{match[1]}:{standing_for(match[1], int(match[2]))}"
        if isinstance(value, str) and (match := _DOCUMENT_ID.fullmatch(value))
        else value
        for value in row
    ]
    if "object_id" in columns:
        values[columns.index("object_id")] = None  # `place` says the same
    return values
