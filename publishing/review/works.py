"""How works of the library are changed: what published pages show or grade waits for a second person."""

from collections.abc import Collection, Mapping
from typing import Any

from citations.document import fill_columns, to_document
from citations.models import Citation
from citations.schema import CitationDocument
from citations.services import GRADED_BY, send_library_changed
from publishing.models import CitationRevision
from publishing.review.services import ReviewedRows
from publishing.services import subject_types


def is_cited(key: str) -> bool:
    """Whether a page cites the work that is published, or was until it was withdrawn."""
    return any(
        key in shown
        for subject_type in subject_types()
        for shown in subject_type.model.objects.ever_published().values_list(
            "shown_citations", flat=True
        )
    )


def _reaches_readers(work: Citation | None, changed: Collection[str]) -> bool:
    return work is not None and (bool(GRADED_BY & set(changed)) or is_cited(work.key))


def _after_write(work: Citation, changed: Collection[str]) -> None:
    if GRADED_BY & set(changed):
        send_library_changed([work.key])


CITATIONS = ReviewedRows(
    model=Citation,
    revisions=CitationRevision,
    key="key",
    to_document=to_document,
    fill=fill_columns,
    schema=CitationDocument,
    reaches_readers=_reaches_readers,
    after_write=_after_write,
)


def record_works(
    *, before: Mapping[str, dict[str, Any]], author_name: str, note: str, **_signal: object
) -> None:
    """Receiver of `works_written`: the revisions of works that a command changed."""
    works = Citation.objects.filter(key__in=before.keys()).order_by("key")
    rows = [(work, before[work.key]) for work in works]
    CITATIONS.record_written(rows, author_name=author_name, note=note)
