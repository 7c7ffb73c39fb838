"""The numbers for Prometheus: on a door of their own, which is shut unless a setting opens it."""

import socket
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
from django.db import DatabaseError
from django.test import Client

from accounts import outbox
from accounts.models import OutgoingMail
from remedies_site.last_backup import note_backup
from remedies_site.monitoring import exporter
from remedies_site.monitoring.counters import increment, note_time
from tests.factories import make_challenge, make_comment, make_entry, make_user
from tests.site.pagecache.site import Site

ROOT = Path(__file__).parents[3]


@pytest.fixture
def numbers(monkeypatch):
    """What a look of Prometheus would find: metric with labels, and its number."""
    from prometheus_client import CollectorRegistry

    # The test's own connection stays open.
    monkeypatch.setattr(exporter, "connection", SimpleNamespace(close=lambda: None))
    registry = CollectorRegistry()
    registry.register(exporter.SiteCollector())
    return lambda name, **labels: registry.get_sample_value(f"remedies_{name}", labels)


@pytest.mark.django_db
def test_requests_are_told_by_route_and_class_of_status(numbers):
    before = numbers("requests_total", route="about", status="2xx") or 0
    Client().get("/about/")
    assert numbers("requests_total", route="about", status="2xx") == before + 1
    assert numbers("request_seconds_total", route="about") > 0


@pytest.mark.django_db(transaction=True)
def test_hits_and_misses_of_the_store_are_told(numbers):
    site = Site()
    hits = numbers("kept_pages_total", result="hit") or 0
    misses = numbers("kept_pages_total", result="miss") or 0
    others = numbers("kept_pages_total", result="not asked for") or 0
    for _time in range(3):
        site.get("/about/")
    site.get("/healthz")
    assert numbers("kept_pages_total", result="miss") == misses + 1
    assert numbers("kept_pages_total", result="hit") == hits + 2
    assert numbers("kept_pages_total", result="not asked for") == others + 1


@pytest.mark.django_db
def test_what_waits_is_told_by_its_kind(numbers, settings):
    kinds = dict.fromkeys(settings.WAITING_COUNTS, 0)
    assert {kind: numbers("waiting", kind=kind) for kind in kinds} == kinds
    entry = make_entry(review_due=date(2020, 1, 1), written_on=date(2019, 1, 1))
    make_challenge(entry)
    make_comment(entry).reports.create(reason="spam", reporter=make_user())
    OutgoingMail.objects.create(message_id="<1@x>", sender="a@x", recipients=[], content=b"")
    assert outbox.count_waiting_mails() == 1
    found = {kind: numbers("waiting", kind=kind) for kind in kinds}
    assert found == kinds | {
        "outgoing_mails": 1, "overdue_reviews": 1, "open_challenges": 1, "reported_comments": 1,
    }  # fmt: skip


@pytest.mark.django_db
def test_the_last_backup_and_the_worker_s_last_round_are_told(numbers, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    assert numbers("last_backup_age_seconds") is None
    backup = tmp_path / "site.backup"
    backup.write_bytes(b"whole")
    note_backup(backup)
    assert 0 <= numbers("last_backup_age_seconds") < 60
    note_time("worker_round")
    assert numbers("worker_last_round_timestamp_seconds") > 1_700_000_000


@pytest.mark.django_db
def test_without_a_database_the_other_numbers_are_told_and_one_that_it_is_gone(
    numbers, monkeypatch
):
    assert numbers("database_up") == 1
    increment("database_unavailable")

    def fails():
        raise DatabaseError("gone")

    monkeypatch.setattr(outbox, "count_waiting_mails", fails)
    assert numbers("database_up") == 0
    assert numbers("waiting", kind="outgoing_mails") is None
    assert numbers("database_unavailable_total") >= 1


def test_a_request_that_the_database_cannot_serve_is_counted(rf, monkeypatch):
    from django.db import InterfaceError

    from remedies_site.monitoring.counters import counter_values
    from remedies_site.unavailable import UnavailableMiddleware

    before = counter_values("database_unavailable").get((), 0)
    middleware = UnavailableMiddleware(lambda _request: None)
    monkeypatch.setattr("remedies_site.unavailable.close_kept", lambda _connection: None)
    assert middleware.process_exception(rf.get("/"), InterfaceError("gone")).status_code == 503
    assert middleware.process_exception(rf.get("/"), ValueError("ours")) is None
    assert counter_values("database_unavailable")[()] == before + 1


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.django_db
def test_the_door_is_on_loopback_and_shut_without_its_setting(settings):
    assert settings.METRICS_PORT == 0
    assert settings.METRICS_HOST == "127.0.0.1"
    assert exporter.start_exporter() is None
    settings.METRICS_PORT = free_port()
    settings.WAITING_COUNTS = {}
    server = exporter.start_exporter()
    try:
        assert server.server_address[0] == "127.0.0.1"
        with urlopen(f"http://127.0.0.1:{settings.METRICS_PORT}/metrics") as answer:
            assert b"remedies_database_up 1.0" in answer.read()
        assert exporter.start_exporter() is None  # the port is taken: a line in the log, no error
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.django_db
def test_the_site_itself_has_no_page_of_numbers(client):
    for path in ("/metrics", "/metrics/"):
        assert client.get(path, follow=True).status_code == 404


def test_the_library_is_imported_only_where_the_door_is_open():
    code = (
        "import django; django.setup(); import sys; from remedies_site.monitoring import exporter;"
        "exporter.start_exporter(); print('prometheus_client' in sys.modules)"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert output.strip() == "False"
