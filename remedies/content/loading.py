"""Carry out a load as it was planned: works, circumstances, conditions, remedies with their entries."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.events import log_event
from citations.document import from_document as write_citation
from citations.models import Citation
from citations.services import GRADED_BY, send_library_changed
from conditions.models import Condition
from publishing.draft_states import store_note
from publishing.models import CONTENT_PACK, Revision, Subject
from publishing.review.drafts import event_facts, lock_draft, record_edit
from publishing.review.open_reviews import cancel_schedule, give_up_reviews
from publishing.review.works import CITATIONS as WORKS
from publishing.services import PublishOptions, SubjectType, subject_type
from remedies.content.load_plan import LoadMode, LoadPlan, PlannedDocument, PlanResult
from remedies.content.load_state import (
    LoadActions,
    LoadOptions,
    PageAction,
    RemedyActions,
    ReportProgress,
    TermAction,
    WorkAction,
)
from remedies.content.pack import Pack
from remedies.content.planning import plan_load
from remedies.content.unchanged_rows import ChangedSincePlan, lock_unchanged, lock_unchanged_rows
from remedies.document import OrderedCircumstance, fill_circumstance
from remedies.models import Circumstance, Remedy
from remedies.services import CIRCUMSTANCES as TERMS
from remedies_site.rows import write_document
from remedies_site.single_run import single_run
from remedies_site.transactions import short_transaction

Transaction = Callable[[], AbstractContextManager[Any]]
_CITATIONS = 50
"""New works that are stored in one transaction."""
_QUIET_WORKS = replace(WORKS, after_write=lambda _row, _fields: None)
"""The library, where what cites a changed work is graded once, after all works are stored."""
LOCK = "load_content"
OPERATOR = LoadOptions()
_PUBLISHING = (PlanResult.PUBLISHED, PlanResult.REGRADED)


def database_is_empty() -> bool:
    """Whether there is no remedy, no condition and no citation."""
    return not (Remedy.objects.exists() or Condition.objects.exists() or Citation.objects.exists())


def load_pack(
    pack: Pack,
    report_progress: ReportProgress,
    options: LoadOptions = OPERATOR,
    *,
    digest: str = "",
    page_by_page: bool = False,
) -> LoadPlan:
    """Overwrite rows by a checked pack, publish them as the plan says, and return the plan.

    All of it is one transaction; with `page_by_page` each page is one of its own, and a load that was
    killed is finished by the next. Rows that match their document already are not written. A remedy
    that is new to readers is published after all its entries: they see its page whole. A withdrawn page
    stays withdrawn: its rows are updated, and a person decides. `report_progress` gets a line for each
    step. Raises InvalidPack; ChangedSincePlan, where the plan is not the one with this `digest`, or an
    editor was quicker; AlreadyRunning.
    """
    with single_run(LOCK):
        actions = plan_load(pack, options)
        if digest and actions.plan.digest != digest:
            raise ChangedSincePlan("Somebody changed what this plan was made from.")
        if page_by_page:
            _carry_out(actions, report_progress, short_transaction)
        else:
            with transaction.atomic():
                _carry_out(actions, report_progress, transaction.atomic)
    return actions.plan


def _carry_out(actions: LoadActions, report: ReportProgress, new_transaction: Transaction) -> None:
    loader = _LoadRun(actions.options, new_transaction)
    loader.store_works(actions.works)
    report(f"citations: {len(actions.works)}")
    loader.store_terms(actions.terms)
    report(f"circumstances: {len(actions.terms)}")
    for position, action in enumerate(actions.conditions, start=1):
        with new_transaction():
            loader.store_page(action)
        report(f"conditions: {position} of {len(actions.conditions)}: {action.planned.label}")
    for part in actions.remedies:
        _carry_out_remedy(loader, part, report, new_transaction)


def _carry_out_remedy(
    loader: "_LoadRun", part: RemedyActions, report: ReportProgress, new_transaction: Transaction
) -> None:
    is_public = part.remedy.subject.was_published
    with new_transaction():
        loader.store_page(part.remedy, publishes=is_public)
    for position, action in enumerate(part.entries, start=1):
        with new_transaction():
            loader.store_page(action)
        remedy, _slash, condition = action.planned.label.partition("/")
        report(f"{remedy}: {position} of {len(part.entries)}: {condition}")
    if not is_public and part.remedy.planned.result in _PUBLISHING:
        with new_transaction():
            part.remedy.subject = lock_unchanged(part.remedy)
            loader.publish(part.remedy)


class _LoadRun:
    """Stores actions in the name of whoever loads."""

    def __init__(self, options: LoadOptions, new_transaction: Transaction) -> None:
        self._options, self._new_transaction = options, new_transaction
        self._works: dict[str, Citation] = {}

    def store_works(self, actions: list[WorkAction]) -> None:
        """Store changed works together, new ones some at a time; grade again what cites them.

        Raises ChangedSincePlan.
        """
        self._works = {work.key: work for work in Citation.objects.all()}
        changed = [one for one in actions if not one.planned.is_new and one.planned.acts]
        new = [one for one in actions if one.planned.is_new]
        with self._new_transaction():
            self._works |= lock_unchanged_rows(WORKS, [one.planned for one in changed])
            if self._options.by is None:
                self._overwrite_works(changed)
            else:
                for one in changed:
                    self._submit_work(one)
            graded = [one.document.key for one in changed if _is_graded_anew(one.planned)]
            if graded:
                send_library_changed(graded)
        for first in range(0, len(new), _CITATIONS):
            some = new[first : first + _CITATIONS]
            with self._new_transaction():
                lock_unchanged_rows(WORKS, [one.planned for one in some])
                for one in some:
                    if self._options.by is None:
                        write_citation(
                            self._works.setdefault(one.document.key, Citation()), one.document
                        )
                    else:
                        self._submit_work(one)

    def _overwrite_works(self, actions: list[WorkAction]) -> None:
        documents = [action.document for action in actions]
        rows = [self._works[document.key] for document in documents]
        before = [WORKS.stored_document(row) for row in rows]
        # Works may swap identifiers, which are unique: clear all of them before any is set.
        Citation.objects.filter(key__in=[document.key for document in documents]).update(
            doi="", pmid="", pmcid="", nct="NCT00000000"
        )
        for row, document in zip(rows, documents, strict=True):
            write_citation(row, document)
        WORKS.record_written(zip(rows, before, strict=True), author_name=CONTENT_PACK)

    def _submit_work(self, action: WorkAction) -> None:
        by, note = self._options.by, self._options.note
        assert by is not None  # noqa: S101  (the operator's works are written at once)
        revision = _QUIET_WORKS.submit(action.document, by=by, note=note)
        if revision is not None and revision.row is not None:
            self._works[action.document.key] = revision.row

    def store_terms(self, actions: list[TermAction]) -> None:
        """Write or submit the circumstances that differ, those behind the pack's last.

        Raises ChangedSincePlan.
        """
        with self._new_transaction():
            stored = [action for action in actions if action.planned.acts]
            rows = lock_unchanged_rows(TERMS, [action.planned for action in stored])
            if self._options.by is not None:
                for action in stored:
                    assert action.document is not None  # noqa: S101  (only the operator moves rows)
                    document = OrderedCircumstance.model_validate(
                        {**action.document.canonical(), "position": action.position}
                    )
                    TERMS.submit(document, by=self._options.by, note=self._options.note)
                return
            before = []
            for action in stored:
                row = rows.get(action.planned.label)
                term, base = row or Circumstance(), TERMS.stored_document(row)
                if action.document is not None:
                    fill_circumstance(term, action.document)
                term.position = action.position
                term.save()
                before.append((term, base))
            changed = [(term, base) for term, base in before if base]
            TERMS.record_written(changed, author_name=CONTENT_PACK)

    def store_page(self, action: PageAction, *, publishes: bool = True) -> None:
        """Overwrite the draft where it differs, and publish it where the plan says so.

        Raises ChangedSincePlan where somebody saved or published it since.
        """
        if not action.planned.acts:
            return
        if action.subject.pk is not None:
            action.subject = lock_unchanged(action)
        if action.planned.is_written:
            self._write(action)
        if action.planned.result not in _PUBLISHING:
            self._keep_state(action)
        elif publishes:
            self.publish(action)

    def _keep_state(self, action: PageAction) -> None:
        """For lists: how the draft stands; the reason waits with it for its publication."""
        kind = _kind(action.subject)
        kind.refresh_state(action.subject)
        if action.planned.result is PlanResult.DRAFT and self._options.note:
            store_note(action.subject, note=self._options.note, is_correction=False)

    def _write(self, action: PageAction) -> None:
        subject, by = action.subject, self._options.by
        related: Mapping[str, models.Model] = {
            name: part.subject for name, part in action.parts.items()
        }
        kind = _kind(subject)
        before = lock_draft(subject, kind.schema) if by and subject.pk else {}
        if by is None:
            subject.edited_by = None
            if subject.pk is not None:
                _end_approvals(subject)
        write_document(
            subject,
            action.document,
            self._works,
            also=["edited_by"],
            keep=action.unchanged,
            **related,
        )
        if by is not None and record_edit(subject, kind.schema, before, by):
            log_event("review_submitted", actor=by.pk, **event_facts(subject))

    def publish(self, action: PageAction) -> None:
        """Publish a page that the plan names so. Raises ChangedSincePlan where it came out otherwise."""
        if action.planned.result not in _PUBLISHING:
            return
        options: PublishOptions = {"by": self._options.by, "note": self._options.note}
        if self._options.mode is LoadMode.OPERATOR:
            options["author_name"] = CONTENT_PACK
        before = action.subject.current_revision_id
        revision = _kind(action.subject).publish(action.subject, **options)
        if revision.pk == before:
            raise ChangedSincePlan(f"Somebody published {action.planned.label} meanwhile.")


def _kind(subject: Subject[Revision]) -> SubjectType[Any, Any]:
    return subject_type(type(subject))


def _end_approvals(subject: Subject[Revision]) -> None:
    """Nobody approved the words that the operator writes over a draft, or set a time for them."""
    give_up_reviews(subject, by=None, note=_("Overwritten by a content pack."))
    cancel_schedule(subject, _("Overwritten by a content pack."))


def _is_graded_anew(planned: PlannedDocument) -> bool:
    names = {change.path for change in planned.changes}
    return planned.result is PlanResult.WRITTEN and bool(GRADED_BY & names)
