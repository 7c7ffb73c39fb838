"""Reads CSV files of retracted works, and finds the works of the library among them.

Accepts the columns of the Retraction Watch database (OriginalPaperDOI, OriginalPaperPubMedID,
RetractionDate, RetractionNature) or `doi`, `pmid` and `date`. Lines whose nature is not a retraction (a
correction, an expression of concern) are skipped.
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
_EMPTY_VALUES = {"", "0", "unavailable"}
_DATE_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y")


class InvalidRetractionFile(Exception):
    """The file lacks the columns of a list of retractions; `str()` is the message for the operator."""


@dataclass(frozen=True)
class Retraction:
    """A retracted work, from line `line` of the file."""

    line: int
    doi: str
    pmid: str
    retracted_on: date


@dataclass(frozen=True)
class UnreadableLine:
    """A line that could not be read, with the reason."""

    line: int
    message: str


def read_retractions(lines: Iterable[str]) -> Iterator[Retraction | UnreadableLine]:
    """The lines of a CSV file with a header.

    Raises: InvalidRetractionFile, where the header lacks a required column.
    """
    reader = csv.DictReader(lines)
    names = {name.strip().lower().lstrip("\ufeff"): name for name in reader.fieldnames or []}
    doi, pmid, day = (_find_column(names, aliases) for aliases in (_DOI, _PMID, _DATE))
    if day is None or (doi is None and pmid is None):
        raise InvalidRetractionFile(
            "needs a column of dates, and one of DOIs or PMIDs, named in its first line"
        )
    for row in reader:
        if "retraction" not in (row.get(names.get(_NATURE, ""), "") or "retraction").lower():
            continue
        words = (row[day] or "").split()
        retracted_on = _parse_date(words[0]) if words else None
        if retracted_on is None:
            yield UnreadableLine(reader.line_num, f"the date cannot be read: {row[day]!r}")
            continue
        found_doi = identifiers.doi(_value(row, doi))
        found_pmid = identifiers.pmid(_value(row, pmid))
        if found_doi or found_pmid:
            yield Retraction(reader.line_num, found_doi, found_pmid, retracted_on)


def match_library(retractions: Iterable[Retraction]) -> dict[str, date]:
    """The earliest retraction date of each work of the library that is listed, by its key."""
    by_doi: dict[str, str] = {}
    by_pmid: dict[str, str] = {}
    for key, doi, pmid in Citation.objects.values_list("key", "doi", "pmid"):
        if doi:
            by_doi[doi.lower()] = key
        if pmid:
            by_pmid[pmid] = key
    dates: dict[str, date] = {}
    for retraction in retractions:
        match = by_doi.get(retraction.doi.lower()) or by_pmid.get(retraction.pmid)
        if match:
            day = retraction.retracted_on
            dates[match] = min(dates.get(match, day), day)
    return dates


def _find_column(names: dict[str, str], aliases: Iterable[str]) -> str | None:
    return next((names[name] for name in aliases if name in names), None)


def _value(row: dict[str, str], column: str | None) -> str:
    value = (row.get(column) or "").strip() if column else ""
    return "" if value.lower() in _EMPTY_VALUES else value


def _parse_date(text: str) -> date | None:
    for date_format in _DATE_FORMATS:
        try:
            return datetime.strptime(text, date_format).date()
        except ValueError:
            continue
    return None
