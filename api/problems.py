"""Answers of the API that are no data: problem details (RFC 9457)."""

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpResponse

from api.schema import ParameterError, Problem

PROBLEM_JSON = "application/problem+json"


class InvalidParameters(Exception):
    """Parameters that the address does not take, or not so."""

    def __init__(self, errors: Sequence[ParameterError]) -> None:
        """At least one."""
        super().__init__(", ".join(error.name for error in errors))
        self.errors = list(errors)


class WithdrawnRecord(Exception):
    """What was withdrawn from readers; the message is the reason that its page gives."""


class MovedRecord(Exception):
    """What has another address now."""

    def __init__(self, path: str) -> None:
        """`path` is the new path within the API."""
        super().__init__(path)
        self.path = path


def problem(status: int, detail: str, errors: Sequence[ParameterError] = ()) -> HttpResponse:
    """The response of a status with what went wrong."""
    body = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, errors=list(errors)
    )
    return HttpResponse(body.model_dump_json(), status=status, content_type=PROBLEM_JSON)


def invalid_parameters(errors: Sequence[ParameterError]) -> HttpResponse:
    """400 with the name of each parameter that is wrong."""
    names = ", ".join(dict.fromkeys(error.name for error in errors))
    return problem(HTTPStatus.BAD_REQUEST, f"Not understood: {names}.", errors)
