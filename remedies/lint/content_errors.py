"""What keeps content from readers or wants an editor's eye: the findings of `lint_content`.

Publishing refuses the same faults by any road; this looks at everything at once, and at what no
single page can see: works that nothing cites.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from citations.models import Citation
from publishing.services import subject_types


@dataclass(frozen=True)
class Finding:
    """One fault: of what, whether readers see it, in which field, and what to do."""

    subject: str
    published: bool
    field: str
    said: str
    model: str
    pk: int

    @property
    def desk(self) -> str:
        """Where to mend it, at the editors' desk."""
        return reverse(f"admin:{self.model}_change", args=[self.pk])

    def __str__(self) -> str:
        state = "" if self.published else " (draft)"
        return f"{self.subject}{state}: {self.field}: {self.said}"


def findings() -> Iterator[Finding]:
    """The errors of all that readers see, and of all drafts that were never published."""
    for subject_type in subject_types():
        model = subject_type.model
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        subjects = model.objects.filter(withdrawn_at__isnull=True).with_parts()
        for subject in subjects.with_current_revision().order_by("pk"):
            for field, said in subject_type.content_errors(subject):
                yield Finding(str(subject), subject.is_published, field, said, name, subject.pk)


def orphans() -> list[str]:
    """Keys of works that nothing published cites, in alphabetical order."""
    cited: set[str] = set()
    for subject_type in subject_types():
        for keys in subject_type.model.objects.values_list("shown_citations", flat=True):
            cited |= set(keys)
    return sorted(set(Citation.objects.values_list("key", flat=True)) - cited)
