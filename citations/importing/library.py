"""What the library holds, for finding the works that an import need not store again."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from citations.identifiers import comparable_url
from citations.importing.records import key_stem
from citations.models import Citation, FormerKey
from citations.schema import CitationDocument

_COLUMNS = (
    "key", "title", "year", "doi", "pmid", "pmcid", "nct", "url", "retracted_on",
)  # fmt: skip
_OVERLAP = 50
"""Rows read again on a refresh: a row with a lower number may have been committed later."""
_LEAST_TITLE = 20
"""Letters from which on an equal title says something: “Vitamin D” is the title of many works."""


class KnownWork(NamedTuple):
    """A work of the library, as far as an import compares it."""

    key: str
    title: str
    year: int | None
    named: bool
    """Whether a DOI, PMID or PMCID names it."""
    retracted: bool


@dataclass
class LibraryIndex:
    """The works of the library by their identifiers. `refresh` before each use."""

    _last: int = 0
    keys: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)
    """Where to look on for a free key: thousands of works may share an author and a year."""
    _works: dict[tuple[str, str], list[KnownWork]] = field(default_factory=dict)

    def refresh(self) -> None:
        """Read the works that were stored since the last time."""
        self.keys.update(FormerKey.objects.values_list("key", flat=True))  # never given again
        rows = Citation.objects.filter(pk__gt=self._last - _OVERLAP).order_by("pk")
        for pk, *values in rows.values_list("pk", *_COLUMNS).iterator():
            self._last = pk
            if values[0] not in self.keys:
                self._add(*values)

    def add(self, document: CitationDocument) -> None:
        """Count a work that is about to be stored as one of the library."""
        self._add(*(getattr(document, name) for name in _COLUMNS))

    def free_key(self, document: CitationDocument) -> str:
        """“Muller2020”, with a number behind it where another work has that key."""
        stem = key_stem(document)
        if stem not in self.keys:
            return stem
        number = self._numbers.get(stem, 2)
        while (key := f"{stem}-{number}") in self.keys:
            number += 1
        self._numbers[stem] = number
        return key

    def clear(self) -> None:
        """Forget everything: works may have changed, or what was added was not stored."""
        self._last = 0
        self.keys.clear()
        self._numbers.clear()
        self._works.clear()

    def _add(
        self,
        key: str,
        title: str,
        year: int | None,
        doi: str,
        pmid: str,
        pmcid: str,
        nct: str,
        url: str,
        retracted_on: date | None,
    ) -> None:
        self.keys.add(key)
        named = bool(doi or pmid or pmcid)
        work = KnownWork(key, folded(title), year, named, retracted_on is not None)
        for name, value in (
            ("doi", doi.lower()),
            ("pmid", pmid),
            ("pmcid", pmcid),
            ("nct", nct),
            ("url", comparable_url(url) if url else ""),
            ("title", work.title),
        ):
            if value:
                self._works.setdefault((name, value), []).append(work)

    def named(self, document: CitationDocument) -> list[KnownWork]:
        """The works that have the DOI, PMID or PMCID of a document, each once."""
        values = (("doi", document.doi.lower()), ("pmid", document.pmid), ("pmcid", document.pmcid))
        return list(
            dict.fromkeys(work for pair in values if pair[1] for work in self._works.get(pair, []))
        )

    def same(self, document: CitationDocument) -> KnownWork | None:
        """The work that a document without DOI, PMID and PMCID is: by its NCT number or address.

        Reports of a trial carry the number of its registry entry, so a number alone is that of a
        work without other identifiers, unless the titles are equal. One address may hold several
        works: there, too, the titles have to be equal.
        """
        title = folded(document.title)
        for work in self._works.get(("nct", document.nct), []) if document.nct else []:
            if not work.named or work.title == title:
                return work
        return next((work for work in self.at_address(document) if work.title == title), None)

    def at_address(self, document: CitationDocument) -> list[KnownWork]:
        """The works with the address of a document."""
        return self._works.get(("url", comparable_url(document.url)), []) if document.url else []

    def alike(self, document: CitationDocument) -> KnownWork | None:
        """A work with the same title and year."""
        title = folded(document.title)
        if len(title) < _LEAST_TITLE:
            return None
        works = self._works.get(("title", title), [])
        return next((work for work in works if work.year == document.year), None)


def folded(title: str) -> str:
    """A title for comparing: letters and digits alone, their case left out."""
    return "".join(letter for letter in title.casefold() if letter.isalnum())
