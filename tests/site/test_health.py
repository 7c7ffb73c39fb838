from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError

from remedies_site import health


def broken(error):
    def fail(*args, **kwargs):
        raise error

    return fail


def test_it_is_ok_when_database_and_cache_answer(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_the_answer_is_never_kept(client, db):
    response = client.get("/healthz")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_a_silent_database_is_named(client, db, monkeypatch, error):
    silent = SimpleNamespace(cursor=broken(error("gone")), connection=None)
    monkeypatch.setattr(health, "connection", silent)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["failing"]) == (503, ["database"])


def test_a_failing_cache_is_named(client, db, monkeypatch):
    monkeypatch.setattr(cache, "set", broken(ConnectionError("refused")))
    response = client.get("/healthz")
    assert (response.status_code, response.json()["failing"]) == (503, ["cache"])


def test_a_cache_that_forgets_at_once_is_named(client, db, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda key: None)
    assert client.get("/healthz").json() == {"status": "failing", "failing": ["cache"]}


def test_what_failed_is_told_without_its_words(client, db, monkeypatch):
    monkeypatch.setattr(cache, "set", broken(ConnectionError("redis://:secret@host")))
    assert b"secret" not in client.get("/healthz").content


def test_it_takes_no_form(client, db):
    assert client.post("/healthz").status_code == 405
