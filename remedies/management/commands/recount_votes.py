"""manage.py recount_votes: recompute the vote counters of entries."""

from typing import Any

from django.core.management.base import BaseCommand

from remedies.models import RemedyConditionEntry
from remedies_site.voting import recount, recount_each


class Command(BaseCommand):
    help = "Compare every entry's counters with its votes and mend what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Recount each entry and print how many were wrong."""
        entries = RemedyConditionEntry.objects.all()
        corrected = recount_each(entries, lambda entry: recount(entry.votes, entry))
        self.stdout.write(f"{corrected} mended")
