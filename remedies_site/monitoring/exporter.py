"""The numbers for Prometheus, on a port of their own: `METRICS_PORT`, on loopback unless set otherwise.

`prometheus_client` is imported only where the port is set. Each process counts what it did itself, so each
needs a port of its own and Prometheus adds them up; what waits is read from the database at each look and is
the same from every process.
"""

import logging
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.module_loading import import_string

from remedies_site.last_backup import last_backup
from remedies_site.monitoring.counters import counter_values, last_time

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

logger = logging.getLogger(__name__)

PREFIX = "remedies"
_COUNTED = {
    "requests": (
        "Requests that Django answered, by route and class of status.",
        ("route", "status"),
    ),
    "request_seconds": ("Seconds that Django took for them, by route.", ("route",)),
    "kept_pages": (
        "Requests by what the store of whole pages had: hit, miss, not asked for.",
        ("result",),
    ),
    "database_unavailable": ("Requests answered 503 since the database failed.", ()),
    "browser_reports": ("Reports of browsers by the rule of the policy.", ("directive",)),
}


class SiteCollector:
    """Reads all numbers again for each scrape; in a thread of its own, with a connection of its own."""

    def collect(self) -> "Iterator[Metric]":
        """Every metric. Where the database does not answer, those of it are left out, and one says so."""
        yield from _counter_metrics()
        yield from _moments()
        try:
            yield from list(_waiting())  # all or none, and then whether it went well
            is_up = 1
        except DatabaseError:
            is_up = 0
        finally:
            connection.close()
        yield _gauge("database_up", "1 where the database answered this look.", is_up)


def start_exporter() -> Any | None:
    """Listen where `METRICS_PORT` is set; the server, or None. A port that is taken is only logged."""
    if not settings.METRICS_PORT:
        return None
    from prometheus_client import CollectorRegistry, start_http_server

    registry = CollectorRegistry()
    registry.register(SiteCollector())
    try:
        server, _thread = start_http_server(
            settings.METRICS_PORT, settings.METRICS_HOST, registry=registry
        )
    except OSError as error:  # another process of the site has it; the site itself goes on
        logger.warning("No metrics on port %s: %s", settings.METRICS_PORT, error.strerror)
        return None
    return server


def _counter_metrics() -> "Iterator[Metric]":
    from prometheus_client.core import CounterMetricFamily

    for name, (text, labels) in _COUNTED.items():
        family = CounterMetricFamily(f"{PREFIX}_{name}", text, labels=labels)
        numbers = counter_values(name)
        for values, number in numbers.items():
            family.add_metric(list(values), number)
        if not labels and not numbers:
            family.add_metric([], 0)
        yield family


def _moments() -> "Iterator[Metric]":
    if (at := last_time("worker_round")) is not None:
        text = "When the worker of this process ended its last round, in seconds since 1970."
        yield _gauge("worker_last_round_timestamp_seconds", text, at)
    if (backup := last_backup()) is not None:
        age = max(0.0, time.time() - backup.made_at.timestamp())
        yield _gauge("last_backup_age_seconds", "Since this machine made its last backup.", age)


def _waiting() -> "Iterator[Metric]":
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(f"{PREFIX}_waiting", "What waits for somebody.", labels=["kind"])
    for kind, function in settings.WAITING_COUNTS.items():
        family.add_metric([kind], import_string(function)())
    yield family


def _gauge(name: str, text: str, value: float) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(f"{PREFIX}_{name}", text, value=value)
