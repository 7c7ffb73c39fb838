"""The OpenAPI description, and the way from an address to its operation."""

import hashlib
import json
from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver
from django.urls.resolvers import RegexPattern

import api.operations  # noqa: F401  (registers them)
from api.ninja_api import ninja_api
from api.problems import PROBLEM_JSON

_HEADERS = {
    200: {"ETag": "Send it as If-None-Match: what has not changed is answered with 304."},
    301: {"Location": "The address of what was renamed or merged."},
    429: {"Retry-After": "Seconds until the next request is answered."},
    503: {"Retry-After": "Seconds until it is worth another request."},
}


@cache
def description() -> dict[str, Any]:
    """The OpenAPI description, with the media type of problems and the headers of responses."""
    found: dict[str, Any] = json.loads(
        json.dumps(
            ninja_api.get_openapi_schema(path_prefix=settings.API_PATH.strip("/") + "/"),
            default=str,
        )
    )
    found["servers"] = [{"url": settings.SITE_URL}]
    if settings.DATA_LICENCE:
        found["info"]["license"] = {"name": settings.DATA_LICENCE}
        if settings.DATA_LICENCE_URL:
            found["info"]["license"]["url"] = settings.DATA_LICENCE_URL
    for methods in found["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                _complete(int(status), response)
    return found


def _complete(status: int, response: dict[str, Any]) -> None:
    content = response.get("content", {})
    if status >= HTTPStatus.BAD_REQUEST and content:
        response["content"] = {PROBLEM_JSON: content["application/json"]}
    if headers := _HEADERS.get(status):
        response["headers"] = {
            name: {"description": text, "schema": {"type": "string"}}
            for name, text in headers.items()
        }


@cache
def description_json() -> str:
    """The description as it is served."""
    return json.dumps(description(), ensure_ascii=False)


@cache
def digest() -> str:
    """Changes with the description, and with it what kept answers looked like."""
    return hashlib.sha256(description_json().encode()).hexdigest()


@cache
def _resolver() -> URLResolver:
    patterns, _app_name, _namespace = ninja_api.urls
    return URLResolver(RegexPattern(r""), patterns)


def answer(request: HttpRequest, path: str) -> HttpResponse:
    """The response to a GET below the address of the API. Raises Http404, where there is no such one."""
    match = _resolver().resolve(path)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response
