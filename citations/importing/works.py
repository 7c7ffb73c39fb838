"""What a reader of references finds: a work that can be stored, or a record that is broken.

A broken record is told by its place and its own name for itself, and the rest are kept.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from citations.schema import CitationDocument
from remedies_site.documents import validation_errors

_DOI_BEFORE = re.compile(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[6-9]\d\d|20\d\d)\b")
_INITIAL = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Broken:
    """A record that makes no work: its number in the file, what it calls itself, and why."""

    number: int
    name: str
    said: str


@dataclass(frozen=True)
class Read:
    """A record that makes a work; its key is not given yet."""

    number: int
    document: CitationDocument


Found = Read | Broken


def found(number: int, name: str, **values: object) -> Found:
    """A record as a work, or what is wrong with it. Empty values are left out."""
    given = {field: value for field, value in values.items() if value not in (None, "", [])}
    if not given.get("title"):
        return Broken(number, name, "has no title")
    try:
        return Read(number, CitationDocument.model_validate({"key": "Imported", **given}))
    except ValidationError as error:
        said = "; ".join(f"{field}: {sentence}" for field, sentence in validation_errors(error))
        return Broken(number, name, said)


def one_line(text: str) -> str:
    """A title that was broken over lines, without its closing full stop's doubles."""
    return " ".join(text.split())


def doi(text: str) -> str:
    """A DOI without the address before it, in lower case as DOIs compare."""
    return _DOI_BEFORE.sub("", text.strip()).rstrip(".").lower()


def year(text: str) -> int | None:
    """The first year in a date of any form."""
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def person(family: str, given: str) -> str:
    """“Müller, Jörg Anton” as “Müller JA”, the form of the library."""
    if re.fullmatch(r"[^\W\d_]{1,4}", given.strip()) and given.strip().isupper():
        return one_line(f"{family} {given.strip()}")  # initials already
    letters = "".join(
        match[0].upper() for part in re.split(r"[\s.-]+", given) if (match := _INITIAL.search(part))
    )
    return one_line(f"{family} {letters}")


def key_for(document: CitationDocument, taken: Iterable[str]) -> str:
    """“Muller2020”, with a letter behind it where another work has that key."""
    first = document.authors[0] if document.authors else document.container or document.title
    family = re.sub(r"\s+[A-Z]{1,4}$", "", first)
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "", plain)[:40] or "Work"
    stem = f"{stem}{document.year or ''}"
    used = set(taken)
    if stem not in used:
        return stem
    return next(key for n in range(1, 10_000) if (key := f"{stem}-{n + 1}") not in used)
