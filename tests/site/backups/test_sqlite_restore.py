"""Restoring a copy of the SQLite database: over a stale log, over damage, and never by mistake."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A live database of its own for the command, with one member, and a copy of it."""
    if connection.vendor != "sqlite":
        pytest.skip("restores SQLite alone")
    make_user(name="ana")
    live = tmp_path / "db.sqlite3"
    backup(Path(connection.settings_dict["NAME"]), live)
    backup(live, tmp_path / "copy.sqlite3")
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(live))
    yield tmp_path
    connection.close()


def backup(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as made:
        held.backup(made)


def names() -> list[str]:
    """The members in the live file, read anew; the file must be sound."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchall() == [("ok",)]
    return sorted(User.objects.values_list("name", flat=True))


def restore_error(*arguments: object) -> str:
    with pytest.raises(CommandError) as error:
        call_command("restore", *arguments)
    return str(error.value)


def killed_writer(live: Path) -> None:
    """Leave the files of a process that was killed with pages in its log only."""
    with closing(sqlite3.connect(live)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("PRAGMA wal_autocheckpoint=0")
        writer.execute("UPDATE accounts_user SET name = 'stale'")
        writer.commit()
        for suffix in ("-wal", "-shm"):
            shutil.copy(f"{live}{suffix}", f"{live}{suffix}.kept")
    for suffix in ("-wal", "-shm"):
        Path(f"{live}{suffix}.kept").rename(f"{live}{suffix}")


def test_a_copy_is_restored_over_the_log_of_a_killed_process(room):
    killed_writer(room / "db.sqlite3")
    assert (room / "db.sqlite3-wal").stat().st_size > 0
    call_command("restore", room / "copy.sqlite3", "--replace")
    assert names() == ["ana"]


def test_a_log_without_its_database_is_removed_first(room):
    killed_writer(room / "db.sqlite3")
    (room / "db.sqlite3").unlink()
    call_command("restore", room / "copy.sqlite3")
    assert names() == ["ana"]


def test_what_the_copy_has_in_a_log_of_its_own_is_restored_too(room):
    killed_writer(room / "copy.sqlite3")
    call_command("restore", room / "copy.sqlite3", "--replace")
    assert names() == ["stale"]


def test_a_damaged_database_is_moved_aside(room, capsys):
    (room / "db.sqlite3").write_bytes(b"not a database" * 1000)
    assert "cannot be read" in restore_error(room / "copy.sqlite3")
    call_command("restore", room / "copy.sqlite3", "--replace")
    assert names() == ["ana"]
    (moved,) = room.glob("db.sqlite3.damaged-*")
    assert moved.read_bytes().startswith(b"not a database")
    assert moved.name in capsys.readouterr().out


def test_content_is_overwritten_only_where_that_is_said(room):
    User.objects.create(name="ben", email="ben@example.org")
    assert "there is content in" in restore_error(room / "copy.sqlite3")
    assert names() == ["ana", "ben"]
    call_command("restore", room / "copy.sqlite3", "--replace")
    assert names() == ["ana"]


def test_a_database_that_was_only_migrated_needs_no_word(room):
    User.objects.all().delete()
    call_command("restore", room / "copy.sqlite3")
    assert names() == ["ana"]


def damage(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    for page in range(4096 * 3, len(content), 4096 * 2):
        content[page : page + 64] = b"\xff" * 64
    copy.write_bytes(content)


def cut_off(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:40_000])


def replace_by_another(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as other:
        other.execute("CREATE TABLE notes (body TEXT)")


def make_newer(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as newer:
        newer.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '9999_x', '')"
        )
        newer.commit()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (damage, "is damaged"),
        (cut_off, "is damaged"),
        (lambda copy: copy.write_text("PK" * 5000), "is no backup of this site"),
        (lambda copy: copy.write_bytes(b""), "it is empty: no backup of this site"),
        (replace_by_another, "is a database of something else"),
        (make_newer, "was made by a newer release: it has accounts.9999_x"),
        (Path.unlink, "is not a file"),
    ],
)
def test_an_unfit_copy_is_refused_with_its_reason_and_changes_nothing(room, spoil, reason):
    spoil(room / "copy.sqlite3")
    assert reason in restore_error(room / "copy.sqlite3", "--replace")
    assert names() == ["ana"]


def test_the_site_s_own_database_is_no_copy(room):
    assert "the database of the site itself" in restore_error(room / "db.sqlite3", "--replace")


def test_a_lock_that_is_held_is_named(room, monkeypatch):
    monkeypatch.setattr("remedies_site.backups.sqlite_files._LOCK_SECONDS", 0.1)
    with closing(sqlite3.connect(room / "db.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert "cannot be written: database is locked" in restore_error(
            room / "copy.sqlite3", "--replace"
        )


def test_a_server_that_still_runs_sees_the_copy(room):
    User.objects.update(name="changed")
    assert connection.connection is not None
    with closing(sqlite3.connect(room / "db.sqlite3")) as server:
        assert server.execute("SELECT name FROM accounts_user").fetchall() == [("changed",)]
        call_command("restore", room / "copy.sqlite3", "--replace")
        assert server.execute("SELECT name FROM accounts_user").fetchall() == [("ana",)]
