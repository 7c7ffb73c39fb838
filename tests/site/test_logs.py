"""Log lines hold what clients send only in a bounded length, and never as lines of their own."""

import logging
import logging.config
import re
import sys
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.conf import settings

from remedies_site.logs import MAX_LINE, MAX_LINES

LONGEST = MAX_LINE + 60
TIME = r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ "


@pytest.fixture
def written():
    """What a logger of the site writes, with the formatter of its settings."""
    out = StringIO()
    console = settings.LOGGING["handlers"]["console"] | {"stream": out}
    logger = settings.LOGGING["loggers"]["django"]
    logging.config.dictConfig(
        settings.LOGGING | {"handlers": {"console": console}, "loggers": {"for.this.test": logger}}
    )
    yield out
    logging.config.dictConfig(settings.LOGGING)


LOG = logging.getLogger("for.this.test")


def test_a_line_with_a_long_host_is_cut_in_its_middle(written):
    LOG.error("Invalid HTTP_HOST header: %r. Add it.", "h" * 1_000_000)
    (line,) = written.getvalue().splitlines()
    assert re.sub(TIME, "", line).startswith("ERROR for.this.test: Invalid HTTP_HOST header: 'hhh")
    assert len(line) <= LONGEST


def test_outside_text_makes_no_line_of_its_own(written):
    LOG.error(
        "Internal Server Error: %s", "/a\nINFO remedies.events: login actor=1\r\u2028\x1b[2J\u202e"
    )
    assert len(written.getvalue().splitlines()) == 1
    assert "\\n" in written.getvalue()
    assert "\x1b" not in written.getvalue()
    assert "\u202e" not in written.getvalue()


def test_a_traceback_keeps_its_lines_and_each_is_cut(written):
    def deeper(level: int) -> None:
        if level:
            deeper(level - 1) if level % 2 else (deeper(level - 1), None)
        raise ValueError("v" * 500_000)

    try:
        deeper(300)
    except ValueError:
        LOG.error("failed", exc_info=sys.exc_info())
    lines = written.getvalue().splitlines()
    assert re.sub(TIME, "", lines[0]) == "ERROR for.this.test: failed"
    assert "Traceback" in lines[1]
    assert lines[-1].startswith("ValueError: vvv")
    assert len(lines) <= MAX_LINES + 2
    assert max(map(len, lines)) <= LONGEST


def test_what_django_refuses_is_one_line(client, db):
    out = StringIO()
    handlers = {
        name: handler | {"stream": out} for name, handler in settings.LOGGING["handlers"].items()
    }
    logging.config.dictConfig(settings.LOGGING | {"handlers": handlers})
    try:
        response = client.get(
            "/search/",
            dict.fromkeys(map(str, range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)), "x"),
        )
    finally:
        logging.config.dictConfig(settings.LOGGING)
    assert response.status_code == 413
    (line,) = out.getvalue().splitlines()
    assert "ERROR django.security.TooManyFieldsSent" in line


def test_a_short_line_stays_as_it_is(written):
    LOG.warning("Remède n° %d: 5 µg", 7)
    assert re.sub(TIME, "", written.getvalue()) == "WARNING for.this.test: Remède n° 7: 5 µg\n"


def test_a_line_begins_with_its_time_in_utc(written):
    before = datetime.now(UTC).replace(microsecond=0)
    LOG.info("now")
    time, _line = written.getvalue().split(" ", 1)
    assert before <= datetime.fromisoformat(time) <= datetime.now(UTC)
