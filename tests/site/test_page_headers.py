"""The security headers of each kind of answer, on https as it is in production."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from remedies_site.middleware import PERMISSIONS_POLICY
from tests.factories import make_user
from tests.reading import Page
from tests.site.pagecache.site import Site

ROOT = Path(__file__).parents[2]
SAME = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
DOCUMENT = SAME | {
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
}
KINDS = {
    "/about/": DOCUMENT,
    "/trust/": DOCUMENT,
    "/search/?q=a": DOCUMENT,
    "/accounts/login/": DOCUMENT,
    "/admin/login/": DOCUMENT,
    "/no/such/page/": DOCUMENT,
    "/map.csv": DOCUMENT,
    "/feeds/updates.atom": DOCUMENT,
    "/sitemap.xml": DOCUMENT,
    "/robots.txt": DOCUMENT,
    "/healthz": DOCUMENT,
    "/static/img/favicon.svg": SAME,
}
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "remedies_site.settings.base",
    "SITE_URL": "https://remedies.example.org",
    "SITE_OPERATOR": "Example Society",
    "SITE_CONTACT": "mail@remedies.example.org",
    "SITE_FUNDING": "Members' fees",
    "EMERGENCY_NUMBER": "112",
    "HELPLINES": "Example country: 999",
    "DATA_LICENCE": "CC BY-SA 4.0",
    "ACCESSIBILITY_AUDIT": "none yet",
    "REVIEW": "two",
    "TRUSTED_PROXIES": "127.0.0.1",
    "EMAIL_URL": "smtp+tls://user:password@mail.remedies.example.org:587",
    "SECRET_KEY": "for a test only, and never for a site: 0123456789abcdefghijklmnopqrstuvwxyz",
}
ASK = """
import json
import django
django.setup()
from django.test import Client
client = Client(SERVER_NAME="remedies.example.org")
proxy = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https"}
answers = [client.get(path, **proxy) for path in ("/robots.txt", "/sitemap/pages.xml")]
answers.append(client.trace("/", **proxy))
print(json.dumps([[answer.status_code, dict(answer.headers)] for answer in answers]))
"""


def run(*command: str, folder: Path) -> subprocess.CompletedProcess:
    stated = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = stated | PRODUCTION | {"VAR_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("url", KINDS)
def test_each_kind_of_answer_has_its_headers(client, url):
    headers = client.get(url).headers
    assert {name: headers.get(name) for name in KINDS[url]} == KINDS[url]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_pages_of_the_content_have_the_headers_too(standing_world, client):
    entry = standing_world.legs_entry
    subjects = [entry, entry.remedy, entry.condition]
    urls = [subject.get_absolute_url() for subject in subjects]
    for url in (*urls, "/", "/map/", "/members/mara/", "/api/v1/entries", "/api/v1/openapi.json"):
        response = client.get(url)
        assert response.status_code == 200, url
        assert {name: response.headers.get(name) for name in SAME} == SAME, url
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        if not url.startswith("/api/"):  # which pages of other hosts may read, and nobody can frame
            assert {name: response.headers.get(name) for name in DOCUMENT} == DOCUMENT, url


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["member", "editor"])
def test_pages_of_people_who_are_logged_in_have_them_too(client, role):
    client.force_login(make_user(role))
    for url in ("/", "/accounts/", "/admin/", "/about/components/"):
        headers = client.get(url).headers
        assert {name: headers.get(name) for name in DOCUMENT} == DOCUMENT, url


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_has_the_headers_of_the_page_that_was_made():
    site = Site()
    made, kept = (site.get("/about/")[1] for _time in range(2))
    assert site.django.times == 1
    assert kept == made
    assert {name: kept.get(name) for name in DOCUMENT} == DOCUMENT
    assert (
        site.get("/about/", if_none_match=kept["ETag"])[1].get("Referrer-Policy") == "same-origin"
    )


@pytest.mark.django_db
def test_static_scripts_and_styles_are_read_as_what_they_are_and_by_this_site_alone(client):
    page = Page(client.get("/about/"))
    urls = [link.get("href") for link in page.all("link", rel="stylesheet")]
    urls += [script.get("src") for script in page.all("script") if script.get("src")]
    assert urls
    for url in urls:
        headers = client.get(url).headers
        assert headers.get("X-Content-Type-Options") == "nosniff", url
        assert "Access-Control-Allow-Origin" not in headers, url
        if "immutable" in headers["Cache-Control"]:
            assert not {"ETag", "Last-Modified"} & set(headers), url


def test_in_production_every_answer_asks_browsers_to_stay_on_https_for_a_year(tmp_path):
    done = run("-c", ASK, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout.splitlines()[-1])
    assert [status for status, _headers in answers] == [200, 200, 405]
    for _status, headers in answers:
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "Set-Cookie" not in headers
        assert {name: headers.get(name) for name in DOCUMENT} == DOCUMENT


def test_in_production_there_is_nothing_for_those_who_build_the_site(tmp_path):
    code = "import django; django.setup(); from django.urls import reverse; reverse('components')"
    assert "NoReverseMatch" in run("-c", code, folder=tmp_path).stderr
    refused = run("manage.py", "seed_demo", "--i-know", folder=tmp_path)
    assert refused.returncode == 1
    assert "Unknown command: 'seed_demo'" in refused.stderr


def test_check_deploy_has_nothing_to_say_of_a_site_whose_operator_stated_everything(tmp_path):
    done = run("manage.py", "check", "--deploy", "--fail-level", "INFO", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_check_deploy_names_what_only_the_operator_knows(tmp_path, monkeypatch):
    monkeypatch.setitem(PRODUCTION, "DATA_LICENCE", "")
    done = run("manage.py", "check", "--deploy", "--fail-level", "INFO", folder=tmp_path)
    assert done.returncode == 1
    assert "DATA_LICENCE is not set: the site says “not stated by the operator”." in done.stderr
