"""CSL-JSON, for programs that format references by a style."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from citations import containers
from citations.authors import Author
from citations.formats.works import Work, authors, is_article, own_values
from citations.inline_markup import escape_markup


def write(works: Iterable[Work]) -> str:
    """A list with one item a work. What CSL has no variable for is in `custom`."""
    return json.dumps([_item(work) for work in works], ensure_ascii=False, indent=1) + "\n"


def _item(work: Work) -> dict[str, Any]:
    place = containers.split(work.container)
    own = own_values(work)
    values: dict[str, Any] = {
        "id": work.key,
        "type": "article-journal" if is_article(work) else "webpage",
        "title": escape_markup(work.title),
        "author": [_name(author) for author in authors(work)],
        "container-title": escape_markup(place.name),
        "volume": place.volume,
        "issue": place.issue,
        "page": place.pages,
        "publisher": escape_markup(work.publisher),
        "issued": {"date-parts": [[work.year]]} if work.year else None,
        "accessed": _day(work.accessed_on),
        "DOI": work.doi,
        "PMID": work.pmid,
        "PMCID": work.pmcid,
        "URL": work.link,
        "status": "retracted" if work.retracted_on else "",
        "custom": own | ({"nct": work.nct} if work.nct else {}),
    }
    return {name: value for name, value in values.items() if value}


def _name(author: Author) -> dict[str, str]:
    if not author.is_person:
        return {"literal": escape_markup(author.family)}
    name = {"family": escape_markup(author.family), "given": author.given}
    return name | ({"suffix": author.suffix} if author.suffix else {})


def _day(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
