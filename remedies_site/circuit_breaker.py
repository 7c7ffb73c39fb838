"""A circuit breaker: leaves a server alone for a while that gave no answer, so that not every request waits for it."""

import logging
import threading
import time

logger = logging.getLogger(__name__)
LOG_SECONDS = 60
"""One line about one server in so many seconds."""


class CircuitBreaker:
    """Of all threads of a process: while it is open nobody asks the server, and then one of them does."""

    def __init__(self, message: str, seconds: float) -> None:
        """`message` is logged with the reason when it opens, for so many seconds."""
        self._message = message
        self._seconds = seconds
        self._until = 0.0
        self._is_open = False
        self._logged_at = float("-inf")
        self._lock = threading.Lock()

    def allows_request(self) -> bool:
        """Whether this thread may ask. Once open, the first one after the time may, and others when that went well."""
        if not self._is_open:
            return True
        with self._lock:
            now = time.monotonic()
            if now < self._until:
                return False
            self._until = now + self._seconds
            return True

    def record_failure(self, reason: str) -> None:
        """The server gave no answer."""
        with self._lock:
            now = time.monotonic()
            self._is_open = True
            self._until = now + self._seconds
            is_due = now - self._logged_at >= LOG_SECONDS
            if is_due:
                self._logged_at = now
        if is_due:
            logger.warning("%s: %s", self._message, reason)

    def record_success(self) -> None:
        """It answered."""
        if self._is_open:
            with self._lock:
                was_open, self._is_open = self._is_open, False
            if was_open:
                logger.info("It answers again. Before: %s", self._message)

    def reset(self) -> None:
        """As if nothing had been asked yet; for tests."""
        with self._lock:
            self._until, self._is_open, self._logged_at = 0.0, False, float("-inf")
