"""Reads for the pages of conditions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from citations.references import ListedReference, PageReferences, retracted
from citations.schema import citation_keys
from conditions.document import condition_html
from conditions.models import Condition, ConditionRevision
from conditions.schema import ConditionDocument, FirstCareRow, RedFlagRow
from publishing.models import Revision
from publishing.selectors import document_and_html

if TYPE_CHECKING:
    from remedies.models import RemedyConditionEntry


@dataclass(frozen=True)
class CitedSentence:
    """A red flag or a sentence of first care, with its citation marks.

    `caution_only` is set where nobody has checked it against a source.
    """

    text: str
    marks: SafeString
    caution_only: bool


@dataclass
class ConditionPage:
    """The page of a condition, with the published entries of remedies for it."""

    condition: Condition
    document: ConditionDocument
    overview: SafeString
    red_flags: list[CitedSentence]
    first_care: list[CitedSentence]
    entries: "list[RemedyConditionEntry]"
    references: list[ListedReference]
    revision: Revision | None
    is_draft: bool = False

    @property
    def retracted(self) -> list[ListedReference]:
        """The retracted works that the page cites."""
        return retracted(self.references)


def find_condition(slug: str) -> Condition | None:
    """The condition with its current revision, published or not."""
    return Condition.objects.with_current_revision().filter(slug=slug).first()


def condition_page(
    condition: Condition, *, revision: ConditionRevision | None = None, draft: bool = False
) -> ConditionPage:
    """The page from the current revision, from an old one, or from the draft.

    Raises NotPublishable where the draft's rows make no valid document.
    """
    document, html = document_and_html(
        condition, ConditionDocument, condition_html, revision=revision, draft=draft
    )
    page_references = PageReferences(citation_keys(document))
    # In reading order, since the marks are numbered as they are made.
    red_flags = cited_sentences(document.red_flags, page_references)
    overview = page_references.html(html.get("overview", ""))
    first_care = cited_sentences(document.first_care, page_references)
    entries = condition.entries.published().with_names().order_by("remedy__sort_key", "pk")
    return ConditionPage(
        condition=condition,
        document=document,
        overview=overview,
        red_flags=red_flags,
        first_care=first_care,
        entries=list(entries),
        references=page_references.listed(),
        revision=revision or condition.current_revision,
        is_draft=draft,
    )


def cited_sentences(
    rows: Iterable[RedFlagRow | FirstCareRow], page_references: PageReferences
) -> list[CitedSentence]:
    """Red flags or sentences of first care with their marks; first care is always checked."""
    return [
        CitedSentence(
            row.text,
            page_references.marks(row.citations),
            caution_only=isinstance(row, RedFlagRow) and not row.checked,
        )
        for row in rows
    ]
