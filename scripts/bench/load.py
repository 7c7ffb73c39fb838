"""Mixed traffic on two workers of one database: no error, no lost write, no page from before a vote."""

import http.client
import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import product
from urllib.parse import urlencode, urlsplit

from scripts.bench.costs import Client
from scripts.bench.members import COMMENT, sessions, signed_in
from scripts.bench.results import Result, tell
from scripts.bench.sites import pin_server, pinned_client
from scripts.running_site import Served

CONNECTIONS = 64
VOTES, COMMENTS, SEARCHES = 0.06, 0.03, 0.01
"""Their parts of all requests; the rest reads."""
MEMBERS = 400
COUNTS = re.compile(r"([\d,]+) up • ([\d,]+) down")
QUERIES = ("magnesium", "sleep", "iron", "pain", "migraine", "vitamin d")
PAGES = ("/", "/remedies/", "/conditions/", "/remedies/magnesium/", "/conditions/asthma/")


def results(database: str, site: Served, seconds: float) -> list[Result]:
    """What went wrong in so many seconds: nothing may."""
    with site.another_worker() as other, pinned_client():
        pin_server(other.pid)
        traffic = Traffic(site, other)
        traffic.run(seconds)
        sums = _sums(site)
    lost = abs(sums["votes"] - traffic.begin["votes"] - traffic.counts["votes"])
    lost += abs(sums["comments"] - traffic.begin["comments"] - traffic.counts["comments"])
    tell(f"{traffic.counts.total() / seconds:.0f} requests a second: {dict(traffic.counts)}")
    name = f"load, {CONNECTIONS} connections, {seconds:g} s"
    return [
        Result(database, f"{name}: errors", traffic.errors.total(), 0, ""),
        Result(database, f"{name}: lost writes", lost, 0, ""),
        Result(database, f"{name}: counters that are not their rows", sums["wrong"], 0, ""),
        Result(database, f"{name}: stale answers", traffic.stale, 0, ""),
    ]


def _sums(site: Served) -> dict[str, int]:
    code = "from scripts.bench import rows; rows.print_sums()"
    sums: dict[str, int] = json.loads(site.manage("shell", "--no-imports", "--command", code))
    return sums


class Traffic:
    """Readers, voters, writers and searchers; each connection is whoever comes next."""

    def __init__(self, *workers: Served) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.stale = 0
        self.begin = _sums(workers[0])
        client = Client(workers[0])
        self._entries = _entries(client)
        self._voted = {path: _votes(client.get(path)[1].decode()) for path in self._entries}
        self._members = sessions(workers[0], MEMBERS)
        self._ballots = self._shuffled()

    def run(self, seconds: float) -> None:
        """Until the time is over and every request is answered."""
        end = time.monotonic() + seconds
        threads = [
            threading.Thread(target=self._connection, args=(number, end))
            for number in range(CONNECTIONS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for message, times in self.errors.most_common(5):
            tell(f"{times} times: {message}")

    def _shuffled(self) -> Iterator[tuple[str, str]]:
        """Each member votes once on each entry."""
        ballots = list(product(self._members, self._entries))
        random.Random(1).shuffle(ballots)  # noqa: S311  no secret
        yield from ballots

    def _connection(self, number: int, end: float) -> None:
        chance = random.Random(number)  # noqa: S311  no secret
        connections = [
            http.client.HTTPConnection(urlsplit(worker.url).netloc, timeout=60)
            for worker in self._workers
        ]
        while time.monotonic() < end:
            with self._noting_errors():
                self._request(chance.choice(connections), chance)
        for connection in connections:
            connection.close()

    @contextmanager
    def _noting_errors(self) -> Iterator[None]:
        try:
            yield
        except (OSError, http.client.HTTPException, RuntimeError) as error:
            with self._lock:
                self.errors[f"{type(error).__name__}: {error}"] += 1

    def _request(self, connection: http.client.HTTPConnection, chance: random.Random) -> None:
        kind = chance.random()
        if kind < VOTES:
            self._vote(connection)
        elif kind < VOTES + COMMENTS:
            self._comment(connection, chance)
        elif kind < VOTES + COMMENTS + SEARCHES:
            query = urlencode({"q": chance.choice(QUERIES)})
            self._send(connection, "searches", f"/search/?{query}")
        elif chance.random() < 0.3:
            self._send(connection, "reads", chance.choice(PAGES))
        else:
            self._read_entry(connection, chance.choice(self._entries))

    def _read_entry(self, connection: http.client.HTTPConnection, path: str) -> None:
        """A page has at least the votes that were answered before it was requested."""
        with self._lock:
            least = self._voted[path]
        body = self._send(connection, "reads", path)
        if _votes(body.decode()) < least:
            with self._lock:
                self.stale += 1

    def _vote(self, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            session, path = next(self._ballots)
        self._send(connection, "votes", f"{path}vote/", session, {"value": "1"})
        with self._lock:
            self._voted[path] += 1

    def _comment(self, connection: http.client.HTTPConnection, chance: random.Random) -> None:
        path = f"{chance.choice(self._entries)}comments/"
        body = f"{COMMENT}: {chance.getrandbits(60)}."
        self._send(connection, "comments", path, chance.choice(self._members), {"body": body})

    def _send(
        self,
        connection: http.client.HTTPConnection,
        kind: str,
        path: str,
        session: str = "",
        form: dict[str, str] | None = None,
    ) -> bytes:
        """The body of what was answered as it should be. Raises: RuntimeError, for another status."""
        headers = signed_in(session) if session else {}
        if form is None:
            connection.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", path, urlencode(form), headers)
        with closing(connection.getresponse()) as response:
            body = response.read()
            if response.status != (200 if form is None else 303):
                raise RuntimeError(f"{kind} were answered {response.status}")
        with self._lock:
            self.counts[kind] += 1
        return body


def _entries(client: Client) -> Sequence[str]:
    body = client.get("/remedies/magnesium/")[1].decode()
    return sorted(set(re.findall(r'href="(/remedies/magnesium/[-a-z0-9]+/)"', body)))


def _votes(page: str) -> int:
    """All votes that an entry's page tells of."""
    found = COUNTS.search(page)
    return sum(int(number.replace(",", "")) for number in found.groups()) if found else 0
