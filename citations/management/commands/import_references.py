"""manage.py import_references FILE… : add works from RIS, BibTeX and NBIB files, or by number."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from citations.importing import READERS, guess
from citations.importing.lookup import LookupFailed, look_up
from citations.importing.works import Found
from citations.services import import_works


class Command(BaseCommand):
    help = (
        "Add works to the library from RIS, BibTeX or NBIB files, or by DOI or PMID. What the "
        "library has already stays as it is; broken records are named and left out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Files, or numbers to look up."""
        parser.add_argument("files", nargs="*", type=Path, help="files ending in .ris, .bib, .nbib")
        parser.add_argument("--look-up", nargs="+", default=[], metavar="DOI-or-PMID")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read everything first, then store it. Raises CommandError where nothing could be read."""
        works: list[Found] = []
        for path in options["files"]:
            works += self._read(path)
        for number in options["look_up"]:
            try:
                works.append(look_up(number))
            except LookupFailed as failed:
                self.stderr.write(str(failed))
        if not works:
            raise CommandError("There is nothing to import.")
        result = import_works(works)
        for key in result.added:
            self.stdout.write(f"added: {key}")
        for key in result.known:
            self.stdout.write(f"known already: {key}")
        for broken in result.broken:
            self.stderr.write(f"record {broken.number} ({broken.name}): {broken.said}")
        self.stdout.write(
            f"{len(result.added)} added, {len(result.known)} known, {len(result.broken)} broken."
        )

    def _read(self, path: Path) -> list[Found]:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} cannot be read: {error}") from error
        ending = path.suffix.lower().lstrip(".")
        reader = READERS.get(ending) or READERS.get(guess(text))
        if reader is None:
            raise CommandError(f"{path} is neither RIS, BibTeX nor NBIB")
        return reader(text)
