"""A transaction on SQLite begins in its turn, and gives the turn back however it ends."""

import sqlite3
from collections.abc import Iterator

import pytest
from django.db import ConnectionHandler, Error, OperationalError, transaction

from remedies_site import env
from remedies_site.sqlite.base import DatabaseWrapper
from remedies_site.sqlite.writer_queue import queue_of
from remedies_site.unavailable import is_unavailable


@pytest.fixture
def connection(tmp_path, monkeypatch, django_db_blocker) -> Iterator[DatabaseWrapper]:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    config = env.database(f"sqlite:///{tmp_path / 'db.sqlite3'}")
    with django_db_blocker.unblock():
        connections = ConnectionHandler({"default": config})
        monkeypatch.setattr(
            transaction, "get_connection", lambda using=None: connections["default"]
        )
        yield connections["default"]
        connections["default"].close()


def execute(connection: DatabaseWrapper, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def is_free(connection: DatabaseWrapper) -> bool:
    return not queue_of(str(connection.settings_dict["NAME"]))._is_taken


def test_the_turn_lasts_from_the_begin_to_the_commit(connection):
    with transaction.atomic():
        assert not is_free(connection)
        with transaction.atomic():
            execute(connection, "CREATE TABLE words (word)")
        assert not is_free(connection)
    assert is_free(connection)


def test_an_error_gives_the_turn_back(connection):
    with pytest.raises(Error), transaction.atomic():
        execute(connection, "no SQL")
    assert is_free(connection)


def test_a_connection_that_is_closed_within_gives_the_turn_back(connection):
    with transaction.atomic():
        connection.close()
    assert is_free(connection)


def test_the_turn_is_given_back_where_it_was_taken_though_the_name_has_changed(
    connection, tmp_path
):
    queue = queue_of(str(connection.settings_dict["NAME"]))
    with transaction.atomic():
        connection.settings_dict["NAME"] = tmp_path / "other.sqlite3"
    assert not queue._is_taken


def test_who_waits_too_long_for_the_turn_is_told_that_the_database_is_locked(connection):
    queue = queue_of(str(connection.settings_dict["NAME"]))
    queue.enter(1)
    with (
        connection.lock_wait(0.05),
        pytest.raises(OperationalError) as raised,
        transaction.atomic(),
    ):
        pass
    assert is_unavailable(raised.value)
    queue.leave()
    with transaction.atomic():
        execute(connection, "CREATE TABLE words (word)")


def test_who_finds_the_database_locked_by_others_gives_the_turn_back(connection, tmp_path):
    execute(connection, "CREATE TABLE words (word)")
    other = sqlite3.connect(tmp_path / "db.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connection.lock_wait(0.05), pytest.raises(OperationalError), transaction.atomic():
        pass
    other.close()
    assert is_free(connection)
    with transaction.atomic():
        execute(connection, "INSERT INTO words VALUES ('new')")
