"""All files of the dump, by their paths, and their sums."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from api.dump.data_dictionary import data_dictionary
from api.dump.licence_files import citation_cff, licence_text
from api.dump.open_pack import open_pack
from api.dump.record_lines import json_lines, record_groups, records_in
from api.dump.tables import Grades, table_files
from api.fhir.bundles import fhir_files
from api.schema import EntryRecord, PublishedPart
from remedies.content.files import write_pack
from remedies.content.pack import Pack

SUMS = "SHA256SUMS"
Report = Callable[[int, int], None]
"""Called with how many records there are, and how many more are written."""


def dump_files(report: Report, *, fhir: bool) -> Iterator[tuple[str, str]]:
    """Path and text of each file, in an order that stays, without the sums."""
    pack = open_pack()
    total = records_in(pack)
    for path, text in write_pack(pack).items():
        yield f"pack/{path}", text
    entries: list[EntryRecord] = []
    times: list[datetime] = []
    for name, records in record_groups(pack, lambda: report(total, 1)):
        yield f"records/{name}.jsonl", json_lines(records)
        entries += [record for record in records if isinstance(record, EntryRecord)]
        times += [part.published_at for part in records if isinstance(part, PublishedPart)]
    yield from _tables(pack, entries)
    if fhir:
        for name, text in fhir_files(pack, entries):
            yield f"fhir/{name}.json", text
    yield "DATA-DICTIONARY.md", data_dictionary()
    yield "LICENCE.txt", licence_text()
    newest = max(times, default=None)
    yield "CITATION.cff", citation_cff(newest and newest.astimezone(UTC))


def _tables(pack: Pack, entries: list[EntryRecord]) -> Iterator[tuple[str, str]]:
    grades: Grades = {(entry.remedy, entry.condition): entry.grade for entry in entries}
    for name, text in table_files(pack, grades):
        yield f"tables/{name}.csv", text


def write_dump(folder: Path, report: Report, *, fhir: bool = False) -> list[Path]:
    """Write the dump into a folder that is empty, or not there; all paths that were written."""
    written, sums = [], []
    for path, text in dump_files(report, fhir=fhir):
        data = text.encode()
        written.append(_write(folder / path, data))
        sums.append(f"{hashlib.sha256(data).hexdigest()}  {path}\n")
    written.append(_write(folder / SUMS, "".join(sums).encode()))
    return written


def _write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
