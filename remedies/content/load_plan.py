"""What loading a content pack changes, document by document. Pure data."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256

from remedies.content.value_changes import ValueChange


class LoadMode(StrEnum):
    """Who loads, and what becomes of the pages: the operator and REVIEW=one may publish."""

    OPERATOR = "operator"
    PUBLISH = "publish"
    DRAFTS = "drafts"


class PlanResult(StrEnum):
    """What becomes of one document."""

    PUBLISHED = "published"
    REGRADED = "regraded"
    UNCHANGED = "unchanged"
    WITHDRAWN = "left withdrawn"
    DRAFT = "draft"
    WRITTEN = "written"
    WAITS = "waits for a second person"
    HELD = "held back"


class DocumentKind(StrEnum):
    """The kinds of documents of a pack."""

    CITATION = "citation"
    CIRCUMSTANCE = "circumstance"
    CONDITION = "condition"
    REMEDY = "remedy"
    ENTRY = "entry"

    @property
    def is_page(self) -> bool:
        """Whether readers have a page of it."""
        return self not in (DocumentKind.CITATION, DocumentKind.CIRCUMSTANCE)


@dataclass(frozen=True)
class PlannedDocument:
    """What loading does with one document.

    `is_written` says that stored rows change, `result` what readers and editors then have. `changes`
    compares with what readers see now, or with the stored draft where they see nothing. `overwritten`
    are editors whose unpublished words are lost. `base` stands for what is stored now.
    """

    kind: DocumentKind
    file: str
    label: str
    result: PlanResult
    is_new: bool = False
    is_written: bool = False
    changes: tuple[ValueChange, ...] = ()
    notes: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()
    base: str = ""

    @property
    def acts(self) -> bool:
        """Whether anything is stored for it."""
        return self.is_written or self.result in _STORED

    @property
    def is_listed(self) -> bool:
        """Whether a reader of the plan needs to see it."""
        return self.acts or bool(self.notes) or self.result is PlanResult.HELD


_STORED = (PlanResult.PUBLISHED, PlanResult.REGRADED, PlanResult.WAITS)


@dataclass
class LoadPlan:
    """The whole plan, in the order in which it is carried out."""

    mode: LoadMode
    documents: list[PlannedDocument] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many documents have each result, and how many are new, changed and written."""
        results = Counter(document.result.value for document in self.documents)
        regraded = results.pop(PlanResult.REGRADED.value, 0)
        written = [document for document in self.documents if document.is_written]
        return {
            "new": sum(document.is_new for document in written),
            "changed": sum(not document.is_new for document in written),
            **{result.value: results[result.value] for result in PlanResult if result in results},
            "regraded": regraded,
        }

    @property
    def changes_anything(self) -> bool:
        """Whether loading would store anything."""
        return any(document.acts for document in self.documents)

    def listed(self) -> Iterator[PlannedDocument]:
        """The documents that somebody who decides needs to see."""
        return (document for document in self.documents if document.is_listed)

    @property
    def digest(self) -> str:
        """Equal where pack and database lead to the same changes from the same state."""
        text = json.dumps([self.mode, [asdict(document) for document in self.documents]])
        return sha256(text.encode()).hexdigest()

    def as_json(self) -> dict[str, object]:
        """For machines: every document that is not left as it is, and the counts."""
        return {
            "mode": self.mode.value,
            "counts": self.counts,
            "documents": [_for_machines(document) for document in self.listed()],
        }


def _for_machines(document: PlannedDocument) -> dict[str, object]:
    values = asdict(document)
    values.pop("base")
    values["changes"] = [change._asdict() for change in document.changes]
    return values


def fingerprint(*parts: object) -> str:
    """A short text that stands for stored values."""
    return sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()[:16]


def results_of(documents: Iterable[PlannedDocument], *results: PlanResult) -> list[PlannedDocument]:
    """The documents with one of the results."""
    return [document for document in documents if document.result in results]
