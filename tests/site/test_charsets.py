"""Only UTF-8 gets past the door."""

import pytest

from remedies_site.charsets import utf8_only


def status_of(content_type: str) -> str:
    """The status that a request with this content type gets."""
    statuses = []

    def app(_environ, start_response):
        start_response("200 OK", [])
        return [b""]

    list(
        utf8_only(app)(
            {"CONTENT_TYPE": content_type}, lambda status, _headers: statuses.append(status)
        )
    )
    return statuses[0]


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/html",
        "application/x-www-form-urlencoded; charset=UTF-8",
        'multipart/form-data; boundary=x; charset="utf-8"',
    ],
)
def test_utf_8_gets_in(content_type):
    assert status_of(content_type) == "200 OK"


@pytest.mark.parametrize("charset", ["base64", "hex", "rot13", "unicode_escape", "idna", "latin-1"])
def test_any_other_charset_is_told_so(charset):
    assert status_of(f"text/plain; charset={charset}") == "415 Unsupported Media Type"
