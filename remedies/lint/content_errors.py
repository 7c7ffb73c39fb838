"""Errors that keep content from readers or that an editor should correct, for `lint_content`.

Publishing stops at the same errors; this looks at everything at once, and at what no single page
shows: works that nothing cites.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from citations.models import Citation
from conditions.models import Condition
from conditions.schema import ConditionDocument
from conditions.services import condition_errors
from publishing.models import Subject
from publishing.services import GradingResult, document_errors
from remedies.lint.links import change_url
from remedies.models import Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies.services import entry_errors, grade_document, remedy_errors
from remedies_site.documents import Document


@dataclass(frozen=True)
class ContentError:
    """One error in a field of a condition, remedy or entry, and what to do about it."""

    subject: Subject
    field: str
    message: str

    @property
    def admin_url(self) -> str:
        """Where to correct it."""
        return change_url(self.subject)

    def __str__(self) -> str:
        state = "" if self.subject.is_published else " (draft)"
        return f"{self.subject}{state}: {self.field}: {self.message}"


class _Checks(NamedTuple):
    """How the published document and the draft of one kind of subject are checked."""

    schema: type[Document]
    draft_errors: Callable[[Any], list[tuple[str, str]]]
    grader: Callable[[Any], GradingResult] | None = None


_CHECKS: dict[type[Any], _Checks] = {
    Condition: _Checks(ConditionDocument, condition_errors),
    Remedy: _Checks(RemedyDocument, remedy_errors),
    RemedyConditionEntry: _Checks(EntryDocument, entry_errors, grade_document),
}


def content_errors() -> Iterator[ContentError]:
    """The errors of all that readers see, and of all drafts that were never published."""
    for model, checks in _CHECKS.items():
        rows = model._default_manager.filter(withdrawn_at__isnull=True)
        related = ["remedy", "condition"] if model is RemedyConditionEntry else []
        for subject in rows.select_related("current_revision", *related).order_by("pk"):
            for field, message in _errors(subject, checks):
                yield ContentError(subject, field, message)


def uncited_keys() -> list[str]:
    """Keys of works that nothing published cites, in alphabetical order."""
    cited: set[str] = set()
    for model in _CHECKS:
        for keys in model._default_manager.values_list("shown_citations", flat=True):
            cited |= set(keys)
    return sorted(set(Citation.objects.values_list("key", flat=True)) - cited)


def _errors(subject: Subject, checks: _Checks) -> list[tuple[str, str]]:
    if subject.current_revision is None:
        return checks.draft_errors(subject)
    document = checks.schema.model_validate(subject.current_revision.document)
    if checks.grader is None:
        return document_errors(document)
    return document_errors(document, checks.grader)
