"""Records out of a text, one after the other, each with the parser of its own format."""

from collections.abc import Iterator

from citations.importing import csl_json, nbib, ris
from citations.importing.bibtex import BibtexParser
from citations.importing.records import ImportedRecord, Record, UnreadableRecord, quoted
from citations.importing.splitting import Format, RawRecord, UnreadLine, split_records

__all__ = ["MOST_RECORDS", "Format", "NoRecords", "read_references"]

MOST_RECORDS = 50_000
"""Of one import; what comes after is named and left out."""

_OTHER_FORMATS = (
    ("<?xml", "an XML file"),
    ("<xml", "an XML file"),
    ("<!doctype", "a web page"),
    ("<html", "a web page"),
    ("%0 ", "a file of EndNote's own format (ENW)"),
    ("FN ", "Web of Science's plain text"),
    ("PT J", "Web of Science's plain text"),
    ("VN  -", "Ovid's own format"),
    ("PK\x03\x04", "a compressed file"),
    ("%PDF", "a PDF"),
    ("{\\rtf", "a word processor's file"),
)


class NoRecords(ValueError):
    """A text in which no record begins; `str()` says what it seems to be and what to do."""


def read_references(text: str) -> Iterator[Record]:
    """Every record in the order of the text, numbered from 1; no text makes it raise.

    Lines between the records that are no known header are named once, at the end.
    """
    parsers = _Parsers()
    number, unread = 0, ""
    for piece in split_records(_plain_ends(text)):
        if isinstance(piece, UnreadLine):
            unread = unread or piece.text
            continue
        for record in parsers.records(number + 1, piece):
            number += 1
            yield record
            if number >= MOST_RECORDS:
                reason = f"An import reads {MOST_RECORDS} records at most; the rest was left out."
                yield UnreadableRecord(number + 1, "the rest", reason)
                return
    if unread and number:
        reason = "lines that belong to no record were left out, this one first"
        yield UnreadableRecord(number + 1, quoted(unread), reason)


def check_has_records(text: str) -> None:
    """Raise NoRecords where nothing in the text begins like a record."""
    for piece in split_records(_plain_ends(text)):
        if isinstance(piece, RawRecord):
            return
    start = text.lstrip("\ufeff \t\r\n").lower()
    kind = next((name for sign, name in _OTHER_FORMATS if start.startswith(sign.lower())), "")
    formats = "neither RIS, BibTeX, NBIB nor CSL-JSON"
    if kind:
        raise NoRecords(f"This is {formats}; it seems to be {kind}. Export it as RIS instead.")
    raise NoRecords(f"This is {formats}.")


class _Parsers:
    """One parser a format; that of BibTeX remembers definitions."""

    def __init__(self) -> None:
        self._bibtex = BibtexParser()

    def records(self, number: int, raw: RawRecord) -> Iterator[Record]:
        try:
            yield from list(self._parsed(number, raw))
        except RecursionError:
            name = " ".join(raw.text[:80].split())
            yield UnreadableRecord(number, name, "is nested too deeply to be read")

    def _parsed(self, number: int, raw: RawRecord) -> Iterator[Record]:
        if raw.format is Format.CSL_JSON:
            yield from csl_json.parse(number, raw)
        elif raw.format is Format.BIBTEX:
            record = self._bibtex.parse(number, raw)
            if record is not None:
                yield record
        elif raw.format is Format.NBIB:
            yield nbib.parse(number, raw)
        else:
            yield ris.parse(number, raw)


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def works_of(records: Iterator[Record]) -> list[ImportedRecord]:
    """Those of the records that make works."""
    return [record for record in records if isinstance(record, ImportedRecord)]
