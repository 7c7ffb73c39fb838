"""Reads for the pages of conditions."""

import re
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
from publishing.reviewers.selectors import PageReview, page_review
from publishing.selectors import Html, document_and_html, with_live_marks
from remedies_site.listing import FirstRows

if TYPE_CHECKING:
    from remedies.models import RemedyConditionEntry

TEMPLATE = "conditions/condition_detail.html"
SORTS = ("evidence", "name", "cautions")
"""Values of `?sort=` within a group of the comparison, the default first."""
_AT_ONCE = re.compile(r"\bnow\b", re.IGNORECASE)
"""A red flag with this word stands first on its page."""


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
    """The page of a condition, with the published entries of remedies for it that it shows first."""

    condition: Condition
    document: ConditionDocument
    overview: SafeString
    red_flags: list[CitedSentence]
    first_care: list[CitedSentence]
    entries: "FirstRows[RemedyConditionEntry]"
    references: list[ListedReference]
    revision: Revision | None
    review: PageReview | None
    is_urgent: bool = False
    is_draft: bool = False

    @property
    def retracted(self) -> list[ListedReference]:
        """The retracted works that the page cites."""
        return retracted(self.references)


def find_condition(slug: str) -> Condition | None:
    """The condition, published or not. Its revision, which is large, is read where a page is composed."""
    return Condition.objects.defer("shown_text").filter(slug=slug).first()


def member_votes(condition: Condition) -> dict[int, tuple[int, int]]:
    """Votes for and against each entry that the condition's page lists, by its key."""
    return condition.entries.published().votes_of_list("remedy")


def condition_page(
    condition: Condition, *, revision: ConditionRevision | None = None, draft: bool = False
) -> ConditionPage:
    """The page from the current revision, from an old one, or from the draft.

    Raises NotPublishable where the draft's rows make no valid document.
    """
    # After the version of the page, so that nothing older is kept under it.
    rows = with_live_marks(Condition.objects.with_current_revision())
    condition = rows.defer("shown_text").get(pk=condition.pk)
    document, html = document_and_html(
        condition, ConditionDocument, condition_html, revision=revision, draft=draft
    )
    return page_of_condition(condition, document, html, revision=revision, draft=draft)


def page_of_condition(
    condition: Condition,
    document: ConditionDocument,
    html: Html,
    *,
    revision: ConditionRevision | None = None,
    draft: bool = False,
) -> ConditionPage:
    """The page from a document and its HTML by field."""
    page_references = PageReferences(citation_keys(document))
    # Marks are numbered as they are made, so in reading order: what is urgent comes before all else.
    if is_urgent(document.red_flags):
        red_flags, overview = _about(document, html, page_references)
        first_care = cited_sentences(document.first_care, page_references)
    else:
        first_care = cited_sentences(document.first_care, page_references)
        red_flags, overview = _about(document, html, page_references)
    return ConditionPage(
        condition=condition,
        document=document,
        overview=overview,
        red_flags=red_flags,
        first_care=first_care,
        entries=condition.entries.published().first_of_list("remedy"),
        references=page_references.listed(),
        revision=revision or condition.current_revision,
        review=page_review(condition, revision or condition.current_revision, draft=draft),
        is_urgent=is_urgent(document.red_flags),
        is_draft=draft,
    )


def is_urgent(red_flags: Iterable[RedFlagRow]) -> bool:
    """Whether one of them sends the reader for help now, so that no other part comes before them."""
    return any(_AT_ONCE.search(row.text) for row in red_flags)


def _about(
    document: ConditionDocument, html: Html, page_references: PageReferences
) -> tuple[list[CitedSentence], SafeString]:
    """Red flags and overview with their marks."""
    red_flags = cited_sentences(document.red_flags, page_references)
    return red_flags, page_references.html(html.get("overview", ""))


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
