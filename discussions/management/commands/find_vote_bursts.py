"""manage.py find_vote_bursts [--days N]: queue bursts of votes for the moderators."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from discussions.bursts.services import find_bursts


class Command(BaseCommand):
    help = "Queue bursts among the votes of the last days for the moderators. No vote is taken out."

    def add_arguments(self, parser: CommandParser) -> None:
        """How far to look back."""
        parser.add_argument("--days", type=int, default=1, help="how far to look back (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look once."""
        self.stdout.write(f"{find_bursts(timedelta(days=options['days']))} new")
