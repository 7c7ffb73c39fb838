"""manage.py rebuild_shown: copy what lists show from the current revisions again."""

from typing import Any

from django.core.management.base import BaseCommand

from publishing.services import subject_types


class Command(BaseCommand):
    help = "Rebuild every shown_ column, sort key and text for search from the current revisions."

    def handle(self, *args: Any, **options: Any) -> None:
        """Subject by subject, model by model."""
        for subject_type in subject_types():
            model = subject_type.model
            subjects = model.objects.ever_published().with_current_revision()
            for subject in subjects.order_by("pk"):
                subject_type.copy_shown(subject)
            if options["verbosity"]:
                self.stdout.write(f"{model._meta.verbose_name_plural}: {len(subjects)} rebuilt")
