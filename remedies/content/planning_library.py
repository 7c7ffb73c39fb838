"""What loading a pack changes in the library of works and in the circumstances, and what is regraded."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django.conf import settings
from pydantic import ValidationError

from citations.document import to_document as citation_document
from citations.models import Citation
from citations.schema import CitationDocument
from citations.services import GRADED_BY
from publishing.models import RowRevision
from publishing.review.services import ReviewedRows
from publishing.review.works import CITATIONS as WORKS
from publishing.services import subject_types
from remedies.content.load_plan import (
    DocumentKind,
    LoadMode,
    PlannedDocument,
    PlanResult,
    fingerprint,
)
from remedies.content.load_state import Library, LoadOptions, TermAction, WorkAction
from remedies.content.pack import CIRCUMSTANCES, CITATIONS, IDENTIFIERS, Pack
from remedies.content.value_changes import value_changes
from remedies.document import OrderedCircumstance, work_facts
from remedies.grading.inputs import WorkFacts
from remedies.models import Circumstance, RemedyConditionEntry
from remedies.schema import CircumstanceDocument, EntryDocument
from remedies.services import CIRCUMSTANCES as TERMS
from remedies.services import grade_document
from remedies_site.pack_reader import InvalidPack, PackError

_NO_NOTES: tuple[str, ...] = ()


class LibraryPlanner:
    """Plans works, circumstances and regrades, and fills a `Library` with what will then hold."""

    def __init__(self, pack: Pack, options: LoadOptions) -> None:
        self.library = Library(rows={work.key: work for work in Citation.objects.all()})
        self.library.facts = {key: work_facts(work) for key, work in self.library.rows.items()}
        self._pack, self._options = pack, options
        self._graded_keys: set[str] = set()
        if errors := list(self._identifier_errors()):
            raise InvalidPack(errors)

    def works(self) -> Iterator[WorkAction]:
        """An action for each work of the pack."""
        for document in self._pack.citations:
            planned = self._work(document, self.library.rows.get(document.key))
            if planned.result is PlanResult.WRITTEN:
                self.library.facts[document.key] = WorkFacts(
                    document.study_type, document.retracted_on is not None, document.year
                )
            yield WorkAction(planned, document)

    def _work(self, document: CitationDocument, row: Citation | None) -> PlannedDocument:
        before = WORKS.stored_document(row)
        after = document.canonical()
        result, notes = PlanResult.WRITTEN, _NO_NOTES
        if row is not None and _is_valid(row) and before == after:
            result = PlanResult.UNCHANGED
        elif self._options.by is not None:
            changed = [name for name in {**after, **before} if before.get(name) != after.get(name)]
            is_shown = row is not None and (
                bool(GRADED_BY & set(changed)) or document.key in self._cited
            )
            result, notes = _submitted(WORKS, document.key, is_shown=is_shown)
        if row is not None and result is PlanResult.WRITTEN and _grades_differ(before, after):
            self._graded_keys.add(document.key)
        return PlannedDocument(
            kind=DocumentKind.CITATION,
            file=CITATIONS,
            label=document.key,
            result=result,
            is_new=row is None,
            is_written=result is PlanResult.WRITTEN,
            changes=tuple(value_changes(before, after)) if row is not None else (),
            notes=notes,
            base=fingerprint(before),
        )

    @cached_property
    def _cited(self) -> set[str]:
        """The works that pages cite, or cited until they were withdrawn."""
        return {
            key
            for kind in subject_types()
            for keys in kind.model.objects.ever_published().values_list(
                "shown_citations", flat=True
            )
            for key in keys
        }

    def _identifier_errors(self) -> Iterator[PackError]:
        """Identifiers of the pack that other works of the library have.

        The operator's load may swap those of works in the pack; people change them one after another.
        """
        own = {document.key for document in self._pack.citations}
        swaps = self._options.mode is LoadMode.OPERATOR
        holders = {
            (name, value.casefold()): key
            for key, work in self.library.rows.items()
            for name in IDENTIFIERS
            if (value := getattr(work, name)) and not (swaps and key in own)
        }
        for document in self._pack.citations:
            for name in IDENTIFIERS:
                holder = holders.get((name, getattr(document, name).casefold()))
                if holder and holder != document.key:
                    message = f"the library has this work as {holder!r}"
                    yield PackError(CITATIONS, document.key, name, message)

    def terms(self) -> Iterator[TermAction]:
        """An action for each circumstance of the pack, then for those that move behind them."""
        stored = {term.slug: term for term in Circumstance.objects.all()}
        slugs = {document.slug for document in self._pack.circumstances}
        moves = self._options.mode is LoadMode.OPERATOR
        last = max((term.position for term in stored.values()), default=0)
        for position, document in enumerate(self._pack.circumstances, start=1):
            row = stored.get(document.slug)
            if not moves:
                last = last if row else last + 1
                position = row.position if row else last
            yield self._term(document, position, row)
        later = [term for term in stored.values() if term.slug not in slugs] if moves else []
        for position, row in enumerate(later, start=len(slugs) + 1):
            if row.position != position:
                yield self._term(None, position, row)

    def _term(
        self,
        document: CircumstanceDocument | None,
        position: int,
        row: Circumstance | None,
    ) -> TermAction:
        """The action for a document and its row; without a document the row only moves."""
        before = TERMS.stored_document(row)
        after = _ordered(document.canonical() if document else before, position)
        slug = str(after["slug"])
        result, notes = PlanResult.WRITTEN, _NO_NOTES
        if row is not None and before == after:
            result = PlanResult.UNCHANGED
        elif self._options.by is not None:
            result, notes = _submitted(TERMS, slug, is_shown=True)
        if row is None and result is not PlanResult.WRITTEN:
            self.library.missing_terms.add(slug)
        planned = PlannedDocument(
            kind=DocumentKind.CIRCUMSTANCE,
            file=CIRCUMSTANCES,
            label=slug,
            result=result,
            is_new=row is None,
            is_written=result is PlanResult.WRITTEN,
            changes=tuple(value_changes(before, after)) if row is not None else (),
            notes=notes,
            base=fingerprint(before),
        )
        return TermAction(planned, document, position)

    def regrades(self) -> Iterator[PlannedDocument]:
        """The published entries whose grade changes with works that the pack changes."""
        if not self._graded_keys:
            return
        published = RemedyConditionEntry.objects.filter(
            published_at__isnull=False, withdrawn_at__isnull=True
        )
        citing = [
            pk
            for pk, keys in published.values_list("pk", "shown_citations")
            if self._graded_keys & set(keys)
        ]
        for pk in citing:
            entry = published.with_parts().with_current_revision().get(pk=pk)
            if planned := self._regrade(entry):
                yield planned

    def _regrade(self, entry: RemedyConditionEntry) -> PlannedDocument | None:
        revision = entry.current_revision
        assert revision is not None  # noqa: S101  (it is published)
        try:
            document = EntryDocument.model_validate(revision.document)
            grade = grade_document(document, self.library.facts).grade
        except (ValidationError, ArithmeticError, LookupError, TypeError, ValueError):
            return None  # as `regrade_citing`, which leaves such an entry as it is
        if grade == revision.grade:
            return None
        self.library.grades[entry.pk] = grade
        return PlannedDocument(
            kind=DocumentKind.ENTRY,
            file=CITATIONS,
            label=f"{entry.remedy.slug}/{entry.condition.slug}",
            result=PlanResult.REGRADED,
            changes=tuple(value_changes(_grade(revision.grade), _grade(grade))),
            notes=("graded again: a work that it cites changes",),
            base=fingerprint(revision.pk),
        )


def _grade(grade: Mapping[str, object] | None) -> dict[str, object]:
    """What of a grade readers see first."""
    return {name: (grade or {}).get(name) for name in ("certainty", "effect")}


def _is_valid(row: Citation) -> bool:
    try:
        citation_document(row)
    except ValidationError:
        return False
    return True


def _grades_differ(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    return any(before.get(name) != after.get(name) for name in GRADED_BY)


def _ordered(document: Mapping[str, Any], position: int) -> dict[str, Any]:
    """As `OrderedCircumstance.canonical` has it: defaults are left out."""
    values = {name: value for name, value in document.items() if name != "position"}
    default = OrderedCircumstance.model_fields["position"].default
    return values if position == default else {**values, "position": position}


def _submitted(
    rows: ReviewedRows[Any, Any], key: str, *, is_shown: bool
) -> tuple[PlanResult, tuple[str, ...]]:
    """What becomes of a change that a person submits."""
    waiting: RowRevision | None = rows.waiting(key)
    if waiting is not None:
        return PlanResult.HELD, (
            f"a change by {waiting.author_name} waits for a second person: it comes first",
        )
    if settings.REVIEW == "two" and is_shown:
        return PlanResult.WAITS, ()
    return PlanResult.WRITTEN, ()
