"""Measure on both databases and write docs/performance.md; 1 where a goal was missed.

`--quick` takes fewer rounds and a short load, leaves the large world out unless `--entries` says how
large it is, and writes nothing.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.bench import (
    costs,
    discussions,
    editors,
    large_world,
    load,
    members,
    memory,
    pages,
    searches,
    start_up,
    throughput,
)
from scripts.bench.costs import Counts
from scripts.bench.results import Result, document, table, tell
from scripts.bench.sites import bare_view, our_sites
from scripts.running_site import Served

TABLE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
DATABASES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    counts: Counts
    entries: int
    """Of the large world; 0 leaves it out."""
    throughput_seconds: float
    """Of each of five rounds."""
    load_seconds: float
    starts: int


FULL = Plan(Counts(7, cached=1500, made=25), 200_000, 3, 60, 5)
QUICK = Plan(Counts(3, cached=200, made=1), 0, 0.4, 3, 1)


def shipped(database: str, site: Served, bare: Served, plan: Plan) -> Iterator[Result]:
    """Rows of the content that comes with the project, with some talk."""
    etag, _body = costs.entry_page(site)
    session = members.sessions(site, 1)[0]
    # What members do makes pages old, so it is measured apart.
    for rows in (pages.rows(etag), members.rows(session)):
        yield from costs.measure(site, bare, rows, plan.counts).results(database, rows)
    headers, seconds = members.signed_in(session), plan.throughput_seconds
    yield from throughput.results(database, site, bare, headers, seconds)
    yield from discussions.results(database, site, bare, plan.counts)
    tell(f"load of {plan.load_seconds:g} seconds")
    yield from load.results(database, site, plan.load_seconds)
    yield editors.result(database, site, plan.counts)
    yield memory.result(database, "shipped content", site, bare, 1.6)
    yield start_up.result(database, site, plan.starts)


def large(database: str, site: Served, bare: Served, plan: Plan) -> Iterator[Result]:
    """Rows of the large world."""
    yield from large_world.results(database, site, bare, plan.counts)
    yield from searches.results(database, site, bare, plan.counts)
    yield memory.result(database, "large world", site, bare, 2.2)


def measure(databases: Sequence[str], plan: Plan) -> Iterator[Result]:
    """All rows, as they are measured. F answers with the entry page of the shipped content."""
    tell("filling sites with the shipped content")
    with our_sites(databases) as sites:
        _etag, body = costs.entry_page(sites[databases[0]])
        for database, site in sites.items():
            tell(f"{database}, shipped content")
            with bare_view(body) as bare:
                yield from shipped(database, site, bare, plan)
    if not plan.entries:
        return
    tell(f"filling sites with {plan.entries:,} entries")
    with our_sites(databases, large_world.command(plan.entries)) as sites:
        for database, site in sites.items():
            tell(f"{database}, large world")
            with bare_view(body) as bare:
                yield from large(database, site, bare, plan)


def main(arguments: list[str]) -> int:
    """Read the command line, measure, print the table."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--entries", type=int, help="of the large world; 0 leaves it out")
    parser.add_argument("--database", choices=DATABASES, action="append")
    options = parser.parse_args(arguments)
    plan = QUICK if options.quick else FULL
    if options.entries is not None:
        plan = Plan(**(vars(plan) | {"entries": options.entries}))
    results: list[Result] = []
    for result in measure(options.database or DATABASES, plan):
        tell(result.line)
        results.append(result)
    print(table(results))
    if options.quick:
        print(f"Quick: a load of {plan.load_seconds:g} seconds, and few rounds.")
    if not plan.entries:
        print("The large world was left out; --entries=20000 measures one of that size.")
    if not options.quick and not options.database:
        text = document(results, rounds=plan.counts.rounds, entries=plan.entries)
        TABLE.write_text(text, encoding="utf-8")
    return int(not all(result.is_met for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
