"""manage.py import_references FILE… : add works from files of references, or by number."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from citations.importing.encoding import UnknownEncoding, decode
from citations.importing.lookup import LookupFailed, look_up
from citations.importing.reading import NoRecords, check_has_records, read_references
from citations.importing.records import Record
from citations.importing.services import ImportResult, import_in_batches

_PROGRESS = 1_000


class Command(BaseCommand):
    help = (
        "Add works to the library from RIS, BibTeX, NBIB or CSL-JSON files, or by DOI or PMID. What "
        "the library has already stays as it is; records that cannot be read are named and left out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Files, or numbers to look up."""
        parser.add_argument("files", nargs="*", type=Path, help="RIS, BibTeX, NBIB or CSL-JSON")
        parser.add_argument("--look-up", nargs="+", default=[], metavar="DOI-or-PMID")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import file after file. Raises CommandError where one of them could not be read."""
        if not options["files"] and not options["look_up"]:
            raise CommandError("There is nothing to import.")
        failed: list[str] = []
        files = self._read_files(options["files"], failed)
        self._import(chain(files, self._looked_up(options["look_up"])))
        if failed:
            raise CommandError("\n".join(failed))

    def _read_files(self, paths: list[Path], failed: list[str]) -> Iterator[Record]:
        for path in paths:
            try:
                text = self._text(path)
            except (OSError, UnknownEncoding, NoRecords) as error:
                failed.append(f"{path} cannot be read: {error}")
            else:
                yield from read_references(text)

    def _text(self, path: Path) -> str:
        text, warning = decode(path.read_bytes())
        if warning:
            self.stderr.write(f"{path}: {warning}")
        check_has_records(text)
        return text

    def _looked_up(self, numbers: list[str]) -> Iterator[Record]:
        for number in numbers:
            try:
                yield look_up(number)
            except LookupFailed as error:
                self.stderr.write(str(error))

    def _import(self, records: Iterator[Record]) -> None:
        result, shown = ImportResult(), 0
        for so_far in import_in_batches(records):
            result = so_far
            if result.count - shown >= _PROGRESS:
                shown = result.count
                self.stdout.write(f"{shown} records …")
        self._report(result)

    def _report(self, result: ImportResult) -> None:
        for key in result.added:
            self.stdout.write(f"added: {key}")
        for key in result.known:
            self.stdout.write(f"known already: {key}")
        for warning in result.warnings:
            where = f"record {warning.number} ({warning.name})"
            self.stderr.write(f"{where}, {warning.key}: {warning.message}")
        for record in result.unreadable:
            self.stderr.write(f"record {record.number} ({record.name}): {record.reason}")
        self.stdout.write(
            f"{len(result.added)} added, {len(result.known)} known, "
            f"{len(result.unreadable)} not read."
        )
