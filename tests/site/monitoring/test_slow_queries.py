"""`SLOW_QUERY_MS`: statements that took long are logged, without their values."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from remedies_site.monitoring import slow_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Every statement takes a tenth of a second."""
    ticks = iter(range(1_000))
    monkeypatch.setattr(slow_queries.time, "perf_counter", lambda: next(ticks) / 10)


def find_somebody() -> None:
    list(get_user_model().objects.filter(email="somebody@example.org"))


def test_a_slow_statement_is_logged_without_its_values(settings, clock, caplog):
    settings.SLOW_QUERY_MS = 50
    with connection.execute_wrapper(slow_queries.time_statement):
        find_somebody()
    (record,) = caplog.records
    assert record.name == "remedies_site.monitoring.slow_queries"
    assert record.getMessage().startswith("100 ms: SELECT ")
    assert "somebody" not in caplog.text


def test_a_quick_statement_is_not(settings, clock, caplog):
    settings.SLOW_QUERY_MS = 200
    with connection.execute_wrapper(slow_queries.time_statement):
        find_somebody()
    assert caplog.records == []


def test_connections_are_watched_only_where_the_setting_wants_it(settings):
    opened = SimpleNamespace(execute_wrappers=[])
    slow_queries.watch_connection(opened)
    assert opened.execute_wrappers == []
    settings.SLOW_QUERY_MS = 50
    for _time in range(2):
        slow_queries.watch_connection(opened)
    assert opened.execute_wrappers == [slow_queries.time_statement]
