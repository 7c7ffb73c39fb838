"""What an editor waits for: the form of a full entry, opened."""

import statistics

from scripts.bench.costs import Client, Counts, Row
from scripts.bench.members import signed_in
from scripts.bench.results import Result
from scripts.running_site import Served

MOST_MILLISECONDS = 400


def result(database: str, site: Served, counts: Counts) -> Result:
    """CPU of the server for the form of the entry page, in milliseconds; the median of the rounds."""
    code = "from scripts.bench import rows; rows.print_editor()"
    session, path = site.manage("shell", "--no-imports", "--command", code).split()
    client, row = Client(site), Row("form", path, headers=signed_in(session))
    client.send(row)  # once, so that its templates are compiled
    costs = [client.cost(row, counts.made) * 1000 for _round in range(counts.rounds)]
    spread = (max(costs) - min(costs)) / 2
    name = "form of the entry, opened by an editor"
    return Result(database, name, statistics.median(costs), MOST_MILLISECONDS, "ms", spread)
