"""manage.py import_retractions FILE.csv: mark the works of a list as retracted."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from citations.retractions import (
    InvalidRetractionFile,
    Retraction,
    UnreadableLine,
    match_library,
    read_retractions,
)
from citations.services import mark_retracted


class Command(BaseCommand):
    help = (
        "Mark works of the library that a CSV file names as retracted. They no longer count towards "
        "a grade, and every page that cites them says so on the next request."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the option of a dry run."""
        parser.add_argument("file", type=Path, help="CSV with DOIs or PMIDs, and dates")
        parser.add_argument("--dry-run", action="store_true", help="tell, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the whole file, then mark its works. Raises: CommandError."""
        try:
            with options["file"].open(encoding="utf-8", newline="") as file:
                retractions, lines = self._read(file)
        except (OSError, InvalidRetractionFile, UnicodeDecodeError) as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        dates = match_library(retractions)
        if options["dry_run"]:
            for key, day in sorted(dates.items()):
                self.stdout.write(f"would be marked: {key}, {day}")
            return
        marked = mark_retracted(dates)
        for key in marked:
            self.stdout.write(f"marked: {key}, {dates[key]}")
        self.stdout.write(
            f"{lines} lines read, {len(dates)} of our works named, {len(marked)} new."
        )

    def _read(self, file: Iterable[str]) -> tuple[list[Retraction], int]:
        retractions, lines = [], 0
        for row in read_retractions(file):
            lines += 1
            if isinstance(row, UnreadableLine):
                self.stderr.write(f"line {row.line}: {row.message}; left out")
            else:
                retractions.append(row)
            if lines % 10_000 == 0:
                self.stdout.write(f"{lines} lines …")
        return retractions, lines
