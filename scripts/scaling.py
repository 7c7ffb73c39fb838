"""docs/scaling.md from the figures of docs/performance.md: `python -m scripts.scaling` writes it again.

What is assumed stands here and in the page; everything else is computed.
"""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "scaling.md"
FIGURES = ROOT / "docs" / "performance.md"

READS_A_DAY = (10_000, 1_000_000, 100_000_000)
SECONDS_A_DAY = 86_400
PEAK = 5
"""The busiest second of a day has so many times the average."""
BARE_VIEWS = 500
"""A core answers so many bare views a second."""
BUSY = 0.5
"""No more than this part of a core is planned for, so that one process or machine can be lost."""
CORES_OF_A_MACHINE = 8
HEAVIEST = "large world, heaviest public page (/map/), compressed"


@dataclass(frozen=True)
class Share:
    """One kind of request: of 10,000 so many, each at the cost of a row of the figures."""

    label: str
    of_10_000: int
    row: str
    is_write: bool = False


MIX = (
    Share("pages from the store of a process", 9_300, "entry, cached, Brotli"),
    Share("pages that are made", 200, "entry, uncached"),
    Share("searches for a common word", 300, "large world, search for the most common word"),
    Share("pages of members", 180, "entry, signed in"),
    Share("votes", 15, "vote", is_write=True),
    Share("comments", 5, "comment", is_write=True),
)
_ROW = re.compile(r"^\| (\w+) \| (.+?) \| ([\d.]+) (F|kB) \|", re.MULTILINE)


def read_figures(text: str, database: str) -> dict[str, float]:
    """The values in F and in kB of one database, by the name of their row."""
    return {name: float(value) for of, name, value, _unit in _ROW.findall(text) if of == database}


def peak_requests(reads: int) -> float:
    """Requests in the busiest second."""
    return reads / SECONDS_A_DAY * PEAK


def cost_of(share: Share, reads: int, figures: Mapping[str, float]) -> float:
    """F a second for one kind of request in the busiest second."""
    return peak_requests(reads) * share.of_10_000 / 10_000 * figures[share.row]


def cores(reads: int, figures: Mapping[str, float]) -> int:
    """Cores for web processes; each process keeps one busy."""
    total = sum(cost_of(share, reads, figures) for share in MIX)
    return max(1, ceil(total / BARE_VIEWS / BUSY))


def writes_a_second(reads: int) -> float:
    """Transactions in the busiest second that change a page; each passes through one lock."""
    return peak_requests(reads) * sum(share.of_10_000 for share in MIX if share.is_write) / 10_000


def primary_share(figures: Mapping[str, float]) -> float:
    """What of the work with the database a replica cannot take: members and writes, in percent."""
    made = {share: share.of_10_000 * figures[share.row] for share in MIX[1:]}
    stays = sum(cost for share, cost in made.items() if share.is_write or "members" in share.label)
    return 100 * stays / sum(made.values())


def table(figures: Mapping[str, float]) -> str:
    """A column for each number of reads a day."""
    rows: list[tuple[str, list[str]]] = [
        ("requests in an average second", [number(r / SECONDS_A_DAY) for r in READS_A_DAY]),
        ("requests in the busiest second", [number(peak_requests(r)) for r in READS_A_DAY]),
    ]
    rows += [
        (f"F for {share.label}", [number(cost_of(share, r, figures)) for r in READS_A_DAY])
        for share in MIX
    ]
    heaviest = figures[HEAVIEST]
    rows += [
        ("cores for web processes", [number(cores(r, figures)) for r in READS_A_DAY]),
        (
            f"machines of {CORES_OF_A_MACHINE} cores for them",
            [number(ceil(cores(r, figures) / CORES_OF_A_MACHINE)) for r in READS_A_DAY],
        ),
        ("version queries that the primary answers", [number(peak_requests(r)) for r in READS_A_DAY]),
        ("transactions through the lock of versions", [number(writes_a_second(r)) for r in READS_A_DAY]),
        (
            "Mbit/s, were every page as long as the longest",
            [number(peak_requests(r) * heaviest * 8 / 1000) for r in READS_A_DAY],
        ),
    ]  # fmt: skip
    head = "| in the busiest second | " + " | ".join(f"{r:,} a day" for r in READS_A_DAY) + " |\n"
    rule = "| --- |" + " ---: |" * len(READS_A_DAY) + "\n"
    return head + rule + "".join(f"| {name} | {' | '.join(cells)} |\n" for name, cells in rows)


def number(value: float) -> str:
    """Two figures that count, and no more than are known."""
    if value >= 100:
        return f"{round(value, -len(str(int(value))) + 2):,.0f}"
    return f"{value:.2g}" if value < 10 else f"{value:.0f}"


def mix_table(figures: Mapping[str, float]) -> str:
    """The assumed mix, with the costs that it is multiplied by."""
    lines = [
        f"| {share.label} | {share.of_10_000:,} | {figures[share.row]:g} F | {share.row} |\n"
        for share in MIX
    ]
    head = "| of 10,000 requests | how many | cost | row of performance.md |\n| --- | ---: | ---: | --- |\n"
    return head + "".join(lines)


def document(performance: str) -> str:
    """The whole page."""
    figures = read_figures(performance, "PostgreSQL")
    text = (ROOT / "scripts" / "scaling_page.txt").read_text(encoding="utf-8")
    small, middle, large = (cores(reads, figures) for reads in READS_A_DAY)
    values = {
        "peak": PEAK,
        "bare_views": BARE_VIEWS,
        "busy": f"{BUSY:.0%}",
        "mix": mix_table(figures),
        "table": table(figures),
        "primary_share": number(primary_share(figures)),
        "small": count_of(small, "core"),
        "middle": count_of(middle, "core"),
        "large": count_of(large, "core"),
        "large_machines": count_of(ceil(large / CORES_OF_A_MACHINE), "machine"),
        "large_writes": number(writes_a_second(READS_A_DAY[-1])),
        "large_versions": number(peak_requests(READS_A_DAY[-1])),
    }
    return text.format(**values)


def count_of(value: int, noun: str) -> str:
    """`1 core`, `2 cores`."""
    return f"{value:,} {noun}{'' if value == 1 else 's'}"


def main() -> int:
    """Write the page again."""
    PAGE.write_text(document(FIGURES.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
