"""Answers that every form of the site gives in the same way."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from remedies_site.exceptions import RateLimited, ServiceError


def redirect_after_post(url: str, *, status: int = 303) -> HttpResponse:
    """After a deed: look there. 303 makes every client ask with GET."""
    response = HttpResponseRedirect(url)
    response.status_code = status
    return response


def error_response(
    request: HttpRequest, error: ServiceError, template: str, context: dict[str, Any]
) -> HttpResponse:
    """The form again with what is wrong and the text kept; 429 says how long to wait."""
    more = {**context, "refusal": str(error)}
    response = render(request, template, more, status=error.status)
    if isinstance(error, RateLimited):
        response["Retry-After"] = str(error.seconds)
    return response
