"""manage.py restore_database FILE: put a copy of the SQLite database in the place of the site's own."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from remedies_site.sqlite_restore import CannotRestore, restore


class Command(BaseCommand):
    help = (
        "Restore a copy of the SQLite database. Stop the server first, or what is written meanwhile "
        "is lost; run `prepare` afterwards."
    )
    requires_system_checks: list[str] = []  # the database that is there may be damaged

    def add_arguments(self, parser: CommandParser) -> None:
        """The copy, and whether to overwrite content."""
        parser.add_argument("file", type=Path, help="what `.backup` of sqlite3 has written")
        parser.add_argument(
            "--replace", action="store_true", help="overwrite a database that has content"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the copy and restore it. Raises CommandError, and then nothing changed."""
        if connection.vendor != "sqlite":
            raise CommandError("This restores SQLite alone; use pg_restore --clean --if-exists.")
        live = Path(connection.settings_dict["NAME"])
        connection.close()
        try:
            moved = restore(options["file"], live, replace=options["replace"])
        except CannotRestore as error:
            raise CommandError(f"Nothing was restored: {error}.") from error
        if moved:
            self.stdout.write(f"The database that was there is damaged; it is {moved} now.")
        self.stdout.write(
            self.style.SUCCESS(
                f"{live} is the copy {options['file']} now. Run `manage.py prepare`."
            )
        )
