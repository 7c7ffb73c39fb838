"""Requests a second and times of responses over several connections that are kept open."""

import selectors
import socket
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from scripts.bench.costs import ENTRY
from scripts.bench.results import Result, tell
from scripts.bench.sites import pinned_client
from scripts.running_site import Served

CONNECTIONS = 8
LEAST = {"SQLite": 1.5, "PostgreSQL": 1.0}
"""Times the requests a second of the bare view."""
P99_TO_P50 = 4
END_OF_CHUNKS = b"0\r\n\r\n"


def results(
    database: str, site: Served, bare: Served, session: Mapping[str, str], seconds: float
) -> list[Result]:
    """The cached entry page against the bare view, in turns; then how much longer the slowest take."""
    rounds = 5
    ours, theirs, times = [], [], []
    with pinned_client():
        for number in range(rounds):
            tell(f"requests a second, {number + 1} of {rounds}")
            theirs.append(len(respond(bare.url, "/", {}, seconds)) / seconds)
            found = respond(site.url, ENTRY, {}, seconds)
            ours.append(len(found) / seconds)
            times += found
        signed_in = respond(site.url, ENTRY, session, rounds * seconds)
    tell(f"bare view {statistics.median(theirs):.0f}, ours {statistics.median(ours):.0f} a second")
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    name = f"{CONNECTIONS} connections"
    return [
        Result(
            database,
            f"requests a second, entry, cached, {name}, against the bare view",
            statistics.median(ratios),
            LEAST[database],
            "times",
            (max(ratios) - min(ratios)) / 2,
            at_least=True,
        ),
        _slowest(database, f"p99 against p50, entry, cached, {name}", times),
        _slowest(database, f"p99 against p50, entry, signed in, {name}", signed_in),
    ]


def _slowest(database: str, name: str, times: list[float]) -> Result:
    parts = statistics.quantiles(times, n=100)
    return Result(database, name, parts[98] / parts[49], P99_TO_P50, "times")


def respond(url: str, path: str, headers: Mapping[str, str], seconds: float) -> list[float]:
    """Keep every connection busy for so long; the seconds that each response took."""
    place = urlsplit(url)
    lines = [f"GET {path} HTTP/1.1", f"Host: {place.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    request = "\r\n".join([*lines, "", ""]).encode()
    times: list[float] = []
    end = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        for _number in range(CONNECTIONS):
            _send(selector, Exchange(request, (str(place.hostname), place.port or 80)))
        while selector.get_map():
            for key, _events in selector.select():
                exchange: Exchange = key.data
                if not exchange.receive():
                    continue
                now = time.monotonic()
                times.append(now - exchange.begun)
                selector.unregister(exchange.socket)
                if exchange.is_last or now >= end:
                    exchange.close()
                if now < end:
                    _send(selector, exchange)
    return times


def _send(selector: selectors.BaseSelector, exchange: "Exchange") -> None:
    exchange.send()
    selector.register(exchange.socket, selectors.EVENT_READ, exchange)


@dataclass
class Exchange:
    """A connection with one request at a time; it is opened again where the server has closed it."""

    request: bytes
    address: tuple[str, int]
    begun: float = 0
    _socket: socket.socket | None = None
    _head: bytes = field(default=b"", init=False)
    _left: int | None = field(default=None, init=False)
    _tail: bytes = field(default=b"", init=False)

    @property
    def socket(self) -> socket.socket:
        """The connection, opened when it is needed."""
        if self._socket is None:
            self._socket = socket.create_connection(self.address, timeout=120)
        return self._socket

    def send(self) -> None:
        """Begin the next exchange."""
        self.begun = time.monotonic()
        self._head, self._left, self._tail = b"", None, b""
        self.socket.sendall(self.request)

    def receive(self) -> bool:
        """Read what there is; whether the response is whole. Raises: RuntimeError, where it is no page."""
        data = self.socket.recv(1 << 20)
        if not data:
            raise RuntimeError("The server closed a connection within a response.")
        if not self._head.endswith(b"\r\n\r\n"):
            head, separator, data = (self._head + data).partition(b"\r\n\r\n")
            self._head = head + separator
            if not separator:
                return False
            self._begin_body()
        if self._left is None:
            self._tail = (self._tail + data)[-len(END_OF_CHUNKS) :]
            is_whole = self._tail == END_OF_CHUNKS
        else:
            self._left -= len(data)
            is_whole = self._left <= 0
        return is_whole

    @property
    def is_last(self) -> bool:
        """Whether the server closes the connection after this response."""
        return b"\r\nconnection: close\r\n" in self._head.lower()

    def close(self) -> None:
        """Close the connection; the next request opens another one."""
        self.socket.close()
        self._socket = None

    def _begin_body(self) -> None:
        if not self._head.startswith(b"HTTP/1.1 200 "):
            raise RuntimeError(f"No page: {self._head[:100]!r}")
        _before, name, after = self._head.lower().partition(b"\r\ncontent-length:")
        self._left = int(after.partition(b"\r\n")[0]) if name else None
