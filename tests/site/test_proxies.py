"""Whose address counts, with any header that a client can send and any chain of proxies."""

import ipaddress
import logging

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from remedies_site import proxies
from remedies_site.proxies import client_network, forwarded_client, parse_address

TRUSTED = [ipaddress.ip_network(text) for text in ("10.0.0.0/24", "127.0.0.1", "2001:db8:1::/48")]


def client_of(peer: str, forwarded_for: str) -> str:
    return str(forwarded_client(parse_address(peer), forwarded_for, TRUSTED))


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "client"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, 198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("127.0.0.1", "10.0.0.9, 198.51.100.1, 10.0.0.7,10.0.0.8", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, 10.1.0.7", "10.1.0.7"),
        ("127.0.0.1", "10.0.0.5, 10.0.0.6", "10.0.0.5"),
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "2001:db8:2::5", "2001:db8:2::5"),
        ("127.0.0.1", "[2001:db8:2::5]:4711", "2001:db8:2::5"),
        ("127.0.0.1", "192.0.2.66, 2001:db8:2::5, 2001:db8:1::1", "2001:db8:2::5"),
        ("2001:db8:1::1", "198.51.100.1", "198.51.100.1"),
        ("::ffff:127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, unknown", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.66,", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.66, unix:, 10.0.0.7", "10.0.0.7"),
        ("127.0.0.1", "'; DROP TABLE", "127.0.0.1"),
        ("", "198.51.100.1", "None"),
    ],
)
def test_the_client_is_the_right_most_address_that_is_no_trusted_proxy(peer, forwarded_for, client):
    assert client_of(peer, forwarded_for) == client


@given(st.text(max_size=200))
def test_nothing_that_a_client_writes_changes_its_address(written):
    assert client_of("127.0.0.1", f"{written}, 198.51.100.1") == "198.51.100.1"
    assert client_of("203.0.113.9", written) == "203.0.113.9"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.77", "198.51.100.0/24"),
        ("::ffff:198.51.100.77", "198.51.100.0/24"),
        ("2001:db8:2:3::5", "2001:db8:2::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "unknown"),
        ("localhost", "unknown"),
    ],
)
def test_neighbours_are_one_network(address, network):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network


class Seen:
    """What a view sees behind the middleware."""

    def __init__(self, **meta: str) -> None:
        request = RequestFactory().get("/", **meta)
        proxies.believe_trusted_proxies(lambda request: None)(request)
        self.address = request.META["REMOTE_ADDR"]
        self.is_https = request.is_secure()
        self.headers = sorted(
            name for name in request.META if "FORWARDED" in name or "REAL" in name
        )


@pytest.fixture
def behind_a_proxy(settings):
    settings.TRUSTED_PROXIES = TRUSTED
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


SPOOFED = {
    "HTTP_X_FORWARDED_FOR": "198.51.100.1",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_FORWARDED": "for=198.51.100.1;proto=https",
    "HTTP_X_REAL_IP": "198.51.100.1",
}


def test_a_stranger_s_headers_are_taken_away(behind_a_proxy):
    seen = Seen(REMOTE_ADDR="203.0.113.9", **SPOOFED)
    assert (seen.address, seen.is_https, seen.headers) == ("203.0.113.9", False, [])


def test_a_trusted_proxy_is_believed_about_address_and_https_and_nothing_else(behind_a_proxy):
    seen = Seen(REMOTE_ADDR="127.0.0.1", **SPOOFED)
    assert (seen.address, seen.is_https) == ("198.51.100.1", True)
    assert seen.headers == ["HTTP_X_FORWARDED_PROTO"]


@pytest.mark.parametrize(
    ("proto", "is_https"),
    [("https", True), ("HTTPS, https", True), ("https, http", False), ("http", False), ("", False)],
)
def test_https_is_what_every_hop_says(behind_a_proxy, proto, is_https):
    seen = Seen(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_PROTO=proto)
    assert seen.is_https is is_https


def test_nobody_is_trusted_by_default(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert settings.TRUSTED_PROXIES == []
    seen = Seen(REMOTE_ADDR="127.0.0.1", **SPOOFED)
    assert (seen.address, seen.is_https, seen.headers) == ("127.0.0.1", False, [])


def test_a_proxy_that_nobody_named_is_told_once(settings, caplog):
    middleware = proxies.believe_trusted_proxies(lambda request: None)
    for _request in range(3):
        middleware(RequestFactory().get("/", REMOTE_ADDR="10.0.0.7", HTTP_X_FORWARDED_FOR="a"))
    messages = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert messages == [
        "X-Forwarded-For from 10.0.0.7 is not believed: TRUSTED_PROXIES does not name it."
    ]


def test_a_client_of_the_open_network_does_not_come_into_the_log(settings, caplog):
    Seen(REMOTE_ADDR="8.8.8.8", **SPOOFED)
    assert caplog.records == []


def test_the_middleware_stands_first(settings):
    assert settings.MIDDLEWARE[0] == "remedies_site.proxies.believe_trusted_proxies"
