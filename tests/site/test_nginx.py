"""The site behind Debian's nginx, with the configuration that docs/operating.md shows."""

import socket
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from _pytest.outcomes import Failed, Skipped

from scripts.run_tests import IN_CI
from tests.plugins import nginx
from tests.servers import client_at, free_port, served

SPOOFED = {
    "X-Forwarded-For": "198.51.100.1, 127.0.0.1",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "evil.example",
    "X_Forwarded_For": "198.51.100.2",
    "Forwarded": "for=198.51.100.3;proto=http",
    "X-Real-IP": "198.51.100.4",
}
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "tests.echo_site",
    "SITE_URL": "https://remedies.example.org",
}


class Ports(NamedTuple):
    direct: int
    """The site without a proxy."""
    proxy: int
    appending: int
    """The proxy with a header that is appended to, as one in the middle has it."""
    two_hops: int
    stranger: int
    """A proxy that the site does not trust in front of one that it does."""
    ipv6: int
    """A proxy that calls the site by IPv6."""
    recorded: int
    """A proxy in front of `recorder`."""


class Proxied(NamedTuple):
    ports: Ports
    recorder: socket.socket


@pytest.fixture(scope="module")
def program() -> str:
    return nginx.required(in_ci=IN_CI)


@pytest.fixture(scope="module")
def proxied(program, tmp_path_factory) -> Iterator[Proxied]:
    ports = Ports(*(free_port() for _port in Ports._fields))
    by_ipv6 = free_port("::1")
    middle = nginx.example("middle", f"127.0.0.1:{ports.direct}", listen=ports.appending)
    with socket.create_server(("127.0.0.1", 0)) as recorder:
        servers = [
            middle.replace(nginx.OVERWRITES, nginx.APPENDS),
            nginx.example("single", f"127.0.0.1:{ports.direct}", listen=ports.proxy),
            nginx.example(
                "edge",
                f"127.0.0.1:{ports.appending}",
                listen=ports.two_hops,
                from_address="127.0.0.5",
            ),
            nginx.example(
                "stranger",
                f"127.0.0.1:{ports.appending}",
                listen=ports.stranger,
                from_address="127.0.6.6",
            ),
            nginx.example("ipv6", f"[::1]:{by_ipv6}", listen=ports.ipv6),
            nginx.example(
                "recorded",
                f"127.0.0.1:{recorder.getsockname()[1]}",
                listen=ports.recorded,
            ),
        ]
        with (
            served(
                [("127.0.0.1", ports.direct)],
                SETTINGS | {"TRUSTED_PROXIES": "127.0.0.1, 127.0.0.5"},
            ),
            served([("::1", by_ipv6)], SETTINGS | {"TRUSTED_PROXIES": "::1"}),
            nginx.running(program, tmp_path_factory.mktemp("nginx"), "\n".join(servers)),
        ):
            yield Proxied(ports, recorder)


def seen_from(address: str, port: int, headers: dict[str, str] | None = None) -> dict:
    host = "[::1]" if ":" in address else "127.0.0.1"
    with client_at(address, f"http://{host}:{port}") as client:
        return client.get("/", headers=headers).raise_for_status().json()


@pytest.mark.parametrize("headers", [None, SPOOFED])
@pytest.mark.parametrize("way", ["proxy", "appending", "two_hops", "ipv6"])
def test_the_client_s_own_address_counts_whatever_it_claims(proxied, way, headers):
    seen = seen_from("127.0.9.1", getattr(proxied.ports, way), headers)
    assert (seen["address"], seen["network"]) == ("127.0.9.1", "127.0.9.0/24")
    assert seen["allauth"] == "127.0.9.1"
    assert seen["is_https"]
    assert seen["forwarded"] == ["HTTP_X_FORWARDED_PROTO"]


@pytest.mark.parametrize("way", ["proxy", "two_hops"])
def test_a_client_of_ipv6_counts_by_its_address(proxied, way):
    seen = seen_from("::1", getattr(proxied.ports, way), SPOOFED)
    assert (seen["address"], seen["network"], seen["is_https"]) == ("::1", "::/48", True)


def test_a_proxy_that_is_not_trusted_is_itself_the_client(proxied):
    assert seen_from("127.0.9.1", proxied.ports.stranger, SPOOFED)["address"] == "127.0.6.6"


def test_without_the_proxy_nothing_is_believed_and_the_site_redirects_to_https(proxied):
    spoofed = SPOOFED | {"X-Forwarded-Proto": "https"}
    with client_at("127.0.9.1", f"http://127.0.0.1:{proxied.ports.direct}") as client:
        response = client.get("/", headers=spoofed)
    assert response.status_code == 301
    assert response.headers["Location"].startswith("https://")


@pytest.mark.parametrize("claim", ["unknown", ",,,", "x" * 3_000, ", ".join(["127.0.0.1"] * 300)])
def test_claims_that_are_no_addresses_change_nothing(proxied, claim):
    for way in (proxied.ports.proxy, proxied.ports.appending):
        assert seen_from("127.0.9.1", way, {"X-Forwarded-For": claim})["address"] == "127.0.9.1"


def test_a_body_is_whole_before_the_site_is_called(proxied):
    """Clients that send slowly are the proxy's: no connection of the site waits for them."""
    body = b"x" * 50_000
    head = b"POST / HTTP/1.1\r\nHost: remedies.example.org\r\nContent-Length: 50000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", proxied.ports.recorded), timeout=20) as client:
        client.sendall(head + body[:-1])
        proxied.recorder.settimeout(1)
        with pytest.raises(TimeoutError):
            proxied.recorder.accept()
        client.sendall(body[-1:])
        proxied.recorder.settimeout(20)
        connection, _address = proxied.recorder.accept()
        with connection:
            connection.settimeout(20)
            received = b""
            while not received.endswith(body):
                received += connection.recv(100_000)
            assert b"X-Forwarded-For: 127.0.0.1\r\n" in received
            connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        assert b"204" in client.recv(1_000)


def test_a_file_of_references_is_let_through_and_no_other_large_body(proxied):
    with client_at("127.0.9.1", f"http://127.0.0.1:{proxied.ports.proxy}") as client:
        response = client.post("/admin/citations/import/", content=b"x" * 20_000_000)
        assert response.json() == {"size": 20_000_000}
        refused = client.post("/", content=b"x" * 1_100_000)
    assert (refused.status_code, "nginx" in refused.text) == (413, True)


@pytest.mark.parametrize(("in_ci", "outcome"), [(True, Failed), (False, Skipped)])
def test_a_machine_without_nginx_says_so(monkeypatch, in_ci, outcome):
    monkeypatch.setattr(nginx, "find", lambda: None)
    monkeypatch.setattr(nginx, "_unpack", lambda: None)
    with pytest.raises(outcome, match="install the package nginx"):
        nginx.required(in_ci=in_ci)
