"""The real server, as `make run` starts it: silent clients take nobody's place, and it ends cleanly."""

import http.client
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from tests.counts import count
from tests.crowd import Crowd, many_open_files

ROOT = Path(__file__).parents[2]
APPLICATION = """
import sys, time
from remedies_site import server

server.IDLE_SECONDS, server.REQUEST_SECONDS, server.MOST_CONNECTIONS = {limits}

def application(environ, start_response):
    body = environ["wsgi.input"].read()
    if environ["PATH_INFO"] == "/slow":
        print("running", flush=True)
        time.sleep(1.5)
    if environ["PATH_INFO"] == "/unchanged":
        start_response("304 Not Modified", [("ETag", '"a"')])
        return []
    if environ["PATH_INFO"] == "/large":
        start_response("200 OK", [("content-length", "20000000")])
        return [b"0123456789" * 2_000_000]
    if environ["PATH_INFO"] == "/pieces":
        start_response("200 OK", [("Content-Length", "9")])
        return iter([b"one", b"", b"two", b"six"])
    if environ["PATH_INFO"] == "/unknown-length":
        start_response("200 OK", [])
        return iter([b"one", b"two"])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"%d bytes" % len(body)]

sys.exit(server.serve(application, host="127.0.0.1", port={port}, threads=4))
"""
HEADERS = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n"


@pytest.fixture
def many_files() -> Iterator[None]:
    """A file for each connection, on both of its sides: the server inherits the limit."""
    with many_open_files():
        yield


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def served(
    limits: str = "20, 30, 4000", open_files: tuple[int, int] | None = None
) -> Iterator[tuple[subprocess.Popen, int]]:
    """A tiny application behind the real server, with its limits as (idle, request, connections).

    `open_files` are the limits that the system gives it, soft and hard; by default those of this process.
    """
    own = open_files or resource.getrlimit(resource.RLIMIT_NOFILE)
    port = free_port()
    code = APPLICATION.format(limits=limits, port=port)
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, own),
    )
    try:
        for _attempt in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield process, port
    finally:
        process.kill()
        process.communicate()


def connect(stack: ExitStack, port: int, sent: bytes = b"") -> socket.socket:
    client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
    client.sendall(sent)
    return client


def get(port: int, path: str = "/") -> tuple[bytes, float]:
    """The body, and the seconds that it took."""
    begun = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as response:
        return response.read(), time.monotonic() - begun


def closed_after(client: socket.socket, drip: bytes = b"") -> float:
    """Seconds until the server closes the connection, `drip` being sent all the while."""
    begun = time.monotonic()
    client.settimeout(0.3)
    while time.monotonic() - begun < 30:
        try:
            if drip:
                client.sendall(drip)
            if client.recv(1000) == b"":
                return time.monotonic() - begun
        except TimeoutError:
            continue
        except OSError:
            return time.monotonic() - begun
    pytest.fail("the connection stays open")


def test_half_sent_requests_keep_nobody_waiting():
    with served() as (_process, port), ExitStack() as stack:
        for _client in range(40):
            connect(stack, port, HEADERS + b"ab")
        body, seconds = get(port)
        assert body == b"0 bytes"
        assert seconds < 10  # four threads would wait for 40 clients for ever


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """The port of a server for tests that leave it as it is."""
    with served() as (_process, port):
        yield port


def test_a_silent_connection_is_closed():
    with served(limits="1, 30, 4000") as (_process, port), ExitStack() as stack:
        assert closed_after(connect(stack, port)) < 25


def test_a_request_that_trickles_in_is_closed_at_its_deadline():
    with served(limits="20, 2, 4000") as (_process, port), ExitStack() as stack:
        assert closed_after(connect(stack, port, HEADERS), drip=b"x") < 25


def test_old_waiting_connections_make_room_for_new_ones():
    with served(limits="20, 30, 60") as (_process, port), ExitStack() as stack:
        for _client in range(70):
            connect(stack, port, HEADERS)
        assert get(port)[0] == b"0 bytes"


def test_a_low_limit_of_open_files_is_raised_as_far_as_it_may_be():
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with served(open_files=(100, hard)) as (_process, port), ExitStack() as stack:
        for _client in range(200):
            connect(stack, port, HEADERS)
        assert get(port)[1] < 10


def test_where_it_may_not_be_raised_there_are_fewer_connections():
    with served(open_files=(260, 260)) as (process, port), ExitStack() as stack:
        for _client in range(70):
            connect(stack, port, HEADERS)
        assert get(port)[0] == b"0 bytes"
        assert process.poll() is None


def test_a_client_that_wants_to_be_told_to_go_on_beside_other_requests_is_answered(server):
    """A thread that runs a request then writes what the loop may be writing too."""
    first = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
    )
    for _attempt in range(20):
        with ExitStack() as stack:
            client = connect(stack, server, first + head)
            answered = b""
            while b"100 Continue" not in answered:
                answered += client.recv(1000)
            client.sendall(b"abc")
            while b"3 bytes" not in answered:
                more = client.recv(1000)
                assert more
                answered += more
            assert answered.count(b"100 Continue") == 1
            assert answered.count(b"200 OK") == 2


def test_a_body_that_is_cut_off_reaches_no_view():
    with served() as (_process, port), ExitStack() as stack:
        client = connect(stack, port, HEADERS + b"do not take it")
        client.shutdown(socket.SHUT_WR)
        assert b"200 OK" not in client.recv(1000)
        assert get(port)[0] == b"0 bytes"


def test_a_chunked_body_that_ends_early_reaches_no_view():
    chunked = (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
    )
    with served() as (_process, port), ExitStack() as stack:
        client = connect(stack, port, chunked)
        client.shutdown(socket.SHUT_WR)
        assert b"200 OK" not in client.recv(1000)
        assert get(port)[0] == b"0 bytes"


@pytest.mark.parametrize(
    "malformed",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=\x01\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        b"GET /\r\nno header\r\n\r\n",
        b"one two three four five\r\n\r\n",
    ],
)
def test_what_is_no_http_is_answered_400(server, malformed):
    with ExitStack() as stack:
        assert b" 400 Bad Request" in connect(stack, server, malformed).recv(1000)


def test_a_response_without_a_body_leaves_the_connection_open(server):
    with closing(http.client.HTTPConnection("127.0.0.1", server, timeout=20)) as connection:
        connection.connect()
        first = connection.sock
        for method, path in [
            ("GET", "/unchanged"),
            ("HEAD", "/"),
            ("HEAD", "/large"),
            ("HEAD", "/unknown-length"),
            ("HEAD", "/unchanged"),
            ("GET", "/"),
        ]:
            connection.request(method, path)
            response = connection.getresponse()
            assert response.status == (304 if path == "/unchanged" else 200)
            assert response.read() == (b"0 bytes" if (method, path) == ("GET", "/") else b"")
            assert response.headers["Date"]
            assert connection.sock is first


def test_no_byte_of_a_body_follows_a_head(server):
    with ExitStack() as stack:
        request = b"HEAD /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        client = connect(stack, server, request)
        answer = b"".join(iter(lambda: client.recv(100_000), b""))
    assert answer.endswith(b"\r\n\r\n")
    assert b"Content-Length: 20000000\r\n" in answer
    assert b"Connection: close\r\n" in answer


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
@pytest.mark.parametrize("connection", [b"close", b"keep-alive"])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        (b"/", b"0 bytes"),
        (b"/pieces", b"onetwosix"),
        (b"/large", b"0123456789" * 2_000_000),  # more than a socket takes at once
    ],
)
def test_a_body_arrives_whole_and_once(server, version, connection, path, body):
    lines = [b"GET " + path + b" HTTP/" + version, b"Host: localhost", b"Connection: " + connection]
    last = [b"GET /pieces HTTP/1.1", b"Host: localhost", b"Connection: close"]
    sent = b"\r\n".join(
        [*lines, b"", *last, b"", b""] if connection != b"close" else [*lines, b"", b""]
    )
    with ExitStack() as stack:
        client = connect(stack, server, sent)
        answer = b"".join(iter(lambda: client.recv(1_000_000), b""))
    head, _empty, rest = answer.partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
    assert rest[: len(body)] == body
    following = rest[len(body) :].partition(b"\r\n\r\n")[2]
    assert following == (b"" if connection == b"close" else b"onetwosix")


def test_a_body_of_unknown_length_arrives_in_chunks(server):
    assert get(server, "/unknown-length")[0] == b"onetwo"


@pytest.mark.parametrize("path", [b"/", b"/slow", b"/large", b"/unchanged"])
def test_a_client_that_says_no_more_gets_its_response(server, path):
    with ExitStack() as stack:
        client = connect(stack, server, b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        client.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: client.recv(1_000_000), b""))
    assert answer.startswith(b"HTTP/1.1 ")
    body = {b"/large": b"0123456789" * 2_000_000, b"/unchanged": b""}.get(path, b"0 bytes")
    assert answer.partition(b"\r\n\r\n")[2] == body


def test_requests_that_come_while_another_one_runs_are_answered_in_their_order(server):
    paths = [b"/slow", b"/pieces", b"/unchanged", b"/", b"/pieces"]
    with ExitStack() as stack:
        client = connect(stack, server)
        for path in paths:
            client.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
            time.sleep(0.05)  # so that each arrives by itself
        answer = b""
        while answer.count(b"HTTP/1.1") < len(paths) or not answer.endswith(b"onetwosix"):
            answer += client.recv(100_000)
    bodies = [part.partition(b"\r\n\r\n")[2] for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert bodies == [b"0 bytes", b"onetwosix", b"", b"0 bytes", b"onetwosix"]


def test_clients_that_go_away_within_a_response_keep_nobody_waiting(server):
    for _client in range(20):
        with ExitStack() as stack:
            connect(stack, server, b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n").recv(10)
    assert get(server)[0] == b"0 bytes"


def test_sigterm_lets_a_running_request_finish_whoever_else_is_connected(many_files):
    with served() as (process, port), ExitStack() as stack:
        for _client in range(count(small=200, full=2_000)):
            connect(stack, port)
        for _client in range(count(small=20, full=200)):
            connect(stack, port, HEADERS)
        running = connect(stack, port, b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert process.stdout.readline() == b"running\n"
        process.send_signal(signal.SIGTERM)
        answer = running.recv(1000)
        answer += running.recv(1000) if b"bytes" not in answer else b""
        assert b"200 OK" in answer
        assert b"0 bytes" in answer
        assert process.wait(timeout=15) == 0


def test_a_request_that_is_on_its_way_at_sigterm_is_answered(many_files):
    with served() as (process, port), ExitStack() as stack:
        arriving = [connect(stack, port) for _client in range(5)]
        process.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        for client in arriving:
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert [client.recv(1000).split(b"\r\n")[0] for client in arriving] == [
            b"HTTP/1.1 200 OK"
        ] * 5
        assert process.wait(timeout=15) == 0


def test_a_crowd_that_connects_at_once_keeps_nobody_waiting(many_files):
    with served() as (_process, port):
        alone = max(get(port)[1] for _request in range(5))
        with Crowd(port, idle=count(small=1_000, full=2_000), half_sent=count(small=100, full=200)):
            assert get(port)[1] < max(1, 4 * alone)  # one connection a round took four seconds
