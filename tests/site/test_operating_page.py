"""The commands of docs/operating.md, from the top of the page to its end, in a fresh clone."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.db import connection

from scripts.cluster import Program, cache_program
from tests.backups import programs
from tests.counts import FULL

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^(#+ [^\n]*)$|^```sh run\n(.*?)^```$", re.M | re.S)
IN_THE_DRILL = set() if FULL else {"Roll back", "Rotate secrets"}
"""What `make test` leaves out, for its minutes."""
ASKED_FOR = ("/robots.txt", "/", "/remedies/magnesium/restless-legs-syndrome/", "/search/?q=sleep")
"""By readers while the site is upgraded."""
AS_THE_PROXY = {"Host": "remedies.example.org", "X-Forwarded-Proto": "https"}
OWN = (
    "DATABASE_URL",
    "CACHE_URL",
    "SITE_URL",
    "SECRET_KEY",
    "VAR_DIR",
    "DJANGO_SETTINGS_MODULE",
    "TIME_LIMITS",
)


def blocks() -> list[tuple[str, str]]:
    """The blocks that are marked to be run, with the headings that they stand under."""
    found, heading = [], ""
    for title, code in BLOCK.findall(PAGE):
        heading = title.lstrip("# ") or heading
        if code:
            found.append((heading, code))
    return found


def git(folder: Path, *arguments: str) -> None:
    author = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path) -> Path:
    """A clone of the working tree as it stands here, with the installed environment."""
    if not shutil.which("git") or not (ROOT / ".git").exists() or not shutil.which("curl"):
        pytest.skip("needs git, a checkout of it, and curl")
    origin, clone = tmp_path / "origin", tmp_path / "remedies"
    git(tmp_path, "clone", "--quiet", "--shared", str(ROOT), str(origin))
    listed = ["git", "ls-files", "-z", "--modified", "--others", "--exclude-standard"]
    changed = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, changed.split("\0")):
        if (ROOT / name).is_file():
            (origin / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, origin / name)
        else:
            (origin / name).unlink(missing_ok=True)
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--allow-empty", "--message", "As it stands here")
    git(tmp_path, "clone", "--quiet", "--shared", str(origin), str(clone))
    (clone / ".venv").symlink_to(Path(sys.prefix))
    return clone


@pytest.fixture
def ports() -> tuple[int, int, int]:
    """Three that follow one another, as the page takes them."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port = first.getsockname()[1]
            try:
                for other in (port + 1, port + 2):
                    socket.create_server(("127.0.0.1", other)).close()
            except OSError:
                continue
            return port, port + 1, port + 2


class Readers(threading.Thread):
    """What a proxy does for readers: asks one process after the other, the next where none listens."""

    def __init__(self, ports: tuple[int, ...]) -> None:
        super().__init__()
        self._ports, self.stop = ports, threading.Event()
        self.answers: list[str] = []

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            self.answers.append(self._answer(number))
            time.sleep(0.01)

    def _answer(self, number: int) -> str:
        for place in (number, number + 1):
            path = ASKED_FOR[number % len(ASKED_FOR)]
            url = f"http://127.0.0.1:{self._ports[place % 2]}{path}"
            try:
                return str(httpx.get(url, headers=AS_THE_PROXY, timeout=30).status_code)
            except httpx.ConnectError:
                continue
            except httpx.TransportError as error:
                return repr(error)
        return "nobody listens"


@pytest.fixture
def cache(tmp_path) -> Iterator[Program | None]:
    """Valkey or Redis, where it is installed."""
    program = cache_program(tmp_path)
    if program is None:
        yield None
        return
    program.start()
    yield program
    program.stop()


@pytest.fixture
def shell(clone, ports, cache) -> Iterator[subprocess.Popen[str]]:
    """One shell in the clone, which ends at the first command that fails."""
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    if cache:
        environment["CACHE_URL"] = cache.url
    shell = subprocess.Popen(
        ["bash", "-eu", "-o", "pipefail"],
        cwd=clone,
        env=environment | {"PORT": str(ports[0]), "PATH": programs()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    yield shell
    os.killpg(shell.pid, signal.SIGKILL)  # the servers, too
    shell.communicate()


def run(shell: subprocess.Popen[str], code: str) -> str:
    """Run a block in the shell; what it printed. It must end well."""
    shell.stdin.write(f"{code}\necho; echo BLOCK-DONE\n")
    shell.stdin.flush()
    printed = ""
    for line in shell.stdout:
        if line == "BLOCK-DONE\n":
            return printed
        printed += line
    raise AssertionError(f"the shell ended with {shell.wait()} in:\n{code}\n{printed}")


def test_the_page_has_what_an_operator_needs():
    headings = [heading for heading, _code in blocks()]
    assert {
        "Install in ten minutes", "Backup", "Try a restore", "Restore", "Roll back",
        "Upgrade without a lost request", "Rotate secrets", "Erase a person",
        "Scale out",
    } <= set(headings)  # fmt: skip


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the page's own site is on SQLite")
def test_the_page_can_be_followed_literally_and_an_upgrade_loses_no_request(
    shell, clone, ports, cache
):
    printed = {}
    for number, (heading, code) in enumerate(blocks()):
        if heading in IN_THE_DRILL:
            continue
        readers = None
        if "git pull" in code:
            git(clone.parent / "origin", "commit", "--quiet", "--allow-empty", "--message", "New")
            readers = Readers(ports[:2])
            readers.start()
        try:
            printed[heading] = printed.get(heading, "") + run(shell, code)
        finally:
            if readers:
                readers.stop.set()
                readers.join()
                assert set(readers.answers) == {"200"}, number
                assert len(readers.answers) > 20
    assert '{"status": "ok"}' in printed["Install in ten minutes"]
    assert "not ready" not in printed["Upgrade without a lost request"]
    assert "MB, encrypted" in printed["Backup"]
    assert "can be restored" in printed["Try a restore"]
    assert "erase_member '#NUMBER'" in printed["Restore"]
    assert "The account is erased." in printed["Erase a person"]
    assert printed["Scale out"].count('"status"') == len(ports)
    if cache:  # every process found it
        assert printed["Scale out"].count('{"status": "ok"}') == len(ports)
    for port in ports:
        url = f"http://127.0.0.1:{port}/remedies/magnesium/"
        assert httpx.get(url, headers=AS_THE_PROXY, timeout=30).status_code == 200
    left = sorted(path.name for path in (clone / "backups").iterdir())
    named = ["after-upgrade", "before-upgrade"] if FULL else ["before-upgrade"]
    assert left[:-1] == named
    assert left[-1].startswith("remedies-2")
