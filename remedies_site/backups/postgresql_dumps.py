"""Dumps PostgreSQL's database with pg_dump, and restores one with pg_restore and psql.

A restore is one transaction that ends with a comparison of the rows: what fails before leaves the database
as it was. The programs get the operator's settings as arguments, the password by the environment, which
other people of the machine cannot read.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from remedies_site.backups import CannotBackUp, CannotRestore, ReportProgress
from remedies_site.backups.fitness import Migrations, check_migrations, own_tables

_CHUNK = 1 << 20
_LOCK_SECONDS = 20
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
_NOT_OF_EXTENSIONS = (
    "NOT EXISTS (SELECT FROM pg_depend WHERE pg_depend.objid = {0}.oid AND deptype = 'e')"
)
_RELATIONS = f"""
    SELECT format(
        'DROP %s IF EXISTS %I.%I CASCADE;',
        CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
            WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
        current_schema(), relname
    )
    FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        AND {_NOT_OF_EXTENSIONS.format("pg_class")}
    ORDER BY relkind <> 'r', relname
"""  # noqa: S608
_ROUTINES = f"""
    SELECT format('DROP ROUTINE IF EXISTS %s CASCADE;', oid::regprocedure)
    FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace
        AND {_NOT_OF_EXTENSIONS.format("pg_proc")}
"""  # noqa: S608


def dump(
    database: BaseDatabaseWrapper, target: Path, report_progress: ReportProgress
) -> dict[str, int]:
    """Dump the database as it is at one moment to `target`; return the rows of each table.

    Raises CannotBackUp where pg_dump is not there or fails, or where the dump cannot be read back.
    """
    try:
        with _snapshot(database) as (snapshot, cursor):
            options = ["--format=custom", f"--snapshot={snapshot}"]
            with target.open("wb") as file, _running("pg_dump", database, options) as source:
                _write_all(source, file, report_progress)
            counted = _rows(cursor)
        _read_through(target)
    except CannotRestore as error:
        raise CannotBackUp(str(error)) from error
    return counted


def rows(database: BaseDatabaseWrapper) -> dict[str, int]:
    """The number of rows of each table of the site's schema."""
    with database.cursor() as cursor:
        return _rows(cursor)


def check_copy(copy: Path) -> None:
    """Raise CannotRestore where the file is no whole dump of this site, or a newer release's."""
    _read_through(copy)
    check_migrations(_applied_migrations(copy))


def restore(
    copy: Path, database: BaseDatabaseWrapper, *, replace: bool, expected: Mapping[str, int]
) -> None:
    """Make the database that of the dump. `expected` are the rows that each table must have then.

    Raises CannotRestore, and then nothing changed: where there is content and not `replace`, where
    another process holds a lock, where a program fails.
    """
    with database.cursor() as cursor:
        if not replace and (reason := _content(cursor)):
            raise CannotRestore(f"{reason}; --replace overwrites it")
        begin = [f"SET lock_timeout = '{_LOCK_SECONDS}s';", "BEGIN;", *_drops(cursor)]
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
    database.close()
    options = ["--no-owner", "--no-privileges", "--no-comments", "--file=-", str(copy)]
    command = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file=-"]
    with _running("psql", database, command, stdin=subprocess.PIPE) as target:
        try:
            target.write("\n".join(begin).encode() + b"\n")
            with _running("pg_restore", None, options) as source:
                _write_all(source, target, lambda _line: None)
            # Without this last word psql ends, and the server takes everything back.
            target.write(_comparison(schema, expected).encode() + b"COMMIT;\n")
        except BrokenPipeError:
            return  # psql has ended, and says why


def _comparison(schema: str, expected: Mapping[str, int]) -> str:
    """SQL that fails where a table has other rows than expected."""
    checks = "".join(
        f'IF (SELECT count(*) FROM "{schema}"."{table}") <> {count} THEN '  # noqa: S608
        f"RAISE EXCEPTION '{table} has other rows than the manifest counts'; END IF;\n"
        for table, count in expected.items()
    )
    return f"DO $$ BEGIN\n{checks}END $$;\n"


def _content(cursor: CursorWrapper) -> str:
    """Why the database must not be overwritten without a word; empty where it holds nothing."""
    cursor.execute(_TABLES)
    tables = {name for (name,) in cursor.fetchall()}
    if tables and "django_migrations" not in tables:
        return "the database has tables of something else"
    for table in sorted(tables & own_tables()):
        cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608
        if cursor.fetchone():
            return "there is content in the database"
    return ""


def _drops(cursor: CursorWrapper) -> list[str]:
    """Statements that empty the schema of all but what belongs to extensions."""
    found: list[str] = []
    for query in (_RELATIONS, _ROUTINES):
        cursor.execute(query)
        found += [statement for (statement,) in cursor.fetchall()]
    return found


def _rows(cursor: CursorWrapper) -> dict[str, int]:
    cursor.execute(_TABLES)
    tables = [name for (name,) in cursor.fetchall()]
    counted = {}
    for table in tables:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
        (counted[table],) = cursor.fetchone()
    return counted


@contextmanager
def _snapshot(database: BaseDatabaseWrapper) -> Iterator[tuple[str, CursorWrapper]]:
    """A transaction that sees one moment, and the name by which pg_dump sees the same."""
    other = database.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0], cursor
    finally:
        other.close()


def _read_through(copy: Path) -> None:
    """Let pg_restore list what the file holds, and read it down to the last row."""
    for options in (["--list"], []):
        with _running("pg_restore", None, [*options, f"--file={os.devnull}", str(copy)]):
            pass


def _applied_migrations(copy: Path) -> Migrations:
    options = ["--data-only", "--table=django_migrations", "--file=-", str(copy)]
    with _running("pg_restore", None, options) as output:
        lines = output.read().decode(errors="replace").splitlines()
    begin = next((n for n, line in enumerate(lines) if line.startswith("COPY ")), None)
    if begin is None:
        return set()
    columns = lines[begin].partition("(")[2].partition(")")[0].split(", ")
    end = lines.index("\\.", begin)
    records = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[begin + 1 : end]]
    return {(record["app"], record["name"]) for record in records}


@contextmanager
def _running(
    program: str,
    database: BaseDatabaseWrapper | None,
    options: list[str],
    *,
    stdin: int = subprocess.DEVNULL,
) -> Iterator[IO[bytes]]:
    """A program of PostgreSQL; its output, or its input where that is a pipe.

    Through pipes, so that it ends when this process is killed. Raises CannotRestore with what it said
    where it fails; where the block fails, it is ended first.
    """
    arguments, environment = options, None
    if database is not None:
        (_psql, *arguments), environment = database.client.settings_to_cmd_args_env(
            database.settings_dict, options
        )
    writes = stdin == subprocess.PIPE
    with (
        tempfile.TemporaryFile() as messages,
        subprocess.Popen(  # noqa: S603  (settings of the operator, and no shell)
            [_program(program), *arguments],
            env=os.environ | (environment or {}),
            stdin=stdin,
            stdout=subprocess.DEVNULL if writes else subprocess.PIPE,
            stderr=messages,
        ) as process,
    ):
        pipe = process.stdin if writes else process.stdout
        assert pipe is not None  # noqa: S101
        try:
            yield pipe
        except BaseException:
            process.kill()
            raise
        finally:
            if writes:
                with suppress(BrokenPipeError):  # it has ended early, and says why
                    pipe.close()
        if process.wait():
            messages.seek(0)
            raise CannotRestore(f"{program}: {messages.read().decode(errors='replace').strip()}")


def _write_all(source: IO[bytes], target: IO[bytes], report_progress: ReportProgress) -> None:
    written = 0
    while chunk := source.read(_CHUNK):
        written += target.write(chunk)
        report_progress(f"{written // 1_000_000} MB …")


def _program(name: str) -> str:
    if path := shutil.which(name):
        return path
    raise CannotRestore(
        f"{name} is not on this machine. Install PostgreSQL's programs for clients, of the server's "
        "version or later (Debian: apt-get install postgresql-client)"
    )
