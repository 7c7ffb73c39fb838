"""How subjects are published and withdrawn: the order of the steps, the same for all.

Each app registers a `SubjectType` for each of its models of subjects; what walks all subjects
(commands, the admin, the lint) goes through the registry and names no model and no field.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, NotRequired, Required, TypedDict, Unpack

from django.db import models, transaction
from pydantic import ValidationError

from accounts.models import User
from citations.schema import citation_keys, cited_keys
from citations.services import unknown_keys
from publishing import revisions
from publishing.document import reading_text, without_address
from publishing.draft_states import store_state
from publishing.models import DraftState, Revision, Subject, SubjectT
from publishing.review.open_reviews import end_reviews
from publishing.schema import NamedDocument
from publishing.signals import revision_published
from remedies_site.documents import Document, validation_errors
from remedies_site.exceptions import NotPublishable
from remedies_site.markup import RENDERER_VERSION
from remedies_site.rows import DocumentT
from remedies_site.sorting import fold

Grade = dict[str, object]
"""The plain values of a grade as they are stored: JSON."""
SHOWN_VERSION = 3
"""Increment it when the same document gives other `shown_` columns; `prepare` then copies them again."""
Columns = dict[str, object]
"""Values of a model's columns by name."""
FieldErrors = list[tuple[str, str]]
"""What keeps a document from being published, as (field path, message to an editor)."""


class PublishOptions(TypedDict):
    """Who publishes, and what the revision records.

    `by` is None for the operator's commands; `author_name` then names the author. `note` says what
    changed and why; `correction` marks the mending of a mistake. `seen` is the newest save of the
    draft that this person looked at: with REVIEW=two nobody approves what came after it.
    """

    by: Required[User | None]
    author_name: NotRequired[str]
    note: NotRequired[str]
    correction: NotRequired[bool]
    seen: NotRequired[int]


class GradingResult(NamedTuple):
    """A computed grade, None where the subject has none, and what in the document contradicts it."""

    grade: Grade | None
    errors: FieldErrors


class UnreadableDocument(Exception):
    """A published document that the current schema or grading rule cannot read; `str()` says why."""


def _not_graded(_document: Document) -> GradingResult:
    return GradingResult(None, [])


@dataclass(frozen=True)
class SubjectType(Generic[SubjectT, DocumentT]):
    """How the subjects of one model are published.

    `columns` returns the `shown_` columns of the model itself from a published document and its
    grade; those of `Subject` are added to them.
    """

    model: type[SubjectT]
    schema: type[DocumentT]
    to_document: Callable[[SubjectT], DocumentT]
    to_html: Callable[[DocumentT], dict[str, str]]
    columns: Callable[[DocumentT, Grade | None], Columns]
    grader: Callable[[DocumentT], GradingResult] = _not_graded
    safety: frozenset[str] = frozenset()
    """The fields of the document that can harm where they are wrong: doses, warnings, interactions."""

    @transaction.atomic
    def publish(self, subject: SubjectT, **options: Unpack[PublishOptions]) -> Revision:
        """Publish the draft; readers see it on the next request, once all its `parts` are published.

        Raises NotPublishable with every error, and then nothing changes.
        """
        document = self.to_document(subject)
        before = subject.current_revision_id
        check_citations(document)
        result = self.grader(document)
        revision = revisions.freeze(
            subject,
            document=document,
            html=self.to_html(document),
            grade=result.grade,
            errors=result.errors,
            **options,
        )
        self.copy_shown(subject)
        store_state(subject, has_changes=False, error_count=0, keep_note=False)
        end_reviews(subject, by=options["by"])
        if revision.pk != before:
            revision_published.send(self.model, subject=subject, by=options["by"])
        return revision

    @transaction.atomic
    def regrade(self, subject: SubjectT, *, note: str) -> Revision | None:
        """Compute the published grade again; where it differs, the system makes a revision.

        Texts stay as they are, and so do drafts. Returns the revision, or None where nothing changed.
        Raises UnreadableDocument, and then nothing changes.
        """
        revision = revisions.regrade(subject, self._grade_stored, note=note)
        if revision is not None:
            self.copy_shown(subject)
        return revision

    def _grade_stored(self, values: dict[str, object]) -> Grade | None:
        document = self.read_stored(values)
        try:
            return self.grader(document).grade
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            # A rule that needs what older documents lack: which of these it raises is its own affair.
            raise UnreadableDocument(f"the rule cannot grade it: {error!r}") from error

    def read_stored(self, values: dict[str, object]) -> DocumentT:
        """A revision's document. Raises UnreadableDocument."""
        try:
            return self.schema.model_validate(values)
        except ValidationError as error:
            messages = "; ".join(f"{field}: {text}" for field, text in validation_errors(error))
            raise UnreadableDocument(messages) from error

    def withdraw(self, subject: SubjectT, *, by: User | None, reason: str) -> Revision:
        """Take the subject, and all it is a part of, from readers: its pages answer 410 with the reason.

        Raises NotPublishable where there is no reason or nothing to withdraw.
        """
        return revisions.withdraw(subject, by=by, reason=reason)

    def draft_errors(self, subject: SubjectT) -> FieldErrors:
        """What keeps the draft from being published; empty where nothing does."""
        try:
            return self.document_errors(self.to_document(subject))
        except NotPublishable as error:
            return error.errors

    def document_errors(self, document: DocumentT) -> FieldErrors:
        """What keeps a document from being published; empty where nothing does."""
        try:
            check_citations(document)
        except NotPublishable as error:
            return error.errors
        return [*document.publish_errors(), *self.grader(document).errors]

    def has_changes(self, subject: SubjectT) -> bool:
        """Whether the draft is not what was published last, apart from its address."""
        revision = subject.current_revision
        if revision is None:
            return True
        try:
            published = self.read_stored(revision.document)
            return without_address(self.to_document(subject)) != without_address(published)
        except (NotPublishable, UnreadableDocument):
            return True

    def refresh_state(self, subject: SubjectT, *, keep_note: bool = True) -> DraftState:
        """Keep for lists how the stored draft stands to what readers see, and how many errors it has.

        Whoever writes rows of a draft without publishing it calls this last.
        """
        rows: Any = self.model.objects.with_current_revision()
        stored: SubjectT = rows.get(pk=subject.pk)
        changed = self.has_changes(stored)
        count = len(self.draft_errors(stored)) if changed else 0
        return store_state(subject, has_changes=changed, error_count=count, keep_note=keep_note)

    def content_errors(self, subject: SubjectT) -> FieldErrors:
        """The errors of what was published last, or of the draft where nothing ever was."""
        revision = subject.current_revision
        if revision is None:
            return self.draft_errors(subject)
        return self.document_errors(self.schema.model_validate(revision.document))

    def shown_columns(self, document: DocumentT, grade: Grade | None) -> Columns:
        """Every column that lists, sorting and search read of a published document."""
        return {
            "shown_citations": citation_keys(document),
            "shown_text": reading_text(document),
            **self.columns(document, grade),
        }

    def copy_shown(self, subject: SubjectT) -> None:
        """Copy what lists show from the current revision, where there is one, into the row's columns.

        Raises UnreadableDocument.
        """
        revision = subject.current_revision
        if revision is not None:
            document = self.read_stored(revision.document)
            _save_columns(subject, self.shown_columns(document, revision.grade))

    def all_revisions(self) -> models.QuerySet[Revision]:
        """Every revision ever made of the model's subjects, oldest first."""
        related = self.model._meta.get_field("current_revision").related_model
        assert isinstance(related, type)  # noqa: S101  (it may be named by a string only at first)
        assert issubclass(related, Revision)  # noqa: S101
        return related._default_manager.order_by("pk")

    def rerender(self, revision: Revision) -> None:
        """Render the HTML of a stored revision again; its document stays as it is.

        Raises UnreadableDocument.
        """
        revision.html = self.to_html(self.read_stored(revision.document))
        revision.renderer_version = RENDERER_VERSION
        revision.save(update_fields=["html", "renderer_version"])


_TYPES: dict[type[models.Model], SubjectType[Any, Any]] = {}


def register(*types: SubjectType[Any, Any]) -> None:
    """Make types known to `subject_type` and `subject_types`; call it from `AppConfig.ready`."""
    _TYPES.update({subject_type.model: subject_type for subject_type in types})


def subject_type(model: type[SubjectT]) -> SubjectType[SubjectT, Document]:
    """How the subjects of a model are published. Raises KeyError where no app registered it."""
    return _TYPES[model]


def subject_types() -> list[SubjectType[Subject[Revision], Document]]:
    """Every registered type, in the order of the models' labels."""
    return sorted(_TYPES.values(), key=lambda registered: registered.model._meta.label)


def check_citations(document: Document) -> None:
    """Raise NotPublishable where the document names a work that is not in the library."""
    cited = list(cited_keys(document))
    unknown = unknown_keys(key for _field, key in cited)
    errors = [(field, f"no citation has the key {key!r}") for field, key in cited if key in unknown]
    if errors:
        raise NotPublishable(errors)


def name_columns(document: NamedDocument) -> Columns:
    """What lists, search and sorting read of the names of a `NamedSubject`, by column."""
    return {
        "shown_name": document.name,
        "shown_aliases": "\n".join(document.aliases),
        "shown_one_line": document.one_line,
        "sort_key": fold(document.name),
    }


def _save_columns(subject: models.Model, columns: Mapping[str, object]) -> None:
    """Set columns of a stored subject, and save those alone that change: counters may have moved.

    Each write is one of the index of search and of the versions of pages, too.
    """
    deferred = subject.get_deferred_fields()
    changed = {
        column: value
        for column, value in columns.items()
        if column in deferred or getattr(subject, column) != _as_read(subject, column, value)
    }
    for column, value in changed.items():
        setattr(subject, column, value)
    if changed:
        subject.save(update_fields=[*changed])


def _as_read(subject: models.Model, column: str, value: object) -> object:
    """The value as it would be read again: JSON has lists where documents have tuples."""
    field = subject._meta.get_field(column)
    return json.loads(json.dumps(value)) if isinstance(field, models.JSONField) else value
