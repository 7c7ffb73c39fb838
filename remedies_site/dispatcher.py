"""The threads of our server: they wait for requests and run them."""

import threading
import time
from collections import deque
from typing import Any

from waitress.utilities import logger


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
