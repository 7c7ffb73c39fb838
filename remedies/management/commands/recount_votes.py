"""manage.py recount_votes: recompute the vote counters of entries."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from remedies.models import RemedyConditionEntry
from remedies_site.voting import recount


class Command(BaseCommand):
    help = "Compare every entry's counters with its votes and mend what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Recount each entry in a transaction of its own, with its row locked."""
        corrected = 0
        for pk in RemedyConditionEntry.objects.order_by("pk").values_list("pk", flat=True):
            with transaction.atomic():
                entry = RemedyConditionEntry.objects.select_for_update(of=("self",)).get(pk=pk)
                corrected += recount(entry.votes, entry)
        self.stdout.write(f"{corrected} mended")
