"""manage.py backup PLACE: write a checked copy of the database to a file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from remedies_site.backups import CannotBackUp
from remedies_site.backups.encryption import KeyFileError, read_key
from remedies_site.backups.retention import delete_old, file_name
from remedies_site.backups.services import back_up
from remedies_site.last_backup import note_backup


class Command(BaseCommand):
    help = (
        "Write a checked copy of the database while the site runs: to a new file, or under a name with "
        "the time into a folder. `restore` puts it back, `restore_drill` tries that."
    )
    requires_system_checks: list[str] = []  # a site that does not start wants its backup too

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the copy goes, with which key, and how many stay."""
        parser.add_argument("place", type=Path, help="a new file, or a folder; none is overwritten")
        parser.add_argument(
            "--encrypt", action="store_true", help="with the key in --key-file or BACKUP_KEY_FILE"
        )
        parser.add_argument("--key-file", type=Path, help="a file with 32 bytes in base64")
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="afterwards keep the newest N backups of the folder",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up. Raises CommandError, and then no such file was made and none deleted."""
        place: Path = options["place"]
        keep: int | None = options["keep"]
        self.quiet = options["verbosity"] == 0
        if keep is not None and (keep < 1 or not place.is_dir()):
            raise CommandError("--keep wants a folder, and a number from 1.")
        file = place / file_name(timezone.now()) if place.is_dir() else place
        try:
            key = self._key(options)
            back_up(connection, file, self.report, key=key)
        except (CannotBackUp, KeyFileError) as error:
            raise CommandError(f"Nothing was backed up: {error}.") from error
        note_backup(file)
        size = file.stat().st_size / 1_000_000
        encrypted = ", encrypted" if key else ""
        self._say(self.style.SUCCESS(f"{file} holds the database ({size:.1f} MB{encrypted})."))
        if keep is not None:
            for path in delete_old(place, keep=keep, newest=file):
                self._say(f"Deleted {path}.")

    def _key(self, options: dict[str, Any]) -> bytes | None:
        path: Path | None = options["key_file"]
        if not options["encrypt"]:
            if path:
                raise CannotBackUp("--key-file is for --encrypt, which was not asked for")
            return None
        path = path or settings.BACKUP_KEY_FILE
        if path is None:
            raise CannotBackUp(
                "--encrypt wants a key: --key-file FILE, or the setting BACKUP_KEY_FILE"
            )
        return read_key(path)

    def _say(self, line: str) -> None:
        if not self.quiet:
            self.stdout.write(line)

    def report(self, line: str) -> None:
        """Say on stderr how far the work is."""
        if not self.quiet:
            self.stderr.write(line, style_func=str)
            self.stderr.flush()
