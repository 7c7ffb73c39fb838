"""A server's connection to SQLite outlives the request, but not the file that lies in its place."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import ConnectionHandler, OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from remedies_site import env
from remedies_site.sqlite_connections import close_kept, close_moved


def make_file(path: Path, word: str) -> Path:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE words (word)")
        database.execute("INSERT INTO words VALUES (?)", [word])
    return path


@pytest.fixture
def path(tmp_path) -> Path:
    return make_file(tmp_path / "db.sqlite3", "old")


@pytest.fixture
def connection(path, monkeypatch, django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    """As a web server has it."""
    monkeypatch.setenv("TIME_LIMITS", "requests")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with django_db_blocker.unblock():
        found = ConnectionHandler({"default": env.database(f"sqlite:///{path}")})["default"]
        yield found
        found.close()


def word_in(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        return cursor.execute("SELECT word FROM words").fetchone()[0]


def test_it_is_kept_while_its_file_stays(connection):
    assert word_in(connection) == "old"
    kept = connection.connection
    connection.close_if_unusable_or_obsolete()
    close_moved(connection)
    assert word_in(connection) == "old"
    assert connection.connection is kept


def test_another_file_in_its_place_is_met_at_once(connection, path, tmp_path):
    assert word_in(connection) == "old"
    for beside in tmp_path.glob("db.sqlite3-*"):
        beside.unlink()
    make_file(tmp_path / "other", "new").replace(path)
    close_moved(connection)
    assert word_in(connection) == "new"


def test_a_file_that_is_gone_is_not_read_any_more(connection, path):
    assert word_in(connection) == "old"
    path.unlink()
    close_moved(connection)
    with pytest.raises(OperationalError):
        word_in(connection)
    assert not path.exists()


def test_nothing_is_closed_within_a_transaction(connection, path, monkeypatch):
    monkeypatch.setattr(transaction, "get_connection", lambda using=None: connection)
    with transaction.atomic():
        word_in(connection)
        kept = connection.connection
        path.unlink()
        close_moved(connection)
        close_kept(connection)
        assert connection.connection is kept


def test_what_failed_is_closed(connection):
    word_in(connection)
    close_kept(connection)
    assert connection.connection is None
