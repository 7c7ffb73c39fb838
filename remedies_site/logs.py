"""Log lines of a bounded length, one for each record: a client may send hosts and paths of any size."""

import json
import logging
import time
import traceback
import unicodedata
from pathlib import Path
from types import TracebackType

from remedies_site.monitoring.request_ids import current_request_id, quotes_clients, route_name

MAX_LINE = 2_000
"""The longest line, in characters; what is longer loses its middle."""
MAX_LINES = 200
"""The most lines of a traceback."""
MAX_FRAMES = 30
"""The most places of an error in a JSON line: the innermost."""


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


class JsonFormatter(BoundedFormatter):
    """One JSON object a line, for programs that collect logs: `LOG_FORMAT=json`.

    Beside the message stands the name of the request. A record about a request (Django's own of errors and
    refusals) names its route instead of its path, and an error has its type and its places without its
    message, since both may hold what somebody typed, reads or is called.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record in one line."""
        line: dict[str, object] = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _cut(_escape(_message_without_path(record))),
        }
        if request_id := current_request_id():
            line["request_id"] = request_id
        request = getattr(record, "request", None)
        if request is not None:
            line["route"] = route_name(request)
            line["status"] = getattr(record, "status_code", None)
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["places"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


class NoTraceback(logging.Filter):
    """Keeps the line of a record and drops its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true."""
        record.exc_info = record.exc_text = None
        return True


def _message_without_path(record: logging.LogRecord) -> str:
    if quotes_clients(record.name):
        return record.name
    request = getattr(record, "request", None)
    if request is None or not isinstance(record.args, tuple):
        return record.getMessage()
    paths = {request.path, request.path_info, request.get_full_path()}
    args = tuple(route_name(request) if arg in paths else arg for arg in record.args)
    return str(record.msg) % args if args else str(record.msg)


def _places(start: TracebackType | None) -> list[str]:
    """Where an error came from, innermost last: files below the project or its packages, with their lines."""
    frames = traceback.extract_tb(start)[-MAX_FRAMES:]
    return [
        f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
        for frame in frames
    ]


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
