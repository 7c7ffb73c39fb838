"""manage.py pack_from_sheets FOLDER_IN FOLDER_OUT: make a content pack of CSV sheets."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from remedies.content.files import write_pack
from remedies.content.pack import consistency_errors
from remedies.content.sheets.pack_from_tables import pack_from_sheets
from remedies.content.sheets.sheet_reading import InvalidSheets


class Command(BaseCommand):
    help = (
        "Make a content pack of CSV sheets. A sheet or a column that is not there leaves what is "
        "published as it is. Errors name sheet, row and column; then nothing is written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the sheets are, and where the pack goes."""
        parser.add_argument("sheets", type=Path)
        parser.add_argument("pack", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read all sheets, then write the pack. Raises CommandError."""
        try:
            pack = pack_from_sheets(self._texts(options["sheets"]))
        except InvalidSheets as invalid:
            self._fail([str(error) for error in invalid.errors])
        if errors := [str(error) for error in consistency_errors(pack)]:
            self._fail(errors)
        for path, text in write_pack(pack).items():
            target = options["pack"] / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            if options["verbosity"]:
                self.stdout.write(str(target))

    def _texts(self, folder: Path) -> dict[str, str]:
        paths = sorted(folder.glob("*.csv"))
        if not paths:
            raise CommandError(f"{folder} holds no CSV sheets.")
        try:
            return {path.stem: path.read_bytes().decode("utf-8-sig") for path in paths}
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"A sheet cannot be read: {error}") from error

    def _fail(self, errors: list[str]) -> None:
        lines = "\n".join(f"  {error}" for error in errors)
        raise CommandError(f"No pack was written, {len(errors)} to mend:\n{lines}")
