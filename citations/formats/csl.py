"""CSL-JSON, for programs that format references by a style."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from citations.formats.works import Name, Work, names


def write(works: Iterable[Work]) -> str:
    """A list with one item a work."""
    return json.dumps([_item(work) for work in works], ensure_ascii=False, indent=1) + "\n"


def _item(work: Work) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": work.key,
        "type": "article-journal" if work.container and (work.doi or work.pmid) else "webpage",
        "title": work.title,
        "author": [_name(name) for name in names(work.author_list)],
        "container-title": work.container,
        "publisher": work.publisher,
        "issued": {"date-parts": [[work.year]]} if work.year else None,
        "accessed": _day(work.accessed_on),
        "DOI": work.doi,
        "PMID": work.pmid,
        "PMCID": work.pmcid,
        "URL": work.link,
    }
    return {name: value for name, value in values.items() if value}


def _name(name: Name) -> dict[str, str]:
    if name.given:
        return {"family": name.family, "given": name.given}
    return {"literal": name.family}


def _day(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
