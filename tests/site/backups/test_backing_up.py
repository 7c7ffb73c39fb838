"""Backing up the database while the site runs: a file that is whole, or none."""

import errno
import os
import random
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files import locks
from django.core.management import CommandError, call_command
from django.db import connection

from remedies_site.backups import services, sqlite_files
from tests.backups import database_of, use_programs_of_the_tests
from tests.counts import count
from tests.factories import make_user
from tests.killed import KILLS, Site, assert_alike

pytestmark = pytest.mark.django_db(transaction=True)
BACK_UP = "call_command('backup', sys.argv[1])"
RESTORE = "call_command('restore', sys.argv[1], verbosity=0)"
FILL = """
from citations.models import Citation
Citation.objects.bulk_create(
    Citation(key=f"Work{n}", title=f"Study {n}", url="https://example.org/", study_type="cohort")
    for n in range(int(sys.argv[1]))
)
"""


@pytest.fixture(autouse=True)
def _programs(monkeypatch) -> None:
    use_programs_of_the_tests(monkeypatch)


@pytest.fixture
def only_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a matter of SQLite's file")


@pytest.fixture
def only_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a matter of PostgreSQL's programs")


def error_of(*arguments: object) -> str:
    with pytest.raises(CommandError) as error:
        call_command("backup", *arguments)
    return str(error.value)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_one_file_that_its_owner_alone_can_read(tmp_path, capsys):
    make_user(name="ana")
    call_command("backup", tmp_path / "copy")
    assert files(tmp_path) == ["copy"]
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
    assert "copy holds the database" in capsys.readouterr().out


def test_no_file_is_overwritten(tmp_path):
    (tmp_path / "copy").write_text("of yesterday")
    assert "is there already" in error_of(tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "of yesterday"
    assert files(tmp_path) == ["copy"]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    assert str(tmp_path / "nowhere") in error_of(tmp_path / "nowhere" / "copy")


def test_two_backups_do_not_write_to_one_folder_at_once(tmp_path):
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        assert locks.lock(descriptor, locks.LOCK_EX)
        assert f"another backup or restore is at work in {tmp_path}" in error_of(tmp_path / "copy")
    finally:
        os.close(descriptor)
    assert files(tmp_path) == []


def test_what_a_killed_backup_left_is_removed_by_the_next(tmp_path):
    (tmp_path / ".monday.partial-backup").write_text("half")
    (tmp_path / ".monday.partial-backup-journal").write_text("half")
    call_command("backup", tmp_path / "tuesday", verbosity=0)
    assert files(tmp_path) == ["tuesday"]


def test_a_full_disk_leaves_no_file(tmp_path, monkeypatch):
    def no_space(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(services.os, "fsync", no_space)
    assert "No space left on device" in error_of(tmp_path / "copy")
    assert files(tmp_path) == []


def test_a_long_backup_says_how_far_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(services, "_REPORT_SECONDS", 0)
    call_command("backup", tmp_path / "copy")
    printed = capsys.readouterr()
    lines = printed.err.splitlines()
    assert len(lines) > 1
    assert lines[0].endswith(("pages …", "MB …"))
    assert len(printed.out.splitlines()) == 1
    call_command("backup", tmp_path / "other", verbosity=0)
    assert capsys.readouterr() == ("", "")


# ---- SQLite ------------------------------------------------------------------------------------


def test_a_copy_is_of_one_moment_though_others_write_meanwhile(only_sqlite, tmp_path, monkeypatch):
    make_user(name="ana")
    monkeypatch.setattr(sqlite_files, "_PAGES", 1)
    monkeypatch.setattr(services, "_REPORT_SECONDS", 0)
    steps = 0
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=1)) as other:

        def write(_line: str) -> None:
            nonlocal steps
            steps += 1
            if steps < 20:
                other.execute("UPDATE accounts_user SET name = ?", [f"ana{steps}"])
                other.commit()

        services.back_up(connection, tmp_path / "copy", write)
    assert steps > 20
    with closing(sqlite3.connect(database_of(tmp_path / "copy", tmp_path))) as copy:
        assert copy.execute("SELECT name FROM accounts_user").fetchall() == [("ana",)]


@pytest.mark.parametrize("first", [3, 60])
def test_a_damaged_database_is_said_to_be_damaged(only_sqlite, tmp_path, monkeypatch, first):
    damaged = tmp_path / "db.sqlite3"
    shutil.copy(connection.settings_dict["NAME"], damaged)
    content = bytearray(damaged.read_bytes())
    for page in range(4096 * first, len(content), 4096 * 2):
        content[page : page + 64] = b"\xff" * 64
    damaged.write_bytes(content)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(damaged))
    (tmp_path / "copies").mkdir()
    assert "itself seems to be damaged" in error_of(tmp_path / "copies" / "copy")
    assert files(tmp_path / "copies") == []


def test_a_database_that_is_not_there_makes_no_empty_copy(only_sqlite, tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "gone.sqlite3"))
    assert "there is no database" in error_of(tmp_path / "copy")
    assert files(tmp_path) == []


# ---- PostgreSQL --------------------------------------------------------------------------------


def test_a_machine_without_pg_dump_says_what_to_install(only_postgresql, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt-get install postgresql-client" in error_of(tmp_path / "copy")
    assert files(tmp_path) == []


def test_a_dump_that_breaks_off_leaves_its_reason_and_no_file(
    only_postgresql, tmp_path, monkeypatch
):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "pg_dump").write_text(
        "#!/bin/sh\necho half\necho 'no memory' >&2\nexit 1\n"
    )
    (tmp_path / "bin" / "pg_dump").chmod(0o755)
    (tmp_path / "copies").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert "pg_dump: no memory" in error_of(tmp_path / "copies" / "copy")
    assert files(tmp_path / "copies") == []


# ---- killed ------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    """A site with works enough that copying them takes a while."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    site = Site(tmp_path / "site", copy_of=name)
    site.run(FILL, count(small=1_000, full=10_000))
    yield site
    site.remove()


def restored(backup: Path, folder: Path) -> Site:
    """A site from the copy, as docs/operating.md restores it."""
    site = Site(folder)
    site.run(RESTORE, backup)
    return site


def test_a_killed_backup_leaves_no_half_of_one_and_the_next_is_whole(site, tmp_path):
    expected = site.dump()
    seconds = site.run(BACK_UP, tmp_path / "undisturbed")
    for number in range(KILLS):
        moment = random.random() * seconds
        folder = tmp_path / f"copies{number}"
        folder.mkdir()
        site.kill(BACK_UP, folder / "monday", after=moment)
        left = [folder / "monday"] if (folder / "monday").exists() else []
        site.run(BACK_UP, folder / "tuesday")
        assert files(folder) == sorted([*(path.name for path in left), "tuesday"])
        for backup in [*left, folder / "tuesday"]:
            copy = restored(backup, tmp_path / "restored")
            assert_alike(copy.dump(), expected, f"killed after {moment:.3f} of {seconds:.3f} s")
            copy.remove()
