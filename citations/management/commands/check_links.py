"""manage.py check_links: look whether the addresses of the library's works still answer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from citations.links.services import check_works, due_works


class Command(BaseCommand):
    help = (
        "Look at the addresses of the works in the library that were not looked at for 30 days (a day, "
        "where they were broken), one host a second at most. Editors see the broken ones on the first "
        "page of the admin. Ends with 0 also where addresses are broken."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to look at all, and how many at most."""
        parser.add_argument("--all", action="store_true", help="also what was looked at lately")
        parser.add_argument("--limit", type=int, default=0, help="at most so many; 0 for all")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and name each address that is broken."""
        works = due_works(timezone.now(), every=options["all"])
        works = works[: options["limit"] or None]
        broken = 0
        for number, (work, result) in enumerate(check_works(works), start=1):
            if result.is_broken:
                broken += 1
                self.stdout.write(f"{work.key}: {work.link}: {result.message}")
            if number % 25 == 0 or number == len(works):
                self.stdout.write(f"{number} of {len(works)} …")
                self.stdout.flush()
        self.stdout.write(f"{len(works)} addresses looked at, {broken} broken.")
