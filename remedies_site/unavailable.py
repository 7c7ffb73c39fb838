"""503 with Retry-After where the database cannot serve a request now: locked, too slow, read-only, full, gone.

Errors in our own SQL are none of these, and stay a 500.
"""

import logging
import sqlite3
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from remedies_site.monitoring.counters import increment
from remedies_site.sqlite_connections import close_kept

logger = logging.getLogger(__name__)

RETRY_SECONDS = 10
LONGEST_WAIT_SECONDS = 1
"""A form that has waited longer for a thread is not handled: its database is busy enough."""
QUEUED_SECONDS = "site.queued_seconds"
"""The key of the WSGI environment under which our server states how long a request waited for a thread."""

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
_SQLITE_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_INTERRUPT,
}
_READ_ONLY_TRANSACTION = "25006"
"""SQLSTATE of PostgreSQL for a write to a standby or read-only server."""


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the database failed, and not our use of it: the same request may succeed later."""
    if isinstance(error, InterfaceError):
        return True
    cause = getattr(error, "__cause__", None)
    if isinstance(error, InternalError):
        return getattr(cause, "sqlstate", None) == _READ_ONLY_TRANSACTION
    if not isinstance(error, OperationalError):
        return False
    code = getattr(cause, "sqlite_errorcode", None)
    # The low byte is the primary code: a missing table is an OperationalError of SQLite too.
    return not isinstance(cause, sqlite3.Error) or (
        code is not None and code & 0xFF in _SQLITE_UNAVAILABLE
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After, without queries or session; for programs as problem details (RFC 9457)."""
    if request.path.startswith(settings.API_PATH):
        detail = f"The database is busy or away. Try again in {RETRY_SECONDS} seconds."
        fields = {"type": "about:blank", "title": "Service Unavailable", "status": 503}
        response: HttpResponse = JsonResponse(
            {**fields, "detail": detail, "errors": []}, content_type="application/problem+json"
        )
        response.status_code = 503
    else:
        response = HttpResponse(
            render_to_string("503.html", {"site_name": settings.SITE_NAME}), status=503
        )
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


class UnavailableMiddleware:
    """503 for a view whose database is unavailable, and for a form that waited too long for a thread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn away a form that came too late; nothing of it is carried out."""
        waited = request.META.get(QUEUED_SECONDS, 0.0)
        if request.method not in _SAFE_METHODS and waited > LONGEST_WAIT_SECONDS:
            return unavailable(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 for a database that is unavailable; other exceptions go on to the 500."""
        if not is_unavailable(exception):
            return None
        increment("database_unavailable")
        logger.warning(
            "The database is unavailable: %s", type(exception.__cause__ or exception).__name__
        )
        close_kept(connection)
        return unavailable(request)
