"""Published documents as pages show them: without what no page shows, and without unpublished slugs.

A revision keeps more than its page does: product links where the site shows none, and codes of conditions,
which stay out until somebody has checked them. The slugs in a warning's `matters_for` may be of conditions
that are drafts, or were withdrawn.
"""

from collections.abc import Container, Iterable, Iterator

from django.conf import settings

from conditions.models import Condition
from conditions.schema import ConditionDocument
from remedies.schema import EntryDocument, PrecautionRow, RemedyDocument

UNCHECKED_CODES = ("icd10", "mesh")
"""The fields of a condition that no page shows."""


def public_condition(document: ConditionDocument) -> ConditionDocument:
    """The document of a condition without its codes."""
    return document.model_copy(update=dict.fromkeys(UNCHECKED_CODES, ""))


def public_remedy(document: RemedyDocument, conditions: Container[str]) -> RemedyDocument:
    """The document of a remedy; `conditions` holds the slugs of published conditions."""
    changes: dict[str, object] = {"precautions": _public(document.precautions, conditions)}
    if not settings.PRODUCTS:
        changes["products"] = []
    return document.model_copy(update=changes)


def public_entry(document: EntryDocument, conditions: Container[str]) -> EntryDocument:
    """The document of an entry; `conditions` holds the slugs of published conditions."""
    return document.model_copy(update={"precautions": _public(document.precautions, conditions)})


def published_conditions(*documents: RemedyDocument | EntryDocument) -> set[str]:
    """The slugs of the published conditions that warnings of the documents name; one query at most."""
    named = set(_named_conditions(documents))
    if not named:
        return set()
    published = Condition.objects.published().filter(slug__in=named)
    return set(published.values_list("slug", flat=True))


def _named_conditions(documents: Iterable[RemedyDocument | EntryDocument]) -> Iterator[str]:
    for document in documents:
        for row in document.precautions:
            yield from row.matters_for


def _public(rows: list[PrecautionRow], conditions: Container[str]) -> list[PrecautionRow]:
    return [
        row.model_copy(update={"matters_for": [s for s in row.matters_for if s in conditions]})
        if row.matters_for
        else row
        for row in rows
    ]
