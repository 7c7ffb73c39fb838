"""manage.py rebuild_shown: copy what lists show from the current revisions again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing import derived
from publishing.services import UnreadableDocument, subject_types

CHUNK = 500
"""Subjects with their revisions that are in memory at once."""


class Command(BaseCommand):
    help = "Rebuild every shown_ column, sort key and text for search from the current revisions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to rebuild columns that are current."""
        parser.add_argument(
            "--if-outdated",
            action="store_true",
            help="do nothing where the columns were rebuilt by the definitions of this release",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Subject by subject, model by model; the version is recorded after the last one.

        Raises CommandError, after all others are rebuilt, naming the pages that cannot be read.
        """
        version = derived.shown_version()
        if options["if_outdated"] and derived.is_current(derived.SHOWN, version):
            return
        unreadable = []
        for subject_type in subject_types():
            model = subject_type.model
            subjects = model.objects.ever_published().with_parts().with_current_revision()
            done = 0
            for subject in subjects.order_by("pk").iterator(CHUNK):
                done += 1
                try:
                    subject_type.copy_shown(subject)
                except UnreadableDocument as error:
                    unreadable.append(f"  {subject.get_absolute_url()}: {error}")
            if options["verbosity"]:
                self.stdout.write(f"{model._meta.verbose_name_plural}: {done} rebuilt")
        if unreadable:
            raise CommandError(
                "These pages cannot be read and stay as they are:\n" + "\n".join(unreadable)
            )
        derived.record(derived.SHOWN, version)
