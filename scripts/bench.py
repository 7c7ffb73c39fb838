"""`make bench`: what a page costs, in units of a bare view, into docs/performance.md.

F is the CPU of one bare Django view without middleware that returns the same bytes from the same server.
Costs are CPU of the server process for each request, one request at a time on one connection, medians of
interleaved rounds on this machine: as ratios they mean something on another. A missed goal makes the
command fail. `--quick` takes fewer rounds. Rate limits are off; nothing but this machine is asked.
"""

import http.client
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg

from scripts.running_site import Served, free_port, served_site, wait_for
from tests.plugins import databases

TABLE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
ENTRY = "/remedies/magnesium/restless-legs-syndrome/"
ROUNDS, REQUESTS, COLD = 7, 1500, 25
QUICK_ROUNDS, QUICK_REQUESTS, QUICK_COLD = 5, 300, 8
BYPASS = {"Cookie": "bench=1"}
"""A request with any cookie is Django's own."""


@dataclass(frozen=True)
class Row:
    """What is asked, and the goals in F: on SQLite, on PostgreSQL."""

    name: str
    path: str
    headers: Mapping[str, str]
    goals: tuple[float, float]
    status: int = 200
    is_cold: bool = False


def rows(etag: str) -> list[Row]:
    """Everything that is measured."""
    return [
        Row("entry, cached, identity", ENTRY, {}, (0.4, 0.8)),
        Row("entry, cached, Brotli", ENTRY, {"Accept-Encoding": "br"}, (0.4, 0.8)),
        Row("entry, cached, gzip", ENTRY, {"Accept-Encoding": "gzip"}, (0.4, 0.8)),
        Row("entry, cached, 304", ENTRY, {"If-None-Match": etag}, (0.4, 0.7), 304),
        _uncached("entry", ENTRY, goal=30),
        _uncached("remedy", "/remedies/magnesium/", goal=30),
        _uncached("condition", "/conditions/restless-legs-syndrome/", goal=30),
        _uncached("home", "/", goal=20),
    ]


def _uncached(name: str, path: str, *, goal: float) -> Row:
    return Row(f"{name}, uncached", path, BYPASS, (goal, goal), is_cold=True)


class Client:
    """One connection to one server, whose CPU it reads."""

    def __init__(self, site: Served) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=60)
        # The CPU clock of another process: man clock_getcpuclockid.
        self._clock = (~site.pid << 3) | 2

    def get(self, path: str, headers: Mapping[str, str], status: int = 200) -> tuple[str, bytes]:
        """The tag and the body of a response."""
        self._connection.request("GET", path, headers=dict(headers))
        response = self._connection.getresponse()
        body = response.read()
        if response.status != status:
            raise RuntimeError(f"{path} answered {response.status}, not {status}")
        return response.headers.get("ETag", ""), body

    def cost(self, path: str, headers: Mapping[str, str], status: int, requests: int) -> float:
        """Seconds of CPU for each of so many requests."""
        begin = time.clock_gettime(self._clock)
        for _request in range(requests):
            self.get(path, headers, status)
        return (time.clock_gettime(self._clock) - begin) / requests


@contextmanager
def bare_view(body: bytes) -> Iterator[Served]:
    """The view that is F."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(body)
        file.flush()
        port = free_port()
        command = [sys.executable, "-m", "scripts.bare_view", str(port), file.name]
        server = subprocess.Popen(command)
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield Served(f"http://127.0.0.1:{port}", server.pid)
        finally:
            server.terminate()
            server.wait(timeout=30)


def measure(settings: Mapping[str, str], *, is_quick: bool) -> list[tuple[Row, float, float]]:
    """Each row with its cost in F: the median of the rounds, and half of what lies between the extremes."""
    rounds = QUICK_ROUNDS if is_quick else ROUNDS
    requests, cold = (QUICK_REQUESTS, QUICK_COLD) if is_quick else (REQUESTS, COLD)
    with served_site(settings={"RATE_LIMITS": "off", **settings}) as site:
        client = Client(site)
        etag, body = client.get(ENTRY, {})
        wanted = rows(etag)
        found: dict[str, list[float]] = {row.name: [] for row in wanted}
        with bare_view(body) as bare:
            unit = Client(bare)
            for row in wanted:  # once, so that everything is compiled and kept
                client.get(row.path, row.headers, row.status)
            for _round in range(rounds):
                one = unit.cost("/", {}, 200, requests)
                for row in wanted:
                    number = cold if row.is_cold else requests
                    cost = client.cost(row.path, row.headers, row.status, number)
                    found[row.name].append(cost / one)
    return [
        (
            row,
            statistics.median(found[row.name]),
            (max(found[row.name]) - min(found[row.name])) / 2,
        )
        for row in wanted
    ]


@contextmanager
def empty_postgres() -> Iterator[str]:
    """The address of a new database of its own."""
    url = databases.postgres_url()
    name = f"bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def main(arguments: list[str]) -> int:
    """Measure on both databases and write the table; 1 where a goal was missed."""
    is_quick = "--quick" in arguments
    found = [("SQLite", *one) for one in measure({}, is_quick=is_quick)]
    with empty_postgres() as url:
        found += [("PostgreSQL", *one) for one in measure({"DATABASE_URL": url}, is_quick=is_quick)]
    lines, missed = [], 0
    for database, row, cost, spread in found:
        goal = row.goals[database == "PostgreSQL"]
        is_met = cost <= goal
        missed += not is_met
        told = f"{cost:.2f} | ± {spread:.2f} | {goal} | {'yes' if is_met else 'no'}"
        lines.append(f"| {database} | {row.name} | {told} |")
    print("\n".join(lines))
    if not is_quick:
        TABLE.write_text(_table(lines), encoding="utf-8")
    return int(bool(missed))


def _table(lines: list[str]) -> str:
    versions = (
        f"Python {platform.python_version()}, Django {django.get_version()}, {platform.machine()}"
    )
    return (
        "# What a page costs\n\n"
        "Written by `make bench`; not by hand. F is the CPU of one bare Django view without middleware that\n"
        "returns the bytes of the entry page from the same server. “Cached” pages come from the store in front\n"
        "of Django, “uncached” ones past it.\n\n"
        f"{date.today():%-d %B %Y}, {versions}, {ROUNDS} interleaved rounds.\n\n"
        "| database | page | cost in F | spread | goal | met |\n| --- | --- | ---: | ---: | ---: | --- |\n"
        + "\n".join(lines)
        + "\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
