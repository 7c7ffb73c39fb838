"""A site of many entries: every public page stays small, deep pages of lists cost what first ones do.

`manage.py seed_demo` makes it up; how large it is, says whoever measures.
"""

import math
import re
from collections.abc import Sequence

import brotli

from scripts.bench.costs import BYPASS, Client, Costs, Counts, Row, measure
from scripts.bench.results import Result, tell
from scripts.running_site import Served

MOST_BYTES, MOST_F = 150_000, 60
DEEPEST_TO_FIRST = 1.3
LISTS = ("/remedies/", "/conditions/", "/recent/reviewed/", "/recent/corrected/")
ALONE = ("/", "/map/", "/about/", "/about/grading/", "/search/", "/check/")
FIRST_OF_LIST = re.compile(r'href="(/(?:remedies|conditions)/[-a-z0-9]+/)"')
ENTRY = re.compile(r'href="(/remedies/[-a-z0-9]+/[-a-z0-9]+/)"')
PAGE = re.compile(r"[?&;]page=(\d+)")


def command(entries: int) -> list[str]:
    """What fills an empty database with so many entries, and as many comments."""
    side = math.ceil(math.sqrt(entries))
    sizes = {"remedies": 2 * side, "conditions": side, "entries": entries, "comments": entries}
    return ["seed_demo", *(f"--{name}={size}" for name, size in sizes.items())]


def results(database: str, site: Served, bare: Served, counts: Counts) -> list[Result]:
    """The dearest and the heaviest public page, and each list's deepest page against its first."""
    client = Client(site)
    deepest = {path: last for path in LISTS if (last := _deepest(client, path)) != path}
    paths = sorted({*LISTS, *ALONE, *deepest.values(), *_subjects(client)})
    rows = [Row(path, path, headers=BYPASS) for path in paths]
    weights = {path: _weight(client, path) for path in paths}
    costs = measure(site, bare, rows, counts)
    for path in paths:
        tell(f"{path}: {weights[path] / 1000:.0f} kB, {costs.median(path):.1f} F")
    return [
        *_worst(database, paths, weights, costs),
        *(
            costs.ratio(
                database,
                f"large world, deepest page of {path} against the first",
                last,
                path,
                DEEPEST_TO_FIRST,
            )
            for path, last in deepest.items()
        ),
    ]


def _worst(
    database: str, paths: Sequence[str], weights: dict[str, int], costs: Costs
) -> list[Result]:
    heaviest = max(paths, key=lambda path: weights[path])
    dearest = max(paths, key=costs.median)
    kilobytes = weights[heaviest] / 1000
    return [
        Result(
            database,
            f"large world, heaviest public page ({heaviest}), compressed",
            kilobytes,
            MOST_BYTES / 1000,
            "kB",
        ),
        Result(
            database,
            f"large world, dearest public page ({dearest})",
            costs.median(dearest),
            MOST_F,
            spread=costs.spread(dearest),
        ),
    ]


def _weight(client: Client, path: str) -> int:
    """Bytes as a browser gets them; whoever compresses them does so at least as well as this."""
    return len(brotli.compress(client.get(path, BYPASS)[1], quality=5))


def _deepest(client: Client, path: str) -> str:
    """The last page of a list, found by following the highest number that a page links to."""
    seen, last = 0, 1
    while last > seen:
        seen = last
        body = client.get(path if seen == 1 else f"{path}?page={seen}", BYPASS)[1].decode()
        last = max([seen, *map(int, PAGE.findall(body))])
    return path if last == 1 else f"{path}?page={last}"


def _subjects(client: Client) -> list[str]:
    """A remedy, a condition, its comparison, and an entry of that remedy."""
    found = []
    for path in ("/remedies/", "/conditions/"):
        body = client.get(path, BYPASS)[1].decode()
        subjects = [link for link in FIRST_OF_LIST.findall(body) if link.startswith(path)]
        found.append(subjects[0])
    entries = ENTRY.findall(client.get(found[0], BYPASS)[1].decode())
    return [*found, f"{found[1]}compare/", *entries[:1]]
