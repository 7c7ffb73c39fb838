"""The backend under the name that Django looks for: `ENGINE` is `remedies_site.sqlite`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

from remedies_site.sqlite.writer_queue import TurnNotReached, WriterQueue, queue_of


class DatabaseWrapper(SQLite):
    """A connection whose transactions begin when it is their turn to write.

    The stubs of Django leave out what a backend is to override.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._entered: WriterQueue | None = None
        self._lock_seconds: float = self.settings_dict["OPTIONS"].get("timeout", 5)

    @contextmanager
    def lock_wait(self, seconds: float) -> Iterator[None]:
        """Wait for a lock no longer than that, for a while."""
        usual = self._lock_seconds
        self._set_lock_wait(seconds)
        try:
            yield
        finally:
            self._set_lock_wait(usual)

    def _set_lock_wait(self, seconds: float) -> None:
        self._lock_seconds = seconds
        with self.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def _start_transaction_under_autocommit(self) -> None:
        if self.is_in_memory_db():  # which no other connection writes to
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        queue = queue_of(str(self.settings_dict["NAME"]))
        try:
            queue.enter(self._lock_seconds)
            self._entered = queue
            with queue.next_of_processes(self._lock_seconds):
                super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except TurnNotReached as error:
            self._leave()
            raise OperationalError("database is locked") from error
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        # The name of the database may have become another since, and with it the queue.
        queue, self._entered = self._entered, None
        if queue is not None:
            queue.leave()

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()
