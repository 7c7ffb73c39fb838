"""manage.py rebuild_shown: copy what lists show from the current revisions again."""

from typing import Any

from django.core.management.base import BaseCommand

from conditions.models import Condition
from conditions.services import copy_shown
from remedies.models import Remedy, RemedyConditionEntry
from remedies.services import copy_shown_entry, copy_shown_remedy


class Command(BaseCommand):
    help = "Rebuild every shown_ column, sort key and text for search from the current revisions."

    def handle(self, *args: Any, **options: Any) -> None:
        """Condition by condition, remedy by remedy, entry by entry."""
        for model, copy in (
            (Condition, copy_shown),
            (Remedy, copy_shown_remedy),
            (RemedyConditionEntry, copy_shown_entry),
        ):
            rows = model._default_manager.known().select_related("current_revision")
            for row in rows.order_by("pk"):
                copy(row)
            if options["verbosity"]:
                self.stdout.write(f"{model._meta.verbose_name_plural}: {len(rows)} rebuilt")
