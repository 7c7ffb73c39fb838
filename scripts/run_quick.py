"""`make quick`: the tests of what was changed, on SQLite, within a minute; what was left out is named.

Changed is what differs from the commit at which this branch left `main`, or is not committed yet.
Where nothing differs, or git cannot say it, every folder of tests counts as changed. Tests that
would begin after SECONDS are left out and counted: `make test` runs all of them.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 50
"""From the start until the last test may begin."""
NEVER = {"browser", "markup"}
ALWAYS = {"repository"}
NAMED_OTHERWISE = {"remedies_site": "site", "fixtures": "remedies"}
"""Folders whose tests are in a folder of another name; the others are in tests/<name>."""
ANYTHING = "anything"


def folders() -> set[str]:
    """The folders of tests that a quick run may take."""
    found = {path.name for path in (ROOT / "tests").iterdir() if any(path.glob("**/test_*.py"))}
    return found - NEVER


def changed_files() -> list[str] | None:
    """Paths from the top of the project; None where git cannot say it."""
    try:
        base = _git("merge-base", "HEAD", "main").strip()
        changed = _git("diff", "--name-only", "-z", base)
        new = _git("ls-files", "-z", "--others", "--exclude-standard")
    except (OSError, subprocess.CalledProcessError):
        return None
    return [path for path in (changed + new).split("\0") if path]


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout


def tests_of(path: str, known: set[str]) -> set[str]:
    """The folders of tests that a changed file calls for; ANYTHING where all of them lean on it."""
    top, *below = path.split("/")
    if top in {"tests", "templates"} and len(below) > 1:
        top = below[0]  # of a package, and named as it is
    elif top == "tests" or path == "pyproject.toml":
        return {ANYTHING}
    name = NAMED_OTHERWISE.get(top, top)
    if name in known:
        return {name}
    return {"site"} if path.startswith(("templates/", "static/")) else set()


def chosen(changed: list[str] | None, known: set[str]) -> set[str]:
    """The folders to run."""
    called = {name for path in changed or () for name in tests_of(path, known)}
    if not changed or ANYTHING in called:
        return known
    return called | ALWAYS


def main() -> int:
    """Run them and say what was left out."""
    end = time.time() + SECONDS
    known = folders()
    names = sorted(chosen(changed_files(), known))
    print(f"Runs on SQLite: {', '.join(names)}", flush=True)
    words = ["-q", "-p", "tests.plugins.deadline", "-n", str(os.cpu_count() or 1)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, *(f"tests/{name}" for name in names)],
        env=os.environ | {"TEST_DB": "sqlite", "TESTS_BEGIN_UNTIL": str(end)},
        cwd=ROOT,
    )
    left_out = ", ".join([*sorted(known - set(names)), "all on PostgreSQL", *sorted(NEVER)])
    print(f"Left out: {left_out}. `make test` runs everything.")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
