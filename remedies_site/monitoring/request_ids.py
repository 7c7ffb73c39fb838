"""A name for each request, which all its log lines bear, and the count of requests by route.

A trusted proxy may have named the request already (`X-Request-ID`); `remedies_site.proxies` takes the header
of everybody else away. The answer carries the name where it is for one reader alone: a kept page, and one that
shared caches may keep, would hand the name of somebody else's request to the next reader.
"""

import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from remedies_site.monitoring.counters import increment

GetResponse = Callable[[HttpRequest], HttpResponseBase]

HEADER = "X-Request-ID"
NO_ROUTE = "none"
"""The route of what no view answers: unknown paths, files, refused hosts."""
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The name of the request that this thread serves; empty outside requests."""
    return _current.get()


def route_name(request: HttpRequest) -> str:
    """The name of the URL pattern, such as `entry` or `admin:index`: never a path, which may say who reads."""
    match = request.resolver_match
    return match.view_name if match and match.view_name else NO_ROUTE


def quotes_clients(logger: str) -> bool:
    """Whether the messages of a logger quote what a client sent: Django's of refused hosts and origins."""
    return logger.startswith("django.security")


def name_requests(get_response: GetResponse) -> GetResponse:
    """Middleware, to stand after `believe_trusted_proxies`: names requests and counts them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        name = given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
        token = _current.set(name)
        start = time.perf_counter()
        try:
            response = get_response(request)
        finally:
            _current.reset(token)
        route = route_name(request)
        increment("requests", route, f"{response.status_code // 100}xx")
        increment("request_seconds", route, amount=time.perf_counter() - start)
        if _is_for_one_reader(response):
            response.headers[HEADER] = name
        return response

    return middleware


def _is_for_one_reader(response: HttpResponseBase) -> bool:
    control = response.headers.get("Cache-Control", "")
    return "private" in control or "no-store" in control
