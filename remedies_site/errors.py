"""Responses with an error page: what happened, what to do, and a search form."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseServerError,
)
from django.template.loader import render_to_string

from remedies_site.kept_text import kept_text_page, text_of_rejected_form
from remedies_site.responses import is_from_a_script
from remedies_site.unavailable import is_unavailable, unavailable


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 for a form with more than the site takes."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return too_large(request, too_many_fields=isinstance(exception, TooManyFieldsSent))
    return HttpResponseBadRequest(render_to_string("400.html", request=request))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return HttpResponseForbidden(render_to_string("403.html", request=request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form with a missing or expired CSRF token: usually a page left open for long.

    Where the form is our own and holds text, the page keeps it. A script gets a sentence: the one of
    django-markdownx puts whatever comes back into the editors' form.
    """
    if is_from_a_script(request):
        return HttpResponseForbidden("CSRF token missing or expired.", content_type="text/plain")
    if kept := text_of_rejected_form(request):
        return kept_text_page(request, kept, unchecked=True)
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


def too_large(request: HttpRequest, *, too_many_fields: bool = False) -> HttpResponse:
    """413, without session or queries: the request body has not been read."""
    context = {"site_name": settings.SITE_NAME, "too_many_fields": too_many_fields}
    html = render_to_string("413.html", context)
    return HttpResponse(html, status=413)


def gone(request: HttpRequest, *, title: str, reason: str) -> HttpResponse:
    """410 for a withdrawn page, with the reason of its withdrawal."""
    return HttpResponse(
        render_to_string("410.html", {"title": title, "reason": reason}, request=request),
        status=410,
    )
