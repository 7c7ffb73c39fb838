"""Reads that assemble a condition's pages."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from citations.references import ListedReference, PageReferences, retracted
from citations.schema import citation_keys
from conditions.document import to_document, to_html
from conditions.models import Condition, ConditionRevision
from conditions.schema import ConditionDocument, FirstCareRow, RedFlagRow
from publishing.models import Revision


@dataclass(frozen=True)
class Sentence:
    """A red flag or a sentence of first care, with its marks."""

    text: str
    marks: SafeString
    caution_only: bool


@dataclass
class ConditionPage:
    """A condition with the remedies that have been looked at for it."""

    condition: Condition
    document: ConditionDocument
    overview: SafeString
    red_flags: list[Sentence]
    first_care: list[Sentence]
    entries: list[Any]
    references: list[ListedReference]
    revision: Revision | None
    is_draft: bool = False

    @property
    def retracted(self) -> list[ListedReference]:
        """The works that the page cites and that were retracted."""
        return retracted(self.references)


def find_condition(slug: str) -> Condition | None:
    """The condition with its current revision, published or not."""
    return Condition.objects.select_related("current_revision").filter(slug=slug).first()


def condition_page(
    condition: Condition, *, revision: ConditionRevision | None = None, draft: bool = False
) -> ConditionPage:
    """The page from the current revision, from an old one, or from the draft rows."""
    frozen = None if draft else revision or condition.current_revision
    if frozen is None:
        document = to_document(condition)
        html = to_html(document)
    else:
        document, html = ConditionDocument.model_validate(frozen.document), frozen.html
    library = PageReferences(citation_keys(document))
    red_flags = [_sentence(row, library) for row in document.red_flags]
    overview = library.html(html.get("overview", ""))
    first_care = [_sentence(row, library) for row in document.first_care]
    entries = condition.entries.published().with_names().order_by("remedy__sort_key", "pk")
    return ConditionPage(
        condition=condition,
        document=document,
        overview=overview,
        red_flags=red_flags,
        first_care=first_care,
        entries=list(entries),
        references=library.listed(),
        revision=revision or condition.current_revision,
        is_draft=draft,
    )


def _sentence(row: RedFlagRow | FirstCareRow, library: PageReferences) -> Sentence:
    checked = row.checked if isinstance(row, RedFlagRow) else True
    return Sentence(row.text, library.marks(row.citations), not checked)
