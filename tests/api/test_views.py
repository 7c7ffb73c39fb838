"""Tags, limits, methods and headers of the API, and the page about it."""

import json
import subprocess
import sys

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.rate_limits import API_REQUESTS, CountLimit
from remedies.services import publish_remedy
from tests.factories import make_remedy
from tests.reading import Page

REMEDIES = "/api/v1/remedies"


def test_what_has_not_changed_is_answered_with_304_and_a_single_query(standing_world, client):
    first = client.get(REMEDIES)
    tag = first.headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        again = client.get(REMEDIES, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert len(queries) == 0  # the version is read past Django's cursor


def test_on_plain_http_a_program_is_told_and_not_led_on(standing_world, settings):
    settings.SECURE_SSL_REDIRECT = True
    client = Client()  # its middleware reads the setting
    for path in ("", "remedies", "openapi.json", "no-such-address"):
        response = client.get(f"/api/v1/{path}")
        assert response.status_code == 403, path
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["detail"].startswith("Ask on https: ")
        assert client.get(f"/api/v1/{path}", secure=True).status_code != 403, path
    assert client.get("/api/").status_code == 301  # a page, for browsers


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_by_the_next_request(client):
    remedy = make_remedy("Alpha")
    tag = client.get(REMEDIES).headers["ETag"]
    assert client.get(REMEDIES, headers={"If-None-Match": tag}).status_code == 304
    remedy.one_line = "Something else."
    remedy.save()
    publish_remedy(remedy, by=None)
    changed = client.get(REMEDIES, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert changed.json()["items"][0]["one_line"] == "Something else."


def test_each_address_has_a_tag_of_its_own(standing_world, client):
    paths = [REMEDIES, f"{REMEDIES}?limit=5", f"{REMEDIES}/magnesium", "/api/v1/openapi.json"]
    assert len({client.get(path).headers["ETag"] for path in paths}) == len(paths)


def test_a_network_that_asks_too_often_is_told_when_to_come_back(
    standing_world, client, monkeypatch
):
    few = CountLimit(API_REQUESTS.action, API_REQUESTS.per, limit=2, seconds=60)
    monkeypatch.setattr("api.views.API_REQUESTS", few)
    first = client.get(REMEDIES)
    assert first.status_code == client.get(REMEDIES).status_code == 200
    refused = client.get(REMEDIES)
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused["Cache-Control"] == "no-store"
    tag = first.headers["ETag"]
    assert client.get(REMEDIES, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(REMEDIES, REMOTE_ADDR="198.51.100.7").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_methods_are_refused_as_a_problem(standing_world, client, method):
    for path in (REMEDIES, f"{REMEDIES}/magnesium", "/api/v1/"):
        response = client.generic(method, path)
        assert response.status_code == 405
        assert response["Content-Type"] == "application/problem+json"
        assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_head_is_get_without_the_body(standing_world, client):
    head, get = client.head(REMEDIES), client.get(REMEDIES)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]


def test_scripts_of_any_site_may_read_and_nothing_else(standing_world, client):
    response = client.get(REMEDIES, headers={"Origin": "https://other.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    preflight = client.options(REMEDIES)
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


def test_an_address_that_is_none_is_a_problem_too(standing_world, client):
    for path in ("/api/v1/nothing", "/api/v1/remedies/", "/api/v1/remedies/a/b/c", "/api/v1/docs"):
        response = client.get(path)
        assert response.status_code == 404, path
        assert response["Content-Type"] == "application/problem+json"
        assert "openapi.json" in response.json()["detail"]


def test_the_index_leads_to_every_list_and_to_the_description(standing_world, client):
    for url in client.get("/api/v1/").json().values():
        assert client.get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_the_page_about_it_names_every_list_and_the_limit(standing_world, client, settings):
    settings.DATA_LICENCE = "CC-BY-4.0"
    page = Page(client.get("/api/"))
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    lists = {path for path in paths if "{" not in path}
    assert lists <= {link.get("href") for link in page.all("a")}
    assert f"{API_REQUESTS.limit} answers a minute" in page.words
    assert "CC-BY-4.0" in page.words
    settings.DATA_LICENCE = ""
    assert "not stated by the operator" in Page(client.get("/api/")).words


def test_readers_processes_start_without_the_library_of_the_api():
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; "
        "get_resolver().url_patterns; from remedies_site.wsgi import application; "
        "sys.exit('ninja' in sys.modules)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "remedies_site.settings.test", "PATH": "/usr/bin"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert done.returncode == 0


HOSTILE = [
    *("%00", "%FF%FE", "..%2F..%2Fetc%2Fpasswd", "'%20OR%201=1--", "%F0%9F%92%A9", "a" * 3000),
    *("-1", "0", "99999999999999999999", "1e999", "NaN", "null", "[]", "{}", "%0d%0aX-A:%201"),
    *("true", "2026-13-45", "0000-00-00", "<script>", "%25s", "%2e%2e", "__proto__", "٣", " "),
]
PLACES = [
    *("remedies", "conditions", "entries", "citations", "openapi.json", "", "nothing"),
    *("remedies/{0}", "conditions/{0}", "entries/{0}/{0}", "citations/{0}", "{0}"),
    *("remedies?{0}={0}", "entries?after={0}", "entries?remedy={0}", "remedies?updated_since={0}"),
    *("entries?effect={0}", "citations?after={0}&retracted={0}", "remedies?limit={0}", "?{0}"),
]


def test_hostile_requests_get_an_answer_of_4xx_and_never_an_error(standing_world, client, settings):
    settings.RATE_LIMITS = False
    tried = [(place, value) for place in PLACES for value in HOSTILE]
    assert len(tried) >= 400
    for place, value in tried:
        response = client.get(f"/api/v1/{place.format(value)}")
        assert response.status_code < 500, (place, value)
        if response.status_code >= 400:
            assert response["Content-Type"] == "application/problem+json", (place, value)
            assert json.loads(response.content)["status"] == response.status_code
