"""A remedy's overview, composed in reading order."""

from dataclasses import dataclass
from itertools import chain

from citations.references import ListedReference, PageReferences, retracted
from citations.schema import citation_keys
from publishing.models import Revision
from publishing.reviewers.selectors import PageReview, page_review
from publishing.selectors import Html
from remedies.choices import LimitKind
from remedies.models import Remedy, RemedyConditionEntry, RemedyRevision
from remedies.pages.amounts import LimitTable, limit_tables
from remedies.pages.parts import (
    GeneralTexts,
    StopBox,
    Warnings,
    general_texts,
    stop_box,
    warnings_of,
)
from remedies.pages.remedy_board import RemedyBoard, remedy_board
from remedies.pages.statistics import Statistics, count_uses, shown_citation_keys, statistics_of
from remedies.schema import ProductRow, RemedyDocument
from remedies.selectors import listed_entries, load_remedy, remedy_state
from remedies_site.listing import FirstRows


@dataclass
class RemedyPart:
    """What a remedy says for every condition."""

    document: RemedyDocument
    stop_box: StopBox
    recommended: LimitTable
    upper: LimitTable
    warnings: Warnings
    general: GeneralTexts
    products: list[ProductRow]


@dataclass
class RemedyPage:
    """A remedy's overview."""

    remedy: Remedy
    part: RemedyPart
    entries: FirstRows[RemedyConditionEntry]
    board: RemedyBoard
    references: list[ListedReference]
    statistics: Statistics
    revision: Revision | None
    review: PageReview | None
    is_draft: bool = False

    @property
    def retracted(self) -> list[ListedReference]:
        """The works that the page cites and that were retracted."""
        return retracted(self.references)


def remedy_page(
    remedy: Remedy, *, revision: RemedyRevision | None = None, draft: bool = False
) -> RemedyPage:
    """The overview from the current revision, from an old one, or from the draft rows."""
    remedy = load_remedy(remedy.pk)
    state = remedy_state(remedy, revision=revision, draft=draft)
    return page_of_remedy(remedy, *state, revision=revision, draft=draft)


def page_of_remedy(
    remedy: Remedy,
    document: RemedyDocument,
    html: Html,
    *,
    revision: RemedyRevision | None = None,
    draft: bool = False,
) -> RemedyPage:
    """The overview from a document and its HTML, as `remedy_state` returns them."""
    entries = listed_entries(remedy)
    uses = count_uses(remedy, entries)
    keys = citation_keys(document)
    references = PageReferences(chain(keys, shown_citation_keys(remedy, entries)))
    part = compose_remedy(document, html, references)
    return RemedyPage(
        remedy=remedy,
        part=part,
        entries=entries,
        board=remedy_board(entries, uses, document.limits),
        references=references.listed(),
        statistics=statistics_of(remedy, uses, entries, references.works),
        revision=revision or remedy.current_revision,
        review=page_review(remedy, revision or remedy.current_revision, draft=draft),
        is_draft=draft,
    )


def compose_remedy(document: RemedyDocument, html: Html, references: PageReferences) -> RemedyPart:
    """The remedy's own page, in its order: limits, general texts, then warnings."""
    recommended, upper = limit_tables(
        document.limits, references, LimitKind.RECOMMENDED, LimitKind.UPPER
    )
    general = general_texts(html, references)
    return RemedyPart(
        document=document,
        stop_box=stop_box(document.precautions),
        general=general,
        recommended=recommended,
        upper=upper,
        warnings=warnings_of(
            document.precautions, document.interactions, references, gaps=document.gaps
        ),
        products=document.products,
    )
