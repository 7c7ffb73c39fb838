"""Log lines of a bounded length, one for each record: a client may send hosts and paths of any size."""

import logging
import time
import unicodedata

MAX_LINE = 2_000
"""The longest line, in characters; what is longer loses its middle."""
MAX_LINES = 200
"""The most lines of a traceback."""


class BoundedFormatter(logging.Formatter):
    """Cuts long lines, and escapes characters by which outside text could pass for lines of its own.

    Times are UTC in the form of ISO 8601.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = ""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (logging's own name)
        """The record in one line, without its traceback."""
        return _cut(_escape(super().formatMessage(record)))

    def formatException(self, ei: object) -> str:  # noqa: N802
        """The traceback, whose last lines hold the exception's message."""
        lines = super().formatException(ei).splitlines()  # type: ignore[arg-type]
        if len(lines) > MAX_LINES:
            half = MAX_LINES // 2
            lines = [*lines[:half], f"… {len(lines) - MAX_LINES} lines …", *lines[-half:]]
        return "\n".join(_cut(_escape(line)) for line in lines)


class NoTraceback(logging.Filter):
    """Keeps the line of a record and drops its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true."""
        record.exc_info = record.exc_text = None
        return True


def _escape(line: str) -> str:
    return "".join(
        char if char == "\t" or unicodedata.category(char) not in _UNSAFE else ascii(char)[1:-1]
        for char in line[: 10 * MAX_LINE]
    )


_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _cut(line: str) -> str:
    if len(line) <= MAX_LINE:
        return line
    half = MAX_LINE // 2
    return f"{line[:half]}… {len(line) - MAX_LINE} characters …{line[-half:]}"
