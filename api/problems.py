"""Answers of the API that are no data: problem details (RFC 9457)."""

from collections.abc import Collection, Sequence
from http import HTTPStatus

from django.http import HttpResponse, QueryDict

from api.schema import ParameterError, Problem

PROBLEM_JSON = "application/problem+json"
_LONGEST_NAME = 80
"""Characters of a parameter's name that are said back."""


class InvalidParameters(Exception):
    """Parameters that the address does not take, or not so."""

    def __init__(self, errors: Sequence[ParameterError]) -> None:
        """At least one."""
        super().__init__(", ".join(error.name for error in errors))
        self.errors = list(errors)


def refuse_others(query: QueryDict, known: Collection[str] = ()) -> None:
    """Raise InvalidParameters for what an address does not know, or is given twice."""
    errors = [
        ParameterError(name=name[:_LONGEST_NAME], message="is no parameter of this address")
        for name in query
        if name not in known
    ]
    errors += [
        ParameterError(name=name, message="is given more than once")
        for name, values in query.lists()
        if name in known and len(values) > 1
    ]
    if errors:
        raise InvalidParameters(errors)


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
