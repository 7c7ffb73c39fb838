"""Make a content pack from what is published."""

from citations.document import to_document as citation_document
from citations.models import Citation
from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.models import Revision, Subject
from remedies.content.pack import Pack, RemedyFile
from remedies.document import circumstance_document
from remedies.models import Circumstance, Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument


def published_pack() -> Pack:
    """What is published now, as a pack; without drafts, and with the current slugs."""
    pack = Pack(
        citations=[citation_document(work) for work in Citation.objects.all()],
        circumstances=[circumstance_document(term) for term in Circumstance.objects.all()],
        conditions=[
            ConditionDocument.model_validate(_document(condition, slug=condition.slug))
            for condition in Condition.objects.published()
            .select_related("current_revision")
            .order_by("slug")
        ],
    )
    pack.citations.sort(key=lambda work: (work.key.lower(), work.key))
    for remedy in Remedy.objects.published().select_related("current_revision").order_by("slug"):
        pack.remedies.append(_remedy_file(remedy))
    return pack


def _remedy_file(remedy: Remedy) -> RemedyFile:
    entries = (
        RemedyConditionEntry.objects.published()
        .filter(remedy=remedy)
        .select_related("current_revision", "condition")
        .order_by("condition__slug")
    )
    return RemedyFile(
        RemedyDocument.model_validate(_document(remedy, slug=remedy.slug)),
        [
            EntryDocument.model_validate(
                _document(entry, remedy=remedy.slug, condition=entry.condition.slug)
            )
            for entry in entries
        ],
    )


def _document(subject: Subject[Revision], **slugs: str) -> dict[str, object]:
    revision = subject.current_revision
    assert revision is not None  # noqa: S101  (published() reads only those that have one)
    return {**revision.document, **slugs}
