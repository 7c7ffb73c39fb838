"""`make run`: look whether the port is free, prepare the site, and become its server.

From its first moment to the server's last it holds a lock for its folder and port. A second `make run`
says at once that there is a first, which may be preparing yet and not listening; by the port alone it
would wait for the first to prepare and then fail. For another port it waits for `prepare`, and serves.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO

from django.core.files import locks

from remedies_site import env

ROOT = Path(__file__).resolve().parent.parent


def main(host: str, port: str) -> int:
    """Serve, or say in one sentence why not, and return 1."""
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        return _fail(host, port, "a port is a number up to 65535")
    var = env.private_folder(Path(env.text("VAR_DIR", str(ROOT / "var"))))
    with (var / f"run-{int(port)}.lock").open("a+") as lock:
        if locks.lock(lock, locks.LOCK_EX | locks.LOCK_NB):
            return _prepare_and_serve(host, port, lock)
        lock.seek(0)
        print(
            f"`make run` is at work for this folder and port {port} already (process "
            f"{lock.read().strip()}): the site is on {os.environ['SITE_URL']}, or will be in a moment. "
            "For a second one beside it: PORT=8080 make run"
        )
        return 1


def _prepare_and_serve(host: str, port: str, lock: IO[str]) -> int:
    lock.truncate(0)
    print(os.getpid(), file=lock, flush=True)
    if reason := _listen_error(host, port):
        return _fail(host, port, reason)
    try:
        prepared = subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT)
    except KeyboardInterrupt:
        return 130
    if prepared.returncode:
        return prepared.returncode
    if reason := _listen_error(host, port):  # somebody else was faster
        return _fail(host, port, reason)
    os.set_inheritable(lock.fileno(), True)
    server = ["-m", "remedies_site.server", "--host", host, "--port", port]
    return os.execv(sys.executable, [sys.executable, *server])  # noqa: S606  (the server of this project)


def _fail(host: str, port: str, reason: str) -> int:
    print(f"Cannot listen on {host} port {port}: {reason}. Try another: PORT=8080 make run")
    return 1


def _listen_error(host: str, port: str) -> str:
    """Why nobody can listen there; a second server on one port would share its visitors in silence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, int(port)), family=family).close()
    except OSError as error:
        return str(error)
    return ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
