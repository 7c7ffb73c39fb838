"""manage.py list_stale: what an editor should look at, most pressing first."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from remedies.lint.stale import stale_items


class Command(BaseCommand):
    help = "List overdue reviews, registered trials that should be over, and reviews that are old."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each."""
        items = stale_items(timezone.localdate())
        for item in items:
            self.stdout.write(f"{item.reason.value}: {item.name}: {item.message}")
        self.stdout.write(f"{len(items)} on the list")
