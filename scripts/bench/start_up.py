"""CPU from the start of a process to its first page, beside a bare project with admin and allauth."""

import statistics
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

from scripts.bench.results import Result, tell
from scripts.bench.sites import PORT, cpu_seconds, process
from scripts.running_site import Served, wait_for

GOAL = 2.5
BARE = "scripts.bench.bare_project"


def result(database: str, site: Served, rounds: int) -> Result:
    """The home page of ours against the log-in page of the bare project."""
    environment = dict(site.environment)
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "db.sqlite3")
        subprocess.run([sys.executable, "-m", BARE, "0", file], check=True)
        ours, bare = [], []
        for number in range(rounds):
            tell(f"start {number + 1} of {rounds}")
            bare.append(_seconds(process(BARE, PORT, file), "/accounts/login/"))
            server = process("remedies_site.server", "--port", PORT, environment=environment)
            ours.append(_seconds(server, "/"))
    ratio = statistics.median(ours) / statistics.median(bare)
    return Result(database, "start to the first page against a bare project", ratio, GOAL, "times")


def _seconds(server: AbstractContextManager[tuple[str, int]], path: str) -> float:
    with server as (url, pid):
        wait_for(f"{url}{path}")
        return cpu_seconds(pid)
