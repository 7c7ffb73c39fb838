"""Taking a draft back to what readers see; what was discarded stays on record."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from publishing.document import write_draft
from publishing.merging.rekeying import with_current_slugs
from publishing.models import DraftEdit, NamedSubject, Revision, Subject
from publishing.review.drafts import event_facts, lock_draft, newest_edit, record_edit
from publishing.review.open_reviews import give_up_reviews
from publishing.services import UnreadableDocument, subject_type
from remedies_site.documents import Document
from remedies_site.exceptions import InvalidInput
from remedies_site.rows import references_of


def discard_error(subject: Subject[Revision], seen: int) -> str:
    """Why the draft cannot be discarded by somebody who saw this save of it; empty where it can."""
    if subject.current_revision_id is None:
        return _("Nothing of it was ever published, so there is nothing to go back to.")
    if newest_edit(subject) != seen:
        return _("Somebody saved it since you opened this page: look at what waits now.")
    return ""


@transaction.atomic
def discard_draft(subject: Subject[Revision], *, by: User, seen: int) -> DraftEdit | None:
    """Write what was published last back to the rows; None where the draft is that already.

    The edit that is returned holds every discarded text. Who wrote those stays on record: words that
    are typed again are still theirs. Raises InvalidInput, and then nothing changes.
    """
    kind = subject_type(type(subject))
    before = lock_draft(subject, kind.schema)
    stored = type(subject).objects.with_parts().with_current_revision().get(pk=subject.pk)
    if message := discard_error(stored, seen):
        raise InvalidInput(message)
    if not kind.has_changes(stored):
        return None
    assert stored.current_revision is not None  # noqa: S101  (see `discard_error`)
    overwrite_draft(stored, stored.current_revision)
    edit = record_edit(stored, kind.schema, before, by, discards=True)
    kind.refresh_state(stored, keep_note=False)
    give_up_reviews(stored, by=by, note=_("The draft was discarded."))
    log_event("draft_discarded", actor=by.pk, **event_facts(stored))
    return edit


def overwrite_draft(subject: Subject[Revision], revision: Revision) -> None:
    """Write the document of a revision to the rows; the page keeps its address.

    Call it in a transaction, with the row locked. Raises InvalidInput where the document cannot be
    read today, or names a work or a term that is gone.
    """
    kind = subject_type(type(subject))
    try:
        document = kind.read_stored(revision.document)
    except UnreadableDocument as error:
        raise InvalidInput(
            _("What was published cannot be read any more: %(reason)s") % {"reason": error}
        ) from error
    if isinstance(subject, NamedSubject):
        document = document.model_copy(update={"slug": subject.slug})
    document = with_current_slugs(type(subject), document)
    try:
        write_draft(subject, document, {}, **_parents(subject, document))
    except KeyError as error:
        raise InvalidInput(
            _("What was published names something that is gone: %(key)s") % {"key": error}
        ) from error


def _parents(subject: Subject[Revision], document: Document) -> dict[str, models.Model]:
    """The rows that the document's own keys name, as the subject has them."""
    names = references_of(type(document))
    return {
        name: getattr(subject, name) for name in names if isinstance(getattr(document, name), str)
    }
