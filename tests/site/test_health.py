from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError
from django.test import Client

from remedies_site import health

PROBES = ["/healthz", "/readyz"]


def broken(error):
    def fail(*args, **kwargs):
        raise error

    return fail


@pytest.fixture(autouse=True)
def worker():
    """A worker that gave a sign of life a moment ago."""
    health.note_worker()
    yield
    cache.clear()


def test_it_is_ready_when_everything_answers(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", PROBES)
def test_the_answer_is_never_kept(client, db, path):
    response = client.get(path)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_a_process_is_alive_whatever_became_of_its_database(client, monkeypatch):
    monkeypatch.setattr(
        "django.db.backends.base.base.BaseDatabaseWrapper.cursor", broken(DatabaseError)
    )
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", PROBES)
@pytest.mark.parametrize("host", ["10.0.0.7:8000", "[fd00::7]", "evil.example", "a b"])
def test_a_probe_needs_neither_the_name_of_the_site_nor_https(db, settings, path, host):
    settings.SECURE_SSL_REDIRECT, settings.SITE_URL = True, "https://remedies.example.org"
    assert Client(headers={"Host": host}).get(path).status_code == 200


def test_every_other_page_keeps_its_rules_for_host_and_scheme(db, settings):
    assert Client(headers={"Host": "10.0.0.7"}).get("/robots.txt").status_code == 400
    assert Client(headers={"Host": "10.0.0.7"}).get("/readyz/").status_code == 400
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/robots.txt").status_code == 301


def test_a_probe_with_a_cookie_looks_up_no_session(db, monkeypatch):
    monkeypatch.setattr("accounts.sessions.SessionStore.load", broken(AssertionError("looked up")))
    assert Client(headers={"Cookie": "sessionid=" + "x" * 32}).get("/readyz").status_code == 200


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_a_silent_database_is_named(client, db, monkeypatch, error):
    silent = SimpleNamespace(cursor=broken(error("gone")), connection=None)
    monkeypatch.setattr(health, "connection", silent)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["failing"]) == (503, ["database"])


def test_a_migration_that_is_not_applied_is_named(client, db, monkeypatch):
    monkeypatch.setattr(health, "_migrated", set())
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["0002"])
    response = client.get("/readyz")
    assert (response.status_code, response.json()["failing"]) == (503, ["migrations"])


def test_migrations_are_looked_at_until_all_are_applied_and_then_no_more(client, db, monkeypatch):
    monkeypatch.setattr(health, "_migrated", set())
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(health, "MigrationExecutor", broken(AssertionError("looked again")))
    assert client.get("/readyz").status_code == 200


def test_a_failing_cache_is_named_and_readers_are_served(client, db, monkeypatch):
    monkeypatch.setattr(cache, "set", broken(ConnectionError("refused")))
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "degraded", "degraded": ["cache"]}


def test_a_cache_that_forgets_at_once_is_named(client, db, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda key: None)
    assert client.get("/readyz").json() == {"status": "degraded", "degraded": ["cache"]}


def test_a_worker_that_gave_no_sign_is_named(client, db):
    cache.clear()
    assert client.get("/readyz").json() == {"status": "degraded", "degraded": ["worker"]}


def test_a_monitor_that_knows_statuses_alone_asks_strictly(client, db):
    assert client.get("/readyz?strict").status_code == 200
    cache.clear()
    assert client.get("/readyz?strict").status_code == 503


def test_what_failed_is_told_without_its_words(client, db, monkeypatch):
    monkeypatch.setattr(cache, "set", broken(ConnectionError("redis://:secret@host")))
    assert b"secret" not in client.get("/readyz").content


@pytest.mark.parametrize("path", PROBES)
def test_it_takes_no_form(client, db, path):
    assert client.post(path).status_code == 405
