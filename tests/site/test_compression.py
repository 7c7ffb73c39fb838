"""Pages cross the wire compressed: with Brotli where they hold no secret, with gzip otherwise."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse

from remedies_site.compression import CompressionMiddleware

TEXT = b"What studies found, and how far to trust them. " * 40
BROWSER = "gzip, deflate, br"


def answer(rf, response: HttpResponse, accepts: str = BROWSER, **cookies: str) -> HttpResponse:
    request = rf.get("/", headers={"Accept-Encoding": accepts})
    request.COOKIES = cookies
    return CompressionMiddleware(lambda _request: response)(request)


def page(control: str = "public, no-cache", **headers: str) -> HttpResponse:
    return HttpResponse(TEXT, headers={"Cache-Control": control, **headers})


def test_a_public_page_comes_as_brotli(rf):
    response = answer(rf, page(ETag='"abc"'))
    assert response["Content-Encoding"] == "br"
    assert brotli.decompress(response.content) == TEXT
    assert int(response["Content-Length"]) == len(response.content) < len(TEXT) / 10
    assert response["ETag"] == 'W/"abc"'
    assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepts", ["gzip", "gzip, br;q=0", "gzip, br; q=0.0", "gzip, brotli"])
def test_a_client_that_reads_gzip_alone_gets_gzip(rf, accepts):
    response = answer(rf, page(), accepts)
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == TEXT


def test_brotli_is_taken_at_any_weight_but_nought(rf):
    assert answer(rf, page(), "BR;q=0.1, gzip")["Content-Encoding"] == "br"


def test_a_client_that_reads_neither_gets_the_page_as_it_is(rf):
    response = answer(rf, page(), "identity")
    assert not response.has_header("Content-Encoding")
    assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("control", ["private, no-store", "private, no-cache", ""])
def test_what_is_somebody_s_own_has_a_length_that_nobody_can_guess(rf, control):
    lengths = set()
    for _time in range(20):
        response = answer(rf, page(control))
        assert response["Content-Encoding"] == "gzip"
        lengths.add(len(response.content))
    assert len(lengths) > 1


def test_who_has_a_cookie_or_gets_one_has_a_secret(rf):
    assert answer(rf, page(), csrftoken="abc")["Content-Encoding"] == "gzip"
    given = page()
    given.set_cookie("csrftoken", "abc")
    assert answer(rf, given)["Content-Encoding"] == "gzip"


def test_nothing_is_compressed_twice_and_nothing_short_at_all(rf):
    assert answer(rf, page(**{"Content-Encoding": "zstd"})).content == TEXT
    short = HttpResponse(b"ok", headers={"Cache-Control": "public"})
    assert answer(rf, short).content == b"ok"


def test_what_streams_is_left_to_django(rf):
    streamed = StreamingHttpResponse([TEXT], headers={"Cache-Control": "public"})
    response = answer(rf, streamed)
    assert gzip.decompress(response.getvalue()) == TEXT


def test_readers_get_pages_as_brotli_and_those_who_log_in_do_not(client, db):
    encodings = {
        path: client.get(path, headers={"Accept-Encoding": BROWSER})["Content-Encoding"]
        for path in ("/about/", "/accounts/login/", "/about/rules/")
    }
    assert encodings == {"/about/": "br", "/accounts/login/": "gzip", "/about/rules/": "gzip"}
