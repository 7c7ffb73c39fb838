"""Each kind of static file comes with the policy that it needs."""

import pytest
from django.test import Client


@pytest.fixture
def client(settings) -> Client:
    """A client of a site that serves its static files from their sources."""
    settings.WHITENOISE_USE_FINDERS = True
    return Client()


def header(client: Client, path: str) -> str | None:
    response = client.get(path)
    assert response.getvalue()
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.has_header("Access-Control-Allow-Origin")
    return response.get("Content-Security-Policy")


@pytest.mark.parametrize("path", ["css/site.css", "css/entry.css", "js/members.js"])
def test_what_is_part_of_a_page_has_that_of_the_page(client, path):
    assert header(client, f"/static/{path}") is None


@pytest.mark.parametrize("path", ["img/favicon.svg", "img/plates.svg", "img/sharing.png"])
def test_a_picture_opened_by_itself_loads_and_runs_nothing(client, path):
    assert header(client, f"/static/{path}") == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize("path", ["/static/css/none.css", "/static/js/"])
def test_a_page_that_says_a_file_is_missing_has_the_whole_policy(client, db, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "script-src 'self'" in response["Content-Security-Policy"]
