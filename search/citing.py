"""Which published pages cite a work, looked up in the index."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from citations.models import Citation
from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from search.choices import ResultKind
from search.models import Mention, SearchItem

MOST_PAGES = 200
"""Citing pages that the page of a work names."""


@dataclass(frozen=True)
class CitingPages:
    """The published pages that cite one work, each list in the order of the public lists.

    `is_whole` is False where others are left out.
    """

    entries: list[RemedyConditionEntry]
    remedies: list[Remedy]
    conditions: list[Condition]
    is_whole: bool = True


def published_works() -> QuerySet[Citation]:
    """The works that a published page cites."""
    published = SearchItem.objects.filter(document_id=OuterRef("document_id"))
    mentions = Mention.objects.filter(Exists(published), key=OuterRef("key"))
    return Citation.objects.filter(Exists(mentions))


def cited_works() -> Counter[str]:
    """The works that a published page cites, counted by study type; one query."""
    works = published_works().order_by()
    counted = works.values_list("study_type").annotate(number=Count("pk"))
    return Counter(dict(counted))


def count_citing_pages(keys: Collection[str]) -> dict[str, int]:
    """The number of published pages that cite each of the works, by key; one query."""
    published = SearchItem.objects.filter(document_id=OuterRef("document_id"))
    mentions = Mention.objects.filter(Exists(published), key__in=keys).order_by()
    return dict(mentions.values_list("key").annotate(number=Count("pk")))


def citing_documents(key: str, most: int) -> list[str]:
    """Document ids (`entry:12`) of published pages that cite the work with this key, at most so many.

    Pages of conditions come first, then those of entries and remedies.
    """
    published = SearchItem.objects.filter(document_id=OuterRef("document_id"))
    mentions = Mention.objects.filter(Exists(published), key=key).order_by("document_id")
    return list(mentions.values_list("document_id", flat=True)[:most])


def citing_pages(key: str) -> CitingPages | None:
    """The first published pages that cite a work, in four queries; None where there are none."""
    found = citing_documents(key, MOST_PAGES + 1)
    if not found:
        return None
    documents = [document_id.split(":") for document_id in found[:MOST_PAGES]]
    ids = {
        kind: [int(pk) for document_kind, pk in documents if document_kind == kind]
        for kind in ResultKind.values
    }
    entries = RemedyConditionEntry.objects.published().filter(pk__in=ids[ResultKind.ENTRY])
    remedies = Remedy.objects.published().filter(pk__in=ids[ResultKind.REMEDY])
    conditions = Condition.objects.published().filter(pk__in=ids[ResultKind.CONDITION])
    return CitingPages(
        list(entries.with_names().order_by("remedy__sort_key", "condition__sort_key", "pk")),
        list(remedies.order_by("sort_key").defer("shown_text")),
        list(conditions.order_by("sort_key").defer("shown_text")),
        is_whole=len(found) <= MOST_PAGES,
    )
