"""The API of django-ninja that the operations belong to, and how it answers where there is no data.

Importing it takes a noticeable part of a second, so only a process that is asked for the API does: see
`api.views`.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from ninja import NinjaAPI
from ninja.errors import ValidationError

from api.problems import (
    InvalidParameters,
    MovedRecord,
    WithdrawnRecord,
    invalid_parameters,
    problem,
)
from api.schema import ParameterError

VERSION = "1.1.0"
"""Of the description. Change what a field means, change this: kept answers are then asked for again."""

_DESCRIPTION = (
    "What this site has published: remedies, conditions, entries (a remedy for one condition, with its "
    "evidence, doses, warnings and the grade with every step) and the works they cite. Read-only. It is "
    "information to discuss with a doctor or pharmacist and does not replace their advice."
)

ninja_api = NinjaAPI(
    title=f"{settings.SITE_NAME}: open data",
    version=VERSION,
    description=_DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="open-data",
)


@ninja_api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """400; the names are those of the address."""
    errors = [
        ParameterError(name=str(detail["loc"][-1]), message=str(detail["msg"]))
        for detail in error.errors
    ]
    return invalid_parameters(errors)


@ninja_api.exception_handler(InvalidParameters)
def _not_known(request: HttpRequest, error: InvalidParameters) -> HttpResponse:
    return invalid_parameters(error.errors)


@ninja_api.exception_handler(Http404)
def _not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, "There is nothing published at this address.")


@ninja_api.exception_handler(WithdrawnRecord)
def _withdrawn(request: HttpRequest, error: WithdrawnRecord) -> HttpResponse:
    return problem(HTTPStatus.GONE, f"It was withdrawn: {error}")


@ninja_api.exception_handler(MovedRecord)
def _moved(request: HttpRequest, error: MovedRecord) -> HttpResponse:
    return HttpResponsePermanentRedirect(f"{settings.API_PATH}{error.path}")
