"""deploy/nginx.conf as it is, in front of a socket that records what the proxy sends."""

import re
import socket
from pathlib import Path

import pytest

from scripts.cluster import Program, listens, nginx_config
from scripts.run_tests import IN_CI
from tests.plugins import nginx
from tests.servers import free_port

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
DIRECTIVE = re.compile(r"(?:proxy_|client_|ssl_protocols|access_log)[^;{]*;")


def directives(text: str) -> set[str]:
    return {" ".join(line.split()) for line in DIRECTIVE.findall(re.sub("#.*", "", text))}


def test_the_page_for_operators_shows_what_the_example_has():
    shown = {line.replace(" https;", " $scheme;") for line in directives(nginx.documented())}
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in shown
    assert shown <= directives(EXAMPLE)


def test_no_proxy_writes_down_what_people_searched_for():
    assert EXAMPLE.count("access_log off;") == len(re.findall(r"(?m)^server \{", EXAMPLE))
    assert "\tlog" not in (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")


@pytest.fixture
def recorder():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
def port(recorder, tmp_path):
    program = nginx.required(in_ci=IN_CI)
    number = free_port()
    config = tmp_path / "nginx.conf"
    config.write_text(nginx_config(tmp_path, tmp_path, number, [recorder.getsockname()[1]]))
    place = ["-p", str(tmp_path), "-e", str(tmp_path / "nginx.log"), "-c", str(config)]
    proxy = Program([program, *place], tmp_path / "nginx.out", lambda: listens(number))
    proxy.start()
    yield number
    proxy.stop()


def test_a_body_is_whole_before_the_site_is_called_and_the_client_s_own_address_counts(
    port, recorder
):
    body = b"x" * 50_000
    head = (
        b"POST / HTTP/1.1\r\nHost: remedies.example.org\r\nX-Forwarded-For: 198.51.100.1\r\n"
        b"Content-Length: 50000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(head + body[:-1])
        recorder.settimeout(0.5)
        with pytest.raises(TimeoutError):
            recorder.accept()
        client.sendall(body[-1:])
        recorder.settimeout(20)
        connection, _address = recorder.accept()
        with connection:
            connection.settimeout(20)
            received = b""
            while not received.endswith(body):
                received += connection.recv(100_000)
            connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        assert b"204" in client.recv(1_000)
    assert b"X-Forwarded-For: 127.0.0.1\r\n" in received
    assert b"198.51.100.1" not in received
    assert b"X-Forwarded-Proto: http\r\n" in received


def test_a_client_does_not_choose_the_name_of_its_request(port, recorder):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(b"GET / HTTP/1.0\r\nX-Request-ID: chosen-by-a-client\r\n\r\n")
        recorder.settimeout(20)
        connection, _address = recorder.accept()
        with connection:
            received = connection.recv(10_000)
            connection.sendall(b"HTTP/1.0 204 No Content\r\n\r\n")
    assert re.findall(rb"X-Request-ID: (.*)\r\n", received, re.IGNORECASE) != []
    assert re.search(rb"X-Request-ID: [0-9a-f]{32}\r\n", received)
    assert b"chosen-by-a-client" not in received


def test_a_process_that_cannot_be_reached_is_passed_over_for_the_next(recorder, tmp_path):
    """The same example in front of a port where nobody listens, and of one where somebody does."""
    program = nginx.required(in_ci=IN_CI)
    number, nobody = free_port(), free_port()
    config = tmp_path / "nginx.conf"
    config.write_text(nginx_config(tmp_path, tmp_path, number, [nobody, recorder.getsockname()[1]]))
    place = ["-p", str(tmp_path), "-e", str(tmp_path / "nginx.log"), "-c", str(config)]
    proxy = Program([program, *place], tmp_path / "nginx.out", lambda: listens(number))
    proxy.start()
    try:
        recorder.settimeout(20)
        for _request in range(3):
            with socket.create_connection(("127.0.0.1", number), timeout=20) as client:
                client.sendall(b"POST / HTTP/1.0\r\nContent-Length: 1\r\n\r\nx")
                connection, _address = recorder.accept()
                with connection:
                    assert connection.recv(10_000).startswith(b"POST / ")
                    connection.sendall(b"HTTP/1.0 204 No Content\r\n\r\n")
                assert b" 204 " in client.recv(1_000)
    finally:
        proxy.stop()
