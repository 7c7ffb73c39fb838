"""manage.py load_content FOLDER: check a content pack whole, then load and publish it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from remedies.content.files import read_pack
from remedies.content.loading import LoadCounts, database_is_empty, load_pack
from remedies.lint.debts import DebtKind, debts
from remedies_site.pack_reader import InvalidPack


class Command(BaseCommand):
    help = (
        "Load a content pack: overwrites the rows it names and publishes them. Checks every file "
        "first; when anything is wrong, nothing changes. Each page is a transaction of its own; an "
        "interrupted load is finished by the same command again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The pack's folder."""
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing where there is a remedy, a condition or a citation already; else load all "
            "in one transaction",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, load, and print what was done. Raises CommandError, and then nothing changed."""
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        if options["if_empty"]:
            # Killed halfway it must be empty still, or the next `prepare` would leave it at that.
            with transaction.atomic():
                if database_is_empty():
                    self._load(folder, quiet=options["verbosity"] == 0)
        else:
            self._load(folder, quiet=options["verbosity"] == 0)

    def _load(self, folder: Path, *, quiet: bool) -> None:
        try:
            pack = read_pack(folder)
            counts = load_pack(pack, lambda line: None if quiet else self.stdout.write(line))
        except InvalidPack as invalid:
            lines = "\n".join(f"  {error}" for error in invalid.errors)
            count = len(invalid.errors)
            raise CommandError(f"Nothing was loaded, {count} to mend:\n{lines}") from invalid
        if not quiet:
            self.stdout.write(
                self.style.SUCCESS(
                    f"{counts.written} written, {counts.published} published, "
                    f"{counts.unchanged} unchanged, {counts.withdrawn} left withdrawn."
                )
            )
            self._tell_what_is_missing(counts)

    def _tell_what_is_missing(self, counts: LoadCounts) -> None:
        """What editors have to add, as after a pack that an older version of this site wrote."""
        if counts.drafts:
            number = len(counts.drafts)
            self.stdout.write(f"{number} kept as drafts until an editor mends them:")
            self.stdout.writelines(f"  {line}" for line in counts.drafts)
        unsearched = sum(debt.kind is DebtKind.NO_SEARCH for debt in debts())
        if unsearched:
            self.stdout.write(
                f"{unsearched} entries have no search on record: see “What wants an editor” at the desk."
            )
