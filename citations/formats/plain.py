"""Plain text, one line a reference, as medical journals write them."""

from collections.abc import Iterable

from citations.formats.works import Work

MOST_NAMES = 6


def write(works: Iterable[Work]) -> str:
    """Numbered in the order in which the page cites them."""
    return "".join(f"{number}. {line(work)}\n" for number, work in enumerate(works, start=1))


def line(work: Work) -> str:
    """Authors, title, journal, year, address."""
    authors = work.author_list
    several = ["et al"] if len(authors) > MOST_NAMES else []
    named = ", ".join([*authors[:MOST_NAMES], *several])
    mark = "[Retracted]" if work.retracted_on else ""
    where = work.container or work.publisher
    year = str(work.year or "")
    parts = [
        named,
        f"{mark} {work.title}",
        "; ".join(part for part in (where, year) if part),
        work.link,
    ]
    return " ".join(f"{part.strip().rstrip('.')}." for part in parts[:3] if part) + f" {parts[3]}"
