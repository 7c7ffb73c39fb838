"""Admits a request to the replica where that has all that the primary has for its page.

The rows of `page_version` reach the replica in the transactions that moved them. So a replica that has the
primary's numbers for a page has every change of it, and what is read there afterwards is as new or newer.
"""

from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest, HttpResponse

from remedies_site.circuit_breaker import CircuitBreaker
from remedies_site.pagecache.shown import ALL, scopes_of
from remedies_site.pagecache.versions import PAGE_VERSION, version_on
from remedies_site.replica.routing import (
    REPLICA,
    has_replica,
    read_from_replica,
    reads_from_replica,
)
from remedies_site.unavailable import is_unavailable, unavailable

DOWN_SECONDS = 5
"""How long nobody asks a replica that gave no answer; then one request tries."""
_PRIMARY_PATHS = ("/accounts/", "/admin/", "/healthz", "/readyz")
"""Links in mails lead to rows that were written a moment ago."""

breaker = CircuitBreaker(
    "The replica gives no answer; readers are served from the primary", DOWN_SECONDS
)


class ReplicaMiddleware:
    """Reads of anonymous readers go to the replica, and to the primary again where it fails meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Admit the request, or leave it with the primary."""
        if not (has_replica() and is_anonymous_read(request)):
            return self.get_response(request)
        read_from_replica(admitted=_is_level(request))
        try:
            return self.get_response(request)
        finally:
            read_from_replica(admitted=False)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The same view once more, from the primary, where the replica has failed in the middle of it."""
        if not reads_from_replica() or not is_unavailable(exception):
            return None
        read_from_replica(admitted=False)
        if not connections[REPLICA].is_usable():
            breaker.record_failure(type(exception.__cause__ or exception).__name__)
        connections[REPLICA].close()
        if (match := request.resolver_match) is None:
            return None
        try:
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except Exception as error:
            if is_unavailable(error):
                return unavailable(request)
            raise
        return response


def is_anonymous_read(request: HttpRequest) -> bool:
    """Whether nobody can have written anything who sends this: a GET or HEAD without a cookie.

    Members have a session; whoever sent a form without one has the cookie of its token.
    """
    return (
        request.method in {"GET", "HEAD"}
        and not request.META.get("HTTP_COOKIE")
        and not request.META.get("HTTP_AUTHORIZATION")
        and not request.path_info.startswith(_PRIMARY_PATHS)
    )


def replica_answers() -> bool:
    """Whether the replica can be asked now; true where there is none."""
    if not has_replica():
        return True
    return breaker.allows_request() and _version_of_replica((ALL,)) is not None


def _is_level(request: HttpRequest) -> bool:
    """Whether the replica has the numbers that the primary has for the page."""
    if not breaker.allows_request():
        return False
    scopes = scopes_of(request.path_info)
    version = request.META.get(PAGE_VERSION) or version_on(DEFAULT_DB_ALIAS, scopes)
    return version is not None and _version_of_replica(scopes) == version


def _version_of_replica(scopes: tuple[str, ...]) -> object:
    version = version_on(REPLICA, scopes)
    if version is None:
        breaker.record_failure("no version")
    else:
        breaker.record_success()
    return version
