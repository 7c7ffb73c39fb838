"""Remedies for one condition side by side: the same rows for each, and no empty cell.

Composed row by row, as a table is read, so that reference marks are numbered in that order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from re import fullmatch

from django.utils.translation import gettext as _

from citations.references import ListedReference, PageReferences, retracted
from citations.schema import citation_keys
from conditions.models import Condition
from conditions.schema import ConditionDocument
from conditions.selectors import CitedSentence, cited_sentences
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.compare_cells import ROWS, cells, vote_cell
from remedies.pages.compare_data import ComparedEntry, ComparedRemedy, ComparedRow
from remedies.selectors import condition_state, entry_state, remedy_state
from remedies_site.documents import SLUG
from remedies_site.exceptions import InvalidInput

FEWEST, MOST = 2, 4
_LONGEST_SLUG = 80
_MOST_LOOKED_UP = 50


@dataclass(frozen=True)
class ComparePage:
    """Two to four remedies for one condition, side by side."""

    condition: Condition
    condition_name: str
    remedies: list[Remedy]
    entries: list[RemedyConditionEntry]
    names: list[str]
    red_flags: list[CitedSentence]
    rows: list[ComparedRow]
    opinion: list[ComparedRow]
    references: list[ListedReference]

    @property
    def retracted(self) -> list[ListedReference]:
        """The works that the page cites and that were retracted."""
        return retracted(self.references)


def remedies_by_slug(slugs: Iterable[str]) -> list[Remedy]:
    """The published remedies among `slugs` as a URL has them, in their order, each once; one query."""
    valid = [slug for slug in dict.fromkeys(slugs) if _is_slug(slug)][:_MOST_LOOKED_UP]
    remedies = Remedy.objects.published().filter(slug__in=valid).select_related("current_revision")
    by_slug = {remedy.slug: remedy for remedy in remedies}
    return [by_slug[slug] for slug in valid if slug in by_slug]


def _is_slug(text: str) -> bool:
    return len(text) <= _LONGEST_SLUG and fullmatch(SLUG.pattern, text) is not None


def check_choice(slugs: Sequence[str], remedies: Sequence[Remedy]) -> None:
    """Check that `slugs` name two to four published remedies once each; `remedies` are those found.

    Raises: InvalidInput with what to do about it.
    """
    if len(set(slugs)) < len(slugs):
        raise InvalidInput(_("One remedy was named twice. Tick each remedy once."))
    if len(slugs) < FEWEST:
        raise InvalidInput(_("Only one remedy was ticked. Tick two, three or four."))
    if len(slugs) > MOST:
        raise InvalidInput(_("More than four remedies were ticked. Tick two, three or four."))
    if len(remedies) < len(slugs):
        raise InvalidInput(_("We have no page on one of these remedies. Tick two, three or four."))


def compare_page(condition: Condition, remedies: Sequence[Remedy]) -> ComparePage:
    """The comparison in the order of `remedies`, in three queries."""
    document = condition_state(condition)
    compared = _compared_remedies(condition, remedies)
    references = PageReferences(_citation_keys(document, compared))
    red_flags = cited_sentences(document.red_flags, references)
    rows = [
        ComparedRow(key, str(heading), cells(function, compared, references))
        for key, heading, function in ROWS
    ]
    votes = ComparedRow("votes", _("Votes"), cells(vote_cell, compared, references))
    return ComparePage(
        condition=condition,
        condition_name=document.name,
        remedies=list(remedies),
        entries=[remedy.reviewed.entry for remedy in compared if remedy.reviewed],
        names=[remedy.name for remedy in compared],
        red_flags=red_flags,
        rows=rows,
        opinion=[votes],
        references=references.listed(),
    )


def _compared_remedies(condition: Condition, remedies: Sequence[Remedy]) -> list[ComparedRemedy]:
    entries = (
        RemedyConditionEntry.objects.published()
        .filter(condition=condition, remedy__in=remedies)
        .select_related("current_revision")
    )
    by_remedy = {entry.remedy_id: entry for entry in entries}
    compared = []
    for remedy in remedies:
        reviewed = None
        if entry := by_remedy.get(remedy.pk):
            entry.remedy, entry.condition = remedy, condition
            reviewed = ComparedEntry(entry, *entry_state(entry))
        compared.append(ComparedRemedy(remedy, remedy_state(remedy)[0], reviewed))
    return compared


def _citation_keys(
    condition: ConditionDocument, remedies: Iterable[ComparedRemedy]
) -> Iterable[str]:
    documents = [condition, *(remedy.document for remedy in remedies)]
    documents += [remedy.reviewed.document for remedy in remedies if remedy.reviewed]
    return chain.from_iterable(citation_keys(document) for document in documents)
