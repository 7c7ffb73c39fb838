"""The page of an entry with a very long thread beside the same with a short one."""

from scripts.bench.costs import BYPASS, Counts, Row, measure
from scripts.bench.results import Result, tell
from scripts.running_site import Served

PATH = "/remedies/magnesium/asthma/"
PER_PAGE = 20
SHORT, LONG = 50, 10_000
GOAL = 1.1


def results(database: str, site: Served, bare: Served, counts: Counts) -> list[Result]:
    """First and last page of the long thread against the first of the short one, which is as full."""
    first, last = Row("first page", PATH, headers=BYPASS), _page(LONG // PER_PAGE)
    _write(site, SHORT)
    short = measure(site, bare, [first], counts).median(first.name)
    tell(f"writing {LONG:,} comments")
    _write(site, LONG - SHORT)
    costs = measure(site, bare, [first, last], counts)
    return [
        Result(
            database,
            f"thread of {LONG:,} comments against {SHORT}, {row.name}",
            costs.median(row.name) / short,
            GOAL,
            "times",
        )
        for row in (first, last)
    ]


def _page(number: int) -> Row:
    return Row("last page", f"{PATH}?page={number}", headers=BYPASS)


def _write(site: Served, count: int) -> None:
    remedy, condition = PATH.strip("/").split("/")[1:]
    code = f"from scripts.bench import rows; rows.write_thread('{remedy}', '{condition}', {count})"
    site.manage("shell", "--no-imports", "--command", code)
