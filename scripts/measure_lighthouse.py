"""`make lighthouse`: the four scores of Lighthouse for a phone, into docs/lighthouse.md.

Lighthouse is a program of Node.js, so it is no package of ours: `npx` fetches the release that is named
here. It measures the running site on this machine, and sends nothing to anybody.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from scripts.running_site import running_site
from tests.plugins import chromium

TABLE = Path(__file__).resolve().parent.parent / "docs" / "lighthouse.md"
RELEASE = "lighthouse@12.8.2"
PAGES = {
    "home": "/",
    "remedy": "/remedies/magnesium/",
    "entry": "/remedies/magnesium/restless-legs-syndrome/",
    "condition": "/conditions/restless-legs-syndrome/",
    "evidence map": "/map/",
    "search": "/search/?q=magnesium",
    "check of medicines": "/check/",
}
UNLISTED = {"search", "check of medicines"}
"""Pages that no search engine lists on purpose, which costs them points of SEO."""
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
"""Of design.md, section 20."""
ROUNDS = 3
"""The score of performance is the median of as many visits: a machine is never quite quiet."""


ATTEMPTS = 3
"""Lighthouse now and then loses the trace of a page and asks to be run again."""


def scores(url: str) -> dict[str, int]:
    """The scores of a page, 0 to 100, by category."""
    with tempfile.TemporaryDirectory() as room:
        report = Path(room) / "report.json"
        command = ["npx", "--yes", RELEASE, url, "--quiet", "--output=json"]
        flags = " ".join(("--headless", *chromium.ARGUMENTS))
        command += [f"--output-path={report}", f"--chrome-flags={flags}"]
        environment = os.environ | {"CHROME_PATH": chromium.ensure()}
        for _attempt in range(ATTEMPTS):
            done = subprocess.run(command, env=environment, timeout=300)
            if done.returncode == 0:
                break
        else:
            raise RuntimeError(f"Lighthouse did not measure {url}")
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * category["score"]) for name, category in found.items()}


def middle(rounds: list[dict[str, int]]) -> dict[str, int]:
    """The median of each category."""
    return {name: sorted(one[name] for one in rounds)[len(rounds) // 2] for name in GOALS}


def missed(page: str, found: dict[str, int]) -> list[str]:
    """The categories in which a page stays under its goal."""
    return [
        name
        for name, goal in GOALS.items()
        if found[name] < goal and not (name == "seo" and page in UNLISTED)
    ]


def table(found: dict[str, dict[str, int]]) -> str:
    """The document."""
    goals = ", ".join(f"{name} {goal}" for name, goal in GOALS.items())
    lines = [
        "# Lighthouse, on a phone",
        "",
        f"Written by `make lighthouse` from the running site; not by hand. {RELEASE}, the median of {ROUNDS}",
        f"visits. Goals: {goals}; search and the check are left out of search engines on purpose.",
        "",
        f"| page | {' | '.join(GOALS)} |",
        f"| --- | {' | '.join('---:' for _name in GOALS)} |",
    ]
    lines += [
        f"| {page} | {' | '.join(str(own[name]) for name in GOALS)} |"
        for page, own in found.items()
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure, write the table, and return 1 where a goal was missed."""
    if shutil.which("npx") is None:
        print("Lighthouse needs Node.js with npx.", file=sys.stderr)
        return 1
    found: dict[str, dict[str, int]] = {}
    with running_site() as url:
        for page, path in PAGES.items():
            found[page] = middle([scores(f"{url}{path}") for _round in range(ROUNDS)])
            print(page, found[page], flush=True)
    TABLE.write_text(table(found), encoding="utf-8")
    failed = {page: names for page, own in found.items() if (names := missed(page, own))}
    for page, names in failed.items():
        print(f"{page} misses its goal for {', '.join(names)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
