"""manage.py regrade: compute every published grade again after the rule or the library changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing.services import UnreadableDocument
from remedies.grading.scale import VERSION
from remedies.models import RemedyConditionEntry
from remedies.services import regrade_entry


class Command(BaseCommand):
    help = (
        "Compute the grade of every published entry again. Where it differs, the system makes a "
        "revision; texts and drafts stay as they are. Entries that lack what the rule needs are "
        "named and keep their grade."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The note of the new revisions."""
        parser.add_argument("--note", default="", help="the reason, kept with each new revision")

    def handle(self, *args: Any, **options: Any) -> None:
        """Grade entry by entry, each in a transaction of its own.

        Raises CommandError, after all others are graded, naming the entries that cannot be.
        """
        note = options["note"] or f"Graded again by version {VERSION} of the rule."
        changed = 0
        unreadable = []
        entries = RemedyConditionEntry.objects.filter(
            published_at__isnull=False, withdrawn_at__isnull=True
        ).select_related("remedy", "condition")
        total = entries.count()
        for number, entry in enumerate(entries.order_by("pk").iterator(chunk_size=100), start=1):
            try:
                revision = regrade_entry(entry, note=note)
            except UnreadableDocument as error:
                unreadable.append(f"  {entry.get_absolute_url()}: {error}")
                continue
            if revision is not None:
                changed += 1
                entry.refresh_from_db()
                self.stdout.write(f"{entry}: {entry.shown_effect}, {entry.shown_certainty}")
            if number % 100 == 0:
                self.stdout.write(f"{number} of {total} …")
        self.stdout.write(f"{changed} of {total} changed")
        if unreadable:
            raise CommandError(
                f"{len(unreadable)} not graded; publish them anew:\n" + "\n".join(unreadable)
            )
