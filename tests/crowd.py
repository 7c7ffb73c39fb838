"""Many clients that connect to a server and stay silent."""

import resource
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager

HALF_SENT = b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nab"


@contextmanager
def many_open_files() -> Iterator[None]:
    """Let this process, and those that it starts, have as many files open as the machine allows."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(usual, min(8_192, most)), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (usual, most))


class Crowd:
    """Connections on which nothing was sent, and others with half of a request.

    with Crowd(port, idle=2_000, half_sent=200) as crowd:
        crowd.come_again()  # those whose connections the server closed
    """

    def __init__(self, port: int, *, idle: int, half_sent: int) -> None:
        self._address = ("127.0.0.1", port)
        self._sent = [b""] * idle + [HALF_SENT] * half_sent
        self._clients: dict[int, tuple[socket.socket, bytes]] = {}
        self._poll = select.poll()
        self.closed = 0

    def __enter__(self) -> "Crowd":
        for sent in self._sent:
            self._connect(sent)
        return self

    def __exit__(self, *_error: object) -> None:
        for client, _sent in self._clients.values():
            client.close()

    def __len__(self) -> int:
        return len(self._clients)

    def come_again(self) -> None:
        """Replace each connection that the server has closed, whether with words or without."""
        for number, _event in self._poll.poll(0):
            client, sent = self._clients.pop(number)
            self._poll.unregister(number)
            client.close()
            self.closed += 1
            self._connect(sent)

    def _connect(self, sent: bytes) -> None:
        client = socket.create_connection(self._address, timeout=20)
        client.sendall(sent)
        self._clients[client.fileno()] = (client, sent)
        self._poll.register(client, select.POLLIN | select.POLLHUP)
