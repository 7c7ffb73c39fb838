"""The web server: `python -m remedies_site.server --host 127.0.0.1 --port 8000 --threads 8`.

waitress reads whole requests in one loop and hands only complete ones to the threads, so a client that
announces a body and stays silent occupies a socket and no thread. What waitress leaves open is closed
here: a request has to be complete within a time whatever trickles in, the oldest waiting connection
makes room when there are too many, and SIGTERM lets running requests finish for a bounded time.
docs/adr/0019 argues the choice.
"""

import argparse
import ctypes
import gc
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from waitress.server import TcpWSGIServer

from remedies_site.channel import Channel, running
from remedies_site.dispatcher import Dispatcher

IDLE_SECONDS = 20
"""A connection without a byte for this long is closed, between requests too."""
REQUEST_SECONDS = 30
"""From the first byte to the last of a request; a trickle of bytes does not prolong it."""
MOST_CONNECTIONS = 4000
_ACCEPTED_AT_ONCE = 100
OTHER_FILES = 200
"""Open files beside connections: databases, static files, temporary files."""
READING_THREADS = 3
"""So many threads fewer may handle forms at once than may serve pages."""
GRACE_SECONDS = 10
"""How long running requests may go on after SIGTERM."""
_ARENA_MAX = -8
"""The parameter of glibc's mallopt: man mallopt."""
SETTLE_SECONDS = 0.5
"""How long the bytes of connections that came just before SIGTERM are waited for: a proxy sends forms once."""
WORKER_GRACE_SECONDS = 2
"""How long the background worker may go on then; a mail that it was sending is sent again later."""


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

    def pull_trigger(self) -> None:
        """Wake the loop, unless it waits for the next request of the thread's connection already."""
        channel = getattr(running, "channel", None)
        if channel is None or channel.needs_loop:
            super().pull_trigger()

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
        too_many = max(0, len(self.active_channels) - self.adj.connection_limit * 9 // 10)
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
        connection_limit=connection_limit(),
        backlog=2048,
        asyncore_use_poll=True,
        channel_request_lookahead=1,
        max_request_body_size=26_000_000,
        max_request_header_size=32_768,
        ident=None,
        clear_untrusted_proxy_headers=False,  # remedies_site/proxies.py does, and knows whom to trust
        expose_tracebacks=False,
    )
    is_over = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        """Let the loop end after its round: an exception could lose a connection that it is just taking."""
        is_over.set()
        server.trigger.pull_trigger()

    signal.signal(signal.SIGTERM, end)
    try:
        while not is_over.is_set():
            server.asyncore.loop(timeout=1, map=sockets, use_poll=True, count=1)
    except KeyboardInterrupt:
        pass
    server.accepting = False
    return _finish(server, sockets)


def connection_limit() -> int:
    """`MOST_CONNECTIONS`, or fewer where the system allows fewer open files; raises its limit as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        soft = allowed
    if soft == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return min(MOST_CONNECTIONS, max(50, soft - OTHER_FILES))


def _finish(server: Server, sockets: dict[int, Any]) -> int:
    """Let running requests end and their responses be sent, within `GRACE_SECONDS`."""
    server.handle_accept()  # those who wait in the queue of the socket would be cut off with it
    server.socket.close()
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < GRACE_SECONDS and (
        passed < SETTLE_SECONDS
        or any(
            channel.requests or channel.total_outbufs_len
            for channel in server.active_channels.values()
        )
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
    _share_one_heap()
    application = _load_application()
    _open_exporter()
    with _background_worker():
        return serve(application, host=options.host, port=options.port, threads=options.threads)


def _share_one_heap() -> None:
    """Let all threads allocate from one heap, as they hold one lock while they do.

    glibc gives each thread a heap of its own, and what is freed there no other thread uses: a third of the
    memory of a busy process. Other C libraries do not have the function, or do not know the parameter.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def _load_application() -> Any:
    """The WSGI application with its URLs.

    Nearly all that is loaded stays for ever, so the garbage collector looks at it neither now nor later.
    """
    gc.disable()
    try:
        from django.urls import get_resolver

        from remedies_site.wsgi import application

        get_resolver().url_patterns  # noqa: B018  or the first request would load them
    finally:
        gc.freeze()
        gc.enable()
    return application


def _open_exporter() -> None:
    from remedies_site.monitoring.exporter import start_exporter

    start_exporter()


@contextmanager
def _background_worker() -> Iterator[None]:
    """The one thread of this process that does what no request should wait for, such as sending mails."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    if not settings.WORKER:
        yield
        return
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
