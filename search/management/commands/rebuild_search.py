"""manage.py rebuild_search: create the search index again from the published pages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search import index


class Command(BaseCommand):
    help = "Make index, views and triggers of search anew. Triggers keep them; this mends a damage."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to create an index that is there and current."""
        parser.add_argument(
            "--if-outdated",
            action="store_true",
            help="do nothing where the index was made by the definitions of this release",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild in one transaction, so that concurrent searches see the old index or the new."""
        if options["if_outdated"]:
            index.refresh()
        else:
            self.stdout.write(f"search: {index.rebuild()} items")
