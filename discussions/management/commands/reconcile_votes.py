"""manage.py reconcile_votes [--fix]: compare the counters of votes with the votes themselves."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Max

from discussions.models import Comment
from discussions.recounting import recount_target
from remedies.models import RemedyConditionEntry
from remedies_site.voting import miscounted

_BATCH = 10_000
"""Keys that one query compares."""


class Command(BaseCommand):
    help = (
        "Compare the vote counters of entries and comments with their votes, and print what differs. "
        "Exit code 1 where something differs and was not corrected."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to correct."""
        parser.add_argument("--fix", action="store_true", help="set the counters to the votes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare both tables. Raises: CommandError."""
        wrong = self._compare(RemedyConditionEntry, "entry", fix=options["fix"])
        wrong += self._compare(Comment, "comment", fix=options["fix"])
        self.stdout.write(f"{wrong} differ{', corrected' if options['fix'] and wrong else ''}")
        if wrong and not options["fix"]:
            raise CommandError("Counters differ from the votes. --fix corrects them.")

    def _compare(self, model: Any, name: str, *, fix: bool) -> int:
        last = model.objects.aggregate(last=Max("pk"))["last"] or 0
        wrong = 0
        for begin in range(1, last + 1, _BATCH):
            rows = model.objects.filter(pk__gte=begin, pk__lt=begin + _BATCH)
            for row in miscounted(rows).order_by("pk"):
                wrong += 1
                self.stdout.write(
                    f"{name} {row.pk}: {row.up_count} up, {row.down_count} down; "
                    f"the votes are {row.ups} up, {row.downs} down"
                )
                if fix:
                    _correct(model, row.pk)
            if self.stderr.isatty():
                self.stderr.write(f"{name}: {min(begin + _BATCH - 1, last)} of {last}")
        return wrong


@transaction.atomic
def _correct(model: Any, pk: int) -> None:
    """Count again under the lock under which votes are cast."""
    recount_target(model.objects.select_for_update(of=("self",)).get(pk=pk))
