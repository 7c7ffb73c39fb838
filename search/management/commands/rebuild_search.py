"""manage.py rebuild_search: make the index of search anew from what readers see."""

from typing import Any

from django.core.management.base import BaseCommand

from search import index


class Command(BaseCommand):
    help = "Make index, views and triggers of search anew. Triggers keep them; this mends a damage."

    def handle(self, *args: Any, **options: Any) -> None:
        """All of it in one transaction: searches see the old index or the new one."""
        self.stdout.write(f"search: {index.rebuild()} items")
