"""Pages cross the wire compressed; where they hold a secret, their length says nothing about it."""

import gzip
from collections.abc import Iterable

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse

from remedies_site.compression import CompressionMiddleware, compress_padded

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


def lengths(responses: Iterable[HttpResponse]) -> set[int]:
    """The lengths of responses, after a look at what they hold."""
    seen = set()
    for response in responses:
        decompress = {"br": brotli.decompress, "gzip": gzip.decompress}[
            response["Content-Encoding"]
        ]
        assert decompress(response.content) == TEXT
        assert int(response["Content-Length"]) == len(response.content)
        seen.add(len(response.content))
    return seen


@pytest.mark.parametrize("accepts", [BROWSER, "gzip"])
@pytest.mark.parametrize("control", ["private, no-store", "private, no-cache", ""])
def test_what_is_somebody_s_own_has_a_length_that_nobody_can_guess(rf, control, accepts):
    assert len(lengths(answer(rf, page(control), accepts) for _time in range(20))) > 1


def test_who_has_a_cookie_or_gets_one_has_a_secret(rf):
    def given() -> HttpResponse:
        response = page()
        response.set_cookie("csrftoken", "abc")
        return response

    assert len(lengths(answer(rf, page(), csrftoken="abc") for _time in range(20))) > 1
    assert len(lengths(answer(rf, given()) for _time in range(20))) > 1
    assert len(lengths(answer(rf, page()) for _time in range(20))) == 1


@pytest.mark.parametrize("padding", [0, 1, 2, 63, 64, 100, 255, 256])
def test_padding_adds_its_length_and_no_text(padding):
    plain, padded = compress_padded(TEXT, 0), compress_padded(TEXT, padding)
    assert brotli.decompress(padded) == TEXT
    assert len(padded) - len(plain) == (padding + 2 if padding else 0)


def test_nothing_is_compressed_twice_and_nothing_short_at_all(rf):
    assert answer(rf, page(**{"Content-Encoding": "zstd"})).content == TEXT
    short = HttpResponse(b"ok", headers={"Cache-Control": "public"})
    assert answer(rf, short).content == b"ok"


def test_what_streams_is_left_to_django(rf):
    streamed = StreamingHttpResponse([TEXT], headers={"Cache-Control": "public"})
    response = answer(rf, streamed)
    assert gzip.decompress(response.getvalue()) == TEXT


def test_readers_and_those_who_log_in_get_pages_as_brotli(client, db):
    for path in ("/about/", "/accounts/login/", "/about/rules/"):
        response = client.get(path, headers={"Accept-Encoding": BROWSER})
        assert response["Content-Encoding"] == "br"
        assert b"</html>" in brotli.decompress(response.content)
