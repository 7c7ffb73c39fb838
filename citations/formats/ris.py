"""RIS, for programs that manage references."""

from collections.abc import Iterable
from typing import Any

import rispy

from citations.formats.works import Work, names


def write(works: Iterable[Work]) -> str:
    """One record a work."""
    return str(rispy.dumps([_record(work) for work in works]))


def _record(work: Work) -> dict[str, Any]:
    authors = [
        f"{name.family}, {name.given}" if name.given else f"{name.family},"
        for name in names(work.author_list)
    ]
    values = {
        "type_of_reference": "JOUR" if work.container and (work.doi or work.pmid) else "ELEC",
        "id": work.key,
        "title": work.title,
        "authors": authors,
        "journal_name": work.container,
        "publisher": work.publisher,
        "year": str(work.year or ""),
        "doi": work.doi,
        "accession_number": work.pmid or work.nct,
        "urls": [work.link],
        "access_date": work.accessed_on.strftime("%Y/%m/%d/") if work.accessed_on else "",
    }
    return {name: value for name, value in values.items() if value}
