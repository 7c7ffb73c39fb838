"""manage.py export_content FOLDER: write what is published as a content pack."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from remedies.content.exporting import published_pack
from remedies.content.files import write_pack


class Command(BaseCommand):
    help = "Write what is published now as a content pack; the same content gives the same bytes."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder to write into; created where there is none."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each file; other files of the folder stay."""
        folder: Path = options["folder"]
        for path, text in write_pack(published_pack()).items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            if options["verbosity"]:
                self.stdout.write(str(target))
