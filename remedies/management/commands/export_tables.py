"""manage.py export_tables FOLDER: write what is published as CSV sheets."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from remedies.content.exporting import published_documents
from remedies.content.sheets.columns import SHEET_NAMES
from remedies.content.sheets.sheet_writing import csv_lines


class Command(BaseCommand):
    help = (
        "Write what is published as CSV sheets: entries, evidence, doses, warnings, references and "
        "the rest. pack_from_sheets makes a content pack of them again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder to write into, and the mark for spreadsheets."""
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--bom",
            action="store_true",
            help="begin each file with the mark that spreadsheets need",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each sheet; other files of the folder stay."""
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        for name in SHEET_NAMES:
            target = folder / f"{name}.csv"
            lines = csv_lines(name, published_documents(name), bom=options["bom"])
            with target.open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
            if options["verbosity"]:
                self.stdout.write(str(target))
