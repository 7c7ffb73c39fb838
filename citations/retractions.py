"""Lists of retracted works: what a CSV file says, and which of our works it names.

Reads the columns of the Retraction Watch database (OriginalPaperDOI, OriginalPaperPubMedID,
RetractionDate, RetractionNature) and plain ones (doi, pmid, date). A line whose nature is not a
retraction (a correction, an expression of concern) marks nothing.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from citations import identifiers
from citations.models import Citation

_DOI = ("originalpaperdoi", "doi")
_PMID = ("originalpaperpubmedid", "pmid")
_DATE = ("retractiondate", "date", "retracted_on")
_NATURE = "retractionnature"
_NONE = {"", "0", "unavailable"}
_DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y")


class WrongFile(Exception):
    """The file is no list of retractions; the words are for the operator."""


@dataclass(frozen=True)
class Retraction:
    """One line of a list."""

    line: int
    doi: str
    pmid: str
    on: date


@dataclass(frozen=True)
class Unread:
    """A line that could not be read, and why."""

    line: int
    said: str


def read_retractions(lines: Iterable[str]) -> Iterator[Retraction | Unread]:
    """Each line of a CSV file with a heading. Raises WrongFile where the heading names no column."""
    reader = csv.DictReader(lines)
    names = {name.strip().lower().lstrip("\ufeff"): name for name in reader.fieldnames or []}
    doi, pmid, day = (_column(names, wanted) for wanted in (_DOI, _PMID, _DATE))
    if day is None or (doi is None and pmid is None):
        raise WrongFile(
            "needs a column of dates, and one of DOIs or PMIDs, named in its first line"
        )
    for row in reader:
        if "retraction" not in (row.get(names.get(_NATURE, ""), "") or "retraction").lower():
            continue
        written = (row[day] or "").split()
        on = _day(written[0]) if written else None
        if on is None:
            yield Unread(reader.line_num, f"the date cannot be read: {row[day]!r}")
            continue
        found_doi = identifiers.doi(_value(row, doi))
        found_pmid = identifiers.pmid(_value(row, pmid))
        if found_doi or found_pmid:
            yield Retraction(reader.line_num, found_doi, found_pmid, on)


def ours(retractions: Iterable[Retraction]) -> dict[str, date]:
    """The works of the library that are named, with the day, by their keys."""
    by_doi: dict[str, str] = {}
    by_pmid: dict[str, str] = {}
    for key, doi, pmid in Citation.objects.values_list("key", "doi", "pmid"):
        if doi:
            by_doi[doi.lower()] = key
        if pmid:
            by_pmid[pmid] = key
    found: dict[str, date] = {}
    for one in retractions:
        named = by_doi.get(one.doi.lower()) or by_pmid.get(one.pmid)
        if named:
            found[named] = min(found.get(named, one.on), one.on)
    return found


def _column(names: dict[str, str], wanted: Iterable[str]) -> str | None:
    return next((names[name] for name in wanted if name in names), None)


def _value(row: dict[str, str], column: str | None) -> str:
    value = (row.get(column) or "").strip() if column else ""
    return "" if value.lower() in _NONE else value


def _day(written: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    return None
