from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.management import call_command
from django.utils import timezone

from citations.links import services
from citations.links.checking import check_url, make_client
from citations.links.services import due_works
from citations.models import Citation, LinkCheck
from tests.factories import make_citation

STATUSES = {"/ok": 200, "/gone": 410, "/sick": 500, "/robots": 429, "/paywall": 403}


class Publisher(BaseHTTPRequestHandler):
    """Answers a few paths as publishers do; `/no-head` is there for GET alone."""

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/ok")
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
        elif self.path == "/inside":
            self.send_response(302)
            self.send_header("Location", "http://192.168.1.1/router")
        elif self.path == "/no-head" and self.command == "GET":
            self.send_response(200)
        else:
            self.send_response(STATUSES.get(self.path, 404))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815  (the name that `http.server` wants)

    def log_message(self, *_args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(services, "HOST_PAUSE_SECONDS", 0)


@pytest.mark.parametrize(
    ("path", "status", "is_broken"),
    [
        ("/ok", 200, False),
        ("/moved", 200, False),
        ("/no-head", 200, False),
        ("/gone", 410, True),
        ("/nowhere", 404, True),
        ("/sick", 500, True),
        ("/robots", 429, False),
        ("/paywall", 403, False),
        ("/round", None, True),
        ("/inside", None, True),
    ],
)
def test_an_address_is_broken_where_a_reader_would_not_get_the_work(host, path, status, is_broken):
    with make_client() as client:
        result = check_url(f"{host}{path}", client)
    assert (result.status, result.is_broken) == (status, is_broken)
    assert bool(result.message) is (is_broken or status in {403, 429})


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/x", "http://10.0.0.1/", "http://[::1]:8000/", "file:///etc/passwd"]
)
def test_nothing_but_public_addresses_of_the_web_is_opened(url, settings):
    settings.LOOKUP_TEST_HOSTS = []
    with make_client() as client:
        result = check_url(url, client)
    assert result.is_broken
    assert result.status is None


def test_a_host_that_is_not_there_is_named_as_such():
    with make_client() as client:
        assert "cannot be reached" in check_url("http://127.0.0.1:9/x", client).message


@pytest.mark.django_db
def test_the_command_keeps_what_it_saw_and_since_when_an_address_is_broken(host, capsys):
    make_citation("Fine2020", url=f"{host}/ok", doi="", pmid="")
    make_citation("Lost2019", url=f"{host}/gone", doi="", pmid="")
    call_command("check_links")
    out = capsys.readouterr().out
    assert f"Lost2019: {host}/gone: The host answers with 410." in out
    assert "2 addresses looked at, 1 broken." in out
    first = LinkCheck.objects.get(citation__key="Lost2019").broken_since
    LinkCheck.objects.update(checked_at=timezone.now() - timedelta(days=2))
    assert [work.key for work in due_works(timezone.now())] == ["Lost2019"]
    call_command("check_links", all=True)
    assert LinkCheck.objects.get(citation__key="Lost2019").broken_since == first
    Citation.objects.filter(key="Lost2019").update(url=f"{host}/moved")
    assert [work.key for work in due_works(timezone.now())] == ["Lost2019"]
    call_command("check_links", limit=1)
    assert LinkCheck.objects.get(citation__key="Lost2019").broken_since is None
