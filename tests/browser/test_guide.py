"""docs/editing.md, followed word for word in a browser: a page from nothing to its withdrawal and back."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.guide import Walker, steps
from tests.factories import PASSWORD, make_user

MOST_CLICKS = 45
"""For the work, the condition, the remedy and the entry: what took 90 before."""
WORK = {
    "message": {
        "DOI": "10.1000/known",
        "title": ["A known work"],
        "type": "journal-article",
        "container-title": ["Journal of Examples"],
        "issued": {"date-parts": [[2021]]},
        "author": [{"family": "Muller", "given": "J"}],
    }
}


class Register(BaseHTTPRequestHandler):
    """Crossref, as far as the guide needs it."""

    def do_GET(self) -> None:
        is_known = self.path.endswith("10.1000%2Fknown")
        self.send_response(200 if is_known else 404)
        self.end_headers()
        self.wfile.write(json.dumps(WORK).encode() if is_known else b"")

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def _register(settings) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Register)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.CROSSREF_URL = f"http://127.0.0.1:{server.server_port}"
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("_register")
def test_a_page_is_made_corrected_withdrawn_and_restored_by_the_guide(
    live_server, open_page, settings, watch
) -> None:
    settings.REVIEW = "two"
    make_user("editor", name="Ana")
    make_user("publisher", name="Ben")
    watch.expect("404")  # readers look for what is not published yet
    watch.expect("410")
    walker = Walker(live_server.url, open_page, PASSWORD)
    for step in steps("A first page, step by step", "Two people"):
        walker.follow(step)
    first = ("The work", "The condition", "The remedy", "The entry")
    clicks = {heading: walker.clicks.get(heading, 0) for heading in first}
    assert all(clicks.values()), clicks
    assert sum(clicks.values()) <= MOST_CLICKS, clicks
