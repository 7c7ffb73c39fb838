"""Responses to forms."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from remedies_site.exceptions import RateLimited, ServiceError


def redirect_after_post(url: str, *, status: int = 303) -> HttpResponse:
    """Redirect after a form was handled; with 303, every client follows with GET."""
    response = HttpResponseRedirect(url)
    response.status_code = status
    return response


def error_response(
    request: HttpRequest, error: ServiceError, template: str, context: Mapping[str, object]
) -> HttpResponse:
    """Render `template` with the error's message as `service_error`, and with the error's status.

    A 429 has a Retry-After header.
    """
    response = render(
        request, template, {**context, "service_error": str(error)}, status=error.status
    )
    if isinstance(error, RateLimited):
        response["Retry-After"] = str(error.seconds)
    return response


def is_from_a_script(request: HttpRequest) -> bool:
    """Whether a script says that it asked (X-Requested-With): it shows a part of a page, not a page."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"
