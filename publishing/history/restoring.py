"""A version put back into the draft of its subject. Nothing is published by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError

from accounts.events import log_event
from accounts.models import User
from citations.former_keys import current_keys
from citations.models import Citation
from citations.schema import citation_keys, replace_citations
from publishing.document import write_draft
from publishing.history.shown_changes import ShownChange, shown_change
from publishing.merging.rekeying import with_current_slugs
from publishing.models import Revision, Subject
from publishing.review.drafts import event_facts, lock_draft, newest_edit, record_edit
from publishing.services import SubjectType, check_citations, subject_type
from remedies_site.documents import Document, field_path, validation_errors
from remedies_site.exceptions import ChangedMeanwhile, NotPublishable
from remedies_site.rows import references_of, relations_of


@dataclass(frozen=True)
class Restoration:
    """What restoring a version would do to the draft.

    `errors` keep it from being restored. `change` leads from the draft to the version; None where the
    draft's rows make no document to compare with. `seen` is the newest save of the draft by then.
    """

    revision: Revision
    errors: list[tuple[str, str]]
    change: ShownChange | None
    seen: int


def plan_restoration(subject: Subject[Revision], revision: Revision) -> Restoration:
    """What restoring the revision would change, and what keeps it from being restored."""
    seen = newest_edit(subject)  # first: it must be no newer than what is shown
    registered = subject_type(type(subject))
    try:
        document = _checked_document(subject, registered, revision)
    except NotPublishable as error:
        return Restoration(revision, error.errors, None, seen)
    try:
        draft = registered.to_document(subject)
    except NotPublishable:
        return Restoration(revision, [], None, seen)
    change = shown_change(subject, registered.schema, draft.canonical(), document.canonical())
    return Restoration(revision, [], change, seen)


@transaction.atomic
def restore_draft(subject: Subject[Revision], revision: Revision, *, by: User, seen: int) -> bool:
    """Overwrite the draft by the document of one of the subject's revisions; False where it is the same.

    The page keeps its URL, and an entry its remedy and condition. The save is recorded as one by this
    person: with REVIEW=two somebody else publishes it. `seen` is the newest save that they looked at.
    Raises NotPublishable where the document cannot be a draft today (a field that no longer exists, a
    work or a page that it names is gone), ChangedMeanwhile where the draft was saved since.
    """
    registered = subject_type(type(subject))
    before = lock_draft(subject, registered.schema)
    if newest_edit(subject) != seen:
        message = _("Somebody saved the draft since you opened this. Look at the difference again.")
        raise ChangedMeanwhile(message, stored="")
    document = _checked_document(subject, registered, revision)
    works = Citation.objects.in_bulk(citation_keys(document), field_name="key")
    own = {name: getattr(subject, name) for name in references_of(registered.schema)}
    subject.edited_by = by
    write_draft(subject, document, works, _same_relations(subject, registered, document), **own)
    if record_edit(subject, registered.schema, before, by) is None:
        return False
    registered.refresh_state(subject)
    log_event("draft_restored", actor=by.pk, **event_facts(subject))
    return True


def _checked_document(
    subject: Subject[Revision],
    registered: SubjectType[Any, Document],
    revision: Revision,
) -> Document:
    """The revision's document under today's schema, URL and keys of works. Raises NotPublishable."""
    own = {
        name: getattr(getattr(subject, name), column)
        for name, column in references_of(registered.schema).items()
    }
    if hasattr(subject, "slug"):
        own["slug"] = subject.slug
    try:
        stored = registered.schema.model_validate({**revision.document, **own})
        document = replace_citations(stored, current_keys())  # works may have been merged since
        document = with_current_slugs(type(subject), document)
    except ValidationError as error:
        raise NotPublishable(list(validation_errors(error))) from error
    check_citations(document)
    if errors := list(_missing_rows(subject, document)):
        raise NotPublishable(errors)
    return document


def _missing_rows(subject: models.Model, document: Document) -> Iterator[tuple[str, str]]:
    """The keys in rows of the document that name nothing today, by field."""
    for relation, schema in relations_of(type(document)).items():
        model = getattr(subject, relation).model
        rows: list[Any] = getattr(document, relation)
        for name, column in references_of(schema).items():
            values = [getattr(row, name) for row in rows]
            keys = [[value] if isinstance(value, str) else value for value in values]
            missing = _missing_keys(model, name, column, {key for row in keys for key in row})
            for place, of_row in enumerate(keys):
                for key in missing & set(of_row):
                    path = field_path((relation, place, name))
                    yield path, _("names %(key)s, which is gone or renamed") % {"key": repr(key)}


def _missing_keys(model: type[models.Model], name: str, column: str, keys: set[str]) -> set[str]:
    if not keys:
        return set()
    target: Any = model._meta.get_field(name).related_model
    stored = target._default_manager.filter(**{f"{column}__in": keys})
    return keys - set(stored.values_list(column, flat=True))


def _same_relations(
    subject: Subject[Revision], registered: SubjectType[Any, Document], document: Document
) -> list[str]:
    """The relations whose rows are the document's already, so that their saves stay their authors'."""
    try:
        draft = registered.to_document(subject)
    except NotPublishable:
        return []
    names = relations_of(registered.schema)
    return [name for name in names if getattr(draft, name) == getattr(document, name)]
