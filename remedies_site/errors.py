"""Responses with an error page: what happened, what to do, and a search form."""

import sys

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseServerError,
)
from django.template.loader import render_to_string

from remedies_site.unavailable import is_unavailable, unavailable


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return HttpResponseBadRequest(render_to_string("400.html", request=request))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return HttpResponseForbidden(render_to_string("403.html", request=request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form with a missing or expired CSRF token: usually a page left open for long."""
    return HttpResponseForbidden(render_to_string("403_csrf.html", request=request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return HttpResponseNotFound(render_to_string("404.html", request=request))


def too_many_requests(
    request: HttpRequest, exception: Exception | None = None, *, seconds: int = 300
) -> HttpResponse:
    """429 with the seconds to wait; the default is the longest window of the account pages."""
    context = {"minutes": max(1, -(-seconds // 60)), "seconds": seconds}
    response = HttpResponse(render_to_string("429.html", context, request=request), status=429)
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without queries or session: they may be what failed.

    503 where the database is unavailable and a middleware met it; Django calls this while it handles
    the exception.
    """
    if is_unavailable(sys.exception()):
        return unavailable(request)
    return HttpResponseServerError(render_to_string("500.html", {"site_name": settings.SITE_NAME}))


def too_large(request: HttpRequest) -> HttpResponse:
    """413, without session or queries: the request body has not been read."""
    html = render_to_string("413.html", {"site_name": settings.SITE_NAME})
    return HttpResponse(html, status=413)


def gone(request: HttpRequest, *, title: str, reason: str) -> HttpResponse:
    """410 for a withdrawn page, with the reason of its withdrawal."""
    return HttpResponse(
        render_to_string("410.html", {"title": title, "reason": reason}, request=request),
        status=410,
    )
