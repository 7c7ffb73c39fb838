"""The site as `make run` serves it, for scripts that measure it or take its picture.

    with running_site() as url:
        page.goto(url)

It stands on a free port of this machine with a folder of its own for database and static files, and
is gone when the block ends.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

OWN = {
    *("DATABASE_URL", "DATABASE_REPLICA_URL", "CACHE_URL", "EMAIL_URL", "SITE_NAME"),
    *("TRUSTED_PROXIES", "WEB_PROCESSES", "WORKER"),
}
"""What somebody may have set for a site of their own; this one is to be like any other."""
START_SECONDS = 60
PEOPLE = "from tests.populated_site import populate_activity; populate_activity()"


@dataclass(frozen=True)
class Served:
    """A site that runs: its address, the process that serves it, and the environment of both."""

    url: str
    pid: int
    environment: Mapping[str, str] = field(default_factory=dict)

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py on the site's database; what it printed."""
        return _manage(self.environment, *arguments)

    @contextmanager
    def another_worker(self) -> Iterator["Served"]:
        """A second process that serves the same database, on a port of its own."""
        port = free_port()
        log = Path(self.environment["VAR_DIR"]) / f"server_{port}.log"
        with _served(self.environment, port, log) as pid:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/healthz")
            yield Served(url, pid, self.environment)


@contextmanager
def running_site(
    *,
    populated_site: bool = True,
    settings: Mapping[str, str] | None = None,
    command: Sequence[str] = (),
) -> Iterator[str]:
    """The address of a site, as `served_site` runs it."""
    with served_site(populated_site=populated_site, settings=settings, command=command) as site:
        yield site.url


@contextmanager
def served_site(
    *,
    populated_site: bool = True,
    settings: Mapping[str, str] | None = None,
    content: Sequence[str] = (),
    command: Sequence[str] = (),
) -> Iterator[Served]:
    """Its address and process; `populated_site` fills it with members and their talk (tests/populated_site.py).

    `settings` are environment variables of the server and of what fills it. `content` is a command of
    manage.py that fills the empty database instead, `command` a last one before the server starts.
    """
    if populated_site and not content:
        content = ("shell", "--command", PEOPLE)
    with tempfile.TemporaryDirectory() as room:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        environment = {name: os.environ[name] for name in os.environ.keys() - OWN} | {
            "VAR_DIR": room,
            "SITE_URL": url,
            "DJANGO_SETTINGS_MODULE": "remedies_site.settings.base",
            **(settings or {}),
        }
        if content:
            _manage(environment, "migrate")
            _manage(environment, *content)
        _manage(environment, "prepare")
        if command:
            _manage(environment, *command)
        with _served(environment, port, Path(room) / "server.log") as pid:
            wait_for(f"{url}/healthz")
            yield Served(url, pid, environment)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def _manage(environment: Mapping[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def _served(environment: Mapping[str, str], port: int, log: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "remedies_site.server", "--port", str(port)]
    with log.open("w") as out:
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        try:
            yield server.pid
        except BaseException:
            print(log.read_text(), file=sys.stderr)
            raise
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(address: str) -> None:
    """Return when something answers there."""
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(address, timeout=5):  # noqa: S310  our own address
                return
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
