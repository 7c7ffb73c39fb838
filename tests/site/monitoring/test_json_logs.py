"""`LOG_FORMAT=json`: an object a line, with the request's name and without what somebody reads or typed."""

import json
import logging
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client

from remedies_site.logs import JsonFormatter
from tests.factories import make_user

ROOT = Path(__file__).parents[3]


@pytest.fixture
def lines():
    """The lines that the loggers of Django and of this test write."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonFormatter())
    names = ("django.request", "django.security.DisallowedHost", "for.this.test")
    loggers = [logging.getLogger(name) for name in names]
    for logger in loggers:
        logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    for logger in loggers:
        logger.removeHandler(handler)


def test_a_record_is_one_object_with_its_time_level_logger_and_message(lines):
    logging.getLogger("for.this.test").error("Two %s\nof them", "lines")
    (line,) = lines()
    assert line.keys() == {"time", "level", "logger", "message"}
    assert (line["level"], line["logger"]) == ("ERROR", "for.this.test")
    assert line["message"] == "Two lines\\nof them"
    assert line["time"].endswith("Z")


def test_an_error_of_ours_names_route_request_and_place_and_nothing_that_somebody_typed(
    db, lines, monkeypatch
):
    def fails(*_arguments, **_rest):
        raise RuntimeError("could not read SECRET-WORDS")

    monkeypatch.setattr("search.views.search_results", fails)
    browser = Client(raise_request_exception=False)
    browser.force_login(make_user())
    response = browser.get("/search/?q=SECRET-WORDS")
    assert response.status_code == 500
    (line,) = lines()
    assert line["message"] == "Internal Server Error: search"
    assert (line["route"], line["status"], line["error"]) == ("search", 500, "RuntimeError")
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert any(place.endswith(" fails") for place in line["places"])
    text = json.dumps(line)
    assert "SECRET" not in text
    assert "q=" not in text


def test_an_error_on_a_page_of_a_member_does_not_say_whose_it_is(db, lines, monkeypatch):
    name = make_user().name

    def fails(*_arguments, **_rest):
        raise RuntimeError(name)

    monkeypatch.setattr("discussions.profiles.views.render", fails)
    response = Client(raise_request_exception=False).get(f"/members/{name}/")
    assert response.status_code == 500
    (line,) = lines()
    assert line["route"] == "member"
    assert name not in json.dumps(line)


def test_a_refused_host_is_not_written_down(db, lines):
    assert Client().get("/about/", headers={"Host": "secret-words.example"}).status_code == 400
    (line,) = (line for line in lines() if line["logger"].startswith("django.security"))
    assert line["message"] == "django.security.DisallowedHost"
    assert line["error"] == "DisallowedHost"
    assert "secret-words" not in json.dumps(lines())


@pytest.mark.parametrize(("value", "formatter"), [("json", "json"), ("text", "line"), ("", "line")])
def test_the_setting_chooses_the_formatter_of_every_handler(value, formatter):
    code = (
        "from remedies_site.settings import monitoring as w; import json;"
        "print(json.dumps([h['formatter'] for h in w.LOGGING['handlers'].values()]))"
    )
    environment = os.environ | {"LOG_FORMAT": value}
    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout  # fmt: skip
    assert set(json.loads(output)) == {formatter}
