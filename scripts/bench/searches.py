"""Search in the large world: a rare and the most common word, and suggestions for what is being typed."""

from urllib.parse import urlencode

from scripts.bench.costs import BYPASS, Counts, Row, measure
from scripts.bench.results import Result, tell
from scripts.running_site import Served

MOST_F, MOST_F_SUGGESTIONS, COMMON_TO_RARE = 60, 15, 3


def results(database: str, site: Served, bare: Served, counts: Counts) -> list[Result]:
    """A page of results for each word, and one against the other."""
    common, rare = _words(site)
    tell(f"searching for {common!r} and {rare!r}")
    rows = [
        _row("large world, search for the most common word", "/search/", common, MOST_F),
        _row("large world, search for a rare word", "/search/", rare, MOST_F),
        _row(
            "large world, suggestions for three letters",
            "/search/suggestions/",
            common[:3],
            MOST_F_SUGGESTIONS,
        ),
    ]
    costs = measure(site, bare, rows, counts)
    ratio = costs.ratio(
        database,
        "large world, search for the most common word against a rare one",
        rows[0].name,
        rows[1].name,
        COMMON_TO_RARE,
    )
    return [*costs.results(database, rows), ratio]


def _row(name: str, path: str, query: str, goal: float) -> Row:
    return Row(name, f"{path}?{urlencode({'q': query})}", (goal, goal), BYPASS)


def _words(site: Served) -> tuple[str, str]:
    """The word that most indexed texts have, and one that fewest have."""
    code = "from scripts.bench import rows; rows.print_words()"
    common, rare = site.manage("shell", "--no-imports", "--command", code).split()
    return common, rare
