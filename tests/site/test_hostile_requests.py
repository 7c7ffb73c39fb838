"""Hostile requests to every URL, the admin's too: never an error of ours, a clear answer, nothing stored."""

import hashlib
import json
import random
import re

import pytest
from django.apps import apps
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from tests.counts import count
from tests.hostile import BODIES
from tests.surfaces import named_patterns

TRIES = count(small=1, full=134)
"""For each URL and each sort of person, each with another path, method and body: 402 for a URL in all."""
IDS = [
    *("0", "-1", "999999999", "9" * 40, "9" * 400, "1e9", "NaN", "0x10", "None", "null", "٣"),
    *("%00", "..%2f..%2fetc", "_5F00", "a'b\"c", "<script>", "%c0%ae", "x" * 300, "a%0d%0ab", "🙂"),
]
FIELDS = (
    *("csrfmiddlewaretoken", "login", "password", "body", "parent", "value", "reason", "detail"),
    *("r", "q", "_save", "_continue", "_selected_action", "action", "post", "id", "slug", "title"),
    *("form-TOTAL_FORMS", "form-INITIAL_FORMS", "regimens-TOTAL_FORMS", "seen", "note", "next"),
)
METHODS = ("GET", "POST", "POST", "HEAD", "PUT", "DELETE", "TRACE", "PATCH", "OPTIONS", "BREW")
TYPES = (
    "application/x-www-form-urlencoded",
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
)
COUNTED_BY_NATURE = {
    *("accounts.ActionCount", "accounts.Allowance", "sessions.Session", "accounts.Session"),
    "remedies.LintReport",
}
"""What limits and log-ins count, and what the admin's first page keeps of its own."""


BY_HAND = {
    *("admin/<app>/", "accounts/confirm-email/<key>/", "accounts/password/reset/key/<user>-<key>/"),
    *("api/v1/<path>", "api/v1/remedies", "api/v1/remedies/<slug>", "api/v1/citations"),
    *("api/v1/conditions", "api/v1/conditions/<slug>", "api/v1/citations/<key>"),
    *("api/v1/entries", "api/v1/entries/<remedy>/<condition>", "api/v1/openapi.json"),
}
"""Routes whose patterns are regular expressions, and what the API makes of its one."""


def routes() -> list[str]:
    """The route of every named pattern of the site, with its parts still to fill in."""
    named = {route for route, pattern in named_patterns() if "^" not in route}
    return sorted(named | BY_HAND)


def fill_in(route: str, chance: random.Random) -> str:
    return "/" + re.sub(r"<[^>]+>", lambda _part: chance.choice(IDS), route)


def body(chance: random.Random) -> str | bytes:
    kind = chance.randrange(4)
    if kind == 0:
        return bytes(chance.randrange(256) for _byte in range(60))
    if kind == 1:
        return '{"a": [' * chance.randrange(1, 40)
    values = [*IDS, *(text[:2_000] for text in BODIES[:40])]
    pairs = [
        f"{chance.choice(FIELDS)}={chance.choice(values)}"
        for _pair in range(chance.randrange(1, 8))
    ]
    return "&".join(pairs).encode("utf-8", "surrogatepass")


def contents() -> dict[str, tuple[int, str]]:
    """How many rows each table has that a hostile request must leave as it is, and a digest of them."""
    return {
        model._meta.label: digest_of(model)
        for model in apps.get_models()
        if model._meta.label not in COUNTED_BY_NATURE and not model._meta.proxy
    }


def digest_of(model: type[Model]) -> tuple[int, str]:
    found = list(model._base_manager.order_by("pk").values_list())
    return len(found), hashlib.sha256(repr(found).encode()).hexdigest()


def is_clear(response: HttpResponse) -> bool:
    """Whether a refusal says what it is: a page with a heading, a problem, a line of text, or what is allowed."""
    if response.status_code == 405:
        return bool(response.headers["Allow"])
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if kind == "application/problem+json":
        return json.loads(response.content)["status"] == response.status_code
    return b"<h1" in response.content or kind in {"text/plain", "application/json"}


def test_the_walk_reaches_the_urls_of_the_site_of_the_admin_and_of_the_api(db):
    found = routes()
    assert len(found) > 300
    expressions = [route for route, pattern in named_patterns() if "^" in route]
    assert len(expressions) == 4  # each has a route in BY_HAND
    for path in Client().get("/api/v1/openapi.json").json()["paths"]:
        assert path[1:].replace("{", "<").replace("}", ">") in found
    for part in ("admin/remedies/remedy/<path:object_id>/change/", "comments/<number:pk>/vote/"):
        assert part in found


@pytest.mark.parametrize("who", ["a visitor", "a member", "an administrator"])
def test_every_url_answers_hostile_requests_clearly_and_stores_nothing(
    standing_world, admin_user, settings, who
):
    settings.RATE_LIMITS = False  # what comes behind the limits is tried
    chance = random.Random(f"{who} 7")  # the same each time
    browser = Client(raise_request_exception=False)
    if who != "a visitor":
        browser.force_login(admin_user if who == "an administrator" else standing_world.mara)
    before = contents()
    for route in routes():
        for _try in range(TRIES):
            path, method = fill_in(route, chance), chance.choice(METHODS)
            if who != "a visitor" and "logout" in path:
                continue
            response = browser.generic(
                method, path, body(chance), content_type=chance.choice(TYPES)
            )
            assert response.status_code < 500, (method, path)
            if response.status_code >= 400 and method != "HEAD":
                assert is_clear(response), (response.status_code, method, path)
            if "<" in route and method == "POST" and response.status_code == 200:
                # A form that is shown again, or a page about what was never there.
                assert resolve(path).url_name not in {"comment_vote", "entry_vote"}, path
    assert contents() == before
