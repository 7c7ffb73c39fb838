"""Works from RIS, as reference managers and publishers write it."""

import re
from typing import Any

import rispy

from citations.choices import StudyType
from citations.importing.works import Broken, Found, doi, found, one_line, person, year

_RECORD = re.compile(r"^TY  -.*?(?=^TY  -|\Z)", re.MULTILINE | re.DOTALL)


def read(text: str) -> list[Found]:
    """Every record, read on its own so that a broken one spoils no other."""
    records = _RECORD.findall(text.lstrip("\ufeff").replace("\r\n", "\n"))
    return [_read(number, record) for number, record in enumerate(records, start=1)]


def _read(number: int, record: str) -> Found:
    title = re.search(r"^(?:TI|T1)  - (.*)$", record, re.MULTILINE)
    name = title[1].strip()[:80] if title else record.splitlines()[0].strip()
    if not re.search(r"^ER  -", record, re.MULTILINE):
        return Broken(number, name, "does not end: its line “ER  -” is missing")
    try:
        parsed = rispy.loads(record)
    except (ValueError, KeyError, OSError) as error:
        return Broken(number, name, one_line(str(error)))
    return _found(number, name, parsed[0]) if parsed else Broken(number, name, "is empty")


def _found(number: int, name: str, values: dict[str, Any]) -> Found:
    authors = values.get("authors") or values.get("first_authors") or []
    accession = str(values.get("accession_number", "")).strip()
    urls = values.get("urls") or []
    return found(
        number,
        name,
        title=one_line(values.get("title") or values.get("primary_title") or ""),
        authors=[_author(author) for author in authors if author.strip(" ,")],
        container=one_line(
            values.get("journal_name")
            or values.get("secondary_title")
            or values.get("alternate_title3")
            or ""
        ),
        publisher=one_line(values.get("publisher", "")),
        year=year(
            str(values.get("year") or values.get("publication_year") or values.get("date") or "")
        ),
        doi=doi(values.get("doi", "")),
        pmid=accession if accession.isdigit() else "",
        nct=accession if accession.startswith("NCT") else "",
        url=str(urls[0]) if urls else "",
        study_type=StudyType.REFERENCE_WORK,
    )


def _author(author: str) -> str:
    family, _comma, given = author.partition(",")
    return person(family, given)
