"""Storing what was read: in short transactions, so that members can go on posting meanwhile."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from django.db import DatabaseError, IntegrityError, connection, transaction

from citations.document import fill_columns
from citations.importing.library import KnownWork, LibraryIndex
from citations.importing.records import ImportedRecord, Record, UnreadableRecord
from citations.models import Citation
from citations.schema import CitationDocument
from remedies_site.transactions import let_others_write

BATCH = 25
"""Records stored in one transaction: on SQLite everybody else who writes waits for its end."""
_LOCK = 0x43495445  # one import at a time decides what is known; the number only has to be ours
_ATTEMPTS = 3


class RecordWarning(NamedTuple):
    """What an editor should know of one record that was read."""

    number: int
    name: str
    key: str
    message: str


@dataclass
class ImportResult:
    """What came of an import so far: keys of new works and of known ones, and what was not read."""

    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    unreadable: list[UnreadableRecord] = field(default_factory=list)
    warnings: list[RecordWarning] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many records were dealt with."""
        return len(self.added) + len(self.known) + len(self.unreadable)


def import_works(records: Iterable[Record]) -> ImportResult:
    """Store every work that the library does not have, and return what came of the records.

    A work is known by its DOI, PMID or PMCID, without them by its NCT number or address, and is
    then left as it is. Every batch is a transaction of its own: an import that stops halfway can
    be run again, and finds what it stored known.
    """
    result = ImportResult()
    for so_far in import_in_batches(records):
        result = so_far
    return result


def import_in_batches(records: Iterable[Record]) -> Iterator[ImportResult]:
    """The same, batch by batch: yields the growing result after each one."""
    result = ImportResult()
    index = LibraryIndex()
    remaining = iter(records)
    while batch := list(islice(remaining, BATCH)):
        started = time.monotonic()
        _store(batch, index, result)
        yield result
        let_others_write(time.monotonic() - started)


def _store(batch: list[Record], index: LibraryIndex, result: ImportResult) -> None:
    """Store a batch; where somebody else stored one of its works meanwhile, look again."""
    for _attempt in range(_ATTEMPTS):
        outcome = ImportResult()
        try:
            with transaction.atomic():
                _wait_for_other_imports()
                index.refresh()
                Citation.objects.bulk_create(_new_works(batch, index, outcome))
        except IntegrityError:
            index.clear()
            continue
        except DatabaseError:
            index.clear()
            break
        _add(result, outcome)
        return
    _store_singly(batch, index, result)


def _store_singly(batch: list[Record], index: LibraryIndex, result: ImportResult) -> None:
    """One that the database does not take spoils no other."""
    for record in batch:
        outcome = ImportResult()
        try:
            with transaction.atomic():
                _wait_for_other_imports()
                index.refresh()
                Citation.objects.bulk_create(_new_works([record], index, outcome))
        except DatabaseError:
            reason = "the database does not take it"
            index.clear()
            outcome = ImportResult(
                unreadable=[UnreadableRecord(record.number, record.name, reason)]
            )
        _add(result, outcome)


def _wait_for_other_imports() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _new_works(batch: list[Record], index: LibraryIndex, outcome: ImportResult) -> list[Citation]:
    """The rows for those works of a batch that are new; `outcome` says what each record is."""
    rows: list[Citation] = []
    for record in batch:
        if isinstance(record, UnreadableRecord):
            outcome.unreadable.append(record)
            continue
        if known := _known(record, index, outcome):
            outcome.known.append(known.key)
            continue
        document = record.document
        document = document.model_copy(update={"key": index.free_key(document)})
        for message in (*record.warnings, *_likeness(document, index)):
            outcome.warnings.append(_warning(record, document.key, message))
        index.add(document)
        rows.append(fill_columns(Citation(), document))
        outcome.added.append(document.key)
    return rows


def _known(record: ImportedRecord, index: LibraryIndex, outcome: ImportResult) -> KnownWork | None:
    """The work of the library that a record is, with warnings where the two do not agree."""
    document = record.document
    works = index.named(document)
    if not works and not (document.doi or document.pmid or document.pmcid):
        works = [work for work in [index.same(document)] if work]
    if not works:
        return None
    first, *others = works
    if others:
        names = ", ".join(work.key for work in others)
        message = f"Its identifiers are those of several works of the library: also of {names}."
        outcome.warnings.append(_warning(record, first.key, message))
    if document.retracted_on and not first.retracted:
        message = (
            "The record says that this work was retracted or withdrawn; in the library it is not "
            "marked. Look at it and fill in “retracted on”."
        )
        outcome.warnings.append(_warning(record, first.key, message))
    return first


def _likeness(document: CitationDocument, index: LibraryIndex) -> Iterator[str]:
    """Works of the library that may be the same as a new one."""
    if work := index.alike(document):
        yield f"The library has a work with the same title and year, {work.key}: is it the same?"
    elif document.url and (works := index.at_address(document)):
        yield f"The library has another work at the same address: {works[0].key}."


def _warning(record: ImportedRecord, key: str, message: str) -> RecordWarning:
    return RecordWarning(record.number, record.name, key, message)


def _add(result: ImportResult, outcome: ImportResult) -> None:
    result.added += outcome.added
    result.known += outcome.known
    result.unreadable += outcome.unreadable
    result.warnings += outcome.warnings
