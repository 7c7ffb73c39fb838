"""Finds an nginx on the machine, else unpacks Debian's; runs one in front of something on loopback.

with running(required(in_ci=IN_CI), folder, example("one", "127.0.0.1:8000", listen=port)):
    ...
"""

import os
import platform
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.plugins.databases import Unavailable

ROOT = Path(__file__).resolve().parents[2]
_KEPT = ROOT / ".venv" / ".cache" / "nginx"
_UNPACKED = _KEPT / "usr" / "sbin" / "nginx"

_FRAME = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    {temporary}
    {servers}
}}
"""
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


OVERWRITES = "X-Forwarded-For $remote_addr;"
APPENDS = "X-Forwarded-For $proxy_add_x_forwarded_for;"


def documented() -> str:
    """The upstream and server blocks of the page for operators."""
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    block = re.search(r"(?:^    upstream remedies .*\n)(?:^    .*\n|^\n)+", text, re.MULTILINE)[0]
    assert OVERWRITES in block
    return block


def example(name: str, *upstreams: str, listen: int, from_address: str = "127.0.0.1") -> str:
    """The same on a port of this machine without TLS, in front of these upstreams.

    It calls them from an address of its own, so that two hops can be told apart.
    """
    bind = "" if "[" in upstreams[0] else f"proxy_bind {from_address};"
    named = "".join(f" server {upstream};" for upstream in upstreams)
    block, servers = re.subn(
        r"(?m)upstream remedies .*$", f"upstream {name} {{{named} }}", documented()
    )
    listens = f"listen 127.0.0.1:{listen}; listen [::1]:{listen}; {bind}"
    block, listeners = re.subn(r"listen 443 ssl;", listens, block)
    assert servers == listeners == 1
    return block.replace("http://remedies;", f"http://{name};")


def find() -> str | None:
    """The program named by NGINX, else one on the machine, else the one unpacked before."""
    candidates = [
        os.environ.get("NGINX"),
        shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"),
        str(_UNPACKED),
    ]
    return next((path for path in candidates if path and _quietly([path, "-v"])), None)


def ensure() -> str:
    """The same, after unpacking Debian's package where there is none.

    Unpacked into .venv and not installed: the package would start a server of its own on port 80.
    """
    path = find()
    if path is None and platform.system() == "Linux" and shutil.which("apt-get"):
        _unpack()
        path = find()
    if path is None:
        raise Unavailable(
            "No nginx for the tests behind a proxy: none is on this machine and none could be had; "
            "install the package nginx, or name the program with NGINX."
        )
    return path


def required(*, in_ci: bool) -> str:
    """The same, for a fixture: what cannot be had skips its tests by name, with CI=true it fails them."""
    try:
        return ensure()
    except Unavailable as error:
        if in_ci:
            pytest.fail(str(error))
        pytest.skip(str(error))


def _unpack() -> None:
    """Into a folder that is renamed when it is whole: several processes may be at it."""
    _KEPT.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_KEPT.parent) as room:
        folder = Path(room)
        if not _quietly(["apt-get", "download", "nginx"], folder=folder) and os.geteuid() == 0:
            _quietly(["apt-get", "update"])
            _quietly(["apt-get", "download", "nginx"], folder=folder)
        for package in folder.glob("nginx_*.deb"):
            if _quietly(["dpkg", "-x", package.name, "nginx"], folder=folder):
                with suppress(OSError):  # another process was faster
                    (folder / "nginx").rename(_KEPT)


def _quietly(command: list[str], *, folder: Path | None = None) -> bool:
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=180, cwd=folder
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


@contextmanager
def running(program: str, folder: Path, servers: str) -> Iterator[None]:
    """An nginx with these `upstream` and `server` blocks, until the block ends.

    `folder` keeps what it writes. Raises: RuntimeError, where it does not take the configuration.
    """
    temporary = " ".join(f"{name}_temp_path {folder}/{name};" for name in _TEMPORARY)
    user = "user root;" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(_FRAME.format(folder=folder, user=user, temporary=temporary, servers=servers))
    log = folder / "output.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(config)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        for host, port in re.findall(r"listen (\S+):(\d+)", servers):
            _wait(host.strip("[]"), int(port), process, log)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(host: str, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"nginx does not listen: {log.read_text()}") from None
            time.sleep(0.05)
