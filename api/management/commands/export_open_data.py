"""manage.py export_open_data FOLDER: write what is published as open data."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from tqdm import tqdm

from api.dump.dump_files import write_dump


class Command(BaseCommand):
    help = (
        "Write what is published as open data: JSON Lines, CSV and a content pack, with sums, licence "
        "and a dictionary. The same database gives the same bytes. `load_content FOLDER/pack` loads it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder to write into, and whether FHIR is wanted too."""
        parser.add_argument("folder", type=Path, help="empty, or not there yet")
        parser.add_argument(
            "--fhir", action="store_true", help="also Evidence and Citation of FHIR R5, as bundles"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write all files. Raises CommandError where the folder holds something."""
        folder: Path = options["folder"]
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} is not an empty folder: name one that is, or a new one.")
        disable = True if options["verbosity"] == 0 else None  # None: shown on a terminal only
        with tqdm(unit=" records", disable=disable) as bar, _one_state():

            def report(total: int, more: int) -> None:
                bar.total = total
                bar.update(more)

            written = write_dump(folder, report, fhir=options["fhir"])
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"{len(written)} files in {folder}."))


@contextmanager
def _one_state() -> Iterator[None]:
    """All queries inside see one state of the database, and nobody waits for them."""
    if connection.in_atomic_block:
        yield
        return
    level = "ISOLATION LEVEL REPEATABLE READ, READ ONLY" if connection.vendor != "sqlite" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"BEGIN {level}"
        )  # of SQLite without IMMEDIATE, which would keep writers out
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")  # nothing was written
