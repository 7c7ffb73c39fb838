"""What an attack on the site found, and headers and cookies that hold for every kind of answer."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldError
from django.test import Client

from discussions.models import Comment
from remedies.models import RemedyConditionEntry
from tests.conftest import CONTENT
from tests.factories import make_comment, make_user
from tests.surfaces import addresses_of

pytestmark = pytest.mark.every_page

ROOT = Path(__file__).parents[2]
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ON_HTTPS = """
import json
import django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["remedies.example.org"]
from django.test import Client
from django.utils.module_loading import import_string
from accounts.logins import device_cookie

storage = import_string(settings.MESSAGE_STORAGE).storage_classes[0]
client = Client(SERVER_NAME="remedies.example.org")
plain, safe = client.get("/robots.txt"), client.get("/robots.txt", secure=True)
names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, device_cookie()]
print(json.dumps({
    "cookies": [*names, storage(None).cookie_name],
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.IS_HTTPS],
    "plain": [plain.status_code, plain["Location"]],
    "hsts": safe["Strict-Transport-Security"],
}))
"""


@pytest.fixture(scope="module")
def on_https():
    """What the production settings make of an https address."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "remedies_site.settings.test",
        "SITE_URL": "https://remedies.example.org",
    }
    output = subprocess.run(
        [sys.executable, "-c", ON_HTTPS], cwd=ROOT, env=environment, check=True, capture_output=True,
        text=True, timeout=120,
    ).stdout  # fmt: skip
    return json.loads(output.splitlines()[-1])


def test_every_cookie_is_tied_to_https_and_to_this_host(on_https):
    assert len(on_https["cookies"]) == 4
    assert all(name.startswith("__Host-") for name in on_https["cookies"])
    assert on_https["secure"] == [True, True, True]


def test_plain_http_is_sent_to_https_and_browsers_remember_it_for_a_year(on_https):
    assert on_https["plain"] == [301, "https://remedies.example.org/robots.txt"]
    assert on_https["hsts"] == "max-age=31536000; includeSubDomains"


def test_no_message_is_left_in_a_cookie_that_the_site_does_not_name(client, db):
    user = make_user()
    client.post("/accounts/login/", {"login": user.name, "password": "a long enough password"})
    assert set(client.cookies) == {"sessionid", "csrftoken", "device", "messages"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_every_answer_says_how_browsers_may_treat_it(world, client):
    seen = set()
    for _name, address in addresses_of(world.legs_entry):
        response = client.get(address)
        seen.add(response.status_code)
        _assert_hardened(address, response)
    assert seen >= {200, 404}


@pytest.mark.parametrize("role", ["member", "editor"])
def test_answers_to_people_who_are_logged_in_do_so_too(world, role):
    client = Client()
    client.force_login(make_user(role))
    for address in ("/", "/accounts/", "/accounts/password/change/", "/admin/", "/no/such/page/"):
        _assert_hardened(address, client.get(address))


def test_errors_do_so_too(client, db):
    huge = client.post("/check/", "a" * 2_000_000, content_type="text/plain")
    bad_host = client.get("/", headers={"Host": "evil.example"})
    for response, status in ((huge, 413), (bad_host, 400), (client.put("/"), 405)):
        assert response.status_code == status
        _assert_hardened(str(status), response)
    no_token = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a"})
    assert no_token.status_code == 403
    _assert_hardened("403", no_token)


def _assert_hardened(address, response):
    headers = response.headers
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE, address
    shared = {name: value for name, value in headers.items() if name.startswith("Access-Control-")}
    of_api = address.startswith("/api/v1/")  # which knows nobody, and changes nothing
    assert shared == (SHARED if of_api else {}), address
    policy = set(headers["Content-Security-Policy"].split("; "))
    assert policy >= {
        "default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'",
        "frame-ancestors 'none'", "form-action 'self'",
    }, address  # fmt: skip
    assert "unsafe" not in headers["Content-Security-Policy"]
    kind = headers.get("Content-Type", "")
    if kind.startswith("text/") or kind.partition(";")[0].endswith("xml"):
        assert "charset=" in kind, (address, kind)


def test_a_drawing_is_served_with_its_charset(settings):
    assert settings.WHITENOISE_MIMETYPES[".svg"] == "image/svg+xml; charset=utf-8"


def test_a_pattern_in_the_address_of_the_admin_stops_nobody(db):
    """Python matches patterns for SQLite, and nothing ends that: this one would take hours."""
    moderator = Client()
    moderator.force_login(make_user("moderator"))
    make_comment(body="a" * 40 + "!")
    began = time.monotonic()
    for lookup in ("body__regex", "body__iregex", "state__regex"):
        response = moderator.get("/admin/discussions/comment/", {lookup: "^(a+)+$"})
        assert response.status_code == 400
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "lookup", ["body__regex", "body__iregex", "pk__regex", "author__name__regex"]
)
def test_no_column_is_filtered_by_a_pattern(lookup):
    with pytest.raises(FieldError, match="regular expressions"):
        Comment.objects.filter(**{lookup: "a"})


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/.git/HEAD", "/static/../.git/config", "/static/%2e%2e/manage.py", "/manage.py",
     "/var/db.sqlite3", "/static/", "/static/css/", "/fixtures/remedies.yaml", "/pyproject.toml"],
)  # fmt: skip
def test_no_source_no_database_and_no_list_of_files_is_served(client, db, path):
    assert client.get(path).status_code in {301, 404}
    assert client.get(path, follow=True).status_code == 404


def test_a_loaded_site_has_no_account(prepared, django_db_blocker):
    with django_db_blocker.unblock(), prepared.copy(*CONTENT):
        assert RemedyConditionEntry.objects.exists()
        assert not get_user_model().objects.exists()


def test_a_refusal_is_an_event_without_what_somebody_reads(world, caplog):
    caplog.set_level("INFO", logger="remedies.events")
    member, other = make_user(), make_user()
    comment = make_comment(by=other)
    browser = Client()
    browser.force_login(member)
    assert browser.post(f"/comments/{comment.pk}/edit/", {"body": "mine"}).status_code == 403
    assert f"forbidden actor={member.pk} view=comment_edit" in caplog.text
    no_token = Client(enforce_csrf_checks=True)
    assert no_token.post(world.legs_entry.get_absolute_url() + "vote/", {}).status_code == 403
    assert "forbidden actor=- view=entry_vote" in caplog.text
    assert world.legs_entry.remedy.slug not in re.sub(r"(?m)^(?!.*forbidden).*$", "", caplog.text)
