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
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "db.sqlite3")
        # Modules are compiled once, by the first start of each.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}
        environment = dict(site.environment) | compiled
        subprocess.run([sys.executable, "-m", BARE, "0", file], env=environment, check=True)
        ours, bare = [], []
        for number in range(rounds + 1):
            tell(f"start {number} of {rounds}" if number else "a start that compiles")
            one = process(BARE, PORT, file, environment=environment)
            bare.append(_seconds(one, "/accounts/login/"))
            other = process("remedies_site.server", "--port", PORT, environment=environment)
            ours.append(_seconds(other, "/"))
    ratio = statistics.median(ours[1:]) / statistics.median(bare[1:])
    return Result(database, "start to the first page against a bare project", ratio, GOAL, "times")


def _seconds(server: AbstractContextManager[tuple[str, int]], path: str) -> float:
    with server as (url, pid):
        wait_for(f"{url}{path}")
        return cpu_seconds(pid)
