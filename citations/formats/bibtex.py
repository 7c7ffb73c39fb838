"""BibTeX, for LaTeX and for most programs that manage references."""

import re
from collections.abc import Iterable

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexEncodingMiddleware
from bibtexparser.model import Entry, Field

from citations.formats.works import Name, Work, names

# The encoder leaves it alone, though LaTeX takes what follows for a remark.
_BARE_PERCENT = re.compile(r"(?<!\\)%")


def write(works: Iterable[Work]) -> str:
    """One entry a work, by its key; words as LaTeX writes them, identifiers as they are."""
    listed = list(works)
    library = LatexEncodingMiddleware().transform(Library([_entry(work) for work in listed]))
    for entry, work in zip(library.entries, listed, strict=True):
        for field in entry.fields:
            field.value = _BARE_PERCENT.sub(r"\\%", field.value)
        entry.fields = [*entry.fields, *_verbatim(work)]
    return str(write_string(library))


def _entry(work: Work) -> Entry:
    values = {
        "title": work.title,
        "author": " and ".join(map(_name, names(work.author_list))),
        "journal" if work.container else "publisher": work.container or work.publisher,
        "year": str(work.year or ""),
    }
    kind = "article" if work.container and (work.doi or work.pmid) else "misc"
    return Entry(kind, work.key, _fields(values))


def _verbatim(work: Work) -> list[Field]:
    day = work.accessed_on.isoformat() if work.accessed_on else ""
    identifiers = {"doi": work.doi, "pmid": work.pmid, "pmcid": work.pmcid}
    return _fields(identifiers | {"url": work.link, "urldate": day})


def _fields(values: dict[str, str]) -> list[Field]:
    return [Field(name, value) for name, value in values.items() if value]


def _name(name: Name) -> str:
    # A comma keeps a body whole: BibTeX would take its last word for a family name.
    return f"{name.family}, {name.given}" if name.given else f"{name.family},"
