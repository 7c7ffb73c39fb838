"""Errors that keep content from readers or that an editor should correct, for `lint_content`.

Publishing stops at the same errors; this looks at everything at once, and at what no single page
shows: works that nothing cites.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from citations.models import Citation
from publishing.models import Revision, Subject
from publishing.services import subject_types
from remedies_site.editing.read_only import admin_url


@dataclass(frozen=True)
class ContentError:
    """One error in a field of a condition, remedy or entry, and what to do about it."""

    subject: Subject[Revision]
    field: str
    message: str

    @property
    def admin_url(self) -> str:
        """Where to correct it."""
        return admin_url(self.subject, "change", self.subject.pk)

    def __str__(self) -> str:
        state = "" if self.subject.is_published else " (draft)"
        return f"{self.subject}{state}: {self.field}: {self.message}"


def content_errors() -> Iterator[ContentError]:
    """The errors of all that readers see, and of all drafts that were never published."""
    for subject_type in subject_types():
        subjects = subject_type.model.objects.filter(withdrawn_at__isnull=True).with_parts()
        for subject in subjects.with_current_revision().order_by("pk"):
            for field, message in subject_type.content_errors(subject):
                yield ContentError(subject, field, message)


def uncited_keys() -> list[str]:
    """Keys of works that nothing published cites, in alphabetical order."""
    cited: set[str] = set()
    for subject_type in subject_types():
        for keys in subject_type.model.objects.values_list("shown_citations", flat=True):
            cited |= set(keys)
    return sorted(set(Citation.objects.values_list("key", flat=True)) - cited)
