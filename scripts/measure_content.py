"""Measure planning and loading a large content pack: `python -m scripts.measure_content [ENTRIES]`.

A made-up site is exported as a pack, and planned and loaded into an empty database; then every tenth
entry is changed, and it is planned and loaded once more. DATABASE_URL names the database, which has to be
empty; without it, one of SQLite in a folder that is thrown away.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOAL_SECONDS = 60


def manage(folder: Path, *words: object) -> tuple[float, float]:
    """Run a command of the site in `folder`; return its seconds and its seconds of processor."""
    database = os.environ.get("DATABASE_URL", f"sqlite:///{folder / 'db.sqlite3'}")
    environment = os.environ | {"VAR_DIR": str(folder), "DATABASE_URL": database}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [sys.executable, "manage.py", *map(str, words)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - started, used


def made_up_pack(entries: int, folder: Path) -> Path:
    """The content of a large made-up site as a pack."""
    site, pack = folder / "made-up", folder / "pack"
    os.environ.pop("DATABASE_URL", None)
    parts = max(10, entries // 20)
    manage(site, "migrate", "--verbosity", 0)
    sizes = {"remedies": parts, "conditions": parts, "citations": 500, "members": 1, "comments": 0}
    options = [f"--{name}={number}" for name, number in sizes.items()]
    manage(site, "seed_demo", f"--entries={entries}", *options, "--verbosity", 0)
    manage(site, "export_content", pack, "--verbosity", 0)
    return pack


def change_some(pack: Path) -> int:
    """Change a sentence of the entries in every tenth file; return how many there are."""
    number = 0
    for path in sorted((pack / "remedies").glob("*.yaml"))[::10]:
        text = path.read_text(encoding="utf-8")
        changed = text.replace("which warns of nothing", "which warns of nothing at all")
        number += text.count("which warns of nothing")
        path.write_text(changed, encoding="utf-8")
    return number


def main() -> int:
    """Print each figure; 1 where a plan took longer than the goal."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    url = os.environ.get("DATABASE_URL")
    with tempfile.TemporaryDirectory(prefix="content-") as name:
        folder = Path(name)
        pack = made_up_pack(entries, folder)
        if url:
            os.environ["DATABASE_URL"] = url
        site = folder / "site"
        manage(site, "migrate", "--verbosity", 0)
        plans = []

        def measure(what: str, *words: object) -> None:
            seconds, used = manage(site, "load_content", pack, *words, "--verbosity", 0)
            print(f"{what}: {seconds:.1f} s, {used:.1f} s of processor", flush=True)
            if "--plan" in words:
                plans.append(seconds)

        measure(f"plan, {entries:,} new entries", "--plan")
        measure(f"load, {entries:,} new entries")
        measure("plan, nothing changed", "--plan")
        changed = change_some(pack)
        measure(f"plan, {changed:,} changed sentences", "--plan")
        measure(f"load, {changed:,} changed sentences")
    return int(max(plans) > GOAL_SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
