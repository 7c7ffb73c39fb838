"""manage.py backup_database FILE: write a checked copy of the database to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from remedies_site.database_backup import CannotBackUp, back_up
from remedies_site.last_backup import note_backup


class Command(BaseCommand):
    help = (
        "Write a checked copy of the database to FILE while the site runs. An SQLite copy is restored by "
        "`restore_database`, a PostgreSQL dump by `pg_restore`."
    )
    requires_system_checks: list[str] = []  # a site that does not start wants its backup too

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the copy goes."""
        parser.add_argument("file", type=Path, help="a new file; none is overwritten")

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up. Raises CommandError, and then no such file was made."""
        file: Path = options["file"]
        quiet = options["verbosity"] == 0
        try:
            back_up(connection, file, lambda line: None if quiet else self._report(line))
        except CannotBackUp as error:
            raise CommandError(f"Nothing was backed up: {error}.") from error
        note_backup(file)
        if not quiet:
            size = file.stat().st_size / 1_000_000
            self.stdout.write(self.style.SUCCESS(f"{file} holds the database ({size:.1f} MB)."))

    def _report(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
