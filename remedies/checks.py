"""What keeps content from readers or wants an editor's eye: the findings of `lint_content`.

Publishing refuses the same faults by any road; this looks at everything at once, and at what no
single page can see: works that nothing cites.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from citations.models import Citation
from citations.services import check_citations
from conditions.document import to_document as condition_document
from conditions.models import Condition
from conditions.schema import ConditionDocument
from remedies.document import entry_document, remedy_document
from remedies.models import Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies.services import judge_entry
from remedies_site.documents import Document
from remedies_site.revisions import NotReady, Subject

Fault = tuple[str, str]


@dataclass(frozen=True)
class Finding:
    """One fault: of what, whether readers see it, in which field, and what to do."""

    subject: str
    published: bool
    field: str
    said: str

    def __str__(self) -> str:
        state = "" if self.published else " (draft)"
        return f"{self.subject}{state}: {self.field}: {self.said}"


def faults_of(subject: Subject) -> list[Fault]:
    """Every fault of a subject's draft, as (field, sentence); empty where it could be published."""
    read, _model = _KINDS[type(subject)]
    try:
        return _faults(read(subject))
    except NotReady as refused:
        return refused.faults


def findings() -> Iterator[Finding]:
    """The faults of all that is published, and of all drafts that were never published."""
    for model, (read, schema) in _KINDS.items():
        rows = model._default_manager.select_related("current_revision").order_by("pk")
        for subject in rows.filter(withdrawn_at__isnull=True):
            try:
                revision = subject.current_revision
                document = schema.model_validate(revision.document) if revision else read(subject)
                faults = _faults(document)
            except NotReady as refused:
                faults = refused.faults
            for field, said in faults:
                yield Finding(str(subject), subject.is_published, field, said)


def orphans() -> list[str]:
    """Keys of works that nothing published cites, in alphabetical order."""
    cited: set[str] = set()
    for model in _KINDS:
        for keys in model._default_manager.values_list("shown_citations", flat=True):
            cited |= set(keys)
    return sorted(set(Citation.objects.values_list("key", flat=True)) - cited)


def _faults(document: Document) -> list[Fault]:
    check_citations(document)
    faults = list(document.unready())
    if isinstance(document, EntryDocument):
        faults += judge_entry(document).faults
    return faults


_KINDS: dict[type[Any], tuple[Callable[[Any], Document], type[Document]]] = {
    Condition: (condition_document, ConditionDocument),
    Remedy: (remedy_document, RemedyDocument),
    RemedyConditionEntry: (entry_document, EntryDocument),
}
