"""The numbers that docs/operating.md gives to operators are those of the code."""

import re
from pathlib import Path

from accounts import rate_limits

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (Path(__file__).parents[2] / "docs" / "operating.md")
    .read_text(encoding="utf-8")
    .partition("## Limits\n")[2]
    .partition("\n## ")[0]
    .splitlines()
    if re.match(r"\| `", line)
]


def test_every_count_is_stated():
    stated = {
        (row[0].strip("`"), row[1], int(row[2]), int(row[3])) for row in ROWS if len(row) == 5
    }
    limits = rate_limits.COUNT_LIMITS
    assert stated == {(limit.action, limit.per, limit.limit, limit.seconds) for limit in limits}


def test_every_allowance_of_members_is_stated():
    stated = {(row[0].strip("`"), int(row[1]), int(row[2])) for row in ROWS if len(row) == 3}
    limits = rate_limits.ALLOWANCES
    assert stated == {
        (limit.action, limit.burst, limit.interval.total_seconds()) for limit in limits
    }


def test_every_limit_is_in_the_lists_that_are_compared():
    values = vars(rate_limits).values()
    assert {value for value in values if isinstance(value, rate_limits.CountLimit)} == set(
        rate_limits.COUNT_LIMITS
    )
    assert {value for value in values if isinstance(value, rate_limits.RateLimit)} == set(
        rate_limits.ALLOWANCES
    )
