"""Writes backups, restores them, and tries a restore. A backup has its name only once it is whole.

Everything is written under other names first, flushed to the disk, read back and checked: what was killed
leaves nothing that could be taken for a backup, and the next run removes it.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import locks
from django.db import Error
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from remedies_site.backups import CannotBackUp, CannotRestore, ReportProgress
from remedies_site.backups import postgresql_dumps as postgresql
from remedies_site.backups import sqlite_files as sqlite
from remedies_site.backups.archives import FORMAT, Manifest, open_archive, write_archive
from remedies_site.backups.fitness import check_rows

_PARTIAL = ".partial-backup"
_REPORT_SECONDS = 5
_KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Restored:
    """What was restored: the manifest, None for a plain copy; the path of a damaged database that was there."""

    manifest: Manifest | None
    moved: Path | None


@dataclass(frozen=True)
class Drill:
    """A restore that was tried: the manifest, the rows that came back, and the seconds it took."""

    manifest: Manifest | None
    rows: dict[str, int]
    seconds: float


def back_up(
    database: BaseDatabaseWrapper,
    target: Path,
    report_progress: ReportProgress,
    *,
    key: bytes | None = None,
) -> None:
    """Write what the database holds now to the file `target`; whoever writes to it can go on.

    `report_progress` gets a line every few seconds. With a key the file is encrypted, and the plain copy
    that is needed meanwhile lies beside the site's own files instead of beside it. Raises CannotBackUp
    where there is such a file already, where a folder cannot be written, or where the copy is not sound.
    """
    report = _at_intervals(report_progress)
    try:
        with _work_in(target.parent, Path(settings.VAR_DIR) if key else target.parent) as room:
            if target.exists():
                raise CannotBackUp(
                    f"{target} is there already; backups do not overwrite one another"
                )
            copy = room / f".{target.name}-database{_PARTIAL}"
            partial = target.with_name(f".{target.name}{_PARTIAL}")
            try:
                for path in (copy, partial):
                    path.touch(mode=0o600)  # it holds addresses and passwords of people
                made_at = timezone.now()
                rows = _copy(database, copy, report)
                manifest = Manifest(
                    format=FORMAT, made_at=made_at, vendor=database.vendor, rows=rows
                )
                with partial.open("wb") as file:
                    write_archive(file, manifest, copy, report, key=key)
                copy.unlink()
                _flush(partial)
                with open_archive(partial, key) as archive:
                    archive.read_through(report)
                partial.rename(target)
                _flush(target.parent)
            finally:
                copy.unlink(missing_ok=True)
                partial.unlink(missing_ok=True)
    except CannotRestore as error:
        raise CannotBackUp(f"what was written cannot be read back: {error}") from error
    except (OSError, sqlite3.Error, Error) as error:
        damaged = getattr(error, "sqlite_errorname", "") in sqlite.DAMAGED
        reason = f"the database itself seems to be damaged; {error}" if damaged else str(error)
        raise CannotBackUp(reason.strip()) from error


def restore_backup(
    database: BaseDatabaseWrapper,
    file: Path,
    report_progress: ReportProgress,
    *,
    replace: bool = False,
    key: bytes | None = None,
) -> Restored:
    """Make the database that of a backup or of a plain copy.

    Raises CannotRestore with the reason, and then nothing changed: where the file is damaged, cut off,
    of something else, of another kind of database or of a newer release; where there is content and not
    `replace`; where another process holds a lock.
    """
    live = Path(database.settings_dict["NAME"]) if database.vendor == "sqlite" else None
    if live and live.exists() and file.exists() and live.samefile(file):
        raise CannotRestore("it is the database of the site itself")
    try:
        with _checked_copy(database, file, report_progress, key) as (copy, manifest):
            if live:
                database.close()
                return Restored(manifest, sqlite.restore(copy, live, replace=replace))
            expected = manifest.rows if manifest else {}
            postgresql.restore(copy, database, replace=replace, expected=expected)
            return Restored(manifest, None)
    except (OSError, sqlite3.Error, Error) as error:
        raise CannotRestore(str(error).strip()) from error
    except CannotBackUp as error:
        raise CannotRestore(str(error)) from error


def try_restore(
    database: BaseDatabaseWrapper,
    file: Path,
    report_progress: ReportProgress,
    *,
    key: bytes | None = None,
) -> Drill:
    """Restore a backup into a database of its own, count its rows, and remove it. Raises CannotRestore."""
    begun = time.monotonic()
    try:
        with _throw_away(database) as other:
            restored = restore_backup(other, file, report_progress, key=key)
            if other.vendor == "sqlite":
                sqlite.check_copy(Path(other.settings_dict["NAME"]))
                rows = sqlite.rows(Path(other.settings_dict["NAME"]))
            else:
                rows = postgresql.rows(other)
            if restored.manifest:
                check_rows(rows, restored.manifest.rows)
    except (OSError, sqlite3.Error, Error) as error:
        raise CannotRestore(str(error).strip()) from error
    return Drill(restored.manifest, rows, time.monotonic() - begun)


def _copy(
    database: BaseDatabaseWrapper, copy: Path, report_progress: ReportProgress
) -> dict[str, int]:
    if database.vendor == "sqlite":
        return sqlite.copy(Path(database.settings_dict["NAME"]), copy, report_progress)
    return postgresql.dump(database, copy, report_progress)


@contextmanager
def _checked_copy(
    database: BaseDatabaseWrapper, file: Path, report_progress: ReportProgress, key: bytes | None
) -> Iterator[tuple[Path, Manifest | None]]:
    """The database of a backup as a file that was read through; a plain copy is that file itself."""
    report = _at_intervals(report_progress)
    with open_archive(file, key) as archive:
        vendor, manifest = archive.vendor, archive.manifest
    if vendor != database.vendor:
        theirs, ours = _KINDS.get(vendor, vendor), _KINDS[database.vendor]
        raise CannotRestore(f"{file} is a copy of {theirs}, and DATABASE_URL names {ours}")
    if manifest is None:
        _check_copy(database, file, None)
        yield file, None
        return
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with _work_in(folder) as room:
        copy = room / f".restored-database{_PARTIAL}"
        try:
            copy.touch(mode=0o600)
            with open_archive(file, key) as archive, copy.open("wb") as target:
                archive.copy_database(target, report)
            _check_copy(database, copy, manifest)
            yield copy, manifest
        finally:
            copy.unlink(missing_ok=True)


def _check_copy(database: BaseDatabaseWrapper, copy: Path, manifest: Manifest | None) -> None:
    if database.vendor == "sqlite":
        sqlite.check_copy(copy)
        if manifest:
            check_rows(sqlite.rows(copy), manifest.rows)
    else:  # its rows are counted where it was restored, before that holds
        postgresql.check_copy(copy)


@contextmanager
def _throw_away(database: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    """An empty database of the same kind, which is removed afterwards, or by the next drill."""
    folder = Path(settings.VAR_DIR)
    other: Any = database.copy()
    with ExitStack() as cleaning:
        lock = cleaning.enter_context((folder / "restore_drill.lock").open("a"))
        if not locks.lock(lock, locks.LOCK_EX | locks.LOCK_NB):
            raise CannotRestore(f"another drill is at work in {folder}")
        if database.vendor == "sqlite":
            room = folder / ".restore-drill"
            shutil.rmtree(room, ignore_errors=True)
            room.mkdir(mode=0o700)
            cleaning.callback(shutil.rmtree, room)
            other.settings_dict["NAME"] = str(room / "db.sqlite3")
        else:
            name = f"{database.settings_dict['NAME']}_drill"
            drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
            _on_server(database, drop)
            _on_server(database, f'CREATE DATABASE "{name}" TEMPLATE template0')
            cleaning.callback(_on_server, database, drop)
            other.settings_dict["NAME"] = name
        cleaning.enter_context(closing(other))
        yield other


def _on_server(database: Any, statement: str) -> None:
    with database._nodb_cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def _work_in(*folders: Path) -> Iterator[Path]:
    """One backup or restore at a time in a folder, so that what a killed one has left can be removed.

    Returns the last of the folders.
    """
    with ExitStack() as held:
        for folder in dict.fromkeys(path.resolve() for path in folders):
            descriptor = os.open(folder, os.O_RDONLY)
            held.callback(os.close, descriptor)
            if not locks.lock(descriptor, locks.LOCK_EX | locks.LOCK_NB):
                raise CannotBackUp(f"another backup or restore is at work in {folder}")
            for left in folder.glob(f".*{_PARTIAL}*"):
                left.unlink()
        yield folders[-1]


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
