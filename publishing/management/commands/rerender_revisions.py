"""manage.py rerender_revisions: render stored HTML again after the renderer changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing.models import Revision, Subject
from publishing.services import SubjectType, UnreadableDocument, subject_types
from remedies_site.documents import Document
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
        """Render table by table, in batches.

        Each revision holds the version that rendered it, so that an interrupted run is finished by the
        next. Raises CommandError, after all others are rendered, naming those that cannot be read.
        """
        self.quiet = options["verbosity"] == 0
        unreadable: list[str] = []
        for subject_type in subject_types():
            self._render(subject_type, unreadable, render_all=options["all"])
        if unreadable:
            raise CommandError(
                "These revisions cannot be read and stay as they are:\n" + "\n".join(unreadable)
            )

    def _render(
        self,
        subject_type: SubjectType[Subject[Revision], Document],
        unreadable: list[str],
        *,
        render_all: bool,
    ) -> None:
        revisions = subject_type.all_revisions()
        if not render_all:
            revisions = revisions.exclude(renderer_version=RENDERER_VERSION)
        label = revisions.model._meta.verbose_name
        count = 0
        for revision in revisions.iterator(chunk_size=200):
            try:
                subject_type.rerender(revision)
            except UnreadableDocument as error:
                unreadable.append(f"  {label} {revision.pk}: {error}")
                continue
            count += 1
            if count % 200 == 0 and not self.quiet:
                self.stdout.write(f"{label}: {count} …")
        if not self.quiet:
            self.stdout.write(f"{label}: {count} redrawn")
