"""The web server: `python -m remedies_site.server --host 127.0.0.1 --port 8000 --threads 8`.

waitress reads whole requests in one loop and hands only complete ones to the threads, so a client that
announces a body and stays silent occupies a socket and no thread. What waitress leaves open is closed
here: a request has to be complete within a time whatever trickles in, the oldest waiting connection
makes room when there are too many, and SIGTERM lets running requests finish for a bounded time.
docs/adr/0019 argues the choice.
"""

import argparse
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from types import FrameType
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask
from waitress.utilities import build_http_date, logger

from remedies_site.unavailable import QUEUED_SECONDS

IDLE_SECONDS = 20
"""A connection without a byte for this long is closed, between requests too."""
REQUEST_SECONDS = 30
"""From the first byte to the last of a request; a trickle of bytes does not prolong it."""
MOST_CONNECTIONS = 4000
_ACCEPTED_AT_ONCE = 100
READING_THREADS = 3
"""So many threads fewer may handle forms at once than may serve pages."""
GRACE_SECONDS = 10
"""How long running requests may go on after SIGTERM."""
WORKER_GRACE_SECONDS = 2
"""How long the background worker may go on then; a mail that it was sending is sent again later."""


class Task(WSGITask):
    """A request that states in its environment how long it waited for a thread."""

    wrote_header: bool

    def get_environment(self) -> dict[str, Any]:
        """The WSGI environment, with `QUEUED_SECONDS`."""
        environment: dict[str, Any] = super().get_environment()
        environment[QUEUED_SECONDS] = time.monotonic() - self.channel.queued_at
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
    """A connection that knows since when it has been waiting for the rest of a request."""

    task_class = Task

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """The first request begins with the connection."""
        super().__init__(*arguments, **options)
        self.waiting_since = time.time()
        self.queued_at = time.monotonic()

    def received(self, data: bytes) -> bool:
        """Bytes from the client; complete requests are counted out."""
        before = len(self.requests)
        result = bool(super().received(data))
        if len(self.requests) > before:
            self.waiting_since = time.time()
        return result

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

    @property
    def is_waiting(self) -> bool:
        """Whether nothing of it runs: the client has yet to send a whole request."""
        return not self.requests


@lru_cache(maxsize=2)
def _http_date(second: int) -> str:
    return str(build_http_date(second))


class Dispatcher:
    """Threads for tasks, as waitress wants them. Of those that wait, the last one that was busy is taken.

    What its core and its connection to the database have in their caches is the newest then, and handing
    over takes less than waitress's own, which wakes the threads in turn.
    """

    def __init__(self, threads: int) -> None:
        """So many threads begin to wait."""
        self._lock = threading.Lock()
        self._tasks: deque[Any] = deque()
        self._waiting: list[_Seat] = []
        self._is_open = True
        self._threads = [
            threading.Thread(target=self._serve, name=f"tasks-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def add_task(self, task: Any) -> None:
        """Have it done by a thread that waits, or by the next that is through with another."""
        with self._lock:
            if not self._waiting:
                self._tasks.append(task)
                return
            seat = self._waiting.pop()
        seat.task = task
        seat.taken.release()

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> None:
        """End the threads, those that are busy as soon as they are not; wait for them so long."""
        with self._lock:
            self._is_open = False
            cancelled = list(self._tasks) if cancel_pending else []
            if cancel_pending:
                self._tasks.clear()
            waiting, self._waiting = self._waiting, []
        for task in cancelled:
            task.cancel()
        for seat in waiting:
            seat.taken.release()
        end = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0, end - time.monotonic()))

    def _serve(self) -> None:
        seat = _Seat()
        while (task := self._next(seat)) is not None:
            try:
                task.service()
            except BaseException:
                logger.exception("Exception when servicing %r", task)

    def _next(self, seat: "_Seat") -> Any:
        """The next task, waited for; None at the end."""
        with self._lock:
            if self._tasks:
                return self._tasks.popleft()
            if not self._is_open:
                return None
            seat.task = None
            self._waiting.append(seat)
        seat.taken.acquire()
        return seat.task


class _Seat:
    """Where a thread waits: `taken` is locked until it has a task, or has to end."""

    def __init__(self) -> None:
        self.task: Any = None
        self.taken = threading.Lock()
        self.taken.acquire()


class Server(TcpWSGIServer):
    """waitress with a deadline for whole requests, room for new connections, and threads for forms apart.

    A lock of the database holds up whoever writes. Forms therefore have threads and a queue of their own:
    however many wait there, none of the threads that serve pages and static files does.
    """

    channel_class = Channel

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """`threads` serve pages; for forms there are `READING_THREADS` fewer beside them, at least one."""
        threads = options["threads"]
        super().__init__(*arguments, dispatcher=Dispatcher(threads), **options)
        self.form_dispatcher = Dispatcher(max(1, threads - READING_THREADS))

    def handle_accept(self) -> None:
        """Accept whoever waits: a round of the loop over thousands of connections takes milliseconds."""
        for _connection in range(_ACCEPTED_AT_ONCE):
            before = len(self.active_channels)
            if len(self._map) < self.adj.connection_limit:
                super().handle_accept()
            if len(self.active_channels) == before:
                return

    def add_task(self, task: Channel) -> None:
        """Queue the channel's next request where it belongs."""
        task.queued_at = time.monotonic()
        request = task.requests[0]
        is_read = request.error or request.command in (
            "GET",
            "HEAD",
        )  # an error may leave no command
        (self.task_dispatcher if is_read else self.form_dispatcher).add_task(task)

    def stop_threads(self) -> None:
        """Cancel what is queued; running requests have had their time."""
        for dispatcher in (self.task_dispatcher, self.form_dispatcher):
            dispatcher.shutdown(cancel_pending=True, timeout=0.5)

    def maintenance(self, now: float) -> None:
        """Close what was silent too long, and what has not sent a whole request in time."""
        super().maintenance(now)
        waiting = [channel for channel in self.active_channels.values() if channel.is_waiting]
        late = [
            channel
            for channel in waiting
            if channel.request is not None and now - channel.waiting_since > REQUEST_SECONDS
        ]
        oldest_first = sorted(waiting, key=lambda channel: channel.waiting_since)
        too_many = max(0, len(self.active_channels) - MOST_CONNECTIONS * 9 // 10)
        for channel in [*late, *oldest_first[:too_many]]:
            channel.will_close = True


def serve(application: Any, *, host: str, port: int, threads: int) -> int:
    """Serve until SIGTERM or Ctrl-C; running requests are finished, then 0 is returned."""
    sockets: dict[int, Any] = {}
    server = Server(
        application,
        map=sockets,
        host=host,
        port=port,
        threads=threads,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=5,
        connection_limit=MOST_CONNECTIONS,
        backlog=2048,
        asyncore_use_poll=True,
        max_request_body_size=26_000_000,
        max_request_header_size=32_768,
        ident=None,
        clear_untrusted_proxy_headers=False,  # remedies_site/proxies.py does, and knows whom to trust
        expose_tracebacks=False,
    )
    signal.signal(signal.SIGTERM, _exit)
    try:
        server.asyncore.loop(timeout=1, map=sockets, use_poll=True)
    except (SystemExit, KeyboardInterrupt):
        server.accepting = False
    return _finish(server, sockets)


def _exit(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _finish(server: Server, sockets: dict[int, Any]) -> int:
    """Let running requests end and their responses be sent, within `GRACE_SECONDS`."""
    server.socket.close()
    end = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < end and any(
        channel.requests or channel.total_outbufs_len for channel in server.active_channels.values()
    ):
        server.asyncore.loop(timeout=0.1, map=sockets, use_poll=True, count=1)
    server.stop_threads()
    return 0


def main(arguments: list[str]) -> int:
    """Read the command line and serve the site."""
    parser = argparse.ArgumentParser(prog="python -m remedies_site.server")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--threads", type=int, default=8)
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remedies_site.settings.base")
    from remedies_site.wsgi import application

    with _background_worker():
        return serve(application, host=options.host, port=options.port, threads=options.threads)


@contextmanager
def _background_worker() -> Iterator[None]:
    """The one thread of this process that does what no request should wait for, such as sending mails."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    stop = threading.Event()
    thread = threading.Thread(
        target=import_string(settings.BACKGROUND_WORKER), args=[stop], name="worker", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=WORKER_GRACE_SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
