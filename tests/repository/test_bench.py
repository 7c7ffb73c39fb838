"""What `make bench` says of its measures, and how it reads responses of a server."""

import socket
import threading
from collections.abc import Iterator

import pytest

from scripts.bench import load, throughput
from scripts.bench.costs import Costs, Row
from scripts.bench.results import Result, document, table


@pytest.mark.parametrize(
    ("value", "goal", "at_least", "is_met"),
    [
        (0.4, 0.4, False, True),
        (0.41, 0.4, False, False),
        (1.5, 1.5, True, True),
        (1, 2, True, False),
    ],
)
def test_a_goal_is_the_most_or_the_least(value, goal, at_least, is_met):
    assert Result("SQLite", "x", value, goal, at_least=at_least).is_met == is_met


def test_each_result_is_a_row_of_the_table():
    met = Result("SQLite", "entry", 0.333, 0.4, spread=0.05)
    missed = Result("PostgreSQL", "load: errors", 3, 0, "")
    assert table([met, missed]).splitlines()[2:] == [
        "| SQLite | entry | 0.33 F | ± 0.05 | ≤ 0.4 | yes |",
        "| PostgreSQL | load: errors | 3  |  | ≤ 0 | no |",
    ]
    assert table([met]) in document([met], rounds=7, entries=20_000)


def test_costs_are_medians_and_ratios_are_of_the_same_round():
    rows = [Row("a", "/a", (1, 3)), Row("b", "/b")]
    costs = Costs({"a": [2, 9, 4], "b": [1, 3, 4]})
    (result,) = costs.results("PostgreSQL", rows)
    assert (result.value, result.goal, result.spread) == (4, 3, 3.5)
    assert costs.ratio("SQLite", "a against b", "a", "b", 1.1).value == 2


def test_the_votes_of_a_page_are_added_up():
    assert load._votes("<p>1,204 up • 3 down</p> 5 up • 5 down") == 1207
    assert load._votes("<p>no vote</p>") == 0


@pytest.fixture
def pieces() -> Iterator[tuple[throughput.Exchange, list[bytes]]]:
    """An exchange with a server that sends the listed pieces, and then closes."""
    to_send: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        exchange = throughput.Exchange(b"GET / HTTP/1.1\r\n\r\n", listener.getsockname())

        def serve() -> None:
            connection = listener.accept()[0]
            with connection:
                connection.recv(1000)
                for piece in to_send:
                    connection.sendall(piece)
                connection.recv(1000)  # until the client closes it

        thread = threading.Thread(target=serve)
        thread.start()
        yield exchange, to_send
        exchange.close()
        thread.join()


@pytest.mark.parametrize(
    ("sent", "is_last"),
    [
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"], False),
        ([b"HTTP/1.1 200 OK\r\nContent-", b"Length: 4\r\nA: b\r\n", b"\r\nbo", b"dy"], False),
        (
            [
                b"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
                b"4\r\nbody\r\n0\r",
                b"\n\r\n",
            ],
            True,
        ),
    ],
)
def test_a_response_is_read_to_its_end(pieces, sent, is_last):
    exchange, to_send = pieces
    to_send += sent
    exchange.send()
    received = [exchange.receive()]
    while not received[-1]:
        received.append(exchange.receive())
    assert exchange.is_last == is_last


def test_what_is_no_page_is_no_measure(pieces):
    exchange, to_send = pieces
    to_send.append(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
    exchange.send()
    with pytest.raises(RuntimeError, match="503"):
        exchange.receive()
