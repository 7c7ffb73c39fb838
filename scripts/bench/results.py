"""A measured value beside its goal, and the table of all of them."""

import platform
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import django

_BEGUN = time.monotonic()


@dataclass(frozen=True)
class Result:
    """One row of the table; `unit` is F, another unit, or nothing for counts and ratios."""

    database: str
    name: str
    value: float
    goal: float
    unit: str = "F"
    spread: float | None = None
    at_least: bool = False
    """Whether the goal is the least and not the most."""

    @property
    def is_met(self) -> bool:
        """Whether the value reaches the goal."""
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    @property
    def line(self) -> str:
        """The row in Markdown."""
        spread = "" if self.spread is None else f"± {self.spread:.2f}"
        goal = f"{'≥' if self.at_least else '≤'} {self.goal:g}"
        value = f"{self.value:.2f}".removesuffix(".00")
        met = "yes" if self.is_met else "no"
        return (
            f"| {self.database} | {self.name} | {value} {self.unit} | {spread} | {goal} | {met} |"
        )


def tell(message: str) -> None:
    """A line of progress, with the seconds since the start."""
    print(f"{time.monotonic() - _BEGUN:5.0f} s  {message}", file=sys.stderr, flush=True)


def table(results: Iterable[Result]) -> str:
    """All rows in Markdown."""
    head = "| database | what | value | spread | goal | met |\n| --- | --- | ---: | ---: | ---: | --- |\n"
    return head + "\n".join(result.line for result in results) + "\n"


def document(results: Sequence[Result], *, rounds: int, entries: int) -> str:
    """docs/performance.md."""
    versions = (
        f"Python {platform.python_version()}, Django {django.get_version()}, {platform.machine()}"
    )
    return (
        "# What the site costs\n\n"
        "Written by `make bench`; not by hand. F is the CPU of one bare Django view without middleware that\n"
        "returns the bytes of the entry page from the same server. “Cached” pages come from the store in front\n"
        "of Django, “uncached” ones past it. The large world is made up by `manage.py seed_demo`.\n\n"
        f"{date.today():%-d %B %Y}, {versions}, {rounds} interleaved rounds, {entries:,} entries in the large\n"
        "world.\n\n" + table(results)
    )
