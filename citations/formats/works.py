"""A work as the formats see it."""

from datetime import date
from typing import Any, Protocol

from citations import identifiers
from citations.authors import Author, parse_line


class Work(Protocol):
    """What a format needs to know of a work; a Citation is one."""

    key: str
    title: str
    container: str
    publisher: str
    year: int | None
    doi: str
    pmid: str
    pmcid: str
    nct: str
    url: str
    accessed_on: date | None
    study_type: str
    sample_size: int | None
    funding: str
    registry_status: str
    completion_due: date | None
    retracted_on: date | None

    @property
    def author_lines(self) -> list[str]: ...

    @property
    def author_list(self) -> list[str]: ...

    @property
    def link(self) -> str: ...


def authors(work: Work) -> list[Author]:
    """People and organisations, “et al.” among them where more wrote it than are listed."""
    return [parse_line(line) for line in work.author_lines]


def is_article(work: Work) -> bool:
    """Whether the work stands in a journal: what has a container and a number of the literature."""
    return bool(work.container and (work.doi or work.pmid))


def own_values(work: Work) -> dict[str, str]:
    """What no format has a place for, by column; exports carry it and imports read it back."""
    values: dict[str, Any] = {
        "retracted_on": work.retracted_on and work.retracted_on.isoformat(),
        "study_type": work.study_type,
        "sample_size": work.sample_size,
        "funding": work.funding,
        "registry_status": work.registry_status,
        "completion_due": work.completion_due and work.completion_due.isoformat(),
        "url": work.url if _says_more(work) else "",
    }
    return {name: str(value) for name, value in values.items() if value not in (None, "")}


def _says_more(work: Work) -> bool:
    """Whether the address is another one than the link that the identifiers make."""
    if not work.url or work.url == work.link:
        return False
    known = identifiers.from_url(work.url)
    return known is None or getattr(work, known.column).lower() != known.value.lower()
