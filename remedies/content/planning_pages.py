"""What loading a pack changes in conditions, remedies and entries."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.models import NamedSubject, Revision
from publishing.redirects import find_by_slug, redirect_target
from publishing.services import (
    FieldErrors,
    Grade,
    GradingResult,
    UnreadableDocument,
    subject_type,
)
from remedies.content.load_plan import DocumentKind, LoadMode, PlannedDocument, PlanResult
from remedies.content.load_state import (
    AnyStored,
    Library,
    LoadOptions,
    PageAction,
    RemedyActions,
    StoredEntry,
)
from remedies.content.pack import CONDITIONS, Pack, RemedyFile
from remedies.content.stored_subjects import StoredSubject, read_subjects
from remedies.content.value_changes import value_changes
from remedies.models import Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, PrecautionRow, RemedyDocument
from remedies.services import grade_document
from remedies_site.documents import Document
from remedies_site.pack_reader import InvalidPack, PackError
from remedies_site.rows import relations_of

NamedT = TypeVar("NamedT", bound=NamedSubject[Revision])
NamedDocumentT = TypeVar("NamedDocumentT", ConditionDocument, RemedyDocument)
Named = dict[str, StoredSubject[Any]]
ReportOne = Callable[[], None]
_NOT_GRADED = GradingResult(None, [])


class PagePlanner:
    """Plans the pages of a pack, as they are now and as the library will be then.

    A page that was renamed is found by its redirect and keeps its slug. One that the pack has under the
    new slug too is another one.
    """

    def __init__(
        self, pack: Pack, options: LoadOptions, library: Library, report: ReportOne
    ) -> None:
        self._pack, self._options, self._library, self._report = pack, options, library, report
        slugs = [condition.slug for condition in pack.conditions]
        self._conditions = _find_named(Condition, slugs)
        self._remedies = _find_named(Remedy, [part.remedy.slug for part in pack.remedies])
        self._slugs = {slug: stored.subject.slug for slug, stored in self._conditions.items()}
        if errors := [*_same_pages(CONDITIONS, self._conditions), *self._same_remedies()]:
            raise InvalidPack(errors)

    def _same_remedies(self) -> Iterator[PackError]:
        for error in _same_pages("", self._remedies):
            yield error._replace(file=f"remedies/{error.document}.yaml", document="remedy")

    def conditions(self) -> Iterator[PageAction]:
        """An action for each condition."""
        for document in self._pack.conditions:
            stored = self._conditions.get(document.slug)
            yield self._named(DocumentKind.CONDITION, CONDITIONS, document, Condition, stored)

    def remedy(self, part: RemedyFile, conditions: Mapping[str, PageAction]) -> RemedyActions:
        """The actions of a remedy and its entries; `conditions` are theirs by the slugs of the pack."""
        stored = self._remedies.get(part.remedy.slug)
        document = part.remedy.model_copy(
            update={"precautions": self._renamed_rows(part.remedy.precautions)}
        )
        actions = RemedyActions(
            self._named(DocumentKind.REMEDY, part.path, document, Remedy, stored)
        )
        entries = self._stored_entries(stored)
        for entry in part.entries:
            condition = conditions[entry.condition]
            parts = {"remedy": actions.remedy, "condition": condition}
            action = self._entry(part.path, entry, parts, entries.get(condition.subject.pk))
            actions.entries.append(action)
        return actions

    def _stored_entries(self, remedy: AnyStored | None) -> dict[int, StoredEntry]:
        if remedy is None:
            return {}
        entries = read_subjects(RemedyConditionEntry, "remedy", [remedy.subject.pk])
        return {entry.subject.condition_id: entry for entry in entries}

    def _renamed_rows(self, rows: Sequence[PrecautionRow]) -> list[PrecautionRow]:
        """Warnings that name conditions by the slugs that they have now."""
        return [
            row.model_copy(
                update={"matters_for": sorted({self._slugs.get(s, s) for s in row.matters_for})}
            )
            if row.matters_for
            else row
            for row in rows
        ]

    def _named(
        self,
        kind: DocumentKind,
        file: str,
        document: NamedDocumentT,
        model: type[NamedSubject[Revision]],
        stored: AnyStored | None,
    ) -> PageAction:
        notes = []
        if stored is not None and stored.subject.slug != document.slug:
            notes.append(f"its page has the address {stored.subject.slug!r} now, and keeps it")
        elif stored is None and redirect_target(model(slug=document.slug).get_absolute_url()):
            notes.append("its address leads to another page now, and will be this new page")
        label = document.slug
        if stored is not None:
            document = document.model_copy(update={"slug": stored.subject.slug})
        return self._page(kind, file, label, document, stored, model, notes)

    def _entry(
        self,
        file: str,
        document: EntryDocument,
        parts: dict[str, PageAction],
        stored: StoredEntry | None,
    ) -> PageAction:
        label = f"{document.remedy}/{document.condition}"
        slugs = {name: _slug(part) for name, part in parts.items()}
        rows = self._renamed_rows(document.precautions)
        document = document.model_copy(update={**slugs, "precautions": rows})
        notes = [
            f"not seen by readers while the {name} is withdrawn"
            for name, part in parts.items()
            if part.subject.withdrawn_at is not None
        ]
        grading = grade_document(document, self._library.facts)
        action = self._page(
            DocumentKind.ENTRY,
            file,
            label,
            document,
            stored,
            RemedyConditionEntry,
            notes,
            grading,
            parts,
        )
        action.parts = parts
        return action

    def _page(
        self,
        kind: DocumentKind,
        file: str,
        label: str,
        document: Document,
        stored: AnyStored | None,
        model: type[Any],
        notes: list[str],
        grading: GradingResult = _NOT_GRADED,
        parts: Mapping[str, PageAction] = MappingProxyType({}),
    ) -> PageAction:
        self._report()
        subject = stored.subject if stored else model()
        is_written = stored is None or stored.document != document
        result = self._result(subject, document, grading, is_written=is_written)
        notes += _error_notes(grading.errors, result)
        if held := [*self._missing_terms(document), *_missing_parts(parts)]:
            result, is_written = PlanResult.HELD, False
            notes += held
        overwritten = stored.editors if stored and is_written else ()
        planned = PlannedDocument(
            kind=kind,
            file=file,
            label=label,
            result=result,
            is_new=stored is None,
            is_written=is_written,
            changes=tuple(value_changes(_shown_before(stored, result), document.canonical()))
            if stored
            else (),
            notes=tuple(notes),
            overwritten=overwritten,
            base=stored.base if stored else "",
        )
        before = stored.document if stored else None
        unchanged = _equal_relations(before, document) if before else set()
        return PageAction(planned, document, subject, unchanged)

    def _result(
        self, subject: Any, document: Document, grading: GradingResult, *, is_written: bool
    ) -> PlanResult:
        if self._options.mode is LoadMode.DRAFTS:
            return PlanResult.DRAFT if is_written else PlanResult.UNCHANGED
        if subject.withdrawn_at is not None:
            return PlanResult.WITHDRAWN
        if grading.errors:
            return PlanResult.DRAFT
        revision = subject.current_revision
        if revision is None or revision.document != document.canonical():
            return PlanResult.PUBLISHED
        grade: Grade | None = revision.grade
        if isinstance(subject, RemedyConditionEntry):
            grade = self._library.grades.get(subject.pk, grade)
        return PlanResult.UNCHANGED if grade == grading.grade else PlanResult.REGRADED

    def _missing_terms(self, document: Document) -> list[str]:
        """A note where rows of the document name circumstances that do not exist until approved."""
        if not self._library.missing_terms:
            return []
        named = {
            slug
            for leaf in document.leaves()
            if leaf.path[-1] == "applies_to"
            for slug in leaf.value
        }
        missing = ", ".join(sorted(named & self._library.missing_terms))
        note = f"names circumstances that wait for a second person: {missing}"
        return [note] if missing else []


def _missing_parts(parts: Mapping[str, PageAction]) -> list[str]:
    """A note for each page that an entry needs, and that is held back itself."""
    return [
        f"its {name} is held back"
        for name, part in parts.items()
        if part.planned.is_new and part.planned.result is PlanResult.HELD
    ]


def _equal_relations(document: Document, other: Document) -> set[str]:
    """The fields of two documents of one schema that are lists of rows, and equal."""
    names = relations_of(type(document))
    return {name for name in names if getattr(document, name) == getattr(other, name)}


def _slug(action: PageAction) -> str:
    """The slug that a page has, or will have."""
    assert isinstance(action.document, ConditionDocument | RemedyDocument)  # noqa: S101
    return action.document.slug


def _shown_before(stored: AnyStored, result: PlanResult) -> dict[str, Any]:
    """What readers see now where they will see something else; the draft where only that changes."""
    revision = stored.subject.current_revision
    if revision is not None and result in (PlanResult.PUBLISHED, PlanResult.REGRADED):
        try:  # by its schema: PostgreSQL stores the keys of a document in an order of its own
            return subject_type(type(stored.subject)).read_stored(revision.document).canonical()
        except UnreadableDocument:
            return dict(revision.document)
    return stored.document.canonical() if stored.document else {}


def _error_notes(errors: FieldErrors, result: PlanResult) -> list[str]:
    if result is not PlanResult.DRAFT:
        return []
    return [f"{field}: {message}" for field, message in errors]


def _find_named(model: type[NamedT], slugs: Sequence[str]) -> dict[str, StoredSubject[NamedT]]:
    """The stored pages by the slugs of the pack, also where editors have renamed them since."""
    stored = {one.subject.slug: one for one in read_subjects(model, "slug", slugs)}
    renamed = {}
    for slug in slugs:
        subject = find_by_slug(model, slug) if slug not in stored else None
        if subject is not None and subject.slug not in slugs:
            renamed[slug] = subject.slug
    others = read_subjects(model, "slug", list(renamed.values()))
    by_new_slug = {one.subject.slug: one for one in others}
    return stored | {slug: by_new_slug[new] for slug, new in renamed.items()}


def _same_pages(file: str, stored: Mapping[str, StoredSubject[Any]]) -> Iterator[PackError]:
    """Documents of the pack that are one page since it was renamed more than once."""
    first: dict[int, str] = {}
    for slug, one in stored.items():
        other = first.setdefault(one.subject.pk, slug)
        if other != slug:
            message = f"is the same page as {other!r}: both were renamed to {one.subject.slug!r}"
            yield PackError(file, slug, "slug", message)
