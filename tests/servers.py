"""The real server, in as many processes as a test asks for, on ports of this machine.

with served([("127.0.0.1", port)], {"DJANGO_SETTINGS_MODULE": "tests.echo_site"}):
    ...
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlsplit

import httpx
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 120


def free_port(host: str = "127.0.0.1") -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as listener:
        return listener.getsockname()[1]


def database_url() -> str:
    """The database that this test stands on, for another process."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{quote(name)}").geturl()


@contextmanager
def served(places: Sequence[tuple[str, int]], environment: Mapping[str, str]) -> Iterator[None]:
    """One process for each host and port, all with these settings; ended at the end."""
    with tempfile.TemporaryFile("w+") as log:
        processes = [_start(host, port, environment, log) for host, port in places]
        try:
            for (host, port), process in zip(places, processes, strict=True):
                _wait(host, port, process, log)
            yield
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=30)


class KillableServer:
    """One process on a port of its own, which can be killed and started again there.

    with KillableServer(environment) as server:
        server.kill()
        server.start()
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.port = free_port()
        self._environment = environment

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "KillableServer":
        self._log = tempfile.TemporaryFile("w+")
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)
        self._log.close()

    def start(self) -> None:
        self._process = _start("127.0.0.1", self.port, self._environment, self._log)
        _wait("127.0.0.1", self.port, self._process, self._log)

    def kill(self) -> None:
        """As a power cut does, for this process."""
        self._process.kill()
        self._process.wait(timeout=30)


def _start(
    host: str, port: int, environment: Mapping[str, str], log: IO[str]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "remedies_site.server", "--host", host, "--port", str(port)],
        cwd=ROOT,
        env=os.environ | dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )


def _wait(host: str, port: int, process: subprocess.Popen[bytes], log: IO[str]) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                log.seek(0)
                raise RuntimeError(f"The server does not listen:\n{log.read()}") from None
            time.sleep(0.05)


def client_at(address: str, url: str, *, timeout: float = 60) -> httpx.Client:
    """A client whose connections come from this address of the machine, such as 127.0.9.1."""
    transport = httpx.HTTPTransport(local_address=address, verify=False)
    return httpx.Client(base_url=url, transport=transport, timeout=timeout, trust_env=False)
