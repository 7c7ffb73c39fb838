"""manage.py recount_votes: set the counters of entries to what the rows of votes say."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from remedies.models import RemedyConditionEntry
from remedies_site.voting import recount


class Command(BaseCommand):
    help = "Compare every entry's counters with its votes and mend what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Entry by entry, each locked while it is counted."""
        mended = 0
        for pk in RemedyConditionEntry.objects.order_by("pk").values_list("pk", flat=True):
            with transaction.atomic():
                entry = RemedyConditionEntry.objects.select_for_update(of=("self",)).get(pk=pk)
                mended += recount(entry.votes, entry)
        self.stdout.write(f"{mended} mended")
