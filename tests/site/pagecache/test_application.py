"""What readers without a cookie get is what Django would answer now, from the store."""

import gzip
import time
from collections.abc import Iterator

import brotli
import pytest

from remedies_site.pagecache.store import SETTLED_SECONDS
from tests.factories import make_citation, make_comment, make_condition, make_entry, make_remedy
from tests.site.pagecache.site import Site

pytestmark = pytest.mark.django_db(transaction=True)
ENTRY = "/remedies/alpha/beta/"


@pytest.fixture
def site() -> Iterator[Site]:
    return Site()


@pytest.fixture
def entry():
    return make_entry(make_remedy("Alpha"), make_condition("Beta"))


def test_a_page_is_made_once_and_is_what_django_answers(site, entry, client):
    first = site.get(ENTRY)
    again = site.get(ENTRY)
    assert site.django.times == 1
    assert first == again
    status, headers, body = first
    assert status == 200
    assert body == client.get(ENTRY).content
    assert headers["Cache-Control"] == "public, no-cache"
    assert {"Cookie", "HX-Request", "Accept-Encoding"} == set(headers["Vary"].split(", "))
    assert "Content-Security-Policy" in headers
    assert int(headers["Content-Length"]) == len(body)


@pytest.mark.parametrize(
    ("accepted", "encoding", "open_body"),
    [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)],
)
def test_it_is_sent_as_the_reader_takes_it(site, entry, accepted, encoding, open_body):
    plain = site.get(ENTRY)[2]
    status, headers, body = site.get(ENTRY, accept_encoding=accepted)
    assert status == 200
    assert headers["Content-Encoding"] == encoding
    assert open_body(body) == plain
    assert len(body) < len(plain)
    assert site.django.times == 1


def test_who_has_the_page_is_told_so(site, entry):
    etag = site.get(ENTRY)[1]["ETag"]
    status, headers, body = site.get(ENTRY, if_none_match=f'"other", {etag}')
    assert (status, body) == (304, b"")
    assert headers["ETag"] == etag
    assert headers["Vary"]
    assert "Content-Type" not in headers
    assert site.get(ENTRY, if_none_match='"other"')[0] == 200


def test_a_head_has_no_body(site, entry):
    site.get(ENTRY, method="HEAD")  # Django's own, and its server takes the body away
    body = site.get(ENTRY)[2]
    status, headers, nothing = site.get(ENTRY, method="HEAD")
    assert (status, nothing) == (200, b"")
    assert int(headers["Content-Length"]) == len(body)
    assert site.django.times == 2


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "POST"},
        {"query": "page=2"},
        {"query": "sort=unknown"},
        {"cookie": "theme=dark"},
        {"hx_request": "true"},
        {"range": "bytes=0-1"},
        {"authorization": "Basic eA=="},
    ],
)
def test_what_is_no_plain_readers_goes_to_django(site, entry, request_):
    site.get(ENTRY)
    site.get(ENTRY, **request_)
    site.get(ENTRY, **request_)
    assert site.django.times == 3


@pytest.mark.parametrize(
    "path", ["/remedies/nothing/", "/accounts/login/", "/healthz", "/readyz", "/admin/"]
)
def test_what_is_no_public_page_is_not_kept(site, entry, path):
    site.get(path)
    site.get(path)
    assert site.django.times == 2
    assert site.cache.store.size == 0


def test_a_page_that_comes_to_be_is_kept_from_then_on(site):
    assert site.get(ENTRY)[0] == 404
    make_entry(make_remedy("Alpha"), make_condition("Beta"))
    assert site.get(ENTRY)[0] == 200
    assert site.get(ENTRY)[0] == 200
    assert site.django.times == 2


def test_static_files_do_not_wait_for_the_database(site, monkeypatch):
    def fail(_scopes):
        raise AssertionError("the database was asked")

    monkeypatch.setattr("remedies_site.pagecache.application.current_version", fail)
    site.get("/static/no-such-file.css")
    site.get("/healthz")


def test_another_host_has_pages_of_its_own(site, entry, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    site.get(ENTRY)
    assert site.get(ENTRY, host="evil.example")[0] == 400


def test_a_change_shows_on_the_next_request(site, entry):
    make_citation("A1")
    before = site.get(ENTRY)[2]
    make_comment(entry, body="A new word: rhubarb.")
    after = site.get(ENTRY)[2]
    assert b"rhubarb" not in before
    assert b"rhubarb" in after
    assert site.get(ENTRY)[2] == after
    assert site.django.times == 2


def test_talk_of_another_remedy_moves_nothing(site, entry):
    other = make_entry(make_remedy("Gamma"), make_condition("Delta"))
    site.get(ENTRY)
    make_comment(other)
    site.get(ENTRY)
    assert site.django.times == 1


def test_without_a_database_that_answers_django_is_asked(site, entry, monkeypatch):
    site.get(ENTRY)
    monkeypatch.setattr("remedies_site.pagecache.application.current_version", lambda _scopes: None)
    site.get(ENTRY)
    assert site.django.times == 2


def test_readers_of_a_page_that_stands_get_the_smallest_bytes(site, entry):
    first = site.get(ENTRY, accept_encoding="br")[2]
    for kept in site.cache.store._pages.values():
        kept.made_at -= SETTLED_SECONDS + 1
    again = site.get(ENTRY, accept_encoding="br")
    assert again[2] == first  # nobody waits for it
    small = first
    end = time.monotonic() + 20
    while small == first and time.monotonic() < end:
        time.sleep(0.05)
        status, headers, small = site.get(ENTRY, accept_encoding="br")
    assert (status, headers["ETag"]) == (200, again[1]["ETag"])
    assert len(small) < len(first)
    assert int(headers["Content-Length"]) == len(small)
    assert brotli.decompress(small) == brotli.decompress(first)
    assert site.cache.store.size == sum(kept.size for kept in site.cache.store._pages.values())
    assert site.django.times == 1
