"""Works from BibTeX and BibLaTeX, with LaTeX read as letters."""

import re

from citations.authors import (
    ET_AL,
    Author,
    is_others,
    looks_like_organisation,
    organisation,
    person,
    read_name,
)
from citations.importing.bibtex_entry import Entry, parse_entry
from citations.importing.latex import latex_to_text, verbatim
from citations.importing.records import Record, RecordFields, UnreadableRecord, build
from citations.importing.splitting import RawRecord
from citations.importing.urls import split_urls

_NO_WORKS = {"comment", "preamble", "string", "xdata", "set"}
_BRACE = re.compile(r"\\.|[{},]", re.S)
_AND = re.compile(r"\\.|[{}]|\s+and\s+", re.I | re.S)
_OWN = {
    "studytype": "study_type", "samplesize": "sample_size", "funding": "funding",
    "retracted": "retracted_on", "registrystatus": "registry_status",
    "completiondue": "completion_due", "alsoat": "url",
}  # fmt: skip
"""Fields that this site's exports add to BibTeX's own."""


class BibtexParser:
    """Reads entry after entry; `@string` definitions hold for those that follow."""

    def __init__(self) -> None:
        self._macros: dict[str, str] = {}

    def parse(self, number: int, raw: RawRecord) -> Record | None:
        """The work of an entry; None for entries that are none (comments, definitions)."""
        entry = parse_entry(raw.text, self._macros)
        first_line = raw.text.strip().split("\n")[0][:80]
        if entry is None:
            return UnreadableRecord(number, first_line, "cannot be read as BibTeX")
        if entry.kind == "string":
            self._macros |= entry.fields
        if entry.kind in _NO_WORKS:
            return None
        if not raw.complete and not entry.whole:
            return UnreadableRecord(number, first_line, "cannot be read as BibTeX: it has no end")
        fields = _Reader(entry).fields()
        if not raw.complete or not entry.whole:
            fields.warnings.append("The entry is broken: it was read as far as it goes.")
        return build(number, entry.key or first_line, fields)


class _Reader:
    """The fields of one entry as those of a record."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._unknown: dict[str, None] = {}

    def fields(self) -> RecordFields:
        values = self._entry.fields
        fields = RecordFields(
            title=self._title(),
            authors=self._authors(),
            container=self._text(
                "journal", "journaltitle", "booktitle", "maintitle", "journalsubtitle"
            ),
            volume=self._text("volume"),
            issue=self._text("number", "issue") if self._in_journal() else "",
            pages=self._text("pages", "article-number", "eid"),
            publisher=self._text(
                "publisher", "institution", "organization", "school", "howpublished"
            ),
            date=self._text("year", "date", "issued"),
            accessed=self._text("urldate", "lastchecked"),
            dois=self._verbatim("doi"),
            pmids=[*self._verbatim("pmid"), *self._verbatim("pubmed_id"), *self._eprint("pubmed")],
            pmcids=[*self._verbatim("pmcid"), *self._verbatim("pmc"), *self._eprint("pmc")],
            ncts=self._verbatim("nct"),
            urls=self._urls(),
            types=[self._text(name) for name in ("type", "document_type", "genre", "pubstate")],
            notes=[
                values[name]
                for name in ("note", "annote", "annotation", "addendum")
                if name in values
            ],
            own={
                column: verbatim(values[name]) if column == "url" else self._text(name)
                for name, column in _OWN.items()
                if name in values
            },
        )
        if self._unknown:
            names = ", ".join(self._unknown)
            fields.warnings.append(f"LaTeX commands that are not known were left out: {names}.")
        return fields

    def _in_journal(self) -> bool:
        return "journal" in self._entry.fields or "journaltitle" in self._entry.fields

    def _title(self) -> str:
        title, subtitle = self._text("title"), self._text("subtitle")
        return f"{title}: {subtitle}" if title and subtitle else title or self._text("booktitle")

    def _text(self, *names: str) -> str:
        """The first of the fields that is there, as plain text."""
        values = self._entry.fields
        written = next((values[name] for name in names if values.get(name, "").strip()), "")
        return self._plain(written)

    def _plain(self, written: str) -> str:
        text, unknown = latex_to_text(written)
        self._unknown |= dict.fromkeys(unknown)
        return " ".join(text.split())

    def _verbatim(self, name: str) -> list[str]:
        written = verbatim(self._entry.fields.get(name, ""))
        return [written] if written else []

    def _eprint(self, kind: str) -> list[str]:
        kinds = (
            self._entry.fields.get(name, "").lower() for name in ("eprinttype", "archiveprefix")
        )
        return self._verbatim("eprint") if kind in kinds else []

    def _urls(self) -> list[str]:
        found = [*self._verbatim("url"), *self._verbatim("link")]
        for name in ("howpublished", "note"):
            found += re.findall(r"\\url\s*\{([^{}]*)\}", self._entry.fields.get(name, ""))
        return [one for value in found for one in split_urls(verbatim(value))]

    def _authors(self) -> list[Author | None]:
        values = self._entry.fields
        written = values.get("author", "").strip() or values.get("editor", "").strip()
        return [self._author(name) for name in split_names(written)]

    def _author(self, written: str) -> Author | None:
        written = " ".join(written.split())
        if _is_whole(written):
            return organisation(self._plain(written))
        parts = [self._plain(part) for part in _split_depth(written, ",")]
        if len(parts) > 1:
            protected = [part for part in parts if part.strip()]
            return read_name(", ".join(protected)) if len(protected) > 1 else organisation(parts[0])
        return read_full_name(parts[0]) if parts else None


def split_names(written: str) -> list[str]:
    """The names of a field, parted by “and” outside braces."""
    names, start, depth = [], 0, 0
    for mark in _AND.finditer(written):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and not mark[0].startswith("\\"):
            names.append(written[start : mark.start()])
            start = mark.end()
    names.append(written[start:])
    return [name.strip() for name in names if name.strip()]


def read_full_name(name: str) -> Author | None:
    """A name without a comma, family name last: “Kim van der Berg”; bodies stay whole."""
    words = name.split()
    if not words:
        return None
    if is_others(name):
        return Author(ET_AL)
    plain = read_name(name)
    if len(words) == 1 or looks_like_organisation(name) or (plain and plain.is_person):
        return plain
    start = next((n for n, word in enumerate(words[1:-1], 1) if word[0].islower()), len(words) - 1)
    return person(" ".join(words[start:]), " ".join(words[:start]))


def _is_whole(written: str) -> bool:
    """Whether one pair of braces holds all of it."""
    if not (written.startswith("{") and written.endswith("}")):
        return False
    depth = 0
    for mark in _BRACE.finditer(written):
        depth += (mark[0] == "{") - (mark[0] == "}")
        if depth == 0 and mark[0] == "}":
            return mark.end() == len(written)
    return False


def _split_depth(written: str, sign: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for mark in _BRACE.finditer(written):
        depth += (mark[0] == "{") - (mark[0] == "}")
        if mark[0] == sign and depth == 0:
            parts.append(written[start : mark.start()])
            start = mark.end()
    return [*parts, written[start:]]
