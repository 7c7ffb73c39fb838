"""Reads that every page of a subject begins with."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef
from django.utils import timezone

from publishing.models import (
    ClinicalReview,
    Revision,
    SafetyBanner,
    Subject,
    SubjectQuerySet,
)
from publishing.services import subject_types
from remedies_site.rows import DocumentT, read_document

QuerySetT = TypeVar("QuerySetT", bound="SubjectQuerySet[Any]")
Html = dict[str, str]
"""Safe HTML of a document's Markdown, by field; citation keys in place."""


def document_and_html(
    subject: Subject[Revision],
    schema: type[DocumentT],
    to_html: Callable[[DocumentT], Html],
    *,
    revision: Revision | None = None,
    draft: bool = False,
) -> tuple[DocumentT, Html]:
    """A subject's document and HTML: of its draft, of an old revision, or of the current one.

    The draft also where nothing was ever published. Raises NotPublishable where its rows make no
    valid document.
    """
    stored = None if draft else revision or subject.current_revision
    if stored is None:
        document = read_document(subject, schema)
        return document, to_html(document)
    return schema.model_validate(stored.document), stored.html


def with_live_marks(rows: QuerySetT) -> QuerySetT:
    """Add whether each subject `has_reviews`, and whether `notices_stand` (safety notices, anywhere).

    Told with the row itself, so that a page with neither needs no query for them.
    """
    untyped: Any = rows  # the plugin of the type checker cannot annotate a type variable
    meta = untyped.model._meta
    reviews = ClinicalReview.objects.filter(
        content_type__app_label=meta.app_label,
        content_type__model=meta.model_name,
        object_id=OuterRef("pk"),
        taken_back_at__isnull=True,
    )
    standing = SafetyBanner.objects.filter(lifted_at__isnull=True)
    marked: QuerySetT = untyped.annotate(
        has_reviews=Exists(reviews), notices_stand=Exists(standing)
    )
    return marked


def subject_by_label(label: str, pk: int) -> Subject[Revision] | None:
    """The subject with the label of its model (`remedies.remedy`) and its primary key, if any."""
    for registered in subject_types():
        if registered.model._meta.label_lower == label:
            return registered.model._default_manager.with_parts().filter(pk=pk).first()
    return None


def count_overdue_reviews() -> int:
    """Published pages whose day of review has passed; one query for each kind of subject."""
    today = timezone.localdate()
    return sum(
        registered.model._default_manager.published().filter(review_due__lt=today).count()
        for registered in subject_types()
    )
