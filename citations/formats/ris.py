"""RIS, for programs that manage references."""

from collections.abc import Iterable
from typing import Any

from rispy import RisWriter

from citations import containers
from citations.authors import Author
from citations.formats.works import Work, authors, is_article, own_values
from citations.inline_markup import escape_markup

LABELS = {
    "retracted_on": "Retracted on",
    "study_type": "Study type",
    "sample_size": "Number of people",
    "funding": "Funding",
    "registry_status": "Registry status",
    "completion_due": "Completion due",
    "url": "Also at",
}
"""Notes that carry what RIS has no tag for, by the column of the library."""


class _Writer(RisWriter):
    """Without the numbers that rispy puts before each record: other programs stumble over them."""

    def set_header(self, count: int) -> str:
        """Nothing stands before a record."""
        return ""


def write(works: Iterable[Work]) -> str:
    """One record a work."""
    return str(_Writer().formats([_record(work) for work in works]))


def _record(work: Work) -> dict[str, Any]:
    place = containers.split(work.container)
    start, end = _pages(place.pages)
    own = own_values(work)
    notes = [f"{LABELS[column]}: {escape_markup(value)}" for column, value in own.items()]
    if work.nct and work.pmid:
        notes.append(f"NCT: {work.nct}")
    values = {
        "type_of_reference": "JOUR" if is_article(work) else "ELEC",
        "id": work.key,
        "title": escape_markup(work.title),
        "authors": [format_name(author) for author in authors(work)],
        "journal_name": escape_markup(place.name),
        "volume": place.volume,
        "number": place.issue,
        "start_page": start,
        "end_page": end,
        "publisher": escape_markup(work.publisher),
        "year": str(work.year or ""),
        "doi": work.doi,
        "accession_number": work.pmid or work.nct,
        "name_of_database": "PubMed" if work.pmid else "ClinicalTrials.gov" if work.nct else "",
        "custom2": work.pmcid,
        "urls": [work.link],
        "access_date": work.accessed_on.strftime("%Y/%m/%d/") if work.accessed_on else "",
        "notes": notes,
    }
    return {name: value for name, value in values.items() if value}


def _pages(pages: str) -> tuple[str, str]:
    start, _dash, end = pages.partition("-")
    return (start, end) if start and end and start != end else (pages, "")


def format_name(author: Author) -> str:
    """“Jadidi, A”; a body ends in a comma, or EndNote would take its last word for a family name."""
    if author.is_et_al:
        return author.family
    family = escape_markup(author.family)
    return f"{', '.join([family, *filter(None, author[1:])])}" if author.is_person else f"{family},"
