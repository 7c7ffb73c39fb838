"""What keeps content from readers or wants an editor's eye: the findings of `lint_content`.

Publishing refuses the same faults by any road; this looks at everything at once, and at what no
single page can see: works that nothing cites.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse

from citations.models import Citation
from conditions.models import Condition
from conditions.schema import ConditionDocument
from conditions.services import condition_errors
from publishing.services import GradingResult, document_errors
from remedies.models import Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies.services import entry_errors, grade_document, remedy_errors
from remedies_site.documents import Document


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


class _Kind(NamedTuple):
    """How the published and the drafted words of one kind of subject are looked at."""

    schema: type[Document]
    draft: Callable[[Any], list[tuple[str, str]]]
    judge: Callable[[Any], GradingResult] | None = None


_KINDS: dict[type[Any], _Kind] = {
    Condition: _Kind(ConditionDocument, condition_errors),
    Remedy: _Kind(RemedyDocument, remedy_errors),
    RemedyConditionEntry: _Kind(EntryDocument, entry_errors, grade_document),
}


def findings() -> Iterator[Finding]:
    """The faults of all that readers see, and of all drafts that were never published."""
    for model, kind in _KINDS.items():
        rows = model._default_manager.filter(withdrawn_at__isnull=True)
        related = ["remedy", "condition"] if model is RemedyConditionEntry else []
        for subject in rows.select_related("current_revision", *related).order_by("pk"):
            name = f"{model._meta.app_label}_{model._meta.model_name}"
            for field, said in _faults(subject, kind):
                yield Finding(str(subject), subject.is_published, field, said, name, subject.pk)


def orphans() -> list[str]:
    """Keys of works that nothing published cites, in alphabetical order."""
    cited: set[str] = set()
    for model in _KINDS:
        for keys in model._default_manager.values_list("shown_citations", flat=True):
            cited |= set(keys)
    return sorted(set(Citation.objects.values_list("key", flat=True)) - cited)


def _faults(subject: Any, kind: _Kind) -> list[tuple[str, str]]:
    if subject.current_revision is None:
        return kind.draft(subject)
    document = kind.schema.model_validate(subject.current_revision.document)
    return document_errors(document, kind.judge) if kind.judge else document_errors(document)
