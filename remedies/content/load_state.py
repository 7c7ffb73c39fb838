"""What a load knows while it is planned and carried out, and its actions in their order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from accounts.models import User
from citations.models import Citation
from citations.schema import CitationDocument
from conditions.models import Condition
from publishing.models import CONTENT_PACK, Revision, Subject
from publishing.services import Grade
from remedies.content.load_plan import LoadMode, LoadPlan, PlannedDocument
from remedies.content.stored_subjects import StoredSubject
from remedies.grading.inputs import WorkFacts
from remedies.models import Remedy, RemedyConditionEntry
from remedies.schema import CircumstanceDocument
from remedies_site.documents import Document

ReportProgress = Callable[[str], None]


@dataclass(frozen=True)
class LoadOptions:
    """Who loads. Without `by` it is the operator, whom REVIEW=two does not bind."""

    by: User | None = None
    publishes: bool = True
    note: str = ""

    @property
    def mode(self) -> LoadMode:
        """With REVIEW=two nobody publishes a pack of their own: it becomes drafts."""
        if self.by is None:
            return LoadMode.OPERATOR
        if settings.REVIEW == "two" or not self.publishes:
            return LoadMode.DRAFTS
        return LoadMode.PUBLISH

    @property
    def author_name(self) -> str:
        """Who stands in revisions as their author."""
        return CONTENT_PACK if self.by is None else self.by.name


@dataclass
class WorkAction:
    """A work of the pack: to be stored where its row differs."""

    planned: PlannedDocument
    document: CitationDocument


@dataclass
class TermAction:
    """A circumstance of the pack, or without a document one that moves behind them, to `position`."""

    planned: PlannedDocument
    document: CircumstanceDocument | None
    position: int


@dataclass
class PageAction:
    """A condition, remedy or entry: `subject` is its stored row, or a new one.

    `unchanged` are the relations whose rows stay. An entry knows the actions of its `parts`.
    """

    planned: PlannedDocument
    document: Document
    subject: Subject[Revision]
    unchanged: set[str] = field(default_factory=set)
    parts: "dict[str, PageAction]" = field(default_factory=dict)


@dataclass
class RemedyActions:
    """A remedy with its entries."""

    remedy: PageAction
    entries: list[PageAction] = field(default_factory=list)


@dataclass
class LoadActions:
    """Everything that a load does, in its order, and the plan that says it."""

    plan: LoadPlan
    options: LoadOptions
    works: list[WorkAction] = field(default_factory=list)
    terms: list[TermAction] = field(default_factory=list)
    regrades: list[PlannedDocument] = field(default_factory=list)
    conditions: list[PageAction] = field(default_factory=list)
    remedies: list[RemedyActions] = field(default_factory=list)


@dataclass
class Library:
    """Works, circumstances and grades as they will be once the first part of a load is done."""

    rows: dict[str, Citation] = field(default_factory=dict)
    facts: dict[str, WorkFacts] = field(default_factory=dict)
    grades: dict[int, Grade | None] = field(default_factory=dict)
    """Of entries that are graded again since a work changed, by primary key."""
    missing_terms: set[str] = field(default_factory=set)
    """Circumstances that wait for a second person and do not exist yet."""


StoredCondition = StoredSubject[Condition]
StoredRemedy = StoredSubject[Remedy]
StoredEntry = StoredSubject[RemedyConditionEntry]
AnyStored = StoredSubject[Any]
