"""The OpenAPI description, and a property-based run against it."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from tests.counts import count

PATH = "/api/v1/openapi.json"
PARTS = {
    "/api/v1/remedies/{slug}": {"slug": "magnesium"},
    "/api/v1/conditions/{slug}": {"slug": "insomnia"},
    "/api/v1/entries/{remedy}/{condition}": {"remedy": "magnesium", "condition": "insomnia"},
    "/api/v1/citations/{key}": {"key": "Ahlberg2020"},
}


@pytest.fixture
def described(standing_world, settings):
    settings.RATE_LIMITS = False
    return schemathesis.openapi.from_wsgi(PATH, application)


def application(environ, start_response):
    """The site as a server has it, on the connection of the test: no signal ends it."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)  # what checks the responses unpacks none
    response = WSGIHandler().get_response(WSGIRequest(environ))
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.content]


def test_it_is_openapi_3_1_and_declares_every_answer(standing_world, client):
    document = client.get(PATH).json()
    assert document["openapi"].startswith("3.1.")
    for path, methods in document["paths"].items():
        assert set(methods) == {"get"}
        statuses = set(methods["get"]["responses"])
        of_one = {"301", "404", "410"} if "{" in path else set()
        assert statuses == {"200", "304", "400", "403", "405", "429", "503"} | of_one, path
        for status, response in methods["get"]["responses"].items():
            problems = {"application/problem+json"} if int(status) >= 400 else set()
            wanted = {"application/json"} if status == "200" else problems
            assert set(response.get("content", {})) == wanted, (path, status)


def test_the_licence_is_the_operators_or_none(standing_world, client):
    assert "license" not in client.get(PATH).json()["info"]


def test_every_record_and_list_is_as_described(described):
    tried = 0
    for result in described.get_all_operations():
        operation = result.ok()
        case = operation.Case(path_parameters=PARTS.get(operation.path, {}))
        response = case.call()
        assert response.status_code == 200, operation.path
        case.validate_response(response)
        tried += 1
    assert tried == 8


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name)
def test_a_property_based_run_finds_no_undeclared_answer(described, mode):
    tried = 0
    for result in described.get_all_operations():
        operation = result.ok()

        @settings(max_examples=count(small=12, full=500), suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def answers_as_described(case):
            nonlocal tried
            tried += 1
            response = case.call()
            assert response.status_code < 500, response.text
            case.validate_response(response)

        answers_as_described()
    assert tried >= 8
