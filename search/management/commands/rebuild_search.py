"""manage.py rebuild_search: create the search index again from the published pages."""

from typing import Any

from django.core.management.base import BaseCommand

from search import index


class Command(BaseCommand):
    help = "Make index, views and triggers of search anew. Triggers keep them; this mends a damage."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild in one transaction, so that concurrent searches see the old index or the new."""
        self.stdout.write(f"search: {index.rebuild()} items")
