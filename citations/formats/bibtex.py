"""BibTeX, for LaTeX and for most programs that manage references."""

import re
from collections.abc import Iterable

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from citations import containers
from citations.authors import Author
from citations.formats.works import Work, authors, is_article, own_values
from citations.inline_markup import escape_markup

_OWN_FIELDS = {
    "retracted_on": "retracted",
    "study_type": "studytype",
    "sample_size": "samplesize",
    "funding": "funding",
    "registry_status": "registrystatus",
    "completion_due": "completiondue",
    "url": "alsoat",
}
"""Fields of our own, which other programs pass over, by the column of the library."""
_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#",
    "_": r"\_", "$": r"\$", "~": r"\textasciitilde{}", "^": r"\^{}", "`": "{`}", "'": "{'}",
}  # fmt: skip
_SIGN = re.compile(r"[\\{}%&#_$~^]|`+|''+|[!?]`|--+")


def write(works: Iterable[Work]) -> str:
    """One entry a work, by its key, in UTF-8; identifiers stand as they are."""
    return str(write_string(Library([_entry(work) for work in works])))


def _entry(work: Work) -> Entry:
    place = containers.split(work.container)
    values = {
        "title": encode(work.title),
        "author": " and ".join(_name(author) for author in authors(work)),
        "journal": encode(place.name),
        "volume": encode(place.volume),
        "number": encode(place.issue),
        "pages": place.pages,
        "publisher": encode(work.publisher),
        "year": str(work.year or ""),
        "doi": work.doi,
        "pmid": work.pmid,
        "pmcid": work.pmcid,
        "nct": work.nct,
        "url": work.link,
        "urldate": work.accessed_on.isoformat() if work.accessed_on else "",
    }
    own = own_values(work)
    if "retracted_on" in own:
        values["note"] = f"Retracted on: {own['retracted_on']}"
    for column, value in own.items():
        values[_OWN_FIELDS[column]] = value if column == "url" else encode(value)
    kind = "article" if is_article(work) else "misc"
    fields = [Field(name, value) for name, value in values.items() if value]
    return Entry(kind, work.key, fields)


def encode(text: str) -> str:
    """A text in which LaTeX reads no sign as a command or ligature."""
    return _SIGN.sub(_escaped, escape_markup(text))


def _escaped(match: re.Match[str]) -> str:
    # Empty braces part what LaTeX would join: two hyphens are no dash, two quotes no quotation.
    if len(match[0]) > 1:
        return "{}".join(match[0])
    return _SIGNS[match[0]]


def _name(author: Author) -> str:
    if author.is_et_al:
        return "others"
    family = encode(author.family)
    if not author.is_person:
        return f"{{{family}}}"
    if " and " in f" {author.family.lower()} " or "," in author.family:
        family = f"{{{family}}}"
    return ", ".join([family, *reversed([encode(part) for part in author[1:] if part])])
