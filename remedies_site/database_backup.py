"""Writes a copy of the site's database to a file, which has its name only once it is whole.

The copy is written under another name beside it, flushed to the disk, read back and checked, and then
renamed: a backup that was killed leaves nothing that could be taken for one.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from django.core.files import locks
from django.db.backends.base.base import BaseDatabaseWrapper

from remedies_site.sqlite_restore import DAMAGED, CannotRestore, check_sound

_PARTIAL = ".partial-backup"
_PAGES = 1_000
"""Pages of an SQLite database that are copied between two reports of progress."""
_CHUNK = 1 << 20
_REPORT_SECONDS = 5
_BUSY_SECONDS = 20
_DAMAGED = "the database itself seems to be damaged"

ReportProgress = Callable[[str], None]


class CannotBackUp(Exception):
    """No backup was made; `str()` is the reason."""


def back_up(database: BaseDatabaseWrapper, target: Path, report_progress: ReportProgress) -> None:
    """Write what the database holds now to the file `target`; whoever writes to it can go on.

    SQLite's file is copied by its backup interface, PostgreSQL's database by `pg_dump` in the custom
    format. `report_progress` gets a line every few seconds. Raises CannotBackUp where there is such a
    file already, where the folder cannot be written, or where the copy is not sound.
    """
    copy = _copy_sqlite if database.vendor == "sqlite" else _copy_postgresql
    try:
        with _only_backup_in(target.parent):
            if target.exists():
                raise CannotBackUp(
                    f"{target} is there already; backups do not overwrite one another"
                )
            partial = target.with_name(f".{target.name}{_PARTIAL}")
            partial.touch(mode=0o600)  # it holds addresses and passwords of people
            try:
                copy(database, partial, _at_intervals(report_progress))
                _flush(partial)
                partial.rename(target)
                _flush(target.parent)
            finally:
                partial.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        damaged = getattr(error, "sqlite_errorname", "") in DAMAGED
        raise CannotBackUp(f"{_DAMAGED}; {error}" if damaged else str(error)) from error


@contextmanager
def _only_backup_in(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder, so that what a killed one has left can be removed."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if not locks.lock(descriptor, locks.LOCK_EX | locks.LOCK_NB):
            raise CannotBackUp(f"another backup is being written to {folder.resolve()}")
        for left in folder.glob(f".*{_PARTIAL}*"):
            left.unlink()
        yield
    finally:
        os.close(descriptor)


def _at_intervals(report_progress: ReportProgress) -> ReportProgress:
    """The same, but not more often than every few seconds."""
    last = time.monotonic()

    def report(line: str) -> None:
        nonlocal last
        if time.monotonic() - last >= _REPORT_SECONDS:
            last = time.monotonic()
            report_progress(line)

    return report


def _flush(path: Path) -> None:
    """Wait until the disk has the file, or what a folder names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# ---- SQLite ------------------------------------------------------------------------------------


def _copy_sqlite(
    database: BaseDatabaseWrapper, partial: Path, report_progress: ReportProgress
) -> None:
    name = Path(database.settings_dict["NAME"])
    if not name.is_file():
        raise CannotBackUp(f"there is no database {name}")

    def report(_status: int, remaining: int, total: int) -> None:
        report_progress(f"{total - remaining} of {total} pages …")

    with (
        closing(sqlite3.connect(name, timeout=_BUSY_SECONDS, isolation_level=None)) as source,
        closing(sqlite3.connect(partial)) as copy,
    ):
        # Within a transaction of the source every step sees one state. Without it, the copy would begin
        # again after each write of another process, and on a busy site never end.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=_PAGES, progress=report)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, which read-only media can hold
    try:
        check_sound(partial)
    except CannotRestore as error:
        raise CannotBackUp(f"{_DAMAGED}; {error}") from error


# ---- PostgreSQL --------------------------------------------------------------------------------


def _copy_postgresql(
    database: BaseDatabaseWrapper, partial: Path, report_progress: ReportProgress
) -> None:
    # The password goes into the environment, which other people of the machine cannot read.
    (_psql, *arguments), environment = database.client.settings_to_cmd_args_env(
        database.settings_dict, ["--format=custom"]
    )
    with (
        partial.open("wb") as file,
        tempfile.TemporaryFile() as messages,
        subprocess.Popen(  # noqa: S603  (settings of the operator, and no shell)
            [_program("pg_dump"), *arguments],
            env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=messages,
        ) as dumping,
    ):
        # Through a pipe, so that pg_dump ends when this process is killed.
        assert dumping.stdout is not None  # noqa: S101
        _write_all(dumping.stdout, file, report_progress)
        if dumping.wait():
            messages.seek(0)
            raise CannotBackUp(f"pg_dump: {messages.read().decode(errors='replace').strip()}")
    _check_dump(partial)


def _write_all(source: IO[bytes], target: IO[bytes], report_progress: ReportProgress) -> None:
    written = 0
    while chunk := source.read(_CHUNK):
        written += target.write(chunk)
        report_progress(f"{written // 1_000_000} MB …")


def _check_dump(partial: Path) -> None:
    """Let pg_restore read the whole file, down to the last row."""
    command = [_program("pg_restore"), f"--file={os.devnull}", str(partial)]
    checked = subprocess.run(  # noqa: S603  (the same)
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if checked.returncode:
        raise CannotBackUp(
            f"the dump cannot be read back: {checked.stderr.decode(errors='replace').strip()}"
        )


def _program(name: str) -> str:
    if path := shutil.which(name):
        return path
    raise CannotBackUp(
        f"{name} is not on this machine. Install PostgreSQL's programs for clients, of the server's "
        "version or later (Debian: apt-get install postgresql-client), or dump the database where they are"
    )
