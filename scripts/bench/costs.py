"""CPU of the server process for each request, in F: one at a time on one connection."""

import http.client
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from scripts.bench.results import Result, tell
from scripts.bench.sites import cpu_seconds, pinned_client
from scripts.running_site import Served

ENTRY = "/remedies/magnesium/restless-legs-syndrome/"
BYPASS = {"Cookie": "bench=1"}
"""A request with any cookie is Django's own."""
Form = Callable[[int], Mapping[str, str]]
"""The fields of the n-th form."""


@dataclass(frozen=True)
class Counts:
    """How much is measured: rounds, and requests in each for what is kept and for what is made."""

    rounds: int
    cached: int
    made: int


@dataclass(frozen=True)
class Row:
    """What is requested, and the most that it may cost in F: on SQLite, on PostgreSQL."""

    name: str
    path: str
    goals: tuple[float, float] = (0, 0)
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    form: Form | None = None
    is_cached: bool = False
    before: "Row | None" = None
    """What is sent before each request, and not counted."""


class Client:
    """One connection to one server, whose CPU it reads."""

    def __init__(self, site: Served) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=120)
        self._pid = site.pid
        self._forms = 0

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, status: int = 200
    ) -> tuple[http.client.HTTPMessage, bytes]:
        """Headers and body of a response. Raises: RuntimeError, for another status."""
        return self._send("GET", path, None, headers or {}, status)

    def send(self, row: Row) -> bytes:
        """The body that a row is answered with."""
        if row.form is None:
            return self.get(row.path, row.headers, row.status)[1]
        self._forms += 1
        body = urlencode(row.form(self._forms))
        headers = {"Content-Type": "application/x-www-form-urlencoded", **row.headers}
        return self._send("POST", row.path, body, headers, row.status)[1]

    def cost(self, row: Row, requests: int) -> float:
        """Seconds of CPU for each of so many requests."""
        if row.before is not None:
            return sum(self._cost_after(row.before, row) for _request in range(requests)) / requests
        begin = cpu_seconds(self._pid)
        for _request in range(requests):
            self.send(row)
        return (cpu_seconds(self._pid) - begin) / requests

    def _cost_after(self, before: Row, row: Row) -> float:
        self.send(before)
        begin = cpu_seconds(self._pid)
        self.send(row)
        return cpu_seconds(self._pid) - begin

    def _send(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str], status: int
    ) -> tuple[http.client.HTTPMessage, bytes]:
        self._connection.request(method, path, body, dict(headers))
        response = self._connection.getresponse()
        content = response.read()
        if response.status != status:
            raise RuntimeError(f"{method} {path} answered {response.status}, not {status}")
        return response.headers, content


class Costs:
    """What each row costs in F, by its name: the medians of the rounds, and their spread."""

    def __init__(self, found: Mapping[str, Sequence[float]]) -> None:
        self._found = found

    def median(self, name: str) -> float:
        """In F."""
        return statistics.median(self._found[name])

    def spread(self, name: str) -> float:
        """Half of what lies between the extremes."""
        return (max(self._found[name]) - min(self._found[name])) / 2

    def results(self, database: str, rows: Sequence[Row]) -> list[Result]:
        """The rows that have a goal."""
        return [
            Result(
                database,
                row.name,
                self.median(row.name),
                row.goals[database == "PostgreSQL"],
                spread=self.spread(row.name),
            )
            for row in rows
            if any(row.goals)
        ]

    def ratio(self, database: str, name: str, over: str, under: str, goal: float) -> Result:
        """One row against another, round by round."""
        pairs = zip(self._found[over], self._found[under], strict=True)
        return Result(
            database, name, statistics.median(one / other for one, other in pairs), goal, "times"
        )


def measure(site: Served, bare: Served, rows: Sequence[Row], counts: Counts) -> Costs:
    """All rows, round after round, each beside F of the same round."""
    client, unit = Client(site), Client(bare)
    one = Row("F", "/")
    found: dict[str, list[float]] = {row.name: [] for row in rows}
    for row in [one, *rows]:  # once, so that everything is compiled, and kept where it may be
        (unit if row is one else client).send(row)
    with pinned_client():
        for number in range(counts.rounds):
            tell(f"round {number + 1} of {counts.rounds}")
            unit_cost = unit.cost(one, counts.cached)
            for row in rows:
                times = counts.cached if row.is_cached else counts.made
                found[row.name].append(client.cost(row, times) / unit_cost)
    return Costs(found)


def entry_page(site: Served) -> tuple[str, bytes]:
    """Tag and bytes of the entry page, as the store has them."""
    client = Client(site)
    client.get(ENTRY)
    headers, body = client.get(ENTRY)
    return headers["ETag"], body
