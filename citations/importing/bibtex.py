"""Works from BibTeX, with LaTeX's accents read as letters."""

from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry

from citations.choices import StudyType
from citations.importing.works import Broken, Found, doi, found, one_line, person, year

_MIDDLEWARE = [
    middlewares.LatexDecodingMiddleware(),
    middlewares.SeparateCoAuthors(),
    middlewares.SplitNameParts(),
]


def read(text: str) -> list[Found]:
    """Every entry in the order of the file; one that is broken spoils no other."""
    library = parse_string(text.lstrip("\ufeff"), append_middleware=_MIDDLEWARE)
    failed = {id(block) for block in library.failed_blocks}
    results: list[Found] = []
    for block in library.blocks:
        number = len(results) + 1
        if id(block) in failed:
            first = (block.raw or "").strip().splitlines()[:1] or [""]
            results.append(Broken(number, first[0][:80], "cannot be read as BibTeX"))
        elif isinstance(block, Entry):
            results.append(_found(number, block))
    return results


def _found(number: int, entry: Entry) -> Found:
    values = {field.key.lower(): field.value for field in entry.fields}

    def text(*names: str) -> str:
        return next((one_line(str(values[name])) for name in names if values.get(name)), "")

    return found(
        number,
        entry.key,
        title=text("title").replace("{", "").replace("}", ""),
        authors=[_author(author) for author in values.get("author", [])],
        container=text("journal", "journaltitle", "booktitle").replace("{", "").replace("}", ""),
        publisher=text("publisher", "institution", "organization"),
        year=year(text("year", "date")),
        doi=doi(text("doi")),
        pmid=text("pmid"),
        pmcid=text("pmcid"),
        url=text("url"),
        study_type=StudyType.REFERENCE_WORK,
    )


def _author(parts: middlewares.NameParts) -> str:
    family = " ".join([*parts.von, *parts.last, *parts.jr]).replace("{", "").replace("}", "")
    return person(family, " ".join(parts.first))
