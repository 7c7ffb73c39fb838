"""manage.py check_drafts: compute again how each draft stands to what readers see, and its errors."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from publishing import derived
from publishing.review.draft_checks import check_all


class Command(BaseCommand):
    help = "Compute again what lists say of each draft: whether it waits, and its errors."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to look at drafts that this release has looked at."""
        parser.add_argument(
            "--if-outdated",
            action="store_true",
            help="do nothing where every draft was looked at by the definitions of this release",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Draft by draft; the version is recorded after the last one."""
        version = derived.drafts_version()
        if options["if_outdated"] and derived.is_current(derived.DRAFTS, version):
            return
        count = check_all()
        if options["verbosity"]:
            self.stdout.write(f"{count} drafts looked at")
        derived.record(derived.DRAFTS, version)
