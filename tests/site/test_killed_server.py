"""A server that is killed while many write: what it acknowledged is there, and nothing is there by half."""

import random
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from discussions.models import Comment
from remedies.models import EntryVote, RemedyConditionEntry
from tests.counts import count
from tests.factories import make_condition, make_entry, make_remedy, make_user
from tests.servers import KillableServer, database_url

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = count(small=2, full=20)
WRITERS = count(small=4, full=30)
BETWEEN = 3
"""What each writer gets acknowledged between two kills, on the average."""
SECONDS = 120
TOKEN = "a" * 32


class Writer(threading.Thread):
    """Posts comments and votes as one member; knows what it sent and what was acknowledged."""

    def __init__(self, number: int, url: str, path: str) -> None:
        super().__init__()
        browser = Client()
        browser.force_login(make_user("moderator"))  # staff write without limits
        self.member = int(browser.session["_auth_user_id"])
        cookies = f"sessionid={browser.cookies['sessionid'].value}; csrftoken={TOKEN}"
        self._client = httpx.Client(
            base_url=url, timeout=30, trust_env=False,
            headers={"Cookie": cookies, "X-CSRFToken": TOKEN},
        )  # fmt: skip
        self._number, self._path = number, path
        self.stop = threading.Event()
        self.sent: list[str] = []
        self.acknowledged: set[str] = set()
        self.votes: list[tuple[int, bool]] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        with self._client:
            while not self.stop.is_set():
                body = f"Writer {self._number} saw rhubarb number {len(self.sent)} in a garden."
                self.sent.append(body)
                if self._post("comments", body=body):
                    self.acknowledged.add(body)
                value = random.choice((-1, 0, 1))
                self.votes.append((value, self._post("vote", value=str(value))))

    def _post(self, name: str, **form: str) -> bool:
        """Whether the server said that it was done."""
        try:
            response = self._client.post(f"{self._path}{name}/", data={"consent": "1", **form})
        except httpx.TransportError:
            time.sleep(0.2)
            return False
        if response.status_code not in (303, 503):
            self.wrong.append(f"{response.status_code}: {response.text[:200]}")
        return response.status_code == 303

    def possible_votes(self) -> set[int]:
        """The last acknowledged one, and those after it whose answers were lost."""
        values = {0}
        for value, was_acknowledged in self.votes:
            values = {value} if was_acknowledged else values | {value}
        return values


@pytest.fixture
def entry() -> RemedyConditionEntry:
    return make_entry(make_remedy("Alpha"), make_condition("Beta"))


@pytest.fixture
def server(entry, tmp_path) -> Iterator[KillableServer]:
    environment = {
        "DJANGO_SETTINGS_MODULE": "remedies_site.settings.test",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(tmp_path),
        "RATE_LIMITS": "off",
    }
    with KillableServer(environment) as server:
        yield server


def let_write(writers: list[Writer]) -> None:
    """Wait until so much more is acknowledged."""
    before = sum(len(writer.acknowledged) for writer in writers)
    end = time.monotonic() + SECONDS
    while sum(len(writer.acknowledged) for writer in writers) < before + BETWEEN * WRITERS:
        assert time.monotonic() < end, "nothing is acknowledged"
        time.sleep(0.01)


def test_what_a_killed_server_acknowledged_is_there_and_nothing_by_half(server, entry):
    writers = [Writer(n, server.url, entry.get_absolute_url()) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        for _kill in range(KILLS):
            let_write(writers)
            time.sleep(random.random() / 10)
            server.kill()
            server.start()
        let_write(writers)
    finally:
        for writer in writers:
            writer.stop.set()
        for writer in writers:
            writer.join()
    assert [wrong for writer in writers for wrong in writer.wrong] == []
    for writer in writers:
        stored = list(Comment.objects.filter(author=writer.member).values_list("body", flat=True))
        assert writer.acknowledged <= set(stored)
        assert set(stored) <= set(writer.sent)
        assert len(stored) == len(set(stored))
        vote = EntryVote.objects.filter(voter=writer.member).values_list("value", flat=True).first()
        assert (vote or 0) in writer.possible_votes()
    call_command("reconcile_votes")  # ends with code 1 where a counter differs from its votes
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
