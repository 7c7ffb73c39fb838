"""`make test`: every part in turn, whatever the one before it said, and minutes per part at the end.

Names of parts as arguments run only those. TEST_PROCESSES says over how many processes the suite is spread.
What cannot be had on this machine is named in one sentence; with CI=true that is a failure.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.plugins import chromium, databases, nu_checker

SUITE = "not browser and not markup"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@dataclass
class Result:
    """How a part went."""

    part: str
    word: str
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether it spoils the run."""
        return self.word == "FAILED" or (IN_CI and self.word == "not run")


def check() -> int:
    """Lint, types, contracts, migrations."""
    return subprocess.run(["make", "--no-print-directory", "check"]).returncode


def sqlite() -> int:
    """The suite on SQLite."""
    return _pytest(SUITE, TEST_DB="sqlite")


def postgres() -> int:
    """The suite on PostgreSQL."""
    return _pytest(SUITE, TEST_DB="postgres", TEST_DATABASE_URL=databases.postgres_url())


def markup() -> int:
    """HTML and CSS by the Nu HTML checker."""
    nu_checker.ensure()
    return _pytest("markup", TEST_DB="sqlite")


def browser() -> int:
    """The browser tests; BROWSER_DB=postgres runs them there."""
    environment = {"TEST_DB": os.environ.get("BROWSER_DB", "sqlite")}
    return _pytest("browser", CHROMIUM=chromium.ensure(), **environment)


PARTS: dict[str, Callable[[], int]] = {
    part.__name__: part for part in (check, sqlite, postgres, markup, browser)
}


def _pytest(markers: str, **environment: str) -> int:
    command = [sys.executable, "-m", "pytest", "-m", markers, "--durations=5", "--durations-min=2"]
    if markers == SUITE:  # one Chromium or one Java keeps both cores busy by itself
        command += ["-n", os.environ.get("TEST_PROCESSES", "2")]
    return subprocess.run(command, env=os.environ | environment).returncode


def run(name: str) -> Result:
    """One part, with its heading before it."""
    print(f"\n== {name} ==", flush=True)
    begun = time.monotonic()
    try:
        word = "FAILED" if PARTS[name]() else "ok"
    except databases.Unavailable as sentence:
        print(sentence, flush=True)
        word = "not run"
    return Result(name, word, time.monotonic() - begun)


def main(names: list[str]) -> int:
    """Run the parts and say how long each took."""
    if unknown := [name for name in names if name not in PARTS]:
        print(f"No such part: {', '.join(unknown)}; there are {', '.join(PARTS)}.")
        return 2
    results = [run(name) for name in names or PARTS]
    print(f"\nMinutes per part (TEST_COUNTS={os.environ.get('TEST_COUNTS', 'small')}):")
    for result in results:
        print(f"  {result.part:<10} {result.seconds / 60:5.1f}  {result.word}")
    print(f"  {'in all':<10} {sum(result.seconds for result in results) / 60:5.1f}")
    return int(any(result.failed for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
