"""manage.py rerender_revisions: render stored HTML again after the renderer changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from publishing.services import subject_types
from remedies_site.markup import RENDERER_VERSION


class Command(BaseCommand):
    help = (
        "Redraw the stored HTML of every revision drawn by an older renderer. The documents, which "
        "are what was published, stay as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to render what is current already."""
        parser.add_argument("--all", action="store_true", help="redraw current ones too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Render table by table, in batches."""
        for subject_type in subject_types():
            revisions = subject_type.all_revisions()
            if not options["all"]:
                revisions = revisions.exclude(renderer_version=RENDERER_VERSION)
            label = revisions.model._meta.verbose_name
            count = 0
            for revision in revisions.iterator(chunk_size=200):
                subject_type.rerender(revision)
                count += 1
                if count % 200 == 0:
                    self.stdout.write(f"{label}: {count} …")
            self.stdout.write(f"{label}: {count} redrawn")
