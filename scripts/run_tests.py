"""`make test`: the parts in two lanes side by side, whatever one of them says of the site.

Names of parts as arguments run only those. A lane takes the next part when it is through with one,
the longest first. What a part prints is kept together and printed when the part is over; a part
that runs alone prints as it goes. At the end stand the ten slowest tests and the minutes by parts.
TEST_PROCESSES says over how many processes a suite is spread; by default the lanes share the cores, and
the last long part has all of them.
What cannot be had on this machine is named in one sentence; with CI=true that is a failure.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.counts import FULL
from tests.plugins import chromium, databases, nu_checker

ROOT = Path(__file__).resolve().parent.parent
SUITE = ("tests", "--ignore=tests/browser", "--ignore=tests/markup")
SUITES = {"sqlite", "postgres"}
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
LANES = 2
SLOWEST = 10
GRACE_SECONDS = 15
"""For a part to put away what it has made, before it is ended for good."""


@dataclass(frozen=True)
class Command:
    """What a part runs, with what it adds to the environment."""

    words: Sequence[str]
    environment: Mapping[str, str]


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


@dataclass
class Running:
    """A part that has begun."""

    part: str
    process: subprocess.Popen[bytes]
    output: Path | None
    begun: float


def check() -> Command:
    """Lint, types, contracts, migrations."""
    return Command(["make", "--no-print-directory", "check"], {})


def browser() -> Command:
    """The browser tests; BROWSER_DB=postgres runs them there."""
    database = os.environ.get("BROWSER_DB", "sqlite")
    return _pytest("tests/browser", TEST_DB=database, CHROMIUM=chromium.ensure())


def postgres() -> Command:
    """The suite on PostgreSQL; what shows alike on both is left to SQLite's part and the drill."""
    words = (*SUITE, *_without("every_page", "shown_alike"))
    return _pytest(*words, TEST_DB="postgres", TEST_DATABASE_URL=databases.postgres_url())


def sqlite() -> Command:
    """The suite on SQLite; forms of staff are left to PostgreSQL's part and the drill."""
    return _pytest(*SUITE, *_without("staff_forms"), TEST_DB="sqlite")


def markup() -> Command:
    """HTML and CSS by the Nu HTML checker."""
    nu_checker.ensure()
    return _pytest("tests/markup", TEST_DB="sqlite")


PARTS: dict[str, Callable[[], Command]] = {
    part.__name__: part for part in (check, browser, postgres, sqlite, markup)
}
"""In the order in which the lanes take them up."""


def _without(*marks: str) -> tuple[str, ...]:
    return () if FULL else ("-m", " and ".join(f"not {mark}" for mark in marks))


def _pytest(*words: str, **environment: str) -> Command:
    if sys.stdout.isatty():
        environment["PY_COLORS"] = "1"
    return Command([sys.executable, "-m", "pytest", *words], environment)


class Lanes:
    """Runs parts side by side and tells how they went."""

    def __init__(self, names: list[str], folder: Path) -> None:
        self._waiting = list(names)
        self._folder = folder
        self._lanes = min(LANES, len(names))
        self._running: list[Running] = []
        self.results: list[Result] = []

    def run(self) -> None:
        """Until the last part is over; what still runs when this is interrupted is ended."""
        try:
            while self._waiting or self._running:
                while self._waiting and len(self._running) < self._lanes:
                    self._begin(self._waiting.pop(0))
                time.sleep(0.1)
                for running in list(self._running):
                    if running.process.poll() is not None:
                        self._running.remove(running)
                        self._tell(running)
        finally:
            self._end_all()

    def _begin(self, name: str) -> None:
        begun = time.monotonic()
        try:
            command = PARTS[name]()
        except databases.Unavailable as sentence:
            print(f"\n== {name} ==\n{sentence}", flush=True)
            self.results.append(Result(name, "not run", time.monotonic() - begun))
            return
        output = self._folder / f"{name}.txt" if self._lanes > 1 else None
        print(f"{name} begins" + (f"; it prints into {output}" if output else ""), flush=True)
        words = [*command.words, *(self._options(name) if "pytest" in command.words else ())]
        self._running.append(Running(name, self._start(words, command, output), output, begun))

    def _options(self, name: str) -> list[str]:
        """Where a part keeps its times and pictures, and over how many processes it is spread."""
        options = [f"--junitxml={self._folder / name}.xml", f"--output=var/{name}"]
        cores = os.cpu_count() or 1
        # The suite on SQLite comes last: the other lane is through by then, or nearly.
        shared = cores if name == "sqlite" else max(1, cores // self._lanes)
        processes = int(os.environ.get("TEST_PROCESSES", shared))
        # One Chromium or one Java keeps a lane busy by itself.
        return options + (["-n", str(processes)] if name in SUITES and processes > 1 else [])

    def _start(
        self, words: list[str], command: Command, output: Path | None
    ) -> subprocess.Popen[bytes]:
        """In a group of its own, so that all of it can be ended."""
        environment = os.environ | dict(command.environment)
        if output is None:
            return subprocess.Popen(words, env=environment, start_new_session=True)
        with output.open("wb") as file:
            return subprocess.Popen(
                words, env=environment, start_new_session=True, stdout=file, stderr=file
            )

    def _tell(self, running: Running) -> None:
        word = "FAILED" if running.process.returncode else "ok"
        result = Result(running.part, word, time.monotonic() - running.begun)
        self.results.append(result)
        _print_output(running)
        print(f"{running.part}: {word} after {result.seconds / 60:.1f} minutes", flush=True)

    def _end_all(self) -> None:
        """Ask what still runs to end, then make it; a second Ctrl-C does not leave it behind."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for sent in (signal.SIGTERM, signal.SIGKILL):
            end = time.monotonic() + GRACE_SECONDS
            for running in self._running:
                if running.process.poll() is None:
                    os.killpg(running.process.pid, sent)
            while any(running.process.poll() is None for running in self._running):
                if time.monotonic() > end:
                    break
                time.sleep(0.1)
        for running in self._running:
            _print_output(running)


def _print_output(running: Running) -> None:
    if running.output is not None:
        print(f"\n== {running.part} ==", flush=True)
        print(running.output.read_text(encoding="utf-8", errors="replace"), end="", flush=True)


def slowest(folder: Path) -> list[tuple[float, str, str]]:
    """The seconds of the slowest tests of all parts, with part and name; set-up is counted in."""
    times = []
    for path in folder.glob("*.xml"):
        for case in ElementTree.parse(path).iter("testcase"):  # noqa: S314  pytest wrote it
            name = f"{case.get('classname', '')}::{case.get('name', '')}"
            times.append((float(case.get("time", 0)), path.stem, name))
    return sorted(times, reverse=True)[:SLOWEST]


def tell_times(results: list[Result], folder: Path, wall: float) -> None:
    """The table at the end."""
    print(f"\nThe {SLOWEST} slowest tests, in seconds with their set-up:")
    for seconds, part, name in slowest(folder):
        print(f"  {seconds:6.1f}  {part:<10} {name}")
    print(f"\nMinutes per part (TEST_COUNTS={os.environ.get('TEST_COUNTS', 'small')}):")
    for result in results:
        print(f"  {result.part:<10} {result.seconds / 60:5.1f}  {result.word}")
    print(f"  {'all':<10} {wall / 60:5.1f}  by the clock")


def main(names: list[str]) -> int:
    """Run the parts and say how long each took."""
    if unknown := [name for name in names if name not in PARTS]:
        print(f"No such part: {', '.join(unknown)}; there are {', '.join(PARTS)}.")
        return 2
    databases.interrupt_on_sigterm()
    folder = Path(tempfile.mkdtemp(prefix="remedies-tests-"))
    begun = time.monotonic()
    lanes = Lanes([name for name in PARTS if name in names or not names], folder)
    try:
        lanes.run()
    except KeyboardInterrupt:
        print("\nInterrupted; every part was ended.", flush=True)
        return 130
    else:
        tell_times(lanes.results, folder, time.monotonic() - begun)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return int(any(result.failed for result in lanes.results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
