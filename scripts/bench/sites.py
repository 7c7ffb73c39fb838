"""What is measured: our site, the bare view, the bare project; each a process on cores of its own."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from scripts.running_site import Served, free_port, served_site, wait_for
from tests.plugins import databases

SETTINGS = {"RATE_LIMITS": "off"}
PORT = "PORT"


@contextmanager
def own_database(name: str) -> Iterator[dict[str, str]]:
    """Settings that name a new database: a file of the site, or one of the PostgreSQL server for tests."""
    if name == "SQLite":
        yield {}
        return
    url = databases.postgres_url()
    made = f"bench_{os.getpid()}_{free_port()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{made}"')
        try:
            yield {"DATABASE_URL": urlsplit(url)._replace(path=f"/{made}").geturl()}
        finally:
            server.execute(f'DROP DATABASE "{made}" WITH (FORCE)')


@contextmanager
def our_site(name: str, content: Sequence[str] = ()) -> Iterator[Served]:
    """The site with the shipped content and some talk, or with what a command of manage.py makes."""
    with (
        own_database(name) as settings,
        served_site(settings=SETTINGS | settings, content=content) as site,
    ):
        pin_server(site.pid)
        yield site


@contextmanager
def our_sites(names: Sequence[str], content: Sequence[str] = ()) -> Iterator[dict[str, Served]]:
    """A site on each kind of database. They are filled side by side, which takes most of the time."""
    with ExitStack() as stack:
        with ThreadPoolExecutor(len(names)) as pool:
            sites = pool.map(lambda name: stack.enter_context(our_site(name, content)), names)
            found = dict(zip(names, sites, strict=True))
        yield found


@contextmanager
def bare_view(body: bytes) -> Iterator[Served]:
    """The view that is F."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(body)
        file.flush()
        with process("scripts.bench.bare_view", PORT, file.name) as (url, pid):
            wait_for(f"{url}/")
            yield Served(url, pid)


@contextmanager
def process(
    module: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[str, int]]:
    """Address and id of a module that begins to serve; PORT among its arguments stands for the port."""
    port = str(free_port())
    words = [port if word == PORT else word for word in arguments]
    server = subprocess.Popen([sys.executable, "-m", module, *words], env=environment)
    try:
        pin_server(server.pid)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


# Cores ------------------------------------------------------------------------------------------

_CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


@contextmanager
def pinned_client() -> Iterator[None]:
    """Keep this process on the first core while it measures, where there are two."""
    if len(_CORES) < 2:
        yield
        return
    os.sched_setaffinity(0, _CORES[:1])
    try:
        yield
    finally:
        os.sched_setaffinity(0, _CORES)


def pin_server(pid: int) -> None:
    """Keep a process, with the threads that it has, on the other cores."""
    if len(_CORES) > 1:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(thread.name), _CORES[1:])


# What a process has used ------------------------------------------------------------------------


def cpu_seconds(pid: int) -> float:
    """Seconds of CPU since its start: man clock_getcpuclockid."""
    return time.clock_gettime((~pid << 3) | 2)


def memory_bytes(pid: int) -> int:
    """Its resident memory."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024
