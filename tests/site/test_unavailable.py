"""A database that is locked, read-only, full or gone: a 503 for who needs it, pages for who can read."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, connection
from django.test import Client

from accounts.models import User
from remedies.models import EntryVote
from remedies_site import health
from remedies_site.health import note_worker
from remedies_site.unavailable import QUEUED_SECONDS, is_unavailable
from tests.factories import log_in, make_entry, make_user

PAGES = ("/", "/remedies/", "/search/?q=magnesium", "/about/", "/robots.txt")
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a matter of SQLite")
only_postgresql = pytest.mark.skipif(connection.vendor == "sqlite", reason="of PostgreSQL")


@pytest.fixture
def reader() -> Client:
    """A browser that sees error pages, as readers do."""
    return Client(raise_request_exception=False)


@contextmanager
def pragma(name: str, during: int | str, after: int | str):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name} = {during}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA {name} = {after}")


@contextmanager
def locked():
    """Another connection holds the lock of all writes, or those of the tables that these tests write."""
    if connection.vendor == "postgresql":
        yield from locked_tables("accounts_user", "accounts_allowance", "accounts_actioncount")
        return
    with (
        pragma("busy_timeout", 200, 20_000),
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        yield


def locked_tables(*tables: str):
    """Readers go on; writers wait for the connection's lock_timeout."""
    other = connection.copy()
    try:
        with other.cursor() as holder, connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
            holder.execute("BEGIN")
            holder.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")
            yield
            holder.execute("ROLLBACK")
            cursor.execute("RESET lock_timeout")
    finally:
        other.close()


@contextmanager
def read_only():
    """As a read-only file, or a standby of PostgreSQL, answers a write."""
    if connection.vendor == "sqlite":
        with pragma("query_only", 1, 0):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        try:
            yield
        finally:
            cursor.execute("SET default_transaction_read_only = off")


@contextmanager
def full():
    """The file cannot grow by one page more."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    with pragma("max_page_count", pages, 2_000_000_000):
        yield


def assert_unavailable(response) -> None:
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in response
    assert "Not available for a moment" in response.content.decode()


STATES = [locked, read_only]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", STATES)
def test_what_writes_gets_a_503_and_pages_can_be_read(reader, state):
    entry = make_entry()
    member = make_user()
    log_in(reader, member)
    url = f"/remedies/{entry.remedy.slug}/{entry.condition.slug}/"
    with state():
        assert_unavailable(reader.post(f"{url}vote/", {"value": "1", "consent": "on"}))
        for browser in (reader, Client()):
            assert browser.get(url).status_code == 200
            assert {path: browser.get(path).status_code for path in PAGES} == dict.fromkeys(
                PAGES, 200
            )
    assert not EntryVote.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", STATES)
def test_a_failed_log_in_or_sign_up_is_a_503_and_stores_nobody(reader, state):
    with state():
        assert_unavailable(reader.post("/accounts/login/", {"login": "ana", "password": "x" * 12}))
        new = {"username": "Ana", "email": "ana@example.org"} | dict.fromkeys(
            ("password1", "password2"), "a long unusual word"
        )
        assert_unavailable(reader.post("/accounts/signup/", new))
    assert not User.objects.exists()


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_a_503_for_writes(reader, settings):
    settings.RATE_LIMITS = False
    passwords = dict.fromkeys(("password1", "password2"), "a long unusual word")
    with full():
        statuses = []
        while 503 not in statuses and len(statuses) < 100:
            number = len(statuses)
            new = {"username": f"Ana{number}", "email": f"ana{number}@example.org"} | passwords
            browser = Client(raise_request_exception=False)
            statuses.append(browser.post("/accounts/signup/", new).status_code)
        assert reader.get("/remedies/").status_code == 200
    assert set(statuses) == {302, 503}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", [pytest.param(locked, marks=only_sqlite), read_only])
def test_readyz_names_a_database_that_can_only_be_read(reader, state):
    note_worker()
    assert reader.get("/readyz").json() == {"status": "ok"}
    with state():
        response = reader.get("/readyz")
        assert (response.status_code, response.json()["degraded"]) == (200, ["writes"])
        assert reader.get("/readyz?strict").status_code == 503
    assert reader.get("/readyz").json() == {"status": "ok"}


@only_sqlite
@pytest.mark.django_db
def test_readyz_waits_as_usual_for_locks_afterwards(reader):
    reader.get("/readyz")
    with connection.cursor() as cursor:
        (milliseconds,) = cursor.execute("PRAGMA busy_timeout").fetchone()
    assert milliseconds == connection.settings_dict["OPTIONS"]["timeout"] * 1000


@only_sqlite
@pytest.mark.django_db
def test_readyz_names_a_disk_with_little_space(reader, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))
    note_worker()
    assert reader.get("/readyz").json()["degraded"] == ["disk"]


@pytest.mark.django_db
def test_a_database_that_is_gone_is_a_503_where_a_middleware_meets_it(reader, monkeypatch):
    log_in(reader, make_user())

    def gone(*_arguments, **_options):
        raise OperationalError("server closed the connection") from Exception("psycopg")

    monkeypatch.setattr("accounts.sessions.SessionStore.load", gone)
    assert_unavailable(reader.get("/remedies/"))


def test_a_form_that_waited_too_long_for_a_thread_is_not_handled(reader):
    late = {QUEUED_SECONDS: 1.5}
    assert_unavailable(reader.post("/accounts/login/", {}, **late))
    assert reader.get("/robots.txt", **late).status_code == 200


def of_sqlite(code: int) -> OperationalError:
    cause, error = sqlite3.OperationalError("words"), OperationalError("words")
    cause.sqlite_errorcode = code
    error.__cause__ = cause
    return error


def of_postgresql(kind: type[DatabaseError], sqlstate: str) -> DatabaseError:
    cause, error = Exception("words"), kind("words")
    cause.sqlstate = sqlstate
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), True),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), True),
        (of_sqlite(sqlite3.SQLITE_FULL), True),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), True),
        (of_sqlite(sqlite3.SQLITE_ERROR), False),  # no such table: ours
        (of_postgresql(OperationalError, "55P03"), True),
        (of_postgresql(InternalError, "25006"), True),
        (of_postgresql(InternalError, "25P02"), False),
        (InterfaceError("connection already closed"), True),
        (DatabaseError("words"), False),
        (ValueError("words"), False),
        (None, False),
    ],
)
def test_only_what_the_database_cannot_do_now_is_unavailable(error, expected):
    assert is_unavailable(error) is expected


@only_sqlite
@pytest.mark.django_db
def test_a_missing_table_stays_an_error_of_ours():
    with connection.cursor() as cursor, pytest.raises(OperationalError) as raised:
        cursor.execute("SELECT 1 FROM no_such_table")
    assert not is_unavailable(raised.value)


@only_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("limit", ["lock_timeout", "statement_timeout"])
def test_a_statement_beyond_its_limit_is_unavailable(limit):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [limit])
        assert cursor.fetchone()[0] not in ("0", "")
        cursor.execute("SET statement_timeout = '50ms'")
        try:
            with pytest.raises(OperationalError) as raised:
                cursor.execute("SELECT pg_sleep(5)")
        finally:
            cursor.execute("RESET statement_timeout")
    assert is_unavailable(raised.value)


MISSING = """
import remedies_site.wsgi
from django.test import Client
reader = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")
for path in ("/remedies/", "/accounts/login/", "/healthz", "/readyz", "/robots.txt"):
    response = reader.get(path)
    print(path, response.status_code, response.content.decode() if path.endswith("z") else "")
"""


def test_a_server_whose_database_is_gone_says_so_and_makes_no_empty_one(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "remedies_site.settings.test",
    }
    done = subprocess.run(
        [sys.executable, "-c", MISSING],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "/remedies/ 503 ",
        "/accounts/login/ 503 ",
        '/healthz 200 {"status": "ok"}',
        '/readyz 503 {"status": "failing", "failing": ["database"]}',
        "/robots.txt 200 ",
    ]
    assert not (tmp_path / "db.sqlite3").exists()
