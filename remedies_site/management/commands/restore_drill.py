"""manage.py restore_drill: restore the newest backup into a throw-away database, and say how long it took."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from remedies_site.backups import CannotBackUp, CannotRestore
from remedies_site.backups.encryption import KeyFileError
from remedies_site.backups.retention import backups_in
from remedies_site.backups.services import try_restore
from remedies_site.last_backup import last_backup
from remedies_site.management.commands.restore import add_key_arguments, chosen_key


class Command(BaseCommand):
    help = (
        "Restore a backup into a database of its own, compare its rows with the manifest, and remove it. "
        "The site's database is not touched."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which backup, and its key."""
        parser.add_argument(
            "place", type=Path, nargs="?",
            help="a backup, or a folder whose newest is tried; without it this machine's last one",
        )  # fmt: skip
        add_key_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Try it. Raises CommandError where the backup could not be restored."""
        file = _backup(options["place"])
        try:
            drill = try_restore(connection, file, self._report, key=chosen_key(options))
        except (CannotRestore, CannotBackUp, KeyFileError) as error:
            raise CommandError(f"The drill failed: {error}.") from error
        rows, tables = sum(drill.rows.values()), len(drill.rows)
        counted = (
            "as its manifest counts" if drill.manifest else "it has no manifest to compare with"
        )
        self.stdout.write(
            self.style.SUCCESS(
                f"{file} can be restored: {rows} rows in {tables} tables, {counted}. "
                f"It took {drill.seconds:.1f} seconds."
            )
        )

    def _report(self, line: str) -> None:
        self.stderr.write(line, style_func=str)
        self.stderr.flush()


def _backup(place: Path | None) -> Path:
    if place is None:
        last = last_backup()
        if last is None or last.path is None:
            raise CommandError("This machine knows of no backup; name a file or a folder.")
        return last.path
    if place.is_dir():
        if not (files := backups_in(place)):
            raise CommandError(f"There is no backup in {place}.")
        return files[0]
    return place
