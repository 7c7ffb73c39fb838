"""The page about the open data, and the API: its limits, its tags and its headers.

django-ninja is imported with the first request of a process to the API, so that readers' processes start
without it.
"""

import hashlib
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accounts.rate_limits import API_REQUESTS, limit_by_network
from api.problems import InvalidParameters, invalid_parameters, problem, refuse_others
from remedies_site.exceptions import RateLimited
from remedies_site.pagecache.shown import CONTENT
from remedies_site.pagecache.versions import version_in_request

KINDS = {
    "remedies": _(
        "Remedies; one of them whole at remedies/SLUG, with its limits, interactions and precautions."
    ),
    "conditions": _(
        "Conditions; one whole at conditions/SLUG, with its red flags and usual first care."
    ),
    "entries": _(
        "A remedy for one condition; one whole at entries/REMEDY/CONDITION, with its evidence, doses "
        "and warnings, and the grade with every step."
    ),
    "citations": _("The works that these pages cite; one at citations/KEY."),
}
"""The lists, and what the page for people says of each."""
EXAMPLES = (
    "entries?effect=benefit&certainty=moderate",
    "remedies?updated_since=2026-01-01&limit=100",
    "citations?retracted=true",
)
_METHODS = "GET, HEAD, OPTIONS"
_DESCRIPTION = "openapi.json"
_KEPT_SECONDS = 86_400
"""How long a browser may remember that it can ask from another site."""


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """What the API and the files of the open data hold, for people."""
    context = {
        "root": f"{settings.SITE_URL}{settings.API_PATH}",
        "root_path": settings.API_PATH,
        "kinds": KINDS,
        "examples": EXAMPLES,
        "description_url": f"{settings.API_PATH}{_DESCRIPTION}",
        "requests_a_minute": API_REQUESTS.limit,
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
    }
    return render(request, "api/api_page.html", context)


@csrf_exempt
def api_index(request: HttpRequest) -> HttpResponse:
    """The addresses of the API, and of its description."""
    root = f"{settings.SITE_URL}{settings.API_PATH}"
    addresses = {"description": f"{root}{_DESCRIPTION}"}
    addresses |= {kind: f"{root}{kind}" for kind in KINDS}
    return _for_everybody(
        _only_https(request)
        or _only_reads(request)
        or _without_parameters(request)
        or JsonResponse(addresses)
    )


@csrf_exempt
def api_v1(request: HttpRequest, path: str) -> HttpResponse:
    """One address of the API."""
    return _for_everybody(
        _only_https(request) or _only_reads(request) or _conditional(request, path)
    )


def _only_https(request: HttpRequest) -> HttpResponse | None:
    """403 on plain http, where the site is on https.

    A redirect, as browsers get, would hide from a program that it asked on http each time.
    """
    if request.is_secure() or not settings.SECURE_SSL_REDIRECT:
        return None
    return problem(HTTPStatus.FORBIDDEN, f"Ask on https: {settings.SITE_URL}{settings.API_PATH}")


def _only_reads(request: HttpRequest) -> HttpResponse | None:
    """The response to what asks for nothing: what is allowed, or 405."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=HTTPStatus.NO_CONTENT)
        response["Access-Control-Allow-Methods"] = "GET, HEAD"
        response["Access-Control-Allow-Headers"] = "If-None-Match"
        response["Access-Control-Max-Age"] = str(_KEPT_SECONDS)
    elif request.method not in ("GET", "HEAD"):
        response = problem(HTTPStatus.METHOD_NOT_ALLOWED, f"Only {_METHODS} are answered here.")
    else:
        return None
    response["Allow"] = _METHODS
    return response


def _without_parameters(request: HttpRequest) -> HttpResponse | None:
    """400 where there is one all the same."""
    try:
        refuse_others(request.GET)
    except InvalidParameters as error:
        return invalid_parameters(error.errors)
    return None


def _conditional(request: HttpRequest, path: str) -> HttpResponse:
    """The response with its tag; 304 by one look at a row, before anything is read or counted."""
    from api.description import digest

    version = version_in_request((CONTENT,))  # before the rows: nothing older goes under it
    tag = ""
    if version is not None:
        shown = (digest(), version, request.get_full_path(), settings.SITE_URL, settings.PRODUCTS)
        tag = f'W/"{hashlib.sha256(repr(shown).encode()).hexdigest()[:32]}"'
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            return _tagged(HttpResponse(status=HTTPStatus.NOT_MODIFIED), tag)
    response = _limited(request, path)
    return _tagged(response, tag) if response.status_code == HTTPStatus.OK else response


def _tagged(response: HttpResponse, tag: str) -> HttpResponse:
    if tag:
        response["ETag"] = tag
    return response


def _limited(request: HttpRequest, path: str) -> HttpResponse:
    try:
        limit_by_network(request, API_REQUESTS)
    except RateLimited as error:
        response = problem(HTTPStatus.TOO_MANY_REQUESTS, str(error))
        response["Retry-After"] = str(error.seconds)
        response["Cache-Control"] = "no-store"
        return response
    return _answered(request, path)


def _answered(request: HttpRequest, path: str) -> HttpResponse:
    from api.description import answer, description_json

    if path == _DESCRIPTION:
        return _without_parameters(request) or HttpResponse(
            description_json(), content_type="application/json"
        )
    method, request.method = request.method, "GET"  # django-ninja knows no HEAD
    try:
        return answer(request, path)
    except Http404:
        detail = f"There is no such address; {settings.API_PATH}{_DESCRIPTION} has all of them."
        return problem(HTTPStatus.NOT_FOUND, detail)
    finally:
        request.method = method


def _for_everybody(response: HttpResponse) -> HttpResponse:
    """Scripts of any site may read it; none sends who somebody is, and no answer depends on it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    response["X-Robots-Tag"] = "noindex"
    return response
