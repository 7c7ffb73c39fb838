"""manage.py restore FILE: put a backup in the place of the site's own database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from remedies_site.backups import CannotRestore
from remedies_site.backups.encryption import KeyFileError, read_key
from remedies_site.backups.services import Restored, restore_backup


class Command(BaseCommand):
    help = (
        "Restore a backup. Stop the server first, or what is written meanwhile is lost; run `prepare` "
        "afterwards."
    )
    requires_system_checks: list[str] = []  # the database that is there may be damaged

    def add_arguments(self, parser: CommandParser) -> None:
        """The backup, its key, and whether to overwrite content."""
        parser.add_argument("file", type=Path, help="a backup, or a plain copy of the database")
        add_key_arguments(parser)
        parser.add_argument(
            "--replace", action="store_true", help="overwrite a database that has content"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the backup and restore it. Raises CommandError, and then nothing changed."""
        file: Path = options["file"]
        try:
            key = chosen_key(options)
            restored = restore_backup(
                connection, file, self._report, replace=options["replace"], key=key
            )
        except (CannotRestore, KeyFileError) as error:
            raise CommandError(f"Nothing was restored: {error}.") from error
        for line in _next_steps(file, restored):
            self.stdout.write(line)

    def _report(self, line: str) -> None:
        self.stderr.write(line, style_func=str)
        self.stderr.flush()


def add_key_arguments(parser: CommandParser) -> None:
    """The key of the backup, or that it has none."""
    key = parser.add_mutually_exclusive_group()
    key.add_argument(
        "--key-file", type=Path, help="the key of an encrypted backup, else BACKUP_KEY_FILE"
    )
    key.add_argument(
        "--plain",
        action="store_true",
        help="the backup is not encrypted, though BACKUP_KEY_FILE is set",
    )


def chosen_key(options: dict[str, Any]) -> bytes | None:
    """The key that the options or BACKUP_KEY_FILE name; None where there is none. Raises KeyFileError."""
    path = options["key_file"] or settings.BACKUP_KEY_FILE
    return read_key(path) if path and not options["plain"] else None


def _next_steps(file: Path, restored: Restored) -> list[str]:
    manifest = restored.manifest
    of = f" of {manifest.made_at:%Y-%m-%d %H:%M} UTC" if manifest else ""
    since = (
        f"after {manifest.made_at:%Y-%m-%d %H:%M} UTC" if manifest else "after the copy was made"
    )
    return [
        *(
            [f"The database that was there is damaged; it is {restored.moved} now."]
            if restored.moved
            else []
        ),
        f"The database is the copy {file}{of} now. Before you start the server:",
        "1. Run `manage.py prepare`.",
        f"2. Look in the log for `member_erased` and `consent_withdrawn` {since}: those people are back. "
        "Erase them again: `manage.py erase_member '#NUMBER'` (docs/operating.md, “Erase a person”).",
    ]
