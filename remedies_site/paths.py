"""Addresses as people paste and type them: capitals, doubled slashes, the punctuation of a sentence.

Such a path is answered with 301 to the page that it means, and only where that page is there: a draft
and a page that does not exist go on giving the same 404.
"""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.encoding import escape_uri_path

_SAFE_METHODS = ("GET", "HEAD")
_BLANK = " \t\n\r\xa0\u200b\u200c\u200d\u2060\ufeff"
"""Not NUL and the like: nobody pastes those, and they are answered with 404."""
_SENTENCE = ".,;:!?…'\"`*_~|\\)]}>”’»›。、，）】」"
"""What stands around a pasted address, and at the end of no path of this site."""
_ADMIN = "/admin/"
_ACCOUNTS = "/accounts/"
"""Their paths hold keys that differ by their capitals, and looking at such a page may use the key up."""


def redirect_untidy_paths(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: 301 instead of 404 where the tidy form of the path has a page; never for forms."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in _SAFE_METHODS:
            return response
        return _find_redirect(request) or response

    return middleware


def tidy_path(path: str) -> str:
    """The path without blanks around its segments, empty segments and what follows the address in a sentence.

    Without a slash at its end; the path of the home page is empty.
    """
    segments = [segment.strip(_BLANK) for segment in path.split("/")]
    tidy = "/".join(segment for segment in segments if segment)
    stripped = tidy.rstrip(_SENTENCE + _BLANK + "/")
    return f"/{stripped}" if stripped else ""


def _find_redirect(request: HttpRequest) -> HttpResponse | None:
    tidy = tidy_path(request.path_info)
    if f"{tidy}/".lower().startswith((_ADMIN, settings.API_PATH)):
        return None
    is_account = f"{tidy}/".startswith(_ACCOUNTS)
    for path in [tidy] if is_account else [tidy, tidy.lower()]:
        for candidate in (f"{path}/", path):
            match = _resolve(candidate) if candidate != request.path_info else None
            if match is None:
                continue
            if is_account:
                return _redirect(request, candidate)
            if found := _find_page(request, candidate, match):
                return found
    return None


def _resolve(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _find_page(request: HttpRequest, path: str, match: ResolverMatch) -> HttpResponse | None:
    """The redirect to a path whose view answers, or the redirect that it answers with.

    A withdrawn page (410) is there: it says why.
    """
    original = request.path, request.path_info
    request.path = request.path_info = path
    try:
        answer = cast(HttpResponse, match.func(request, *match.args, **match.kwargs))
    except (Http404, PermissionDenied, SuspiciousOperation):
        return None
    finally:
        request.path, request.path_info = original
    if isinstance(answer, HttpResponsePermanentRedirect):
        return answer
    return (
        _redirect(request, path) if answer.status_code < 400 or answer.status_code == 410 else None
    )


def _redirect(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    escaped = escape_uri_path(path)
    return HttpResponsePermanentRedirect(f"{escaped}?{query}" if query else escaped)
