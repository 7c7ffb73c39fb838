"""A shared cache that works, is away, is slow or talks nonsense; with a small server of these tests' own.

With a real server on this machine (redis-server or valkey-server) the same is asked of it.
"""

import logging
import shutil
import socket
import socketserver
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from remedies_site import shared_cache
from remedies_site.shared_cache import SharedCache
from tests.servers import free_port

SECONDS = 0.2


@pytest.fixture(autouse=True)
def fresh_pause():
    shared_cache.breaker.reset()
    yield
    shared_cache.breaker.reset()


def cache_at(port: int) -> SharedCache:
    limits = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS}
    return SharedCache(f"redis://127.0.0.1:{port}/0", {"OPTIONS": limits})


class Handler(socketserver.StreamRequestHandler):
    """Speaks as much of the protocol as SET, GET, DEL and a greeting take; or `says` something else."""

    def handle(self) -> None:
        server = self.server
        while line := self.rfile.readline():
            server.asked += 1
            words = [self._word() for _word in range(int(line[1:]))]
            if server.says is None:
                server.stopped.wait(30)
                return
            self.wfile.write(server.says or self._answer(words))

    def _word(self) -> bytes:
        size = int(self.rfile.readline()[1:])
        return self.rfile.read(size + 2)[:-2]

    def _answer(self, words: list[bytes]) -> bytes:
        kept = self.server.kept
        match words[0].upper():
            case b"HELLO":
                return b"-ERR unknown command\r\n"
            case b"SET":
                kept[words[1]] = words[2]
                return b"+OK\r\n"
            case b"GET":
                value = kept.get(words[1])
                return b"$-1\r\n" if value is None else b"$%d\r\n%b\r\n" % (len(value), value)
            case _:
                return b"+OK\r\n"


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, says: bytes | None = b"") -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.kept: dict[bytes, bytes] = {}
        self.says = says
        """Empty: what the protocol has as the answer; None: nothing at all."""
        self.asked = 0
        self.stopped = threading.Event()


@contextmanager
def serving(port: int, says: bytes | None = b"") -> Iterator[Server]:
    with Server(port, says) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()


@pytest.fixture
def port() -> int:
    return free_port()


def test_what_one_process_keeps_another_reads(port):
    with serving(port):
        cache_at(port).set("worker", {"at": 7}, 60)
        assert cache_at(port).get("worker") == {"at": 7}
        assert cache_at(port).get("nothing", "default") == "default"


def test_without_a_server_every_operation_has_an_answer(port):
    cache = cache_at(port)
    assert cache.get("a", 1) == 1
    assert cache.set("a", 1) is None
    assert cache.add("a", 1) is True
    assert cache.touch("a") is False
    assert cache.delete("a") is False
    assert cache.has_key("a") is False
    assert cache.get_many(["a"]) == {}
    assert cache.set_many({"a": 1}) == ["a"]
    assert cache.delete_many(["a"]) is None
    assert cache.clear() is None
    assert cache.get_or_set("a", lambda: 5) == 5
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


@pytest.mark.parametrize(
    "says",
    [
        None,
        b"garbage\r\n",
        b"-LOADING it is\r\n",
        b"$5\r\nab",
        b"*2\r\n",
        b"HTTP/1.1 400 Bad\r\n\r\n",
    ],
)
def test_a_server_that_is_slow_or_talks_nonsense_costs_one_short_wait(port, says):
    with serving(port, says) as server:
        cache = cache_at(port)
        begun = time.monotonic()
        answers = [cache.get(f"key{number}", "default") for number in range(20)]
        took = time.monotonic() - begun
    assert answers == ["default"] * 20
    assert took < 10 * SECONDS
    assert server.asked <= 4  # a greeting may take some


def test_a_value_of_another_program_is_no_value_and_runs_nothing(port):
    with serving(port) as server:
        cache = cache_at(port)
        server.kept[cache.make_key("worker").encode()] = b"\x80\x04cos\nsystem\n."
        assert cache.get("worker", "default") == "default"


def test_the_log_has_one_line_a_minute(port, caplog, monkeypatch):
    cache = cache_at(port)
    with caplog.at_level(logging.WARNING, "remedies_site.circuit_breaker"):
        for _round in range(5):
            cache.get("a")
            monkeypatch.setattr(shared_cache.breaker, "_until", 0.0)
    (record,) = caplog.records
    assert "goes on without it: ConnectionError" in record.getMessage()


def test_a_server_that_comes_back_is_used_again_without_a_restart(port, monkeypatch):
    cache = cache_at(port)
    with serving(port):
        cache.set("a", 1)
        assert cache.get("a") == 1
    cache._cache.get_client().connection_pool.disconnect()
    assert cache.get("a") is None
    with serving(port):
        assert cache.get("a", "away") == "away"  # it is left alone for a while
        monkeypatch.setattr(shared_cache.breaker, "_until", 0.0)
        cache.set("a", 2)
        assert cache.get("a") == 2


def test_many_threads_do_not_wait_together_for_a_server_that_was_away(port, monkeypatch):
    cache_at(port).get("a")
    with serving(port, None) as server:
        monkeypatch.setattr(shared_cache.breaker, "_until", 0.0)
        threads = [threading.Thread(target=cache_at(port).get, args=["a"]) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert server.asked == 1


PROGRAM = shutil.which("valkey-server") or shutil.which("redis-server")


@pytest.mark.skipif(PROGRAM is None, reason="neither valkey-server nor redis-server is installed")
def test_a_real_server_keeps_values_and_comes_back_after_a_restart(port, tmp_path, monkeypatch):
    cache = cache_at(port)
    with running_redis(port, tmp_path):
        cache.set("a", {"b": [1, "c"]}, 60)
        assert cache.get("a") == {"b": [1, "c"]}
        assert cache.add("n", 1, 60) is True
        assert cache.add("n", 1, 60) is False
        assert cache.incr("n") == 2
        assert cache.get_many(["a", "n"]) == {"a": {"b": [1, "c"]}, "n": 2}
    assert cache.get("a", "away") == "away"
    with running_redis(port, tmp_path):
        monkeypatch.setattr(shared_cache.breaker, "_until", 0.0)
        cache.set("a", 1, 60)
        assert cache.get("a") == 1


@contextmanager
def running_redis(port: int, folder) -> Iterator[None]:
    process = subprocess.Popen(
        [PROGRAM, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)
