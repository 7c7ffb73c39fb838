"""manage.py rerender_revisions: redraw stored HTML after the renderer changed."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from conditions.document import to_html as condition_html
from conditions.models import ConditionRevision
from conditions.schema import ConditionDocument
from publishing.models import Revision
from remedies.document import entry_html, remedy_html
from remedies.models import EntryRevision, RemedyRevision
from remedies.schema import EntryDocument, RemedyDocument
from remedies_site.markup import RENDERER_VERSION

_REDRAWN: tuple[tuple[type[Revision], Callable[[Any], Any], Callable[[Any], dict[str, str]]], ...]
_REDRAWN = (
    (ConditionRevision, ConditionDocument.model_validate, condition_html),
    (RemedyRevision, RemedyDocument.model_validate, remedy_html),
    (EntryRevision, EntryDocument.model_validate, entry_html),
)


class Command(BaseCommand):
    help = (
        "Redraw the stored HTML of every revision drawn by an older renderer. The documents, which "
        "are what was published, stay as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to redraw what is current already."""
        parser.add_argument("--all", action="store_true", help="redraw current ones too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Redraw table by table, in batches."""
        for model, read, draw in _REDRAWN:
            stale = model._default_manager.all()
            if not options["all"]:
                stale = stale.exclude(renderer_version=RENDERER_VERSION)
            count = 0
            for revision in stale.order_by("pk").iterator(chunk_size=200):
                revision.html = draw(read(revision.document))
                revision.renderer_version = RENDERER_VERSION
                revision.save(update_fields=["html", "renderer_version"])
                count += 1
                if count % 200 == 0:
                    self.stdout.write(f"{model._meta.verbose_name}: {count} …")
            self.stdout.write(f"{model._meta.verbose_name}: {count} redrawn")
