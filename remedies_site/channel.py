"""A connection of our server, and a request on it: waitress's, with less work for each response.

A response leaves in one write and without copies, HEAD and 304 have no body and keep the connection, and
the loop that reads requests is woken only where it does not wait for the connection already.
"""

import socket
import threading
import time
from contextlib import suppress
from functools import lru_cache
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import WSGITask
from waitress.utilities import build_http_date

from remedies_site.unavailable import QUEUED_SECONDS

running = threading.local()
"""`channel`: whose request the thread runs."""


class Task(WSGITask):
    """A request that states in its environment how long it waited for a thread."""

    wrote_header: bool

    def get_environment(self) -> dict[str, Any]:
        """The WSGI environment, with `QUEUED_SECONDS`."""
        environment: dict[str, Any] = super().get_environment()
        environment[QUEUED_SECONDS] = time.monotonic() - self.channel.queued_at
        if self.request.command == "HEAD":  # a file would be sent past `write`
            environment.pop("wsgi.file_wrapper", None)
        return environment

    @property
    def has_body(self) -> bool:
        """Not after HEAD either: a body there would be read as the next response of the connection."""
        return bool(super().has_body) and self.request.command != "HEAD"

    def build_response_header(self) -> bytes:
        """The head of the response, built faster than waitress does for HTTP/1.1 and a known length.

        A response without a body, such as 304, keeps its connection open; waitress would close it.
        """
        if self.version != "1.1" or (self.has_body and self.content_length is None):
            return bytes(super().build_response_header())
        if self.request.headers.get("CONNECTION", "").lower() == "close":
            self.set_close_on_finish()
        headers = [pair for pair in self.response_headers if pair[0].lower() != "content-length"]
        if self.content_length is not None and super().has_body:
            headers.append(("Content-Length", str(self.content_length)))
        if not any(name.lower() == "date" for name, _value in headers):
            headers.append(("Date", _http_date(int(self.start_time))))
        lines = "".join([f"{name}: {value}\r\n" for name, value in headers])
        return f"HTTP/1.1 {self.status}\r\n{lines}\r\n".encode("latin-1")

    def write(self, data: bytes) -> None:
        """The head of a response leaves with the beginning of its body."""
        if self.request.command == "HEAD":
            data = b""
        if self.wrote_header or not self.complete:
            super().write(data)
            return
        head = self.build_response_header()
        self.wrote_header = True
        if self.has_body and not self.chunked_response and len(data) == self.content_length:
            self.content_bytes_written = len(data)
            self.channel.send_or_buffer(head, data)
        else:
            self.channel.send_or_buffer(head)
            super().write(data)


class Channel(HTTPChannel):
    """A connection that knows since when it has been waiting for the rest of a request.

    The loop reads from it while a request runs (`channel_request_lookahead`). `has_ended`: the client
    sends nothing more, and waits for what it has asked for.
    """

    task_class = Task

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """The first request begins with the connection."""
        super().__init__(*arguments, **options)
        self.waiting_since = time.time()
        self.queued_at = time.monotonic()
        self.is_watched = False
        self.has_ended = False

    def received(self, data: bytes) -> bool:
        """Bytes from the client; complete requests are counted out."""
        before = len(self.requests)
        if self.request is None:
            self.waiting_since = time.time()
        result = bool(super().received(data))
        if len(self.requests) > before:
            self.waiting_since = time.time()
        return result

    def readable(self) -> bool:
        """Whether the loop is to wait for bytes, which it does while a request runs too.

        So it need not be woken after each response, only where `is_watched` says that it does not wait.
        """
        self.is_watched = (
            False  # at first: who looks meanwhile wakes the loop, at worst for nothing
        )
        self.is_watched = bool(super().readable()) and not (self.has_ended and self.requests)
        return self.is_watched

    def handle_read(self) -> None:
        """Bytes, or the client's end; one that still waits for a response gets it."""
        with suppress(OSError):  # what an error means is found out by reading
            if self.requests and not self.socket.recv(1, socket.MSG_PEEK):
                self.has_ended = True
                return
        super().handle_read()

    def service(self) -> None:
        """Run the first of the requests."""
        running.channel = self
        super().service()

    @property
    def needs_loop(self) -> bool:
        """Whether something is left that the loop does, and may not know of."""
        is_left = self.total_outbufs_len or self.close_when_flushed or self.will_close
        return bool(is_left or not self.is_watched)

    def send_or_buffer(self, *pieces: bytes) -> None:
        """Send at once what the socket takes, without the copies of waitress's buffers; buffer the rest."""
        with self.outbuf_lock:
            sent = 0
            if self.connected and not self.total_outbufs_len:
                # What an error means is found out where the rest is sent.
                with suppress(OSError):
                    sent = self.socket.sendmsg(pieces)
            for piece in pieces:
                if sent < len(piece):
                    self.write_soon(piece[sent:])
                sent = max(0, sent - len(piece))

    def _flush_some(self, do_close: bool = True) -> bool:
        """Send what is buffered, one thread at a time; only the loop closes a connection.

        A thread that runs a request flushes too, where a client wants to be told to go on (100 Continue).
        """
        in_loop = not hasattr(running, "channel")
        with self.outbuf_lock:
            if not self.connected:
                return False
            return bool(super()._flush_some(do_close=do_close and in_loop))

    @property
    def is_waiting(self) -> bool:
        """Whether nothing of it runs: the client has yet to send a whole request."""
        return not self.requests


@lru_cache(maxsize=2)
def _http_date(second: int) -> str:
    return str(build_http_date(second))
