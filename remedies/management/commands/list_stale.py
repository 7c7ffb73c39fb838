"""manage.py list_stale: what wants an editor, most pressing first."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from remedies.lint.stale import stale


class Command(BaseCommand):
    help = "List overdue reviews, registered trials that should be over, and reviews that are old."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line each."""
        lines = stale(timezone.localdate())
        for line in lines:
            self.stdout.write(f"{line.why.value}: {line.name}: {line.said}")
        self.stdout.write(f"{len(lines)} on the list")
