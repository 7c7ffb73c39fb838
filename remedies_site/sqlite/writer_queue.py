"""Whose turn it is to write to a database of SQLite, which has one writer at a time and no queue.

Who finds it locked asks again after a while, up to a tenth of a second later, and whoever comes in between
is first: under load some wait for ever. Here the threads of a process are served in the order in which they
came, and a process whose turn it was lets the others come before its next thread.
"""

import fcntl
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

_POLL_SECONDS = 0.002
"""Between two looks at the lock between processes; a transaction takes longer."""


class TurnNotReached(Exception):
    """The queue did not move on in time."""


class WriterQueue:
    """The threads of this process that write, or wait to, and their place among other processes."""

    def __init__(self, path: Path) -> None:
        """`path`: the file whose lock says which process is the next. It is made where it is missing."""
        self._path = path
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False

    def enter(self, seconds: float) -> None:
        """Wait until it is this thread's turn, which ends with `leave`. Raises: TurnNotReached."""
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return
            seat = threading.Lock()
            seat.acquire()
            self._waiting.append(seat)
        if seat.acquire(timeout=seconds):
            return
        with self._mutex:
            if seat in self._waiting:
                self._waiting.remove(seat)
                raise TurnNotReached

    def leave(self) -> None:
        """It is the turn of who has waited longest."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False

    @contextmanager
    def next_of_processes(self, seconds: float) -> Iterator[None]:
        """Be the one process that waits for the database's own lock. Raises: TurnNotReached.

        A process that has just written stands behind: its next thread comes here only after `leave`.
        """
        try:
            file = self._path.open("a")
        except OSError:  # where no file can be made, the database itself will say what is wrong
            yield
            return
        with file:  # closing it unlocks it
            _lock(file.fileno(), time.monotonic() + seconds)
            yield


def _lock(file: int, end: float) -> None:
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        if time.monotonic() > end:
            raise TurnNotReached
        time.sleep(_POLL_SECONDS)


@cache
def queue_of(database: str) -> WriterQueue:
    """The queue of this process for a database file."""
    return WriterQueue(Path(f"{database}-queue"))
