"""Sentry: only where the operator names a server, and without what says who reads or what somebody typed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured

from remedies_site.monitoring.error_reports import scrub_event, start_error_reports

ROOT = Path(__file__).parents[3]
DSN = "https://key@errors.example.org/1"


def test_it_is_off_unless_the_operator_names_a_server(settings):
    assert settings.SENTRY_DSN == ""
    assert "sentry_sdk" not in sys.modules


def test_without_the_package_the_start_stops_with_a_sentence_that_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ImproperlyConfigured, match="sentry-sdk is not installed"):
        start_error_reports(DSN)


def test_the_setting_reaches_it_at_the_start_of_the_site():
    environment = os.environ | {"SENTRY_DSN": DSN}
    code = "import sys; sys.modules['sentry_sdk'] = None; import django; django.setup()"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 1
    assert "SENTRY_DSN is set, and the package sentry-sdk is not installed." in run.stderr


def test_the_package_is_told_to_collect_nothing_of_people(monkeypatch):
    options = {}
    fake = SimpleNamespace(init=lambda **given: options.update(given))
    monkeypatch.setitem(sys.modules, "sentry_sdk", fake)
    start_error_reports(DSN)
    assert options["dsn"] == DSN
    assert options["send_default_pii"] is False
    assert options["max_request_body_size"] == "never"
    assert options["include_local_variables"] is False
    assert options["before_send"] is scrub_event


def test_cookies_bodies_queries_the_user_and_words_of_errors_are_taken_out():
    event = {
        "event_id": "1",
        "request": {"cookies": "SECRET", "data": "SECRET", "query_string": "q=SECRET", "url": "SECRET"},
        "user": {"id": "SECRET", "ip_address": "SECRET"},
        "breadcrumbs": {"values": [{"message": "SECRET"}]},
        "extra": {"sys.argv": ["SECRET"]},
        "transaction": "/members/SECRET/",
        "message": "SECRET",
        "logentry": {"message": "Internal Server Error: %s", "params": ["SECRET"], "formatted": "SECRET"},
        "exception": {
            "values": [
                {
                    "type": "ValueError",
                    "value": "SECRET",
                    "stacktrace": {
                        "frames": [{"filename": "a.py", "lineno": 3, "vars": {"x": "SECRET"}, "context_line": "SECRET"}]
                    },
                }
            ]
        },
    }  # fmt: skip
    sent = scrub_event(event)
    assert "SECRET" not in json.dumps(sent)
    (exception,) = sent["exception"]["values"]
    assert exception["type"] == "ValueError"
    assert exception["stacktrace"]["frames"] == [{"filename": "a.py", "lineno": 3}]
    assert sent["logentry"] == {"message": "Internal Server Error: %s"}


def test_of_refused_hosts_and_origins_only_the_kind_is_sent():
    """Django puts what a client sent into the message itself."""
    event = {"logger": "django.security.DisallowedHost", "logentry": {"message": "Invalid: SECRET"}}
    sent = scrub_event(event)
    assert sent["logentry"] == {"message": "django.security.DisallowedHost"}
    assert "SECRET" not in json.dumps(sent)
